"""Planned visits: what is coming, planning several in one go, calling one off."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.bulk import RowErrors
from assignments.enums import AssignmentRole, VisitKind
from assignments.models import VisitPlan
from assignments.plans import (
    CARRIED_OUT,
    PlannedVisit,
    coming,
    notices_to_answer,
    plan_visits,
    withdraw_plan,
)
from assignments.plans.filters import first_of_quarter
from assignments.withdrawing import ALREADY
from tests.factories import (
    DAY,
    make_assignment,
    make_attendance,
    make_cell,
    make_commune,
    make_district,
    make_notice,
    make_officer,
    make_plan,
    make_visit,
)
from tests.workbooks import opened, table

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(9)))
ONE = dt.timedelta(days=1)
OFF = "Bỏ khỏi kế hoạch"
ADD, LIST = "/di-co-so/ke-hoach/them/", "/di-co-so/ke-hoach/"


@pytest.fixture
def mine(users):
    """Give the assignment of the officer who is a user, and whom the assistant assists."""
    officer = make_officer("Thạch Tôi", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    return make_assignment(officer, make_commune("Của Tôi"))


@pytest.fixture
def today(monkeypatch):
    """Let today be :data:`DAY`."""
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return DAY


def planned(commune, on: dt.date = DAY, kind=VisitKind.FIELD_VISIT, **fields) -> PlannedVisit:
    return PlannedVisit(commune, on, kind, **fields)


def plan(officer, visits, by) -> list[VisitPlan]:
    return plan_visits(officer=officer, visits=visits, by=by, now=NOW)


def text(response) -> str:
    return response.content.decode()


def rows(response) -> list:
    return [row.record for row in response.context["rows"]]


def as_of(address: str, day: dt.date = DAY) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}ngay={day.isoformat()}"


# --- what is coming ------------------------------------------------------------------------------


def test_coming_is_open_own_and_between(users, mine):
    own = {"officer": mine.officer, "commune": mine.commune}
    make_plan(**own, planned_on=DAY - ONE)
    later = make_plan(**own, planned_on=DAY + ONE)
    first = make_plan(**own, planned_on=DAY)
    make_plan(**own, planned_on=DAY + 7 * ONE)  # the day after the last
    make_plan(**own, kind=VisitKind.CELL_MEETING, withdrawn_at=NOW, withdrawal_reason="Bận")
    done = make_attendance(mine.officer, make_visit(mine.commune))
    make_plan(**own, kind=VisitKind.FIELD_VISIT, carried_out_by=done)
    beside = make_assignment(commune=mine.commune, role=AssignmentRole.SUPPORT).officer
    theirs = make_plan(beside, mine.commune, planned_on=DAY + 2 * ONE)
    week = (DAY, DAY + 7 * ONE)
    for role in (Role.OFFICER, Role.ASSISTANT):
        assert coming(users[role], *week) == [first, later]
    assert coming(users[Role.LEADER], *week) == [first, later, theirs]


def test_a_plan_whose_attendance_was_taken_back_is_coming_again(users, mine):
    done = make_attendance(mine.officer, make_visit(mine.commune))
    again = make_plan(mine.officer, mine.commune, carried_out_by=done)
    assert coming(users[Role.OFFICER], DAY, DAY + ONE) == []
    done.withdrawn_at, done.withdrawal_reason = NOW, "Nhầm"
    done.save()
    assert coming(users[Role.OFFICER], DAY, DAY + ONE) == [again]


def test_what_is_coming_takes_one_query(users, mine, django_assert_num_queries):
    for number in range(5):
        make_plan(mine.officer, mine.commune, planned_on=DAY + number * ONE)
        make_notice(mine.commune)
    with django_assert_num_queries(2):
        for row in coming(users[Role.OFFICER], DAY, DAY + 9 * ONE):
            assert row.commune.district is None
            assert row.officer == mine.officer
        assert len(notices_to_answer(users[Role.OFFICER], DAY)) == 5


# --- planning ------------------------------------------------------------------------------------


def test_several_plans_in_one_go(users, mine):
    cell = make_cell(mine.commune)
    visits = [
        planned(mine.commune),
        planned(mine.commune, DAY + ONE, VisitKind.CELL_MEETING, cell=cell, place="Nhà văn hóa"),
    ]
    made = plan(mine.officer, visits, users[Role.ASSISTANT])
    assert [(row.planned_on, row.cell) for row in made] == [(DAY, None), (DAY + ONE, cell)]
    assert {row.entered_by for row in made} == {users[Role.ASSISTANT]}
    assert AuditEvent.objects.filter(verb=Verb.CREATE).count() == 2


def test_all_or_none_with_each_reason(users, mine):
    elsewhere = make_commune("Nơi Khác")
    cell = make_cell(mine.commune, ended_on=DAY, end_note="Nhập ấp")
    visits = [
        planned(mine.commune),
        planned(mine.commune, DAY - ONE),
        planned(elsewhere),
        planned(mine.commune, kind=VisitKind.CELL_MEETING, cell=cell),
        planned(mine.commune),  # as the first
    ]
    with pytest.raises(RowErrors) as caught:
        plan(mine.officer, visits, users[Role.OFFICER])
    sentences = {place: "".join(texts) for place, texts in caught.value.errors.items()}
    assert sentences == {
        1: "Ngày 08/05/2023 đã qua.",
        2: (
            "Ngày 09/05/2023, Đảng bộ xã Nơi Khác không do đồng chí Thạch Tôi theo dõi, phụ trách."
        ),
        3: f"Ngày 09/05/2023, Đảng bộ xã Của Tôi không có “{cell}”.",
        4: "Ngày đó đã có kế hoạch cho việc này ở Đảng bộ này.",
    }
    assert not VisitPlan.objects.exists()
    assert not AuditEvent.objects.exists()


def test_the_commune_must_be_theirs_on_the_day_planned(users):
    officer = make_officer()
    ending = make_assignment(officer, ended_on=DAY + 10 * ONE)
    to_come = make_assignment(officer, started_on=DAY + 10 * ONE, role=AssignmentRole.COVER)
    by = users[Role.OFFICE]
    plan(officer, [planned(ending.commune, DAY + 9 * ONE)], by)
    plan(officer, [planned(to_come.commune, DAY + 10 * ONE)], by)
    for commune, day in ((ending.commune, DAY + 10 * ONE), (to_come.commune, DAY + 9 * ONE)):
        with pytest.raises(RowErrors):
            plan(officer, [planned(commune, day)], by)
    assert VisitPlan.objects.count() == 2


def test_called_off_may_be_planned_again(users, mine):
    by = users[Role.OFFICER]
    (first,) = plan(mine.officer, [planned(mine.commune)], by)
    withdraw_plan(plan=first, reason="Xã dời họp", by=by, now=NOW)
    plan(mine.officer, [planned(mine.commune)], by)
    assert VisitPlan.objects.standing().count() == 1


def test_what_was_carried_out_or_called_off_cannot_be_called_off(users, mine):
    by = users[Role.OFFICER]
    (row,) = plan(mine.officer, [planned(mine.commune)], by)
    row.carried_out_by = make_attendance(mine.officer, make_visit(mine.commune))
    row.save()
    with pytest.raises(ValidationError, match=CARRIED_OUT):
        withdraw_plan(plan=row, reason="Bận", by=by, now=NOW)
    off = make_plan(mine.officer, mine.commune, withdrawn_at=NOW, withdrawal_reason="Bận")
    with pytest.raises(ValidationError, match=ALREADY):
        withdraw_plan(plan=off, reason="Bận", by=by, now=NOW)


# --- the page that plans -------------------------------------------------------------------------


def posted(*filled: dict, **more) -> dict:
    """Give the fields of a form with ``filled`` rows and an empty one after them."""
    data = {"form-TOTAL_FORMS": len(filled) + 1, "form-INITIAL_FORMS": 0, **more}
    for number, row in enumerate(filled):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data


def row_of(commune, on: str = "09/05/2023", **fields) -> dict:
    return {"commune": commune.pk, "planned_on": on, "kind": "field_visit", **fields}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_own_people_plan_for_the_officer(client_as, users, mine, today, role):
    client = client_as(role)
    page = client.get(ADD)
    assert page.context["officer"] == mine.officer
    data = posted(row_of(mine.commune), row_of(mine.commune, "10/05/2023", purpose="Nắm tình hình"))
    assert client.post(ADD, data).url == LIST
    made = VisitPlan.objects.order_by("planned_on")
    assert {(row.officer, row.entered_by) for row in made} == {(mine.officer, users[role])}
    assert [row.purpose for row in made] == ["", "Nắm tình hình"]


def test_the_office_names_the_officer_first(client_as, mine, today):
    client = client_as(Role.OFFICE)
    assert "Ghi cho đồng chí nào?" in text(client.get(ADD))
    response = client.get(ADD, {"can_bo": "thach toi"})
    assert response.url == f"{ADD}?can_bo={mine.officer_id}"
    assert client.get(ADD, {"dang_bo": mine.commune_id}).context["officer"] == mine.officer
    assert client.post(response.url, posted(row_of(mine.commune))).status_code == 302
    assert VisitPlan.objects.get().officer == mine.officer
    assert "khớp" in text(client.get(ADD, {"can_bo": "Không Có Ai"}))


def test_an_assistant_of_several_says_for_whom(client_as, users, mine, today):
    other = make_assignment(make_officer("Lê Văn Khác")).officer
    other.assistants.add(users[Role.ASSISTANT])
    client = client_as(Role.ASSISTANT)
    page = client.get(ADD)
    assert set(page.context["officers"]) == {mine.officer, other}
    assert client.get(ADD, {"can_bo": other.pk}).context["officer"] == other


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_nobody_plans_for_another_officer(client_as, mine, today, role):
    other = make_assignment()
    url = f"{ADD}?can_bo={other.officer_id}"
    assert client_as(role).get(url).status_code == 404
    assert client_as(role).post(url, posted(row_of(other.commune))).status_code == 404
    page = client_as(role).post(ADD, posted(row_of(other.commune)))
    assert "không nằm trong các lựa chọn" in text(page)
    assert not VisitPlan.objects.exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_readers_do_not_plan(client_as, mine, role):
    url = f"{ADD}?can_bo={mine.officer_id}"
    assert client_as(role).post(url, posted(row_of(mine.commune))).status_code == 403
    assert not VisitPlan.objects.exists()


def test_a_refused_row_keeps_everything_typed(client_as, mine, today):
    data = posted(row_of(mine.commune, "08/05/2023", purpose="Giữ chữ này"), row_of(mine.commune))
    page = client_as(Role.OFFICER).post(ADD, data)
    first, second, empty = page.context["rows"].forms
    assert first.non_field_errors() == ["Ngày 08/05/2023 đã qua."]
    assert not second.errors
    assert not empty.errors
    assert "Giữ chữ này" in text(page)
    assert not VisitPlan.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("planned_on", "", "Cần ghi ngày."),
        ("planned_on", "31/02/2026", "Ngày không hợp lệ"),
        ("planned_on", "01/01/9999", "Ngày phải từ năm 1945 đến năm 2100."),
        ("kind", "", "Chọn việc."),
        ("kind", "uong-tra", "không nằm trong các lựa chọn"),
        ("commune", "", "Chọn Đảng bộ."),
        ("commune", "9" * 40, "không nằm trong các lựa chọn"),
    ],
)
def test_bad_fields_get_a_sentence(client_as, mine, today, field, value, sentence):
    page = client_as(Role.OFFICER).post(ADD, posted(row_of(mine.commune) | {field: value}))
    assert sentence in text(page)
    assert not VisitPlan.objects.exists()


def test_nothing_filled_is_said(client_as, mine, today):
    empty = {"commune": mine.commune_id, "purpose": "  "}
    page = client_as(Role.OFFICER).post(ADD, posted(empty))
    assert "Ghi ít nhất một chuyến." in text(page)


@pytest.mark.parametrize("total", ["", "9" * 5_000, "-1", "abc"])
def test_a_form_out_of_shape_is_said(client_as, mine, today, total):
    data = posted(row_of(mine.commune)) | {"form-TOTAL_FORMS": total}
    page = client_as(Role.OFFICER).post(ADD, data)
    assert page.status_code == 200
    assert not VisitPlan.objects.exists()


def test_more_rows_keep_what_was_typed_and_write_nothing(client_as, mine, today):
    data = posted(row_of(mine.commune, "hôm nào", place="Ấp 3"), them_dong="1")
    page = client_as(Role.OFFICER).post(ADD, data)
    shown = page.context["rows"]
    assert len(shown.forms) == 3
    assert 'value="hôm nào"' in text(page)
    assert 'value="Ấp 3"' in text(page)
    assert "Ngày không hợp lệ" not in text(page)
    assert not VisitPlan.objects.exists()
    full = posted(*[row_of(mine.commune)] * 23, them_dong="1")
    assert len(client_as(Role.OFFICER).post(ADD, full).context["rows"].forms) == 24


def test_one_row_at_first_its_commune_chosen_when_there_is_only_one(client_as, mine, today):
    client = client_as(Role.OFFICER)
    (row,) = client.get(ADD).context["rows"].forms
    assert row["commune"].value() == mine.commune_id
    make_assignment(mine.officer)
    (row,) = client.get(ADD).context["rows"].forms
    assert row["commune"].value() is None


def test_a_meeting_suggests_the_first_row(client_as, mine, today):
    cell = make_cell(mine.commune)
    notice = make_notice(
        mine.commune, held_on=DAY + ONE, kind=VisitKind.CELL_MEETING, cell=cell, place="Ấp 3"
    )
    client = client_as(Role.OFFICER)
    first = client.get(f"{ADD}?giay_moi={notice.pk}").context["rows"].forms[0]
    suggested = {field.name: field.value() for field in first}
    assert suggested["commune"] == mine.commune_id
    assert (suggested["planned_on"], suggested["cell"]) == (DAY + ONE, cell.pk)
    assert (suggested["place"], suggested["purpose"]) == ("Ấp 3", "Sơ kết quý")
    elsewhere = make_notice()
    page = client.get(f"{ADD}?giay_moi={elsewhere.pk}")
    assert page.context["rows"].forms[0]["place"].value() is None


def test_communes_and_cells_offered_are_those_ahead(client_as, mine, today):
    make_cell(mine.commune, "Còn")
    make_cell(mine.commune, "Hết", ended_on=DAY, end_note="Nhập ấp")
    past = make_assignment(mine.officer, make_commune("Đã Thôi"), ended_on=DAY)
    content = text(client_as(Role.OFFICER).get(ADD))
    assert "Chi bộ ấp Còn" in content
    assert "Chi bộ ấp Hết" not in content
    assert past.commune.full_name not in content


def test_an_officer_without_communes_is_told(client_as, users, today):
    make_officer("Sơn Chưa Giao", user=users[Role.OFFICER])
    page = client_as(Role.OFFICER).get(ADD)
    assert "không theo dõi, phụ trách Đảng bộ nào" in text(page)


def test_the_page_reads_communes_and_cells_once(
    client_as, mine, today, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(Role.OFFICER)
    client.get(ADD)
    with django_assert_max_num_queries(12) as before:
        client.get(ADD)
    for _ in range(5):
        more = make_assignment(mine.officer)
        make_cell(more.commune)
    with django_assert_num_queries(len(before)):
        client.get(ADD)


# --- the list ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "first"),
    [((2023, 5, 9), (2023, 4, 1)), ((2023, 12, 31), (2023, 10, 1)), ((2023, 1, 1), (2023, 1, 1))],
)
def test_quarters_begin(day, first):
    assert first_of_quarter(dt.date(*day)) == dt.date(*first)


@pytest.fixture
def four(mine):
    """Give an officer's plans, one in each state on :data:`DAY`, by the name of the state."""
    own = {"officer": mine.officer, "commune": mine.commune}
    done = make_attendance(mine.officer, make_visit(mine.commune))
    return {
        "sap_toi": make_plan(**own, planned_on=DAY),
        "da_di": make_plan(**own, planned_on=DAY - 2 * ONE, carried_out_by=done),
        "qua_ngay": make_plan(**own, planned_on=DAY - ONE),
        "da_bo": make_plan(
            **own, planned_on=DAY + ONE, withdrawn_at=NOW, withdrawal_reason="Xã dời họp"
        ),
    }


