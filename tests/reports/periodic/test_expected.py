"""Who has to report and how far they are (DOMAIN R21, R23)."""

import datetime as dt

import pytest

from accounts.enums import Role
from assignments.enums import DutyKind, DutyUnit, PeriodKind
from reports.duties import duty_list
from reports.periodic.expected import asked_reports, nearest, reporting
from reports.periodic.standings import PARTS, STANDINGS
from tests.factories import make_assignment, make_commune, make_duty, make_period, make_report
from tests.reports.periodic.offices import DAY, DUE, IN_TIME, LATE, make_quarter, make_reported
from tests.reports.periodic.world import at


@pytest.fixture
def quarter(db):
    return make_quarter()


@pytest.fixture
def office(users):
    return users[Role.OFFICE]


def rows_of(quarter, user, day=DAY) -> dict:
    """Give the rows by what became of the officers' reports."""
    by_officer = {officer.pk: key for key, officer in quarter.officers.items()}
    found = reporting(user, [quarter.period], day).rows
    return {by_officer[row.officer.pk]: row for row in found}


def said(quarter, user, day=DAY) -> dict[str, tuple[str, str]]:
    return {key: (row.state.word, row.remark) for key, row in rows_of(quarter, user, day).items()}


def test_every_standing_in_words(quarter, office):
    assert said(quarter, office) == {
        "silent": ("Quá hạn 5 ngày", "chưa nộp"),
        "drafting": ("Quá hạn 5 ngày", "đang soạn"),
        "submitted": ("Đã nộp, chờ tiếp nhận", ""),
        "returned": ("Trả lại để bổ sung", "quá hạn 5 ngày"),
        "accepted": ("Đã tiếp nhận", ""),
        "late": ("Đã tiếp nhận", "nộp muộn 3 ngày"),
        "waived": ("Được miễn", ""),
    }


def test_on_the_due_day_and_before(quarter, office):
    assert said(quarter, office, DUE)["silent"] == ("Đến hạn hôm nay", "chưa nộp")
    assert said(quarter, office, DUE)["drafting"] == ("Đến hạn hôm nay", "đang soạn")
    before = DUE - dt.timedelta(days=4)
    assert said(quarter, office, before)["silent"] == ("Chưa đến hạn", "còn 4 ngày")
    assert said(quarter, office, before)["drafting"] == ("Đang soạn", "còn 4 ngày")


@pytest.mark.parametrize(
    ("day", "key", "word"),
    [
        (IN_TIME - dt.timedelta(days=1), "drafting", "Chưa đến hạn"),
        (IN_TIME - dt.timedelta(days=1), "submitted", "Chưa đến hạn"),
        (IN_TIME, "returned", "Đã nộp, chờ tiếp nhận"),
        (LATE - dt.timedelta(days=1), "accepted", "Đã nộp, chờ tiếp nhận"),
        (LATE - dt.timedelta(days=1), "late", "Quá hạn 2 ngày"),
        (LATE, "late", "Đã nộp, chờ tiếp nhận"),
        (IN_TIME - dt.timedelta(days=1), "waived", "Chưa đến hạn"),
    ],
)
def test_each_as_it_stood_on_the_day(quarter, office, day, key, word):
    assert said(quarter, office, day)[key][0] == word


def test_late_stays_late_whatever_becomes_of_it(quarter, office):
    for day in (LATE, DAY, DAY + dt.timedelta(days=400)):
        assert rows_of(quarter, office, day)["late"].days_late == 3


@pytest.mark.parametrize("unit", DutyUnit)
@pytest.mark.parametrize("day", [dt.date(2023, 4, 1), IN_TIME, DUE, LATE, DAY])
def test_missing_is_what_the_duty_list_lacks(users, unit, day):
    """R23: active assignments minus submitted; the parts make up what was due."""
    quarter = make_quarter(unit)
    office = users[Role.OFFICE]
    found = reporting(office, [quarter.period], day)
    lines = [
        line
        for line in duty_list(office, [quarter.period], day)
        if line.duty.kind == DutyKind.REPORT and line.due
    ]
    assert len(found.rows) == len(lines) == 7
    assert sum(row.is_missing for row in found.rows) == sum(line.unexplained for line in lines)
    overdue = sum(line.is_overdue(day) for line in lines)
    assert sum(row.days_overdue > 0 for row in found.rows) == overdue
    assert all(sum(part.holds(row) for part in PARTS) == 1 for row in found.rows)
    assert {one.key for one in PARTS} <= {one.key for one in STANDINGS}


def test_who_came_ten_days_before_the_end_owes_nothing(quarter, office):
    make_assignment(commune=make_commune(), started_on=DUE - dt.timedelta(days=10))
    [(_, duty)] = asked_reports(DAY)
    duty.exempt_days = 30
    duty.save()
    assert len(reporting(office, [quarter.period], DAY).rows) == 7


def test_a_report_that_was_not_due_is_told_apart(quarter, office):
    stranger = make_reported(make_assignment(started_on=DAY).officer, quarter.period, LATE)
    found = reporting(office, [quarter.period], DAY)
    assert len(found.rows) == 7
    assert found.others == [stranger]


def test_of_each_commune_where_the_regulation_asks_so(users):
    quarter = make_quarter(DutyUnit.PER_ASSIGNMENT)
    officer = quarter.officers["silent"]
    second = make_assignment(officer, make_commune("An Hai")).commune
    make_report(officer, period=quarter.period, commune=second, entered_at=at(IN_TIME))
    rows = reporting(users[Role.OFFICE], [quarter.period], DAY, officer=officer.pk).rows
    assert {row.place: row.stage for row in rows} == {
        "Xã Tân Thạnh 1": None,
        "Xã An Hai": "draft",
    }
    assert len({row.pk for row in rows}) == 2


def test_an_officer_reads_only_their_own(quarter, users):
    officer = quarter.officers["silent"]
    officer.user = users[Role.OFFICER]
    officer.save()
    found = reporting(users[Role.OFFICER], [quarter.period], DAY)
    assert [row.officer for row in found.rows] == [officer]
    assert found.others == []


def test_leaders_are_not_told_of_drafts(quarter, users):
    assert said(quarter, users[Role.LEADER])["drafting"] == ("Quá hạn 5 ngày", "chưa nộp")


def test_the_periods_are_those_a_report_is_asked_for_newest_first(quarter):
    make_period(dt.date(2023, 7, 1), dt.date(2023, 10, 1))
    half = make_period(
        dt.date(2023, 1, 1), dt.date(2023, 7, 1), kind=PeriodKind.HALF_YEAR, number=1
    )
    make_period(dt.date(2023, 10, 1), dt.date(2024, 1, 1))  # not begun
    names = [str(period) for period, _ in asked_reports(DAY)]
    assert names == ["Quý III/2023", "Quý II/2023"]
    make_duty(
        asked_reports(DAY)[0][1].regulation,
        kind=DutyKind.REPORT,
        period_kind=PeriodKind.HALF_YEAR,
    )
    assert half in [period for period, _ in asked_reports(DAY)]


def test_the_period_offered_first_is_the_one_due_nearest(quarter):
    third = make_period(dt.date(2023, 7, 1), dt.date(2023, 10, 1))
    assert nearest(asked_reports(DAY), DAY) == quarter.period
    later = dt.date(2023, 9, 1)
    assert nearest(asked_reports(later), later) == third
    assert nearest([], DAY) is None
