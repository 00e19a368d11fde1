"""What is done with petitions through the pages: every act, role and state, also by forged POST."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from reports.enums import (
    PETITION_MOVES,
    SETTLED_STATES,
    PetitionAct,
    PetitionState,
)
from reports.models import Petition, PetitionEvent
from tests.assignments.attachments.files import pdf
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_field,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.petitions.moves import bring

pytestmark = pytest.mark.django_db

PAGES = {
    PetitionAct.AMEND: "sua",
    PetitionAct.ROUTE: "chuyen",
    PetitionAct.EXTEND: "gia-han",
    PetitionAct.CONSIDER: "tien-do",
    PetitionAct.START: "tien-do",
    PetitionAct.ANSWER: "ket-qua",
    PetitionAct.MARK_DUPLICATE: "trung",
    PetitionAct.TELL: "thong-tin",
    PetitionAct.REOPEN: "mo-lai",
    PetitionAct.NOTE: "y-kien",
    PetitionAct.WITHDRAW: "rut",
}
# What the officer who raised a petition does with it, and in which states.
RAISERS = {
    PetitionAct.AMEND: {PetitionState.NEW},
    PetitionAct.WITHDRAW: {PetitionState.NEW},
    PetitionAct.ANSWER: {PetitionState.NEW},
    PetitionAct.TELL: set(SETTLED_STATES),
    PetitionAct.NOTE: set(PetitionState),
}
STANDINGS = [(state, False) for state in PetitionState] + [(one, True) for one in SETTLED_STATES]


@pytest.fixture
def own(users):
    """Give the assignment of the officer who is a user; the assistant acts for them."""
    officer = make_officer("Trần Văn Bình", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    make_field("Chiếu sáng")
    return make_assignment(officer=officer)


def make_own(own) -> Petition:
    return make_petition(own.commune, own.officer)


def address(petition: Petition, act: PetitionAct) -> str:
    return f"/kien-nghi/{petition.pk}/{PAGES[act]}/"


def sent(petition: Petition, act: PetitionAct, **changed) -> dict[str, object]:
    """Give a lawful form of an act."""
    petition.refresh_from_db()
    data = {"edition": petition.edition, "on": f"{DAY:%d/%m/%Y}", "note": "Đã gọi hỏi lại"}
    data |= {
        PetitionAct.AMEND: lambda: {
            "content": f"{petition.content}, ấp 4",
            "field": petition.field_id,
            "raised_on": f"{petition.raised_on:%d/%m/%Y}",
            "source": "meeting",
            "urgency": "urgent",
            "reason": "Ghi thiếu",
        },
        PetitionAct.ROUTE: lambda: {"body": make_body().pk},
        PetitionAct.EXTEND: lambda: {"due_on": "31/12/2099"},
        PetitionAct.CONSIDER: lambda: {"progress": "consider"},
        PetitionAct.START: lambda: {"progress": "start"},
        PetitionAct.ANSWER: lambda: {
            "outcome": "answered",
            "issued_on": f"{DAY:%d/%m/%Y}",
            "content": "Đã giải thích",
        },
        PetitionAct.MARK_DUPLICATE: lambda: {"of": make_petition(petition.commune).pk},
    }.get(act, dict)()
    return data | changed


def done(petition: Petition, act: PetitionAct) -> int:
    return PetitionEvent.objects.filter(petition=petition, act=act).count()


def post(client, petition: Petition, act: PetitionAct, **changed):
    return client.post(address(petition, act), sent(petition, act, **changed))


# --- who, and in which state ---------------------------------------------------------------------


def may_office(act: PetitionAct, state: PetitionState, told: bool) -> bool:
    move = PETITION_MOVES[act]
    return state in move.sources and (move.when_closed or not told)


def may_raiser(act: PetitionAct, state: PetitionState, told: bool) -> bool:
    return state in RAISERS.get(act, ()) and may_office(act, state, told)


@pytest.mark.parametrize("act", PAGES)
@pytest.mark.parametrize(("role", "may"), [(Role.OFFICE, may_office), (Role.OFFICER, may_raiser)])
def test_each_act_in_each_state(own, client_as, act, role, may):
    client = client_as(role)
    for state, told in STANDINGS:
        petition = bring(make_own(own), state, told=told)
        data, before = sent(petition, act), done(petition, act)
        response = client.post(address(petition, act), data)
        expected = may(act, state, told)
        assert done(petition, act) - before == expected, (state, told)
        is_never_theirs = role == Role.OFFICER and act not in RAISERS
        refusal = 403 if is_never_theirs else 200
        assert response.status_code == (302 if expected else refusal), (state, told)
        shown = client.get(address(petition, act)).status_code
        assert shown == (403 if is_never_theirs else 200)


@pytest.mark.parametrize("act", PAGES)
def test_each_act_by_everybody_else(own, client_as, act):
    petition = bring(make_own(own), PetitionState.RESOLVED)
    is_note, is_raisers = act == PetitionAct.NOTE, act in RAISERS
    stranger = make_assignment(officer=make_officer(user=make_user(Role.OFFICER)))
    answers = {
        Role.LEADER: 302 if is_note else 403,
        Role.ADMIN: 403,
        Role.ASSISTANT: 302 if act in (PetitionAct.TELL, PetitionAct.NOTE) else 200,
        stranger.officer.user: 404,
    }
    if not is_raisers:
        answers[Role.ASSISTANT] = 403
    for who, status in answers.items():
        before = done(petition, act)
        response = post(client_as(who), petition, act)
        assert response.status_code == status, who
        assert done(petition, act) - before == (status == 302), who


def test_officers_read_petitions_of_who_went_before_and_do_not_amend_them(own, client_as):
    before = make_petition(own.commune, make_officer("Lê Thị Trước"))
    client = client_as(Role.OFFICER)
    assert client.get(f"/kien-nghi/{before.pk}/").status_code == 200
    for act in (PetitionAct.AMEND, PetitionAct.WITHDRAW, PetitionAct.ANSWER):
        page = post(client, before, act)
        assert page.status_code == 200
        assert done(before, act) == 0


def test_what_cannot_be_done_is_told_instead_of_the_form(own, client_as):
    petition = bring(make_own(own), PetitionState.UNDER_RESOURCED, told=True)
    page = client_as(Role.OFFICE).get(address(petition, PetitionAct.ROUTE)).content.decode()
    assert "muốn xử lý tiếp thì mở lại" in page
    assert 'name="body"' not in page


def test_buttons_are_those_of_the_acts_that_are_open_today(own, client_as):
    petition = make_own(own)
    page = client_as(Role.OFFICER).get(f"/kien-nghi/{petition.pk}/").content.decode()
    for act, path in PAGES.items():
        assert (f"/{petition.pk}/{path}/" in page) == (
            act in (PetitionAct.AMEND, PetitionAct.WITHDRAW, PetitionAct.ANSWER, PetitionAct.NOTE)
        )
    assert "Giải quyết tại chỗ</a>" in page
    assert "Ghi kết quả" not in page
    page = client_as(Role.OFFICE).get(f"/kien-nghi/{petition.pk}/").content.decode()
    assert "Ghi kết quả</a>" in page
    page = client_as(Role.OFFICE).get(f"/kien-nghi/{petition.pk}/?ngay=2023-05-10").content.decode()
    assert not [path for path in PAGES.values() if f"/{petition.pk}/{path}/" in page]


# --- two at once ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "act", [PetitionAct.ROUTE, PetitionAct.ANSWER, PetitionAct.AMEND, PetitionAct.WITHDRAW]
)
def test_what_was_typed_stays_when_somebody_was_faster(own, client_as, act):
    petition = make_own(own)
    first, second = client_as(Role.OFFICE), client_as(make_user(full_name="Đỗ Thị Nhanh"))
    typed = {"note": "Chữ đã gõ", "content": "Chữ đã gõ", "reason": "Chữ đã gõ"}
    data = sent(petition, act, **typed)
    assert post(second, petition, PetitionAct.NOTE).status_code == 302
    assert post(second, petition, PetitionAct.AMEND).status_code == 302
    page = first.post(address(petition, act), data)
    shown = page.content.decode()
    assert page.status_code == 200
    assert done(petition, act) == (act == PetitionAct.AMEND)
    assert "vừa được cập nhật" in shown
    assert "Đỗ Thị Nhanh" in shown
    assert "Chữ đã gõ" in shown
    petition.refresh_from_db()
    assert page.context["form"]["edition"].value() == str(petition.edition)
    again = first.post(address(petition, act), data | {"edition": petition.edition})
    assert again.status_code == 302


def test_a_form_without_its_edition_is_not_taken(own, client_as):
    petition = make_own(own)
    assert post(client_as(Role.OFFICE), petition, PetitionAct.ROUTE, edition="").status_code == 200
    assert done(petition, PetitionAct.ROUTE) == 0


# --- each form -----------------------------------------------------------------------------------


def test_routing_offers_the_fields_body_and_limit(own, client_as):
    body = make_body("Sở Công Thương")
    field = make_field(body=body, limit_days=10)
    petition = make_petition(own.commune, own.officer, field=field)
    form = client_as(Role.OFFICE).get(address(petition, PetitionAct.ROUTE)).context["form"]
    assert form["body"].value() == body.pk
    assert form["due_on"].value() - form["on"].value() == dt.timedelta(days=10)


def test_routing_without_a_due_date_takes_the_limit_from_its_day(own, client_as):
    petition = make_own(own)
    beside = make_body("Sở Tài chính")
    data = {"on": f"{DAY:%d/%m/%Y}", "due_on": "", "coordinating": [beside.pk]}
    data |= {"reference": "12-CV/VPTU"}
    assert post(client_as(Role.OFFICE), petition, PetitionAct.ROUTE, **data).status_code == 302
    lead, other = petition.legs.order_by("-role")
    assert lead.due_on == DAY + dt.timedelta(days=petition.field.limit_days)
    assert (lead.reference, other.body) == ("12-CV/VPTU", beside)
    page = client_as(Role.OFFICER).get(f"/kien-nghi/{petition.pk}/").content.decode()
    assert "Phối hợp: Sở Tài chính" in page


def test_more_time_is_shown_in_one_stretch_and_in_the_history(own, client_as):
    petition = bring(make_own(own), PetitionState.ROUTED)
    old = petition.legs.get()
    client = client_as(Role.OFFICE)
    page = client.get(address(petition, PetitionAct.EXTEND)).content.decode()
    assert f"{old.body} đang chủ trì; hạn trả lời hiện nay {old.due_on:%d/%m/%Y}." in page
    page = post(client, petition, PetitionAct.EXTEND, due_on=f"{old.due_on:%d/%m/%Y}")
    assert "Hạn mới phải" in page.content.decode()
    assert post(client, petition, PetitionAct.EXTEND).status_code == 302
    page = client.get(f"/kien-nghi/{petition.pk}/")
    shown = page.content.decode()
    assert f"gia hạn trả lời đến 31/12/2099 (trước đó {old.due_on:%d/%m/%Y})" in shown
    assert f"Hạn mới 31/12/2099, trước đó {old.due_on:%d/%m/%Y}. Đã gọi hỏi lại" in shown
    [stretch] = [one for one in page.context["stretches"] if one.leg]
    assert (stretch.since, stretch.until) == (DAY, None)


def test_routing_to_a_body_that_has_it_is_refused_in_words(own, client_as):
    petition = bring(make_own(own), PetitionState.ROUTED)
    body = petition.legs.get().body
    page = post(client_as(Role.OFFICE), petition, PetitionAct.ROUTE, body=body.pk)
    assert "đang chủ trì xử lý rồi" in page.content.decode()


def test_an_answer_with_its_file_is_downloaded_by_who_sees_the_petition(own, client_as):
    petition = bring(make_own(own), PetitionState.ROUTED)
    file = SimpleUploadedFile("tra-loi.pdf", pdf())
    response = post(client_as(Role.OFFICE), petition, PetitionAct.ANSWER, files=[file])
    assert response.status_code == 302
    page = client_as(Role.OFFICER).get(f"/kien-nghi/{petition.pk}/")
    [answer] = page.context["answers"]
    [stored] = answer.kept
    address_of_file = f"/kien-nghi/tep/{stored.pk}/"
    assert address_of_file in page.content.decode()
    got = client_as(Role.OFFICER).get(address_of_file)
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert "attachment" in got["Content-Disposition"]
    stranger = make_assignment(officer=make_officer(user=make_user(Role.OFFICER)))
    assert client_as(stranger.officer.user).get(address_of_file).status_code == 404


def test_a_file_that_is_none_is_refused_by_name(own, client_as):
    petition = make_own(own)
    file = SimpleUploadedFile("tra-loi.pdf", b"MZ not a pdf")
    page = post(client_as(Role.OFFICE), petition, PetitionAct.ANSWER, files=[file])
    assert "tra-loi.pdf" in page.content.decode()
    assert "chọn lại tệp" in page.content.decode()
    assert done(petition, PetitionAct.ANSWER) == 0


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("under_resourced", "phải ghi lộ trình"),
        ("out_of_competence", "thuộc thẩm quyền cơ quan nào"),
    ],
)
def test_an_outcome_asks_for_what_belongs_to_it(own, client_as, outcome, sentence):
    petition = make_own(own)
    client = client_as(Role.OFFICE)
    page = post(client, petition, PetitionAct.ANSWER, outcome=outcome)
    assert sentence in page.content.decode()
    needed = {"roadmap_on": "31/12/2099", "competent_body": make_body().pk}
    response = post(client, petition, PetitionAct.ANSWER, outcome=outcome, **needed)
    assert response.status_code == 302


def test_officers_settle_on_the_spot_only(own, client_as):
    petition, client = make_own(own), client_as(Role.OFFICER)
    form = client.get(address(petition, PetitionAct.ANSWER)).context["form"]
    assert [key for key, _ in form.fields["outcome"].choices] == ["resolved", "answered"]
    forged = {"outcome": "under_resourced", "roadmap_on": "31/12/2099"}
    assert post(client, petition, PetitionAct.ANSWER, **forged).status_code == 200
    assert done(petition, PetitionAct.ANSWER) == 0


def test_the_repeated_petition_is_found_by_number_and_by_words(own, client_as):
    petition = make_own(own)
    other = make_petition(content="Nạo vét kênh Tư Mới", number=77, year=2023)
    client = client_as(Role.OFFICE)
    for query in ("77/2023", "số 077/2023", "nao vet kenh"):
        data = {"search": query, "tim_kiem": "1", "note": "Giữ lại"}
        page = client.post(address(petition, PetitionAct.MARK_DUPLICATE), data)
        assert page.context["form"].found == [other], query
        assert "Giữ lại" in page.content.decode()
        assert done(petition, PetitionAct.MARK_DUPLICATE) == 0
    response = post(client, petition, PetitionAct.MARK_DUPLICATE, search="77/2023", of=other.pk)
    assert response.status_code == 302
    page = client.get(f"/kien-nghi/{petition.pk}/").content.decode()
    assert f"kiến nghị số {other.code}" in page


def test_a_repeated_petition_of_the_same_commune_is_offered_first(own, client_as):
    petition = make_own(own)
    here = make_petition(own.commune, content="Nạo vét kênh", raised_on=DAY - dt.timedelta(days=9))
    there = make_petition(content="Nạo vét kênh")
    data = {"search": "nao vet kenh", "tim_kiem": "1"}
    page = client_as(Role.OFFICE).post(address(petition, PetitionAct.MARK_DUPLICATE), data)
    assert page.context["form"].found == [here, there]


def test_telling_takes_two_taps_from_the_list(own, client_as):
    petition = bring(make_own(own), PetitionState.RESOLVED)
    client = client_as(Role.OFFICER)
    page = client.get("/kien-nghi/?tinh_trang=can_tra_loi").content.decode()
    assert address(petition, PetitionAct.TELL) in page
    form = client.get(address(petition, PetitionAct.TELL)).context["form"]
    as_shown = {field.name: field.value() for field in form}
    as_shown["on"] = f"{as_shown['on']:%d/%m/%Y}"
    assert client.post(address(petition, PetitionAct.TELL), as_shown).status_code == 302
    petition.refresh_from_db()
    assert petition.is_closed


# --- several -------------------------------------------------------------------------------------

MANY = "/kien-nghi/chuyen/"


def many(*petitions: Petition, **changed) -> dict[str, object]:
    editions = {f"edition_{one.pk}": one.edition for one in petitions}
    ticked = {"kn": [one.pk for one in petitions], "body": make_body().pk}
    return ticked | {"on": f"{DAY:%d/%m/%Y}"} | editions | changed


def test_several_are_sent_together(own, client_as):
    soon, late = make_field(limit_days=5), make_field(limit_days=50)
    both = [make_petition(own.commune, field=field) for field in (soon, late)]
    client = client_as(Role.OFFICE)
    ticked = "&".join(f"kn={one.pk}" for one in both)
    assert len(client.get(f"{MANY}?{ticked}").context["form"].petitions) == 2
    assert client.post(MANY, many(*both)).status_code == 302
    due = [one.legs.get().due_on - DAY for one in both]
    assert due == [dt.timedelta(days=5), dt.timedelta(days=50)]


def test_all_or_none_are_sent_each_refusal_at_its_row(own, client_as):
    first, second = make_own(own), bring(make_own(own), PetitionState.RESOLVED)
    page = client_as(Role.OFFICE).post(MANY, many(first, second))
    rows = {row["petition"].pk: row["errors"] for row in page.context["form"].rows()}
    assert rows[first.pk] == []
    assert "Đã giải quyết" in rows[second.pk][0]
    assert done(first, PetitionAct.ROUTE) == 0


def test_several_are_not_sent_over_what_somebody_did_meanwhile(own, client_as):
    petition = make_own(own)
    data = many(petition, note="Chữ đã gõ")
    other = client_as(make_user(full_name="Đỗ Thị Nhanh"))
    assert post(other, petition, PetitionAct.AMEND).status_code == 302
    page = client_as(Role.OFFICE).post(MANY, data)
    assert "Đỗ Thị Nhanh" in page.content.decode()
    assert "Chữ đã gõ" in page.content.decode()
    petition.refresh_from_db()
    renewed = {f"edition_{petition.pk}": page.context["form"].rows()[0]["edition"].value()}
    assert renewed == {f"edition_{petition.pk}": str(petition.edition)}
    assert client_as(Role.OFFICE).post(MANY, data | renewed).status_code == 302


def test_routing_several_asks_as_often_however_many(own, client_as, django_assert_max_num_queries):
    client = client_as(Role.OFFICE)
    petitions = [make_own(own) for _ in range(6)]
    ticked = "&".join(f"kn={one.pk}" for one in petitions)
    with django_assert_max_num_queries(10):
        client.get(f"{MANY}?{ticked}")
