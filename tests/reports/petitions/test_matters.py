"""Matters: what many communes ask for alike, handled together; nobody learns of another's."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from reports.enums import PetitionAct, PetitionState
from reports.models import (
    AnswerFile,
    Petition,
    PetitionAnswer,
    PetitionEvent,
    PetitionLeg,
    PetitionMatter,
)
from reports.petitions import group_petitions
from reports.petitions.matters import add_matter, edit_matter
from tests.assignments.attachments.files import pdf
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_commune,
    make_field,
    make_matter,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.petitions.moves import answer, at, day, route
from tests.workbooks import opened, table

pytestmark = pytest.mark.django_db

TODAY = day(60)
ROLES = (Role.LEADER, Role.OFFICE, Role.OFFICER)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def office(users):
    return users[Role.OFFICE]


@pytest.fixture
def lights():
    return make_field("Đèn đường", body=make_body("Sở Công Thương"))


@pytest.fixture
def matter(users, office, lights):
    """Make a matter of five petitions of three communes; the officer who is a user has one.

    That commune raised two: one is with a body, late; one is answered.
    """
    own = make_officer(user=users[Role.OFFICER])
    communes = [make_commune(f"Xã {n}") for n in range(3)]
    make_assignment(own, communes[0])
    made = make_matter("Lắp đèn đường liên ấp", field=lights, note="Chỉ cơ quan xem")
    petitions = [
        make_petition(communes[place], field=lights, content=f"Lắp đèn đường {number}")
        for number, place in enumerate((0, 0, 1, 1, 2))
    ]
    group_petitions(petitions=petitions, matter=made, by=office, now=at(DAY))
    route(petitions[0], office, day(1), lights.body, due_on=day(31))
    route(petitions[1], office, day(1), lights.body, due_on=day(31))
    answer(petitions[1], office, day(9), content="Đã lắp ở xã Không")
    answer(petitions[2], office, day(9), content="Bí mật của xã Một")
    return made


def petitions_of(matter):
    return list(Petition.objects.filter(matter=matter).order_by("pk"))


def text(page):
    return page.content.decode()


def numbers(page):
    return [
        (cell.column.key, cell.value, cell.url)
        for row in page.context["rows"]
        for cell in row.cells
        if cell.column.key in ("communes", "raised", "open", "overdue", "settled") and cell.url
    ]


# --- the list ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("on", [TODAY, day(5)])
def test_every_number_of_the_list_is_its_list(client_as, matter, role, on):
    client = client_as(role)
    found = numbers(client.get(f"/kien-nghi/nhom/?ngay={on}"))
    assert len(found) >= 3
    for key, number, url in found:
        page = client.get(f"{url}&ngay={on}")
        records = [row.record for row in page.context["rows"]]
        is_of_communes = key == "communes"
        assert number == (
            len({one.commune_id for one in records}) if is_of_communes else len(records)
        )


def row(page):
    [only] = page.context["rows"]
    return {cell.column.key: cell.value for cell in only.cells}


def test_communes_are_counted_not_petitions(client_as, matter):
    found = row(client_as(Role.LEADER).get("/kien-nghi/nhom/"))
    assert (found["communes"], found["raised"]) == (3, 5)
    assert (found["open"], found["overdue"], found["settled"]) == (3, 1, 2)
    assert (found["co_quan"], found["lau_nhat"]) == ("Sở Công Thương", 60)


def test_an_officer_counts_only_their_own(client_as, users, matter):
    found = row(client_as(Role.OFFICER).get("/kien-nghi/nhom/"))
    assert (found["communes"], found["raised"]) == (1, 2)
    assert (found["open"], found["overdue"], found["settled"]) == (1, 1, 1)
    other = make_user(Role.OFFICER)
    make_assignment(make_officer(user=other))
    assert client_as(other).get("/kien-nghi/nhom/").context["rows"] == []
    assert client_as(other).get(f"/kien-nghi/nhom/{matter.pk}/").status_code == 404


def test_the_leads_an_officer_reads_are_of_their_own(client_as, office, matter):
    route(petitions_of(matter)[3], office, day(2), make_body("Sở Khác"), due_on=day(30))
    assert "Sở Khác" in text(client_as(Role.OFFICE).get("/kien-nghi/nhom/"))
    assert "Sở Khác" not in text(client_as(Role.OFFICER).get("/kien-nghi/nhom/"))


@pytest.mark.parametrize(
    ("query", "count"),
    [("tinh_trang=dang_giai_quyet", 1), ("tinh_trang=xong", 1), ("tim=den+duong", 1), ("", 2)],
)
def test_filters(client_as, matter, query, count):
    make_matter("Trống", field=matter.field)
    assert len(client_as(Role.OFFICE).get(f"/kien-nghi/nhom/?{query}").context["rows"]) == count


@pytest.mark.parametrize("column", ["communes", "-open", "lau_nhat", "nhom"])
def test_sorting_and_the_file(client_as, matter, column):
    make_matter("Trống", field=matter.field)
    client = client_as(Role.OFFICE)
    assert len(client.get(f"/kien-nghi/nhom/?sap={column}").context["rows"]) == 2
    response = client.get(f"/kien-nghi/nhom/?sap={column}&xuat=xlsx")
    found = table(opened(b"".join(response.streaming_content)).active)
    assert {one["Số Đảng bộ"] for one in found} == {0, 3}


# --- one matter ----------------------------------------------------------------------------------


def test_a_matter_has_its_petitions_and_answers(client_as, matter):
    page = client_as(Role.LEADER).get(f"/kien-nghi/nhom/{matter.pk}/")
    assert {one.record for one in page.context["rows"]} == set(petitions_of(matter))
    sums = {label: value for label, value, *_ in page.context["sums"]}
    assert (sums["Số Đảng bộ"], sums["Kiến nghị"], sums["Đang giải quyết"]) == (3, 5, 3)
    assert "Bí mật của xã Một" in text(page)
    assert "Chỉ cơ quan xem" in text(page)
    assert "Ghi kết quả chung" not in text(page)  # the office writes


@pytest.mark.parametrize("role", [Role.OFFICER])
def test_of_a_matter_an_officer_sees_only_their_own(client_as, matter, role):
    client = client_as(role)
    page = client.get(f"/kien-nghi/nhom/{matter.pk}/")
    assert {one.record for one in page.context["rows"]} == set(petitions_of(matter)[:2])
    sums = {label: value for label, value, *_ in page.context["sums"]}
    assert (sums["Số Đảng bộ"], sums["Kiến nghị"]) == (1, 2)
    assert "Đã lắp ở xã Không" in text(page)
    assert "Bí mật của xã Một" not in text(page)
    assert "Chỉ cơ quan xem" not in text(page)
    assert "Xã 1" not in text(page)
    response = client.get(f"/kien-nghi/nhom/{matter.pk}/?xuat=xlsx")
    assert len(table(opened(b"".join(response.streaming_content)).active)) == 2


def test_acts_are_offered_today_while_something_is_open(client_as, matter):
    client = client_as(Role.OFFICE)
    address = f"/kien-nghi/nhom/{matter.pk}/"
    assert "Ghi kết quả chung" in text(client.get(address))
    assert "Ghi kết quả chung" not in text(client.get(f"{address}?ngay={day(59)}"))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_the_queries_do_not_grow(client_as, matter, office, role, django_assert_max_num_queries):
    client = client_as(role)
    commune = petitions_of(matter)[0].commune

    def counts():
        for address in ("/kien-nghi/nhom/", f"/kien-nghi/nhom/{matter.pk}/"):
            with django_assert_max_num_queries(12) as asked:
                assert client.get(address).status_code == 200
            yield len(asked)

    before = list(counts())
    for _ in range(4):
        for target in (matter, make_matter(field=make_field())):
            new = make_petition(commune, field=target.field)
            group_petitions(petitions=[new], matter=target, by=office, now=at(DAY))
            route(new, office, day(2), make_body(), due_on=day(30))
            answer(new, office, day(3))
    assert list(counts()) == before


# --- adding and changing --------------------------------------------------------------------------


def test_a_matter_is_added_and_changed(client_as, lights, office):
    client = client_as(Role.OFFICE)
    typed = {"title": "Lắp đèn đường", "field": lights.pk, "note": ""}
    response = client.post("/kien-nghi/nhom/them/", typed)
    made = PetitionMatter.objects.get()
    assert response.url == f"/kien-nghi/nhom/{made.pk}/"
    assert made.entered_by == office
    changed = typed | {"title": "Lắp đèn đường liên ấp"}
    assert client.post(f"/kien-nghi/nhom/{made.pk}/sua/", changed).status_code == 302
    event = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert event.before == {"nhóm vấn đề": "Lắp đèn đường"}
    assert event.after == {"nhóm vấn đề": "Lắp đèn đường liên ấp"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": "\u200b"}, "Cần ghi tên nhóm vấn đề."),
        ({"field": ""}, "Chọn lĩnh vực."),
        ({"title": "Nhóm đã có"}, "Đã có nhóm vấn đề này."),
    ],
)
def test_a_matter_that_cannot_be(client_as, lights, typed, sentence):
    make_matter("Nhóm đã có", field=lights)
    data = {"title": "Nhóm", "field": lights.pk} | typed
    assert sentence in text(client_as(Role.OFFICE).post("/kien-nghi/nhom/them/", data))
    assert PetitionMatter.objects.count() == 1


def test_the_same_title_twice_is_the_sentence(lights, office):
    make_matter("Nhóm đã có", field=lights)
    other = make_matter("Nhóm khác", field=lights)
    with pytest.raises(ValidationError, match="Đã có nhóm vấn đề này"):
        add_matter(matter=PetitionMatter(title="Nhóm đã có", field=lights), by=office, now=at(DAY))
    with pytest.raises(ValidationError, match="Đã có nhóm vấn đề này"):
        edit_matter(matter=other, title="Nhóm đã có", by=office)


# --- into a matter, and out of it ----------------------------------------------------------------


def kn(*petitions):
    return {"kn": [one.pk for one in petitions]}


@pytest.fixture
def loose(lights):
    return [make_petition(content="Lắp đèn đường liên ấp", field=lights) for _ in range(2)]


def test_the_page_offers_likely_matters_first(client_as, matter, loose):
    make_matter("A: không liên quan", field=make_field())
    make_matter("B: cùng lĩnh vực", field=matter.field)
    page = client_as(Role.OFFICE).get("/kien-nghi/nhom/gop/", kn(*loose))
    groups = dict(page.context["form"].fields["matter"].choices[1:])
    assert groups["Có thể cùng vấn đề"] == [(str(matter.pk), matter.title)]
    assert [label for _, label in groups["Các nhóm khác"]] == [
        "B: cùng lĩnh vực",
        "A: không liên quan",
    ]


def test_ticked_petitions_go_into_a_matter(client_as, matter, loose):
    client, taken = client_as(Role.OFFICE), petitions_of(matter)[4]
    other = make_matter("Khác", field=matter.field)
    response = client.post("/kien-nghi/nhom/gop/", kn(*loose, taken) | {"matter": other.pk})
    assert response.url == f"/kien-nghi/nhom/{other.pk}/"
    assert petitions_of(other) == sorted([*loose, taken], key=lambda one: one.pk)
    events = PetitionEvent.objects.filter(act=PetitionAct.GROUP, note="Khác")
    assert events.count() == 3


def test_or_into_a_new_one(client_as, loose, lights):
    client_as(Role.OFFICE).post("/kien-nghi/nhom/gop/", kn(*loose) | {"title": "Đèn liên ấp"})
    made = PetitionMatter.objects.get()
    assert (made.title, made.field) == ("Đèn liên ấp", lights)
    assert petitions_of(made) == loose


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Chọn một nhóm đã có, hoặc ghi tên nhóm mới."),
        ({"title": "Mới", "matter": "có"}, "Chọn một nhóm đã có, hoặc ghi tên nhóm mới."),
        ({"title": "Lắp đèn đường liên ấp"}, "Đã có nhóm vấn đề này."),
        ({"matter": 10**9}, "Mục đã chọn không nằm trong các lựa chọn."),
    ],
)
def test_a_grouping_that_cannot_be(client_as, matter, loose, typed, sentence):
    if typed.get("matter") == "có":
        typed = typed | {"matter": matter.pk}
    page = client_as(Role.OFFICE).post("/kien-nghi/nhom/gop/", kn(*loose) | typed)
    assert sentence in text(page)
    assert all(one.matter is None for one in Petition.objects.filter(pk__in=[o.pk for o in loose]))
    assert PetitionMatter.objects.count() == 1


def test_what_is_settled_is_not_grouped_and_leaves_no_matter(client_as, office, loose):
    answer(loose[1], office, day(3))
    page = client_as(Role.OFFICE).post("/kien-nghi/nhom/gop/", kn(*loose) | {"title": "Mới"})
    assert "không thực hiện được việc" in text(page)
    assert not PetitionMatter.objects.exists()


def test_a_petition_leaves_its_matter(client_as, matter):
    first = petitions_of(matter)[0]
    client = client_as(Role.OFFICE)
    address = f"/kien-nghi/{first.pk}/ra-khoi-nhom/"
    assert "Đưa ra khỏi nhóm" in text(client.get(address))
    typed = {"edition": first.edition, "note": "Việc khác"}
    assert client.post(address, typed).status_code == 302
    first.refresh_from_db()
    assert first.matter is None
    assert PetitionEvent.objects.get(act=PetitionAct.UNGROUP).note == "Việc khác"
    assert "chưa thuộc nhóm vấn đề nào" in text(client.get(address))


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ASSISTANT, Role.ADMIN])
def test_nobody_else_writes_even_by_a_forged_post(client_as, users, matter, loose, role):
    client, body = client_as(role), make_body()
    own = petitions_of(matter)[0]
    addresses = {
        "/kien-nghi/nhom/them/": {"title": "Mới", "field": matter.field_id},
        f"/kien-nghi/nhom/{matter.pk}/sua/": {"title": "Mới", "field": matter.field_id},
        "/kien-nghi/nhom/gop/": kn(*loose) | {"title": "Mới"},
        f"/kien-nghi/{own.pk}/ra-khoi-nhom/": {"edition": own.edition, "note": "x"},
        f"/kien-nghi/nhom/{matter.pk}/chuyen/": kn(own) | {"body": body.pk, "on": "09/05/2023"},
        f"/kien-nghi/nhom/{matter.pk}/ket-qua/": kn(own) | ANSWER,
    }
    events = PetitionEvent.objects.count()
    for address, typed in addresses.items():
        expected = (403, 404) if role == Role.ASSISTANT else (403,)
        assert client.post(address, typed).status_code in expected
    assert PetitionEvent.objects.count() == events
    assert [one.title for one in PetitionMatter.objects.all()] == [matter.title]


# --- one act for all -----------------------------------------------------------------------------

ANSWER = {
    "outcome": "resolved",
    "issued_on": "30/06/2023",
    "number": "15/SCT",
    "content": "Đã lắp xong toàn tuyến",
}


def open_ones(matter):
    return [one for one in petitions_of(matter) if one.is_open]


def shown(client, address, matter):
    """Give what the page sends by itself: the petitions and their editions."""
    form = client.get(address).context["form"]
    editions = {f"edition_{one.pk}": one.edition for one in form.petitions}
    return kn(*form.petitions) | editions


def test_one_answer_settles_all_that_are_open(client_as, matter):
    client, address = client_as(Role.OFFICE), f"/kien-nghi/nhom/{matter.pk}/ket-qua/"
    still_open = open_ones(matter)
    file = SimpleUploadedFile("tra-loi.pdf", pdf("Trả lời"), "application/pdf")
    typed = shown(client, address, matter) | ANSWER | {"files": file}
    assert client.post(address, typed).status_code == 302
    written = PetitionAnswer.objects.get(number="15/SCT")
    assert {event.petition for event in written.events.all()} == set(still_open)
    assert len(still_open) == 3
    assert AnswerFile.objects.count() == 1
    states = {one.state for one in Petition.objects.filter(pk__in=[o.pk for o in still_open])}
    assert states == {PetitionState.RESOLVED}
    assert not PetitionLeg.objects.filter(ended_on__isnull=True).exists()
    after = client.get(address)
    assert after.url == f"/kien-nghi/nhom/{matter.pk}/"  # nothing is open any more


def test_one_route_sends_all_that_are_not_there(client_as, matter):
    client, address = client_as(Role.OFFICE), f"/kien-nghi/nhom/{matter.pk}/chuyen/"
    body = matter.field.body
    typed = shown(client, address, matter) | {"body": body.pk, "on": "30/06/2023"}
    assert client.post(address, typed).status_code == 302
    held = PetitionLeg.objects.leading().filter(ended_on__isnull=True, body=body)
    assert {leg.petition for leg in held} == set(open_ones(matter))
    assert PetitionLeg.objects.filter(petition=petitions_of(matter)[0]).count() == 1
    page = client.post(address, shown(client, address, matter) | typed_again(body))
    assert "Mọi kiến nghị của nhóm đều đang ở cơ quan này." in text(page)


def test_the_usual_body_is_offered_while_one_waits_for_a_body(client_as, matter, office):
    client, address = client_as(Role.OFFICE), f"/kien-nghi/nhom/{matter.pk}/chuyen/"
    assert client.get(address).context["form"]["body"].value() == matter.field.body_id
    for petition in open_ones(matter)[1:]:
        route(petition, office, day(50), make_body())
    assert client.get(address).context["form"]["body"].value() is None


def typed_again(body):
    return {"body": body.pk, "on": "30/06/2023"}


def test_all_or_none_are_routed(client_as, matter):
    client, address = client_as(Role.OFFICE), f"/kien-nghi/nhom/{matter.pk}/chuyen/"
    events = PetitionEvent.objects.count()
    early = {"body": make_body().pk, "on": "09/05/2023"}  # the first is on its way since the 10th
    page = client.post(address, shown(client, address, matter) | early)
    assert "Chưa chuyển kiến nghị nào" in text(page)
    assert PetitionEvent.objects.count() == events


@pytest.mark.parametrize("act", ["chuyen", "ket-qua"])
def test_what_joined_or_left_meanwhile_is_looked_at_again(client_as, matter, office, loose, act):
    client, address = client_as(Role.OFFICE), f"/kien-nghi/nhom/{matter.pk}/{act}/"
    typed = shown(client, address, matter) | ANSWER | typed_again(make_body())
    group_petitions(petitions=loose, matter=matter, by=office, now=at(TODAY))
    events = PetitionEvent.objects.count()
    page = client.post(address, typed)
    assert "vừa thay đổi" in text(page)
    assert "Đã lắp xong toàn tuyến" in text(page) or act == "chuyen"
    assert PetitionEvent.objects.count() == events


@pytest.mark.parametrize("act", ["chuyen", "ket-qua"])
def test_what_was_changed_meanwhile_is_not_acted_on_unread(client_as, matter, office, act):
    client, address = client_as(Role.OFFICE), f"/kien-nghi/nhom/{matter.pk}/{act}/"
    typed = shown(client, address, matter) | ANSWER | typed_again(make_body())
    route(open_ones(matter)[1], office, day(50), make_body("Sở Xen Vào"), due_on=day(80))
    events = PetitionEvent.objects.count()
    page = client.post(address, typed)
    assert "cập nhật" in text(page)
    assert PetitionEvent.objects.count() == events
    again = page.context["form"]
    editions = {f"edition_{one.pk}": one.edition for one in open_ones(matter)}
    assert {key: int(again.data[key]) for key in editions} == editions


def test_a_roadmap_is_asked_of_all_at_once(client_as, matter):
    client, address = client_as(Role.OFFICE), f"/kien-nghi/nhom/{matter.pk}/ket-qua/"
    typed = shown(client, address, matter) | ANSWER | {"outcome": "under_resourced"}
    assert "phải ghi lộ trình thực hiện" in text(client.post(address, typed))
    assert len(open_ones(matter)) == 3
