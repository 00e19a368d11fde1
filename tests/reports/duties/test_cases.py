"""The duty list, case by case: who owes what, and what became of it."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.enums import Role
from assignments.enums import (
    AssignmentRole,
    DutyKind,
    DutyUnit,
    PeriodKind,
    ProRata,
    VisitKind,
    VisitOutcome,
    WeekendRule,
)
from assignments.models import Duty
from reports.duties import duty_list, total
from reports.duties.rules import deadline, owed
from reports.duties.stretches import merged, without
from reports.enums import ReportMove, WaiverEffect
from tests.factories import (
    make_assignment,
    make_attendance,
    make_duty,
    make_officer,
    make_period,
    make_regulation,
    make_report,
    make_report_event,
    make_user,
    make_visit,
    make_waiver,
)

MEETING, CELL = DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING
APRIL, MAY, JUNE, JULY = (dt.date(2023, month, 1) for month in (4, 5, 6, 7))
IN_MAY, END = dt.date(2023, 5, 9), dt.date(2023, 6, 30)
AFTER = dt.date(2023, 7, 15)
DAY = dt.timedelta(days=1)


@pytest.fixture
def quarter(db):
    return make_period(APRIL, JULY)


@pytest.fixture
def meeting(db):
    """Give the one duty of the version in force: a meeting a quarter for each commune."""
    return make_regulation(MEETING).duties.get()


@pytest.fixture
def lines(users, quarter):
    """Give a function reading the quarter's lines as the leader does on a day."""
    return lambda day=END, **narrowed: duty_list(users[Role.LEADER], [quarter], day, **narrowed)


def attend(assignment, day=IN_MAY, kind=VisitKind.COMMITTEE_MEETING, **fields):
    visit = make_visit(
        assignment.commune,
        visited_on=day,
        kind=kind,
        outcome=fields.pop("outcome", VisitOutcome.HELD),
    )
    return make_attendance(assignment.officer, visit, **fields)


def numbers(line) -> tuple[int, int, int, int, int]:
    return line.due, line.done, line.waived, line.explained, line.unexplained


def of(found, officer):
    return next(line for line in found if line.officer_id == officer.pk)


def test_nothing_without_rules_or_periods(lines, users):
    make_assignment()
    assert lines() == []
    assert duty_list(users[Role.LEADER], [], END) == []


def test_who_held_the_whole_quarter_and_went_owes_nothing_more(lines, meeting):
    attend(make_assignment())
    assert [numbers(line) for line in lines()] == [(1, 1, 0, 0, 0)]


def test_who_did_not_go_is_missing_it(lines, meeting):
    make_assignment()
    assert [numbers(line) for line in lines()] == [(1, 0, 0, 0, 1)]


def test_going_twice_does_not_make_up_for_somebody_else(lines, meeting, users):
    diligent = make_assignment()
    attend(diligent), attend(diligent, END)
    make_assignment()
    assert total(lines(), END).fraction == "1/2"
    assert of(lines(), diligent.officer).attended == 2


def test_a_cell_meeting_is_no_committee_meeting(lines, quarter):
    make_regulation(MEETING, CELL)
    attend(make_assignment())
    by_kind = {line.duty.kind: line.done for line in lines()}
    assert by_kind == {MEETING: 1, CELL: 0}


def test_an_attempt_is_shown_and_is_no_attendance(lines, meeting):
    attend(make_assignment(), outcome=VisitOutcome.POSTPONED)
    [line] = lines()
    assert (line.postponed, line.attended, line.unexplained) == (1, 0, 1)


def test_what_waits_for_confirmation_does_not_count_yet(lines, meeting):
    attend(make_assignment(), confirmed_at=None)
    assert numbers(lines()[0]) == (1, 0, 0, 0, 1)


def test_a_line_says_what_waits_for_confirmation_or_for_the_office(lines, meeting, quarter):
    held = make_assignment()
    attend(held, confirmed_at=None)
    make_waiver(held.officer, held.commune, quarter, is_accepted=None, decided_on=None, times=3)
    [line] = lines()
    assert (line.unconfirmed, line.asked, line.unexplained) == (1, 1, 1)


def test_a_due_day_outside_the_period_is_its_last_day(db):
    month = make_period(dt.date(2023, 4, 15), dt.date(2023, 5, 15), kind="month", number=5)
    stays = WeekendRule.STAYS
    assert deadline(Duty(due_day=20, weekend_rule=stays), month) == dt.date(2023, 5, 14)
    assert deadline(Duty(due_day=10, weekend_rule=stays), month) == dt.date(2023, 5, 10)