WORDS = {
    "sap_toi": "Sắp tới",
    "da_di": "Đã đi",
    "qua_ngay": "Quá ngày, chưa đi",
    "da_bo": "Đã bỏ",
}


@pytest.mark.parametrize("state", WORDS)
def test_a_state_filters_what_it_shows(client_as, four, state):
    page = client_as(Role.OFFICER).get(as_of(f"{LIST}?tinh_trang={state}"))
    assert rows(page) == [four[state]]
    (row,) = page.context["rows"]
    assert [str(cell.value) for cell in row.cells if cell.column.key == "tinh_trang"] == [
        WORDS[state]
    ]


def test_without_a_state_what_was_called_off_is_left_out(client_as, four):
    page = client_as(Role.OFFICER).get(as_of(LIST))
    assert rows(page) == [four["sap_toi"], four["qua_ngay"], four["da_di"]]


def test_a_visit_after_the_day_had_not_carried_out_the_plan_then(client_as, four):
    page = client_as(Role.OFFICER).get(as_of(f"{LIST}?tinh_trang=qua_ngay", DAY - ONE))
    assert rows(page) == [four["da_di"]]


def test_the_present_quarter_on_unless_asked_otherwise(client_as, mine):
    own = {"officer": mine.officer, "commune": mine.commune}
    before, first, far = (
        make_plan(**own, planned_on=day)
        for day in (dt.date(2023, 3, 31), dt.date(2023, 4, 1), dt.date(2023, 9, 1))
    )
    client = client_as(Role.OFFICER)
    page = client.get(as_of(LIST))
    assert rows(page) == [far, first]
    assert ("Từ ngày", "01/04/2023") in page.context["conditions"]
    assert rows(client.get(as_of(f"{LIST}?tu=31/03/2023&den=01/04/2023"))) == [first, before]


