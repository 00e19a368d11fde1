"""When each report was begun, handed in, sent back, accepted: planned before anything is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from assignments.demo.days import DAY, days_between, moment, working_days
from assignments.demo.stage import Stage
from assignments.models import Officer
from communes.models import Commune
from reports.demo.reporting.phrases import HAPPENINGS, OPENED_AGAIN, SENT_BACK, Happening
from reports.duties import DutyLine
from reports.enums import REPORT_MOVES, ReportKind, ReportMove, ReportState, WaiverEffect
from reports.models import Period, PeriodicReport

BEGIN, SUBMIT, ACCEPT = ReportMove.BEGIN, ReportMove.SUBMIT, ReportMove.ACCEPT
RETURN, REOPEN = ReportMove.RETURN, ReportMove.REOPEN
# Of one quarter's reports: never handed in, waived, explained, late, handed in long before.
MISSING, WAIVED, EXPLAINED, LATE, EARLY = 2, 1, 3, 7, 14
SENT_BACK_ONCE = 0.07
WINDOW = 9  # days before the deadline in which most hand in
LATEST = 8
EARLY_DAYS = (28, 42, 56)  # of the quarter, on which some do
WAITING = 6  # of the running quarter's, handed in this week
OF_URGENT = 12  # urgent reports of others than the officer one can log in as
HOURS = {BEGIN: (7, 10), SUBMIT: (13, 17), RETURN: (8, 11), ACCEPT: (8, 11), REOPEN: (8, 11)}


@dataclass(frozen=True)
class Step:
    """One move, on a day."""

    move: ReportMove
    on: dt.date
    at: dt.datetime
    reason: str = ""


@dataclass
class Course:
    """A report, unsaved, with its moves up to the world's day."""

    report: PeriodicReport
    steps: list[Step] = field(default_factory=list)
    happening: Happening | None = None

    @property
    def submissions(self) -> list[Step]:
        return [step for step in self.steps if step.move == SUBMIT]


@dataclass(frozen=True)
class Excuse:
    """A report that need not be, or was not, handed in."""

    line: DutyLine
    effect: WaiverEffect


