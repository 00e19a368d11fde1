"""The pages of waivers: what they list and show, what their buttons write, and for whom."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import DutyKind, DutyUnit, VisitKind
from assignments.models import Duty
from reports.enums import WaiverEffect
from reports.models import Waiver
from reports.waivers import ask_waiver, decide_waivers, withdraw_waiver
from reports.waivers import services as waivers
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_district,
    make_officer,
    make_period,
    make_regulation,
    make_visit,
    make_waiver,
)
from tests.test_hostile_input import VALUES, never_an_error, sent
from tests.workbooks import opened, table

MEETING, CELL = DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING
TODAY = dt.date(2023, 6, 20)
LIST, ADD, DECIDE = "/mien/", "/mien/them/", "/mien/quyet-dinh/"
MOST_QUERIES = 12
HOSTILE = "<script>alert(1)</script>'\"{{ 7 }} =1+1 \u202egnp"


def at(day: dt.date) -> dt.datetime:
    """Give noon of a day where the office is."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def text(response) -> str:
    return response.content.decode()


def told(response) -> str:
    """Give the message the next page shows."""
    return " ".join(str(message) for message in response.context["messages"])


def listed(client, query: str = "") -> list[Waiver]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [row.record for row in response.context["rows"]]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let it be the 20th of June."""
    monkeypatch.setattr("accounts.clock.today", lambda: TODAY)
    monkeypatch.setattr("accounts.clock.now", lambda: at(TODAY))


@pytest.fixture
def quarter(db):
    return make_period()


@pytest.fixture
def held(users, quarter):
    """Give the assignment of the officer who is a user: a meeting and two cell meetings due."""
    make_regulation(MEETING, CELL)
    Duty.objects.filter(kind=CELL).update(required=2)
    officer = make_officer("Thạch Văn Bình", office="Sở Xây dựng", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return make_assignment(officer, make_commune("Thạnh Quới", district=make_district("Mỹ Xuyên")))


@pytest.fixture
def other(quarter):
    """Give an assignment of somebody else."""
    return make_assignment(make_officer("Lê Thị Ánh"), make_commune("An Ninh"))


@pytest.fixture
def ask(users, quarter):
    """Give ``ask(assignment, **other)``: the office asks to have a meeting explained."""

    def asked(assignment, on: dt.date = TODAY, **other) -> Waiver:
        facts = {
            "officer": assignment.officer,
            "commune": assignment.commune,
            "period": quarter,
            "duty_kind": MEETING,
            "effect": WaiverEffect.EXPLAINED,
            "times": 1,
            "reason": "Đi công tác theo triệu tập",
            "document": "Giấy triệu tập số 12-CV/TU",
            "by": users[Role.OFFICE],
            "now": at(on),
        }
        return ask_waiver(**facts | other)

    return asked


@pytest.fixture
def decide(users):
    """Give ``decide(waiver, accept, on)``, as the office does."""

    def decided(waiver, accept=True, on=TODAY, note="Đã xem giấy tờ") -> Waiver:
        [result] = decide_waivers(
            waivers=[waiver], accept=accept, note=note, by=users[Role.OFFICE], now=at(on)
        )
        return result

    return decided


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


@pytest.fixture
def officer(client_as):
    return client_as(Role.OFFICER)


def line_of(assignment, quarter, kind=MEETING) -> str:
    """Give what the form sends for a line of the duty list."""
    return f"{assignment.officer_id}.{assignment.commune_id}.{kind}.{quarter.pk}"


def posted(line: str, **fields) -> dict:
    facts = {"line": line, "effect": "waived", "times": "1", "reason": "Đi học", "document": ""}
    return facts | fields


# --- the list ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_the_list_shows_ones_own_or_all(client_as, held, other, ask, role):
    own, foreign = ask(held), ask(other)
    is_narrow = role in (Role.OFFICER, Role.ASSISTANT)
    assert set(listed(client_as(role))) == ({own} if is_narrow else {own, foreign})


def test_the_list_and_its_file_say_everything(office, users, held, ask, decide):
    decide(ask(held), on=TODAY)
    page = text(office.get(LIST))
    name = users[Role.OFFICE].full_name
    for words in ("Thạch Văn Bình", "Xã Thạnh Quới", "Quý II/2023", "Được chấp nhận", "1 lần"):
        assert words in page
    assert f"20/06/2023 · {name}: Đã xem giấy tờ" in page
    file = office.get(f"{LIST}?xuat=xlsx")
    [row] = table(opened(b"".join(file.streaming_content)).active)
    assert row["Cán bộ"] == "Thạch Văn Bình"
    assert row["Đảng bộ"] == "Xã Thạnh Quới"
    assert row["Nhiệm vụ"] == "Dự họp Ban Chấp hành Đảng bộ"
    assert (row["Kỳ"], row["Số lần"]) == ("Quý II/2023", 1)
    assert row["Đề nghị"] == "Chưa thực hiện, có lý do"
    assert row["Lý do"] == "Đi công tác theo triệu tập"
    assert row["Văn bản kèm theo"] == "Giấy triệu tập số 12-CV/TU"
    assert row["Người đề nghị"] == row["Người xem xét, rút lại"] == name
    assert row["Ngày xem xét, rút lại"].date() == TODAY
    assert (row["Tình trạng"], row["Ý kiến, lý do rút lại"]) == ("Được chấp nhận", "Đã xem giấy tờ")


def test_a_duty_of_no_commune_is_of_all(office, held, ask):
    Duty.objects.update(unit=DutyUnit.PER_OFFICER)
    ask(held, commune=None)
    assert "Mọi Đảng bộ" in text(office.get(LIST))


def test_the_list_stands_as_it_stood_on_the_day(office, users, held, ask, decide):
    day = {number: dt.date(2023, 5, number) for number in range(1, 8)}
    waiver = decide(ask(held, on=day[2]), on=day[4])
    withdraw_waiver(waiver=waiver, reason="Ghi nhầm", by=users[Role.OFFICE], now=at(day[6]))
    states = {1: None, 2: "cho", 3: "cho", 4: "chap_nhan", 5: "chap_nhan", 6: "da_rut", 7: "da_rut"}
    words = {"cho": "Chờ xem xét", "chap_nhan": "Được chấp nhận", "da_rut": "Đã rút lại"}
    for number, state in states.items():
        shown = [key for key in words if listed(office, f"tinh_trang={key}&ngay={day[number]}")]
        assert shown == ([state] if state else []), number
        rows = office.get(f"{LIST}?ngay={day[number]}").context["rows"]
        cells = [
            cell.value.word for row in rows for cell in row.cells if cell.column.key == "xem_xet"
        ]
        assert cells == ([words[state]] if state else []), number


def test_filters(office, held, other, ask, decide):
    meeting = decide(ask(held), accept=False)
    cell = ask(other, duty_kind=CELL, effect=WaiverEffect.WAIVED)
    earlier = make_period(dt.date(2023, 1, 1), dt.date(2023, 4, 1))
    before = make_waiver(held.officer, held.commune, earlier, entered_at=at(TODAY))
    district = held.commune.district_id
    cases = {
        "": {meeting, cell, before},
        "tinh_trang=cho": {cell},
        "tinh_trang=khong": {meeting},
        "tinh_trang=chap_nhan": {before},
        "tinh_trang=da_rut": set(),
        "ky=2023-q2": {meeting, cell},
        "ky=2023-q1": {before},
        f"nhiem_vu={CELL}": {cell},
        "de_nghi=waived": {cell},
        f"huyen={district}": {meeting, before},
        f"can_bo={other.officer_id}": {cell},
        f"dang_bo={held.commune_id}": {meeting, before},
        "tim=binh thach": {meeting, before},
        "tim=anh+ninh": {cell},
        "tim=my xuyen qui": {meeting, before},
        "tim=khong co": set(),
    }
    for query, expected in cases.items():
        assert set(listed(office, query)) == expected, query


@pytest.mark.parametrize(
    "sort", ["can_bo", "dang_bo", "nhiem_vu", "de_nghi", "ngay_de_nghi", "-ngay_de_nghi", "x"]
)
def test_any_sort_shows_every_row(office, held, other, ask, sort):
    ask(held), ask(other)
    assert len(listed(office, f"sap={sort}")) == 2


def test_a_saved_view_comes_back(office, held):
    saved = {"path": LIST, "query": "tinh_trang=cho", "name": "Việc cần xem"}
    office.post(reverse("accounts:save_view"), saved)
    assert f'<a href="{LIST}?tinh_trang=cho">Việc cần xem</a>' in text(office.get(LIST))


def test_who_may_do_what_with_a_row(client_as, held, ask, decide):
    waiting, accepted = ask(held), decide(ask(held, duty_kind=CELL))
    may = {
        Role.OFFICE: {(waiting.pk, "quyet-dinh"), (waiting.pk, "rut"), (accepted.pk, "rut")},
        Role.OFFICER: {(waiting.pk, "rut")},
        Role.ASSISTANT: {(waiting.pk, "rut")},
        Role.LEADER: set(),
        Role.ADMIN: set(),
    }
    for role, expected in may.items():
        page = text(client_as(role).get(LIST))
        offered = {
            (waiver.pk, word)
            for waiver in (waiting, accepted)
            for word in ("quyet-dinh", "rut")
            if f'href="/mien/{waiver.pk}/{word}/' in page
        }
        assert offered == expected, role
        assert (ADD in page) == (role in (Role.OFFICE, Role.OFFICER, Role.ASSISTANT)), role
        ticks = page.count('name="dn"')
        assert ticks == (1 if role == Role.OFFICE else 0), role


# --- asking --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER, Role.ASSISTANT])
def test_a_missing_line_comes_with_everything_filled_in(client_as, held, quarter, role):
    address = (
        f"{ADD}?can_bo={held.officer_id}&dang_bo={held.commune_id}&ky={quarter.pk}&nhiem_vu={CELL}"
    )
    page = client_as(role).get(address)
    form = page.context["form"]
    assert form.initial == {"line": line_of(held, quarter, CELL), "times": 2}
    assert f'<option value="{line_of(held, quarter, CELL)}" selected>' in text(page)
    assert "không coi là thiếu" in text(page)
    assert "vẫn ghi là thiếu" in text(page)
    assert ("Chấp nhận ngay" in text(page)) == (role == Role.OFFICE)
    answer = client_as(role).post(address, posted(line_of(held, quarter, CELL), times="2"))
    assert answer.url == LIST
    assert Waiver.objects.get().times == 2


def test_one_chooses_among_what_is_missing(officer, held, other, quarter):
    visit = make_visit(held.commune, visited_on=dt.date(2023, 5, 5))
    make_attendance(held.officer, visit)
    page = officer.get(ADD)
    [_, (period, options)] = page.context["form"].fields["line"].choices
    assert period == "Quý II/2023"
    assert options == [
        (
            line_of(held, quarter, CELL),
            "Dự sinh hoạt chi bộ, Xã Thạnh Quới (còn thiếu 2/2)",
        )
    ]


def test_nothing_missing_is_said(officer, held):
    Duty.objects.all().delete()
    assert "không còn nhiệm vụ nào thiếu" in text(officer.get(ADD))


def test_an_assistant_of_two_sees_whose_duty_it_is(client_as, users, held, other):
    other.officer.assistants.add(users[Role.ASSISTANT])
    page = text(client_as(Role.ASSISTANT).get(ADD))
    assert "Thạch Văn Bình: Dự họp" in page
    assert "Lê Thị Ánh: Dự họp" in page


def test_the_last_quarter_is_offered_and_an_older_one_when_it_is_named(officer, held, quarter):
    last = make_period(dt.date(2023, 1, 1), dt.date(2023, 4, 1))
    old = make_period(dt.date(2022, 10, 1), dt.date(2023, 1, 1), year=2022, number=4)
    assert line_of(held, last) in text(officer.get(ADD))
    assert line_of(held, old) not in text(officer.get(ADD))
    assert line_of(held, old) in text(officer.get(f"{ADD}?ky={old.pk}"))


def test_the_office_types_the_officer(office, held, other, quarter):
    assert "Lê Thị Ánh" in text(office.get(ADD))
    found = office.get(f"{ADD}?ten=anh le")
    assert found.url == f"{ADD}?can_bo={other.officer_id}"
    assert "Không có cán bộ nào" in text(office.get(f"{ADD}?ten=Không Ai"))
    assert office.get(f"{ADD}?ten=").status_code == 200
    past = office.get(f"{ADD}?ten=anh&ngay=2023-05-02")
    assert past.url == f"{ADD}?can_bo={other.officer_id}&ngay=2023-05-02"
    assert line_of(other, quarter) in text(office.get(found.url))


def test_who_has_left_can_be_named(office, other):
    other.officer.left_on, other.officer.leave_reason = dt.date(2023, 6, 1), "retired"
    other.officer.save()
    assert office.get(f"{ADD}?ten=Lê Thị Ánh").url == f"{ADD}?can_bo={other.officer_id}"


def test_what_is_asked_waits_or_is_accepted_at_once(office, held, quarter):
    address = f"{ADD}?can_bo={held.officer_id}"
    answer = office.post(address, posted(line_of(held, quarter)), follow=True)
    assert "Đã gửi đề nghị" in told(answer)
    office.post(address, posted(line_of(held, quarter, CELL), accept_now="on"))
    states = {row.duty_kind: row.is_accepted for row in Waiver.objects.all()}
    assert states == {MEETING: None, CELL: True}
    verbs = AuditEvent.objects.filter(target_key__startswith="reports.waiver").values_list("verb")
    assert sorted(verb for (verb,) in verbs) == [Verb.ACCEPT, Verb.CREATE, Verb.CREATE]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_nobody_accepts_their_own(client_as, held, quarter, role):
    client_as(role).post(ADD, posted(line_of(held, quarter), accept_now="on"))
    assert Waiver.objects.get().is_accepted is None


def test_a_form_sent_twice_is_one(officer, office, held, quarter):
    data = posted(line_of(held, quarter, CELL))
    assert officer.post(ADD, data).status_code == 302
    assert waivers.ASKED_ALREADY in text(officer.post(ADD, data))
    at_once = posted(line_of(held, quarter, CELL), accept_now="on", effect="explained")
    address = f"{ADD}?can_bo={held.officer_id}"
    assert office.post(address, at_once).status_code == 302
    assert waivers.ACCEPTED_ALREADY in text(office.post(address, at_once))
    assert Waiver.objects.count() == 2


def test_what_others_asked_meanwhile_is_told(officer, held, quarter, ask):
    officer.get(ADD)
    ask(held)
    page = officer.post(ADD, posted(line_of(held, quarter), reason="Bị ốm, không đi được"))
    assert "Không còn lần nào để đề nghị" in text(page)
    assert "đang chờ xem xét 1" in text(page)
    assert "Bị ốm, không đi được" in text(page)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("line", "", "Cần chọn một mục."),
        ("line", "1.2.x.3", "Chọn một nhiệm vụ trong danh sách."),
        ("effect", "", "Cần chọn một mục."),
        ("effect", "x", "không nằm trong các lựa chọn"),
        ("times", "", "Cần ghi số lần."),
        ("times", "0", "Số lần phải từ 1 đến 99."),
        ("times", "100", "Số lần phải từ 1 đến 99."),
        ("times", "hai", "Số lần phải là số nguyên."),
        ("times", "2", "Chỉ còn 1 lần để đề nghị"),
        ("reason", " \u200b\n", "Cần ghi lý do."),
        ("reason", "x" * 2_001, "2000"),
        ("document", "x" * 201, "200"),
    ],
)
def test_bad_fields_get_a_sentence(officer, held, quarter, field, value, sentence):
    page = officer.post(ADD, posted(line_of(held, quarter)) | {field: value})
    assert page.status_code == 200
    assert sentence in text(page)
    assert not Waiver.objects.exists()


def test_nobody_asks_for_somebody_elses_duty(client_as, held, other, quarter):
    for role in (Role.OFFICER, Role.ASSISTANT):
        client = client_as(role)
        assert client.get(f"{ADD}?can_bo={other.officer_id}").status_code == 404
        assert client.post(f"{ADD}?can_bo={other.officer_id}", {}).status_code == 404
        page = client.post(ADD, posted(line_of(other, quarter)))
        assert "Chọn một nhiệm vụ trong danh sách." in text(page)
    assert not Waiver.objects.exists()


def test_an_address_that_names_nothing_real_still_opens(officer, held):
    for query in ("can_bo=x", "ky=999999", "ky=²", "dang_bo=0&nhiem_vu=zzz", "nhiem_vu=report"):
        assert officer.get(f"{ADD}?{query}").context["form"].initial == {"times": 1}


def test_what_is_typed_is_shown_as_typed(office, officer, held, quarter, decide):
    officer.post(ADD, posted(line_of(held, quarter), reason=HOSTILE, document=HOSTILE))
    waiver = Waiver.objects.get()
    for address in (LIST, f"/mien/{waiver.pk}/quyet-dinh/", f"/mien/{waiver.pk}/rut/"):
        page = text(office.get(address))
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "\u202e" not in page


def test_whatever_is_sent_the_answer_is_a_page(office, held, ask, quarter):
    waiver = ask(held, duty_kind=CELL)
    decision = {"decision": "chap_nhan", "note": ""}
    forms = {
        f"{ADD}?can_bo={held.officer_id}": posted(line_of(held, quarter), accept_now="on"),
        f"/mien/{waiver.pk}/quyet-dinh/": decision,
        f"/mien/{waiver.pk}/rut/": {"reason": "Ghi nhầm"},
        DECIDE: decision | {"dn": waiver.pk},
    }
    tried = [
        (address, sound | {name: value})
        for address, sound in forms.items()
        for name in sound
        for value in VALUES
    ]
    for address, data in tried:
        with transaction.atomic():
            never_an_error(sent(office, address, data))
            transaction.set_rollback(True)


# --- deciding ------------------------------------------------------------------------------------


def test_a_decision_is_made_beside_what_it_is_about(office, held, ask):
    waiver = ask(held, duty_kind=CELL)
    for day, kind in ((2, VisitKind.CELL_MEETING), (9, VisitKind.FIELD_VISIT)):
        make_attendance(
            held.officer, make_visit(held.commune, visited_on=dt.date(2023, 5, day), kind=kind)
        )
    make_attendance(held.officer, make_visit(held.commune, visited_on=dt.date(2023, 3, 31)))
    make_attendance(held.officer, make_visit(visited_on=dt.date(2023, 5, 3)))
    page = office.get(f"/mien/{waiver.pk}/quyet-dinh/")
    [case] = page.context["cases"]
    assert case.numbers == [
        ("Phải làm", 2),
        ("Đã làm", 1),
        ("Miễn", 0),
        ("Thiếu, có lý do", 0),
        ("Thiếu, chưa rõ", 1),
    ]
    assert "30/06/2023" in text(page)
    assert len(page.context["visits"]) == 2
    assert "09/05/2023" in text(page)
    assert "31/03/2023" not in text(page)


def test_a_duty_no_longer_owed_is_said(office, held, ask):
    waiver = ask(held)
    Duty.objects.all().delete()
    page = text(office.get(f"/mien/{waiver.pk}/quyet-dinh/"))
    assert "không phải thực hiện nhiệm vụ này trong kỳ" in page


def test_a_duty_of_the_officer_shows_visits_everywhere(office, held, ask):
    Duty.objects.update(unit=DutyUnit.PER_OFFICER)
    waiver = ask(held, commune=None)
    make_attendance(held.officer, make_visit(visited_on=dt.date(2023, 5, 3)))
    page = office.get(f"/mien/{waiver.pk}/quyet-dinh/")
    assert len(page.context["visits"]) == 1
    assert "tính chung cho cán bộ" in text(page)


def test_one_is_accepted_and_the_list_comes_back_as_it_was(office, held, ask):
    waiver = ask(held)
    address = f"/mien/{waiver.pk}/quyet-dinh/?tinh_trang=cho&sap=can_bo"
    answer = office.post(address, {"decision": "chap_nhan", "note": "Đồng ý"})
    assert answer.url == f"{LIST}?tinh_trang=cho&sap=can_bo"
    waiver.refresh_from_db()
    assert (waiver.is_accepted, waiver.decision_note) == (True, "Đồng ý")
    assert "Đã chấp nhận 1 đề nghị." in told(office.get(LIST))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"decision": "khong", "note": " \u200b"}, "Không chấp nhận thì phải ghi lý do."),
        ({"decision": "", "note": "x"}, "Bấm “Chấp nhận” hoặc “Không chấp nhận”."),
        ({"decision": "x", "note": "Lời đã gõ"}, "Lời đã gõ"),
        ({}, "Bấm “Chấp nhận” hoặc “Không chấp nhận”."),
        ({"decision": "chap_nhan", "note": "x" * 301}, "300"),
    ],
)
def test_a_decision_not_understood_writes_nothing(office, held, ask, data, sentence):
    waiver = ask(held)
    page = office.post(f"/mien/{waiver.pk}/quyet-dinh/", data)
    assert page.status_code == 200
    assert sentence in text(page)
    assert Waiver.objects.waiting().count() == 1


def test_who_comes_second_reads_what_became_of_it(office, held, ask, decide):
    waiver = decide(ask(held))
    page = text(
        office.post(f"/mien/{waiver.pk}/quyet-dinh/", {"decision": "khong", "note": "Thiếu"})
    )
    assert "đã được chấp nhận ngày 20/06/2023" in page
    assert 'value="khong"' not in page  # nothing is left to decide
    waiver.refresh_from_db()
    assert waiver.is_accepted


def test_several_are_accepted_in_one_go(office, held, other, ask):
    rows = [ask(held), ask(other)]
    data = {"dn": [row.pk for row in rows], "decision": "chap_nhan"}
    answer = office.post(f"{DECIDE}?tinh_trang=cho&ngay=2023-06-20", data)
    assert answer.url == f"{LIST}?tinh_trang=cho&ngay=2023-06-20"
    assert Waiver.objects.filter(is_accepted=True).count() == 2
    assert AuditEvent.objects.filter(verb=Verb.ACCEPT).count() == 2


def test_several_are_refused_for_a_reason_asked_then(office, held, other, ask):
    data = {"dn": [ask(held).pk, ask(other).pk], "decision": "khong"}
    page = office.post(DECIDE, data)
    assert [case.waiver.pk for case in page.context["cases"]] == [data["dn"][1], data["dn"][0]]
    assert not page.context["form"].errors
    assert Waiver.objects.waiting().count() == 2
    assert "phải ghi lý do" in text(office.post(DECIDE, data | {"note": ""}))
    office.post(DECIDE, data | {"note": "Chưa có giấy tờ"})
    assert Waiver.objects.filter(is_accepted=False, decision_note="Chưa có giấy tờ").count() == 2


def test_all_or_none_of_several(office, held, other, ask, decide):
    settled, waiting = decide(ask(held)), ask(other)
    page = text(office.post(DECIDE, {"dn": [settled.pk, waiting.pk], "decision": "chap_nhan"}))
    assert "Thạch Văn Bình, Quý II/2023” đã được chấp nhận" in page
    assert Waiver.objects.waiting().get() == waiting


def test_none_ticked_is_said(office, held):
    for data in ({}, {"decision": "chap_nhan"}, {"dn": "x"}, {"dn": "9" * 40}):
        assert "Chưa chọn đề nghị nào." in told(office.post(DECIDE, data, follow=True))


def test_one_that_is_not_there_is_not_found(office, held, ask):
    answer = office.post(DECIDE, {"dn": [ask(held).pk, 10**9], "decision": "chap_nhan"})
    assert answer.status_code == 404
    assert Waiver.objects.waiting().count() == 1


# --- taking back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER, Role.ASSISTANT])
def test_one_that_waits_is_taken_back(client_as, users, held, ask, role):
    waiver, client = ask(held), client_as(role)
    address = f"/mien/{waiver.pk}/rut/?tinh_trang=cho"
    assert "không còn chờ xem xét" in text(client.get(address))
    assert "Ghi lý do rút lại." in text(client.post(address, {"reason": ""}))
    answer = client.post(address, {"reason": "Đã dự bù"})
    assert answer.url == f"{LIST}?tinh_trang=cho"
    waiver.refresh_from_db()
    assert (waiver.withdrawn_on, waiver.withdrawn_by) == (TODAY, users[role])
    again = client.post(address, {"reason": "Lần nữa"}, follow=True)
    assert waivers.WITHDRAWN_ALREADY in told(again)


def test_an_accepted_one_is_taken_back_by_the_office_alone(client_as, office, held, ask, decide):
    waiver = decide(ask(held))
    address = f"/mien/{waiver.pk}/rut/"
    for role in (Role.OFFICER, Role.ASSISTANT):
        for answer in (
            client_as(role).get(address),
            client_as(role).post(address, {"reason": "x"}),
        ):
            assert answer.status_code == 403
            assert waivers.OFFICE_WITHDRAWS in text(answer)
    assert "không còn được tính" in text(office.get(address))
    office.post(address, {"reason": "Giấy tờ không đúng"})
    waiver.refresh_from_db()
    assert waiver.withdrawn_on == TODAY


def test_a_refused_one_is_not_taken_back(officer, held, ask, decide):
    waiver = decide(ask(held), accept=False)
    answer = officer.post(f"/mien/{waiver.pk}/rut/", {"reason": "x"}, follow=True)
    assert waivers.REFUSED_ALREADY in told(answer)


# --- forged posts, and the number of queries -----------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.OFFICER, Role.ASSISTANT])
def test_no_button_works_for_who_may_not_press_it(client_as, held, other, ask, quarter, role):
    own, foreign, client = ask(held), ask(other), client_as(role)
    decision = {"decision": "chap_nhan", "note": "x"}
    is_officers = role in (Role.OFFICER, Role.ASSISTANT)
    tried = {
        f"/mien/{own.pk}/quyet-dinh/": (decision, 403),
        f"/mien/{foreign.pk}/quyet-dinh/": (decision, 404 if is_officers else 403),
        DECIDE: (decision | {"dn": [own.pk, foreign.pk]}, 403),
        f"/mien/{foreign.pk}/rut/": ({"reason": "x"}, 404 if is_officers else 403),
    }
    if not is_officers:
        tried[f"/mien/{own.pk}/rut/"] = ({"reason": "x"}, 403)
        tried[ADD] = (posted(line_of(held, quarter, CELL)), 403)
    before = list(Waiver.objects.values_list())
    for address, (data, status) in tried.items():
        assert client.post(address, data).status_code == status, address
    assert list(Waiver.objects.values_list()) == before


def test_a_former_officer_still_sees_only_what_is_theirs(client_as, users, held, other, ask):
    own, foreign = ask(held), ask(other)
    held.ended_on, held.end_reason = dt.date(2023, 6, 15), "replaced"
    held.save()
    make_assignment(other.officer, held.commune, started_on=dt.date(2023, 6, 15))
    assert listed(client_as(Role.OFFICER)) == [own]
    assert client_as(Role.OFFICER).get(f"/mien/{foreign.pk}/rut/").status_code == 404


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_no_page_asks_more_when_there_is_more(client_as, users, held, ask, decide, role):
    waiver = ask(held)
    make_attendance(held.officer, make_visit(held.commune))
    pages = [LIST, f"{ADD}?can_bo={held.officer_id}", f"/mien/{waiver.pk}/rut/"]
    pages += [f"/mien/{waiver.pk}/quyet-dinh/", ADD] if role == Role.OFFICE else []
    client = client_as(role)
    before = {page: queries(client, page) for page in pages}
    for number in range(6):
        more = make_assignment(held.officer, make_commune(f"Thêm {number}"))
        decide(ask(more, by=users[Role.OFFICER]))
        ask(make_assignment(), duty_kind=CELL)
        make_attendance(held.officer, make_visit(more.commune))
        make_attendance(held.officer, make_visit(held.commune, kind=VisitKind.FIELD_VISIT))
    assert {page: queries(client, page) for page in pages} == before
    assert max(before.values()) <= MOST_QUERIES, before


def test_a_decision_about_many_reads_no_more_than_about_two(office, held, ask):
    rows = [ask(held), *(ask(make_assignment()) for _ in range(8))]

    def asked(some: list[Waiver]) -> int:
        data = {"dn": [row.pk for row in some], "decision": "khong"}
        with CaptureQueriesContext(connection) as captured:
            assert office.post(DECIDE, data).status_code == 200
        return len(captured)

    assert asked(rows[:2]) == asked(rows) <= MOST_QUERIES