def test_what_was_taken_back_does_not_count(lines, meeting):
    attendance = attend(make_assignment())
    attendance.withdrawn_at, attendance.withdrawal_reason = attendance.entered_at, "Ghi nhầm xã"
    attendance.save()
    assert numbers(lines()[0]) == (1, 0, 0, 0, 1)


def test_what_is_ahead_of_the_day_does_not_count(lines, meeting):
    attend(make_assignment(), dt.date(2023, 6, 20))
    assert [lines(day)[0].done for day in (dt.date(2023, 6, 19), dt.date(2023, 6, 20))] == [0, 1]


def test_going_before_or_after_the_quarter_counts_for_another(lines, meeting):
    held = make_assignment()
    attend(held, dt.date(2023, 3, 31)), attend(held, JULY)
    assert numbers(lines(AFTER)[0]) == (1, 0, 0, 0, 1)


def test_two_officers_in_one_quarter_share_it_by_days(lines, meeting):
    first = make_assignment(ended_on=dt.date(2023, 6, 1))
    second = make_assignment(commune=first.commune, started_on=dt.date(2023, 6, 1))
    found = lines()
    assert [of(found, one.officer).days for one in (first, second)] == [61, 30]
    assert [of(found, one.officer).due for one in (first, second)] == [1, 0]


def test_who_came_ten_days_before_the_end_owes_nothing_whatever_the_number(lines, meeting):
    Duty.objects.update(required=12)
    make_assignment(started_on=dt.date(2023, 6, 21))
    [line] = lines()
    assert (line.days, line.due, line.unexplained) == (10, 0, 0)


def test_who_left_early_is_asked_by_the_days_held(lines, meeting):
    Duty.objects.update(required=6)
    make_assignment(ended_on=MAY)
    [line] = lines()
    assert (line.days, line.due) == (30, 2)  # 6 × 30/91 = 1.98


def test_cover_during_illness_relieves_the_main_officer(lines, meeting):
    main = make_assignment()
    cover = make_assignment(
        commune=main.commune,
        role=AssignmentRole.COVER,
        started_on=dt.date(2023, 4, 15),
        ended_on=dt.date(2023, 6, 20),
    )
    found = lines()
    assert [of(found, one.officer).days for one in (main, cover)] == [25, 66]
    assert [of(found, one.officer).due for one in (main, cover)] == [0, 1]


def test_who_takes_part_beside_the_main_officer_owes_nothing(lines, meeting):
    main = make_assignment()
    make_assignment(commune=main.commune, role=AssignmentRole.SUPPORT)
    assert [line.officer_id for line in lines()] == [main.officer_id]


def test_a_known_change_of_hands_shares_the_quarter_on_every_day(lines, meeting):
    """The one who leaves and the one who follows owe the same however early one looks."""
    first = make_assignment(ended_on=dt.date(2023, 5, 14))
    second = make_assignment(commune=first.commune, started_on=dt.date(2023, 5, 14))
    for day in (APRIL, dt.date(2023, 5, 10), dt.date(2023, 5, 14), END):
        found = lines(day)
        assert [of(found, one.officer).due for one in (first, second)] == [0, 1]


def test_the_pair_that_came_back_within_the_quarter_is_one_line(lines, meeting):
    first = make_assignment(ended_on=MAY)
    make_assignment(first.officer, first.commune, started_on=JUNE)
    [line] = lines()
    assert (line.days, line.due) == (60, 1)


def test_a_change_of_rules_mid_year_leaves_the_earlier_quarter_alone(users, meeting, quarter):
    third = make_period(JULY, dt.date(2023, 10, 1))
    meeting.regulation.ended_on = dt.date(2023, 5, 20)
    meeting.regulation.save()
    stricter = make_regulation(started_on=dt.date(2023, 5, 20), number="12-QC/TU")
    make_duty(stricter, required=3)
    make_assignment()
    found = duty_list(users[Role.LEADER], [quarter, third], dt.date(2023, 9, 30))
    assert {line.period: line.due for line in found} == {quarter: 1, third: 3}


def test_a_waiver_excuses_from_acceptance_until_it_is_taken_back(lines, meeting, quarter):
    held = make_assignment()
    make_waiver(
        held.officer,
        held.commune,
        quarter,
        effect=WaiverEffect.WAIVED,
        decided_on=IN_MAY,
        withdrawn_on=JUNE,
        withdrawal_reason="Đã về lại",
    )
    before, during, after = dt.date(2023, 5, 8), dt.date(2023, 5, 31), JUNE
    assert [numbers(lines(day)[0]) for day in (before, during, after)] == [
        (1, 0, 0, 0, 1),
        (1, 0, 1, 0, 0),
        (1, 0, 0, 0, 1),
    ]