class Planner:
    """Plans who reports when."""

    def __init__(self, stage: Stage):
        self.stage, self.rng = stage, stage.random("reports")
        self.officers = {officer.pk: officer for officer in stage.world.officers}
        self.courses: list[Course] = []
        self.excuses: list[Excuse] = []

    def all(self, lines: Sequence[DutyLine], periods: Iterable[Period]) -> None:
        """Plan the reports that ``lines`` ask for, and some urgent ones."""
        for period in periods:
            of_period = [line for line in lines if line.period == period and line.due]
            if of_period:
                self.of_period(sorted(of_period, key=lambda line: line.officer_id))
        self.urgent()

    # --- of a period ---

    def of_period(self, lines: list[DutyLine]) -> None:
        """Plan one quarter: a few not at all, a few late, most in the last days."""
        shown = self.stage.shown.pk
        others = [line for line in lines if line.officer_id != shown]
        drawn = iter(self.rng.sample(others, len(others)))
        is_over = lines[0].deadline < self.stage.day - DAY
        if is_over:
            list(islice(drawn, MISSING))
            self.excuses += [Excuse(line, WaiverEffect.WAIVED) for line in islice(drawn, WAIVED)]
            self.excuses += [
                Excuse(line, WaiverEffect.EXPLAINED) for line in islice(drawn, EXPLAINED)
            ]
        for line in islice(drawn, LATE):
            self.plan(line, line.deadline + DAY, line.deadline + LATEST * DAY)
        for line in islice(drawn, EARLY):
            day = line.period.started_on + self.rng.choice(EARLY_DAYS) * DAY
            self.plan(line, day, day + DAY)
        if not is_over:
            self.waiting(list(islice(drawn, WAITING)))
        elif self.is_last_over(lines[0]):
            for line in islice(drawn, 1):
                self.opened_again(line)
        own = [line for line in lines if line.officer_id == shown]
        if own and own[0].deadline >= self.stage.day:
            self.writing(own.pop())
        for line in [*drawn, *own]:
            self.plan(line, line.deadline - WINDOW * DAY, line.deadline + DAY)

    def waiting(self, lines: list[DutyLine]) -> None:
        """Plan reports handed in this week: the first was sent back, the others wait."""
        days = days_between(self.stage.day - 5 * DAY, self.stage.day - DAY)
        for place, line in enumerate(lines):
            submit_on = days[place % len(days)]
            if submit_on < line.period.started_on:
                continue
            begun_on = max(submit_on - 4 * DAY, line.period.started_on)
            way = [(BEGIN, begun_on, ""), (SUBMIT, submit_on, "")]
            if place == 0:
                way.append((RETURN, self.stage.day - DAY, SENT_BACK[0]))
            officer = self.officers[line.officer_id]
            report = PeriodicReport(officer=officer, period=line.period, due_on=line.deadline)
            self.go(Course(report), way)

    def writing(self, line: DutyLine) -> None:
        """Plan the report that the officer one can log in as is writing."""
        begun_on = max(self.stage.day - 3 * DAY, line.period.started_on)
        report = PeriodicReport(officer=self.stage.shown, period=line.period)
        self.go(Course(report), [(BEGIN, begun_on, "")])

    def is_last_over(self, line: DutyLine) -> bool:
        """Say whether the next quarter's reports are not due yet."""
        return line.deadline > self.stage.day - 100 * DAY

    def plan(self, line: DutyLine, since: dt.date, until: dt.date) -> Course:
        """Plan a report handed in between two days, while its officer is still in post."""
        officer = self.officers[line.officer_id]
        if officer.left_on and officer.left_on < until:
            since, until = min(since, officer.left_on - 5 * DAY), officer.left_on
        submit_on = self.rng.choice(working_days(since, until) or [until - DAY])
        begun_on = max(submit_on - self.rng.randint(1, 30) * DAY, line.period.started_on)
        report = PeriodicReport(officer=officer, period=line.period)
        course = Course(report)
        report.due_on = line.deadline
        is_faulty = self.rng.random() < SENT_BACK_ONCE and officer is not self.stage.shown
        self.go(course, self.way(begun_on, submit_on, is_faulty=is_faulty))
        return course

    def way(
        self, begun_on: dt.date, submit_on: dt.date, *, is_faulty: bool
    ) -> Iterator[tuple[ReportMove, dt.date, str]]:
        """Give the moves from beginning to acceptance, sent back once when faulty."""
        yield BEGIN, begun_on, ""
        yield SUBMIT, submit_on, ""
        last = submit_on
        if is_faulty:
            last = self.after(last, 1, 5)
            yield RETURN, last, self.rng.choice(SENT_BACK)
            last = self.after(last, 2, 7)
            yield SUBMIT, last, ""
        yield ACCEPT, self.after(last, 1, 9), ""

    def opened_again(self, line: DutyLine) -> None:
        """Plan a report that was accepted and is open again."""
        course = self.plan(line, line.deadline - WINDOW * DAY, line.deadline + DAY)
        latest = course.steps[-1] if course.steps else None
        if latest and latest.move == ACCEPT:
            reopened_on = max(latest.on + DAY, self.stage.day - 9 * DAY)
            self.go_on(course, [(REOPEN, reopened_on, self.rng.choice(OPENED_AGAIN))])

    def after(self, day: dt.date, least: int, most: int) -> dt.date:
        """Give the first working day some days later."""
        day += self.rng.randint(least, most) * DAY
        return working_days(day, day + 10 * DAY)[0]

    # --- urgent ---

    def urgent(self) -> None:
        """Plan urgent reports: most accepted, the last one of the shown officer sent back."""
        span = (self.stage.day - self.stage.world.start).days
        for place in range(OF_URGENT):
            on = self.stage.world.start + round((place + 0.6) * span / OF_URGENT) * DAY
            commune = self.rng.choice(self.stage.communes)
            row = self.stage.answering(commune, on)
            if row and row.officer is not self.stage.shown:
                self.happen(place, row.officer, commune, on, self.way(on, on, is_faulty=False))
        shown = self.stage.shown
        on = self.stage.day - 6 * DAY
        commune = self.rng.choice(
            [row.commune for row in self.stage.world.of(shown) if row.is_active_on(on)]
        )
        way = [(BEGIN, on, ""), (SUBMIT, on + DAY, ""), (RETURN, on + 3 * DAY, SENT_BACK[2])]
        self.happen(0, shown, commune, on, way)

    def happen(
        self,
        place: int,
        officer: Officer,
        commune: Commune,
        on: dt.date,
        way: Iterable[tuple[ReportMove, dt.date, str]],
    ) -> None:
        happening = HAPPENINGS[place % len(HAPPENINGS)]
        report = PeriodicReport(
            officer=officer, kind=ReportKind.URGENT, commune=commune, subject=happening.subject
        )
        self.go(Course(report, happening=happening), way)

    # --- going ---

    def go(self, course: Course, way: Iterable[tuple[ReportMove, dt.date, str]]) -> None:
        """Let a report go its way, as far as it is by the world's day; keep it if it was begun."""
        self.go_on(course, way)
        if course.steps:
            self.courses.append(course)
        if not course.submissions:
            course.report.due_on = None

    def go_on(self, course: Course, way: Iterable[tuple[ReportMove, dt.date, str]]) -> None:
        for move, on, reason in way:
            if on >= self.stage.day:
                return
            self.make(course, Step(move, on, self.at(course, move, on), reason))

    def at(self, course: Course, move: ReportMove, on: dt.date) -> dt.datetime:
        at = moment(on, dt.time(self.rng.randint(*HOURS[move]), self.rng.randint(0, 59)))
        return max(at, course.steps[-1].at + dt.timedelta(minutes=9)) if course.steps else at

    def make(self, course: Course, step: Step) -> None:
        """Make one move: the report is as it stands after it."""
        report, author = course.report, self.stage.author(course.report.officer)
        if step.move == BEGIN:
            report.entered_by, report.entered_at = author, step.at
        else:
            _, report.state = REPORT_MOVES[step.move]
        if step.move == SUBMIT:
            report.first_submitted_on = report.first_submitted_on or step.on
            report.submitted_at, report.submitted_by = step.at, author
        report.accepted_at = step.at if report.state == ReportState.ACCEPTED else None
        course.steps.append(step)
        report.edition = 1 + len(course.steps)


def excuse_days(day: dt.date, line: DutyLine) -> list[dt.date]:
    """Give the days on which an excuse of a report may have been asked for."""
    return days_between(line.deadline - 6 * DAY, min(line.deadline + 6 * DAY, day - DAY))