def test_filters_by_where_what_and_who(client_as):
    district = make_district()
    here = make_plan(commune=make_commune("An Đây", district=district), kind="cell_meeting")
    there = make_plan(make_officer("Lê Thị Kia"))
    client = client_as(Role.LEADER)
    for query, found in {
        f"huyen={district.pk}": here,
        "viec=cell_meeting": here,
        f"can_bo={there.officer_id}": there,
        f"dang_bo={here.commune_id}": here,
        "tim=kia thi": there,
        "tim=an day": here,
    }.items():
        assert rows(client.get(as_of(f"{LIST}?{query}"))) == [found], query


def test_who_sees_which_plans(client_as, users, mine):
    own = make_plan(mine.officer, mine.commune)
    beside = make_plan(commune=mine.commune)
    elsewhere = make_plan()
    past = make_assignment(mine.officer, ended_on=DAY)
    make_plan(commune=past.commune, planned_on=DAY)
    before = make_plan(commune=past.commune, planned_on=DAY - ONE)
    for role in (Role.OFFICER, Role.ASSISTANT):
        assert set(rows(client_as(role).get(as_of(LIST)))) == {own, beside, before}
    for role in (Role.LEADER, Role.OFFICE, Role.ADMIN):
        assert elsewhere in rows(client_as(role).get(as_of(LIST)))