@pytest.mark.parametrize("is_accepted", [None, False])
def test_what_the_office_did_not_accept_excuses_nothing(lines, meeting, quarter, is_accepted):
    held = make_assignment()
    decided = None if is_accepted is None else IN_MAY
    note = "" if is_accepted is None else "Chưa đủ căn cứ"
    make_waiver(
        held.officer,
        held.commune,
        quarter,
        is_accepted=is_accepted,
        decided_on=decided,
        decision_note=note,
    )
    assert numbers(lines()[0]) == (1, 0, 0, 0, 1)


def test_an_excuse_counts_only_for_what_was_not_done(lines, meeting, quarter):
    Duty.objects.update(required=3)
    held = make_assignment()
    attend(held)
    for effect, times in ((WaiverEffect.WAIVED, 1), (WaiverEffect.EXPLAINED, 5)):
        make_waiver(held.officer, held.commune, quarter, effect=effect, times=times)
    assert numbers(lines()[0]) == (3, 1, 1, 1, 0)


def test_an_excuse_for_one_commune_is_none_for_another(lines, meeting, quarter):
    first = make_assignment()
    make_assignment(first.officer)
    make_waiver(first.officer, first.commune, quarter)
    assert sorted(line.explained for line in lines()) == [0, 1]


def test_a_duty_of_the_officer_is_owed_once_whatever_the_communes(lines, meeting):
    Duty.objects.update(unit=DutyUnit.PER_OFFICER)
    officer = make_officer()
    make_assignment(officer, ended_on=JUNE)
    second = make_assignment(officer, started_on=MAY)
    attend(second)
    [line] = lines()
    assert (line.commune_id, line.days, numbers(line)) == (None, 91, (1, 1, 0, 0, 0))
    assert lines(commune=second.commune_id) == []


def test_monthly_duties_are_counted_in_their_months(users, quarter):
    make_duty(make_regulation(), period_kind=PeriodKind.MONTH)
    months = [
        make_period(
            dt.date(2023, number - 1, 15), dt.date(2023, number, 15), kind="month", number=number
        )
        for number in (5, 6)
    ]
    attend(make_assignment(), dt.date(2023, 5, 14))
    found = duty_list(users[Role.LEADER], [quarter, *months], END)
    assert {line.period.number: line.done for line in found} == {5: 1, 6: 0}


def test_narrowing_gives_the_same_lines(lines, meeting):
    first, _ = make_assignment(), make_assignment()
    whole = lines()
    assert lines(officer=first.officer_id) == [of(whole, first.officer)]
    assert lines(commune=first.commune_id) == [of(whole, first.officer)]


def test_officers_and_assistants_see_what_their_own_owe(meeting, quarter):
    own = make_assignment(make_officer(user=make_user(Role.OFFICER)))
    assistant = make_user(Role.ASSISTANT)
    own.officer.assistants.add(assistant)
    colleague = make_assignment(
        commune=own.commune, role=AssignmentRole.COVER, started_on=MAY, ended_on=JUNE
    )
    for user in (own.officer.user, assistant):
        found = duty_list(user, [quarter], END)
        assert [(line.officer_id, line.days) for line in found] == [(own.officer_id, 60)]
        assert duty_list(user, [quarter], END, officer=colleague.officer_id) == []
    assert duty_list(make_user(Role.OFFICER), [quarter], END) == []


def test_missing_is_overdue_only_after_the_deadline(lines, meeting):
    Duty.objects.update(due_day=20, grace_days=3)  # Tuesday 20 June
    make_assignment()
    assert [
        lines(dt.date(2023, 6, day))[0].is_overdue(dt.date(2023, 6, day)) for day in (23, 24)
    ] == [False, True]


@pytest.mark.parametrize(
    ("due_day", "rule", "grace", "expected"),
    [
        (None, WeekendRule.STAYS, 0, dt.date(2023, 6, 30)),
        (31, WeekendRule.STAYS, 0, dt.date(2023, 6, 30)),
        (17, WeekendRule.STAYS, 0, dt.date(2023, 6, 17)),  # a Saturday
        (17, WeekendRule.NEXT_WORKING_DAY, 0, dt.date(2023, 6, 19)),
        (18, WeekendRule.NEXT_WORKING_DAY, 2, dt.date(2023, 6, 21)),
        (17, WeekendRule.PREVIOUS_WORKING_DAY, 0, dt.date(2023, 6, 16)),
        (18, WeekendRule.PREVIOUS_WORKING_DAY, 0, dt.date(2023, 6, 16)),
    ],
)
def test_deadlines(quarter, due_day, rule, grace, expected):
    duty = Duty(due_day=due_day, weekend_rule=rule, grace_days=grace)
    assert deadline(duty, quarter) == expected


