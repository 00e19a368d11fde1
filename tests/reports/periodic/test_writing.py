"""Beginning, writing and saving: what is asked of whom, the lock, two who write at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import AssignmentRole, DutyUnit, PeriodKind
from assignments.models import Duty, Regulation
from reports.enums import ReportKind, ReportMove, ReportState
from reports.models import PeriodicReport
from reports.periodic import (
    Outdated,
    begin_report,
    begin_urgent,
    missing_in,
    save_report,
    submit_report,
    withdraw_draft,
)
from tests.factories import make_assignment, make_commune, make_officer, make_period
from tests.reports.periodic.world import IN_TIME, LATE, at


@pytest.fixture
def begin(users, writer):
    """Give ``begin(**other)``: the officer begins the report of the quarter."""

    def begun(day: dt.date = IN_TIME, **other) -> PeriodicReport:
        facts = {
            "officer": writer.officer,
            "period": writer.period,
            "commune": None,
            "by": users[Role.OFFICER],
            "now": at(day),
        }
        return begin_report(**facts | other)

    return begun


# --- beginning --------------------------------------------------------------------------------


def test_a_draft_is_begun_once(begin, users):
    draft = begin()
    assert draft.state == ReportState.DRAFT
    assert begin(by=users[Role.ASSISTANT]) == draft
    assert [event.move for event in draft.events.all()] == [ReportMove.BEGIN]
    assert AuditEvent.objects.filter(verb=Verb.CREATE).count() == 1


def test_one_that_was_let_go_is_begun_anew(begin, users):
    first = begin()
    withdraw_draft(report=first, reason="Soạn nhầm", by=users[Role.OFFICER], now=at(IN_TIME))
    assert begin() != first


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_only_who_writes_for_the_officer_begins(begin, users, role):
    with pytest.raises(ValidationError, match="của mình"):
        begin(by=users[role])
    with pytest.raises(ValidationError, match="của mình"):
        begin(officer=make_officer("Sơn Hiền"))
    assert begin(by=users[Role.OFFICE]).entered_by == users[Role.OFFICE]


def test_a_period_that_has_not_begun_waits(begin):
    with pytest.raises(ValidationError, match="chưa bắt đầu: soạn báo cáo được từ ngày 01/07/2023"):
        begin(period=make_period(dt.date(2023, 7, 1), dt.date(2023, 10, 1)))


def test_one_for_all_where_the_regulation_asks_one_for_all(begin, writer):
    with pytest.raises(ValidationError, match="chung cho mọi Đảng bộ"):
        begin(commune=writer.commune)


def test_one_for_each_where_the_regulation_asks_one_for_each(begin, writer):
    Duty.objects.update(unit=DutyUnit.PER_ASSIGNMENT)
    with pytest.raises(ValidationError, match="cần chọn Đảng bộ"):
        begin()
    with pytest.raises(ValidationError, match="không phụ trách"):
        begin(commune=make_commune())
    assert begin(commune=writer.commune).commune == writer.commune


def test_where_none_is_asked_who_held_a_commune_may_write_one(begin, writer, users):
    month = make_period(dt.date(2023, 6, 1), dt.date(2023, 7, 1), kind=PeriodKind.MONTH, number=6)
    assert begin(period=month).commune is None
    with pytest.raises(ValidationError, match="chung cho mọi Đảng bộ"):
        begin(period=month, commune=writer.commune)
    with pytest.raises(ValidationError, match="không phụ trách Đảng bộ nào"):
        begin(officer=make_officer("Sơn Hiền"), by=users[Role.OFFICE])


def test_who_takes_part_beside_the_main_officer_may_write_too(begin, writer, users):
    beside = make_officer("Sơn Hiền")
    make_assignment(beside, writer.commune, role=AssignmentRole.SUPPORT)
    assert begin(officer=beside, by=users[Role.OFFICE]).commune is None


# --- urgent -----------------------------------------------------------------------------------


@pytest.fixture
def urge(users, writer):
    """Give ``urge(**other)``: the officer begins an urgent report."""

    def begun(**other) -> PeriodicReport:
        facts = {"officer": writer.officer, "subject": "Sạt lở", "commune": writer.commune}
        return begin_urgent(**facts | {"by": users[Role.OFFICER], "now": at(IN_TIME)} | other)

    return begun


def test_an_urgent_report_is_due_by_no_day_and_quotes_nothing(urge, users):
    report = urge()
    assert (report.kind, report.period) == (ReportKind.URGENT, None)
    by, now = users[Role.OFFICER], at(IN_TIME)
    with pytest.raises(ValidationError, match="chưa có nội dung"):
        submit_report(report=report, edition=None, by=by, now=now)
    report = save_report(
        report=report, sections={"proposals": "Kè bờ"}, edition=None, by=by, now=now
    )
    with pytest.raises(ValidationError, match="diễn biến"):
        submit_report(report=report, edition=None, by=by, now=now)
    report = save_report(
        report=report, sections={"area_change": "Lở 50 m"}, edition=None, by=by, now=now
    )
    submitted = submit_report(report=report, edition=None, by=by, now=now)
    assert submitted.due_on is None
    assert submitted.quoted["blocks"] == []
    assert not submitted.is_late


def test_an_urgent_report_is_of_a_commune_held_that_day_or_none(urge, users):
    with pytest.raises(ValidationError, match="không phụ trách"):
        urge(commune=make_commune())
    assert urge(commune=None).commune is None
    with pytest.raises(ValidationError):
        urge(subject=" ")
    with pytest.raises(ValidationError, match="của mình"):
        urge(by=users[Role.LEADER])


# --- writing ----------------------------------------------------------------------------------


def write(report, by, edition=None, day=IN_TIME, **sections) -> PeriodicReport:
    return save_report(report=report, sections=sections, edition=edition, by=by, now=at(day))


def test_what_is_named_is_written_and_the_rest_stays(users, draft):
    written = write(draft, users[Role.ASSISTANT], defence="Ổn định\n\n")
    assert (written.economy, written.defence) == ("Lúa được mùa", "Ổn định")
    assert written.edition == draft.edition + 1
    assert "defence" not in missing_in(written)


def test_nothing_new_is_no_new_edition(users, draft):
    assert write(draft, users[Role.OFFICER], economy="Lúa được mùa ").edition == draft.edition


def test_nobody_writes_over_what_they_have_not_read(users, draft):
    first = write(draft, users[Role.ASSISTANT], edition=draft.edition, economy="Bản của thư ký")
    with pytest.raises(Outdated, match="người khác cập nhật") as refused:
        write(draft, users[Role.OFFICER], edition=draft.edition, economy="Bản của cán bộ")
    assert refused.value.stored.economy == "Bản của thư ký"
    draft.refresh_from_db()
    assert draft.economy == "Bản của thư ký"
    with pytest.raises(Outdated):
        submit_report(
            report=draft, edition=first.edition - 1, by=users[Role.OFFICER], now=at(IN_TIME)
        )


def test_writing_on_is_recorded_once_while_nobody_else_writes(users, draft):
    rows = AuditEvent.objects.filter(verb=Verb.CHANGE)
    for text in ("Một", "Hai"):
        write(draft, users[Role.OFFICER], economy=text)
    assert rows.count() == 1
    write(draft, users[Role.ASSISTANT], economy="Ba")
    write(draft, users[Role.OFFICER], economy="Bốn")
    assert rows.count() == 3


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_only_reads_does_not_write(users, draft, role):
    with pytest.raises(ValidationError, match="của mình"):
        write(draft, users[role], economy="Khác")


def test_what_was_handed_in_is_not_changed(users, submitted):
    for role in (Role.OFFICER, Role.ASSISTANT, Role.OFFICE):
        with pytest.raises(ValidationError, match="chờ tiếp nhận"):
            write(submitted, users[role], economy="Khác")


# --- the lock ---------------------------------------------------------------------------------


def test_from_the_day_of_the_lock_only_the_office_writes(users, writer, draft, begin):
    writer.period.locked_on = dt.date(2023, 7, 10)
    writer.period.save()
    before, after = dt.date(2023, 7, 9), dt.date(2023, 7, 10)
    assert write(draft, users[Role.OFFICER], day=before, economy="Còn kịp").economy == "Còn kịp"
    for role in (Role.OFFICER, Role.ASSISTANT):
        with pytest.raises(ValidationError, match=r"đã khóa từ ngày 10/07/2023.*cơ quan tiếp nhận"):
            write(draft, users[role], day=after, economy="Quá muộn")
    with pytest.raises(ValidationError, match="đã khóa"):
        submit_report(report=draft, edition=None, by=users[Role.OFFICER], now=at(after))
    assert write(draft, users[Role.OFFICE], day=after, economy="Ghi giúp").economy == "Ghi giúp"
    submitted = submit_report(report=draft, edition=None, by=users[Role.OFFICE], now=at(after))
    assert submitted.is_late


def test_a_locked_period_is_begun_by_the_office_only(users, writer, begin):
    writer.period.locked_on = dt.date(2023, 7, 10)
    writer.period.save()
    with pytest.raises(ValidationError, match="đã khóa"):
        begin(day=dt.date(2023, 7, 10))
    assert begin(day=dt.date(2023, 7, 10), by=users[Role.OFFICE])


def test_without_a_regulation_there_is_no_due_day(users, writer, draft):
    Duty.objects.all().delete()
    Regulation.objects.all().delete()
    submitted = submit_report(report=draft, edition=None, by=users[Role.OFFICER], now=at(LATE))
    assert submitted.due_on is None
