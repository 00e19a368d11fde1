"""Reports written with their events and excuses, and the log of all that was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from assignments.demo.days import DAY, moment
from assignments.demo.log import entries, write_log
from assignments.demo.stage import Stage
from assignments.enums import DutyKind
from reports.demo.reporting.course import Course, Excuse, Planner, excuse_days
from reports.demo.reporting.telling import Records, Writer
from reports.duties import duty_list
from reports.enums import REPORT_MOVES, ReportMove, ReportState, WaiverEffect
from reports.models import Period, PeriodicReport, ReportEvent, Waiver
from reports.periodic.submitting import content_of

EXCUSED = {
    WaiverEffect.WAIVED: ("Nghỉ thai sản, chưa bố trí người thay.", "Điều trị bệnh dài ngày."),
    WaiverEffect.EXPLAINED: (
        "Đi học tập trung; sẽ báo cáo gộp vào kỳ sau.",
        "Chờ số liệu của các chi bộ; đã báo cáo nhanh qua điện thoại.",
        "Mới nhận địa bàn, chưa đủ thông tin để báo cáo.",
    ),
}


def plan_reports(stage: Stage, quarters: Sequence[Period]) -> Planner:
    """Plan the reports that the regulation asks for in ``quarters``."""
    lines = duty_list(stage.office, quarters, stage.day, kinds=[DutyKind.REPORT])
    planner = Planner(stage)
    planner.all(lines, quarters)
    planner.courses.sort(key=lambda course: course.report.entered_at)
    return planner


def write_reports(stage: Stage, planner: Planner, records: Records, writer: Writer) -> None:
    """Write the planned reports, each with what it said and quoted when it was handed in."""
    courses = planner.courses
    events = [event for course in courses for event in tell(stage, course, records, writer)]
    PeriodicReport.objects.bulk_create(course.report for course in courses)
    ReportEvent.objects.bulk_create(sorted(events, key=lambda event: event.happened_at))
    waivers = sorted(excuse(stage, planner.excuses), key=lambda waiver: waiver.entered_at)
    Waiver.objects.bulk_create(waivers)
    write_log([*log(events), *entries(waivers), *decisions(waivers)])


def tell(stage: Stage, course: Course, records: Records, writer: Writer) -> Iterator[ReportEvent]:
    """Fill in a report and give its events; each handing in keeps what was handed in."""
    report, state = course.report, ReportState.DRAFT
    writer.fill(course)
    for step in course.steps:
        content = None
        if step.move == ReportMove.SUBMIT:
            report.quoted = records.quotes(as_draft(report), step.on)
            content = content_of(report)
        if step.move in REPORT_MOVES:
            _, state = REPORT_MOVES[step.move]
        yield ReportEvent(
            report=report,
            move=step.move,
            state=state,
            happened_on=step.on,
            happened_at=step.at,
            by=maker(stage, report, step.move),
            reason=step.reason,
            content=content,
        )


def as_draft(report: PeriodicReport) -> PeriodicReport:
    """Give the report as it is asked what it would quote."""
    return PeriodicReport(officer=report.officer, period=report.period)


def maker(stage: Stage, report: PeriodicReport, move: ReportMove) -> User:
    """Give who made a move: the officer's side writes and hands in, the office does the rest."""
    is_theirs = move in (ReportMove.BEGIN, ReportMove.SUBMIT)
    return stage.author(report.officer) if is_theirs else stage.office


def log(events: Iterable[ReportEvent]) -> Iterator[AuditEvent]:
    """Give a log row for each move."""
    for event in events:
        is_begun = event.move == ReportMove.BEGIN
        verb = Verb.CREATE if is_begun else Verb(event.move)
        yield audit.event(
            verb, event.report, by=event.by, at=event.happened_at, reason=event.reason
        )


def excuse(stage: Stage, excuses: Iterable[Excuse]) -> Iterator[Waiver]:
    """Give the waivers of reports, accepted by the office."""
    rng = stage.random("excuses of reports")
    officers = {officer.pk: officer for officer in stage.world.officers}
    for one in excuses:
        officer = officers[one.line.officer_id]
        asked_on = rng.choice(excuse_days(stage.day, one.line))
        decided_on = min(asked_on + rng.randint(1, 5) * DAY, stage.day - DAY)
        yield Waiver(
            officer=officer,
            period=one.line.period,
            duty_kind=DutyKind.REPORT,
            effect=one.effect,
            reason=rng.choice(EXCUSED[one.effect]),
            is_accepted=True,
            decided_on=decided_on,
            decided_by=stage.office,
            entered_by=stage.author(officer),
            entered_at=moment(asked_on, dt.time(rng.randint(8, 16), rng.randint(0, 59))),
        )


def decisions(waivers: Iterable[Waiver]) -> Iterator[AuditEvent]:
    for waiver in waivers:
        at = moment(waiver.decided_on, dt.time(17))
        yield audit.event(Verb.ACCEPT, waiver, by=waiver.decided_by, at=at)