@pytest.mark.parametrize(
    ("rule", "days", "expected"),
    [
        (ProRata.PROPORTIONAL, 91, 4),
        (ProRata.PROPORTIONAL, 46, 2),
        (ProRata.PROPORTIONAL, 34, 1),
        (ProRata.PROPORTIONAL, 15, 1),
        (ProRata.PROPORTIONAL, 14, 0),
        (ProRata.FULL, 15, 4),
        (ProRata.FULL, 14, 0),
        (ProRata.WHOLE_PERIOD_ONLY, 91, 4),
        (ProRata.WHOLE_PERIOD_ONLY, 90, 0),
    ],
)
def test_what_is_owed_for_part_of_a_quarter(rule, days, expected):
    assert owed(Duty(required=4, pro_rata=rule), days, 91) == expected


def test_a_period_shorter_than_the_exemption_is_owed_whole():
    assert owed(Duty(required=1), 7, 7) == 1


def test_stretches_are_cut_and_joined():
    first, second, third, fourth = (dt.date(2023, 1, day) for day in (1, 10, 20, 30))
    assert list(without((first, fourth), [(second, third)])) == [(first, second), (third, fourth)]
    assert list(without((second, third), [(first, fourth)])) == []
    assert merged([(second, fourth), (first, second)]) == [(first, fourth)]


# --- reports -------------------------------------------------------------------------------------


@pytest.fixture
def reporting(db):
    """Give the duty to report once a quarter, whatever the communes, by the 20th of June."""
    return make_duty(make_regulation(), kind=DutyKind.REPORT, unit=DutyUnit.PER_OFFICER, due_day=20)


def move(report, kind, state, day, **fields):
    return make_report_event(report, move=kind, state=state, happened_on=day, **fields)


def test_a_report_counts_while_it_is_handed_in(lines, reporting, quarter):
    held = make_assignment()
    report = make_report(held.officer, period=quarter, state="accepted", first_submitted_on=JUNE)
    move(report, ReportMove.SUBMIT, "submitted", JUNE)
    move(report, ReportMove.RETURN, "returned", JUNE + DAY, reason="Thiếu số liệu")
    move(report, ReportMove.SUBMIT, "submitted", JUNE + 3 * DAY)
    move(report, ReportMove.ACCEPT, "accepted", JUNE + 4 * DAY)
    done = {days: lines(JUNE + days * DAY)[0].done for days in range(-1, 6)}
    assert done == {-1: 0, 0: 1, 1: 0, 2: 0, 3: 1, 4: 1, 5: 1}
    assert lines()[0].last_on == JUNE


def test_a_draft_is_no_report(lines, reporting, quarter):
    make_report(make_assignment().officer, period=quarter)
    assert numbers(lines()[0]) == (1, 0, 0, 0, 1)


def test_a_report_of_one_commune_is_none_of_all(lines, reporting, quarter):
    held = make_assignment()
    fields = {"period": quarter, "state": "submitted", "first_submitted_on": JUNE}
    make_report_event(make_report(held.officer, commune=held.commune, **fields), happened_on=JUNE)
    assert lines()[0].done == 0
    reporting.unit = DutyUnit.PER_ASSIGNMENT
    reporting.save()
    assert lines()[0].done == 1


def test_a_colleagues_report_is_no_ones_else(quarter, reporting):
    own, other = make_assignment(), make_assignment()
    own.officer.user = make_user(Role.OFFICER)
    own.officer.save()
    report = make_report(other.officer, period=quarter, state="submitted", first_submitted_on=JUNE)
    make_report_event(report, happened_on=JUNE)
    [line] = duty_list(own.officer.user, [quarter], END)
    assert (line.officer_id, line.done) == (own.officer_id, 0)


def test_the_office_may_name_the_due_day_of_a_periods_reports(quarter, reporting):
    quarter.due_on = dt.date(2023, 6, 15)
    assert deadline(reporting, quarter) == dt.date(2023, 6, 15)
    meeting = Duty(kind=MEETING, due_day=20)
    assert deadline(meeting, quarter) == dt.date(2023, 6, 20)