def actions(response) -> dict:
    return {
        row.record: [action.word for action in cell.value]
        for row in response.context["rows"]
        for cell in row.cells
        if cell.column.holds_actions
    }


def test_only_ones_own_open_plans_have_actions(client_as, mine, four, today):
    beside = make_plan(commune=mine.commune)
    later = make_plan(mine.officer, mine.commune, planned_on=DAY + ONE)
    shown = actions(client_as(Role.OFFICER).get(LIST))
    assert shown == {
        four["da_di"]: [],
        four["qua_ngay"]: ["Ghi chuyến đi", OFF],
        four["sap_toi"]: ["Ghi chuyến đi", OFF],
        beside: [],
        later: [OFF],
    }
    assert actions(client_as(Role.OFFICE).get(LIST))[beside] == ["Ghi chuyến đi", OFF]
    assert actions(client_as(Role.LEADER).get(LIST)) == {}


def test_what_was_done_leads_to_the_visit(client_as, four):
    visit = four["da_di"].carried_out_by.visit
    content = text(client_as(Role.LEADER).get(as_of(LIST)))
    assert reverse("visits:detail", args=[visit.pk]) in content


def test_the_file_is_the_page(client_as, four):
    response = client_as(Role.OFFICE).get(as_of(f"{LIST}?tinh_trang=da_bo&xuat=xlsx"))
    (row,) = table(opened(b"".join(response.streaming_content)).worksheets[0])
    assert row["Ngày dự kiến"].date() == DAY + ONE
    assert (row["Tình trạng"], row["Lý do bỏ"]) == ("Đã bỏ", "Xã dời họp")
    assert "Thao tác" not in row


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_the_list_has_a_fixed_number_of_queries(
    client_as, mine, four, role, today, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(role)
    client.get(LIST)
    with django_assert_max_num_queries(12) as before:
        client.get(LIST)
    for number in range(8):
        cell = make_cell(mine.commune)
        done = make_attendance(mine.officer, make_visit(mine.commune))
        make_plan(
            mine.officer,
            mine.commune,
            planned_on=DAY + number * 2 * ONE,
            kind="cell_meeting",
            cell=cell,
        )
        make_plan(
            mine.officer,
            mine.commune,
            planned_on=DAY + number * ONE,
            kind="field_visit",
            carried_out_by=done,
        )
    with django_assert_num_queries(len(before)):
        assert len(rows(client.get(LIST))) == 19


# --- calling off ---------------------------------------------------------------------------------


def off(row: VisitPlan) -> str:
    return reverse("visits:plan_withdraw", args=[row.pk])


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.OFFICE, 302),
        (Role.OFFICER, 302),
        (Role.ASSISTANT, 302),
        (Role.LEADER, 403),
        (Role.ADMIN, 403),
    ],
)
def test_who_may_call_off(client_as, mine, role, expected):
    row = make_plan(mine.officer, mine.commune)
    response = client_as(role).post(off(row), {"reason": "Xã dời họp"})
    assert response.status_code == expected
    row.refresh_from_db()
    assert row.is_withdrawn == (expected == 302)
    assert AuditEvent.objects.filter(verb=Verb.WITHDRAW).count() == (expected == 302)


def test_a_colleagues_plan_is_seen_and_not_touched(client_as, mine):
    beside, elsewhere = make_plan(commune=mine.commune), make_plan()
    for row, expected in ((beside, 403), (elsewhere, 404)):
        assert client_as(Role.OFFICER).get(off(row)).status_code == expected
        assert client_as(Role.OFFICER).post(off(row), {"reason": "x"}).status_code == expected
    assert not VisitPlan.objects.exclude(withdrawn_at=None).exists()


def test_calling_off_needs_a_reason_and_happens_once(client_as, mine):
    row = make_plan(mine.officer, mine.commune)
    client = client_as(Role.OFFICER)
    assert client.post(off(row), {"reason": " "}).status_code == 200
    assert client.post(off(row), {"reason": "Xã dời họp"}).url == LIST
    assert client.post(off(row), {"reason": "Lần nữa"}).status_code == 404


def test_calling_off_what_is_done_gets_the_sentence(client_as, four):
    page = client_as(Role.OFFICER).post(off(four["da_di"]), {"reason": "Nhầm"})
    assert CARRIED_OUT in text(page)
