"""Who has to report in a period, and how far they are, as of a day (DOMAIN R21, R23).

Who has to is read from the duty list alone, so that these rows and its numbers cannot differ: who
has not reported is what is due, less what is handed in, waived or explained.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from assignments.enums import DutyKind
from assignments.models import Assignment, Duty, Officer
from assignments.tables import State
from communes.models import Commune
from communes.periods import overlaps
from reports.duties import DutyLine, duty_list
from reports.duties.records import span
from reports.duties.rules import deadline, regular_deadline, report_duties
from reports.enums import HANDED_IN, ReportState
from reports.models import Period, PeriodicReport

ACCEPTED = State("✓", "Đã tiếp nhận", "ok")
SUBMITTED = State("→", "Đã nộp, chờ tiếp nhận", "due")
RETURNED = State("↩", "Trả lại để bổ sung", "due")
WAIVED = State("≈", "Được miễn", "why")
EXPLAINED = State("≈", "Chưa nộp, có lý do", "why")
DUE_TODAY = State("!", "Đến hạn hôm nay", "due")
WRITING = State("…", "Đang soạn", "nil")
AHEAD = State("·", "Chưa đến hạn", "nil")
OF_A_REPORT = {
    ReportState.ACCEPTED: ACCEPTED,
    ReportState.SUBMITTED: SUBMITTED,
    ReportState.RETURNED: RETURNED,
}


@dataclass(frozen=True)
class Expected:
    """One report that is due: whose, about which communes, what became of it by ``day``.

    ``report`` has ``state_on``, how it stood then; ``None`` when nothing had been written.
    """

    line: DutyLine
    officer: Officer
    communes: tuple[Commune, ...]
    report: PeriodicReport | None
    day: dt.date

    def __str__(self) -> str:
        name = self.officer.full_name
        return f"{name}, {self.place}" if self.line.commune_id else name

    @property
    def pk(self) -> str:
        """Give what names the row within its period: "12-0", or "12-7" for one commune's."""
        return f"{self.line.officer_id}-{self.line.commune_id or 0}"

    @property
    def place(self) -> str:
        """Give the communes the report is about."""
        return ", ".join(commune.full_name for commune in self.communes)

    @property
    def period(self) -> Period:
        return self.line.period

    @property
    def stage(self) -> str | None:
        """Give how far the report was; ``None`` when there was none."""
        return self.report.state_on if self.report else None

    @property
    def is_handed_in(self) -> bool:
        return self.stage in HANDED_IN

    @property
    def is_missing(self) -> bool:
        """Say whether it was not handed in, nor waived or explained."""
        return not self.is_handed_in and self.line.unexplained > 0

    @property
    def is_excused(self) -> bool:
        return not self.is_handed_in and not self.is_missing

    @property
    def submitted_on(self) -> dt.date | None:
        """Give the day it was first handed in, if that was by the day."""
        first_on = self.report.first_submitted_on if self.report else None
        return first_on if first_on and first_on <= self.day else None

    @property
    def due_on(self) -> dt.date:
        """Give the last day in time: of what was handed in, the one it was judged by."""
        kept = self.report.due_on if self.report and self.submitted_on else None
        return kept or self.line.deadline

    @property
    def days_late(self) -> int:
        """Give how many days late it was first handed in: for ever, whatever came after."""
        return max(0, (self.submitted_on - self.due_on).days) if self.submitted_on else 0

    @property
    def days_overdue(self) -> int:
        """Give how many days it has been missing since it was due."""
        return max(0, (self.day - self.line.deadline).days) if self.is_missing else 0

    @property
    def days_left(self) -> int:
        return (self.line.deadline - self.day).days

    @cached_property
    def state(self) -> State:
        """Give how it stood, by sign, word and colour."""
        if self.stage in OF_A_REPORT:
            return OF_A_REPORT[self.stage]
        if self.is_excused:
            return EXPLAINED if self.line.explained else WAIVED
        if self.days_overdue:
            return State("✕", f"Quá hạn {self.days_overdue} ngày", "short")
        if self.days_left == 0:
            return DUE_TODAY
        return WRITING if self.stage else AHEAD

    @property
    def remark(self) -> str:
        """Give what the state does not say: how late, how long is left, whether it is begun."""
        if self.is_handed_in:
            return f"nộp muộn {self.days_late} ngày" if self.days_late else ""
        if self.is_excused:
            return ""
        is_named = self.state in (AHEAD, WRITING, RETURNED)  # the state says already what it is
        parts = [
            f"quá hạn {self.days_overdue} ngày" if self.was_returned and self.days_overdue else "",
            f"còn {self.days_left} ngày" if self.days_left > 0 else "",
            "" if is_named else "đang soạn" if self.stage else "chưa nộp",
        ]
        return ", ".join(filter(None, parts))

    @property
    def was_returned(self) -> bool:
        return self.stage == ReportState.RETURNED


@dataclass(frozen=True)
class Reporting:
    """The reports of some periods: those that were due, and those handed in though not due."""

    rows: list[Expected]
    others: list[PeriodicReport]


def asked_reports(day: dt.date) -> list[tuple[Period, Duty]]:
    """Give the periods begun by ``day`` for which the regulation asks a report, newest first."""
    begun = Period.objects.begun_by(day).order_by("-started_on", "kind", "pk")
    return list(report_duties(begun))


def usual_due_on(period: Period) -> dt.date | None:
    """Give by when the regulation asks the reports of ``period``; ``None`` when it asks none."""
    return next((regular_deadline(duty, period) for _, duty in report_duties([period])), None)


def nearest(asked: Sequence[tuple[Period, Duty]], day: dt.date) -> Period | None:
    """Give the period whose reports are due nearest to ``day``, before or after it."""
    by_distance = [(abs((deadline(duty, one) - day).days), one) for one, duty in asked]
    return min(by_distance, key=lambda pair: pair[0])[1] if by_distance else None


def reporting(
    user: User, periods: Iterable[Period], day: dt.date, *, officer: int | None = None
) -> Reporting:
    """Give what ``user`` may see of the reports of ``periods`` as of ``day``, in a few queries."""
    periods = list(periods)
    lines = duty_list(user, periods, day, officer=officer, kinds=(DutyKind.REPORT,))
    return reporting_of(lines, user, periods, day, officer=officer)


def reporting_of(
    lines: Iterable[DutyLine],
    user: User,
    periods: Sequence[Period],
    day: dt.date,
    *,
    officer: int | None = None,
) -> Reporting:
    """Give the same of ``lines`` of reports that were read already."""
    due = [line for line in lines if line.due]
    reports = reports_of(user, periods, day, officer)
    held = holdings(due)
    rows = [
        Expected(line, held.officers[line.officer_id], held.of(line), report, day)
        for line in due
        for report in [reports.pop((line.officer_id, line.commune_id, line.period.pk), None)]
    ]
    rows.sort(key=lambda row: (row.period.started_on, row.officer.sort_key, row.pk))
    return Reporting(rows, [one for one in reports.values() if one.state_on in HANDED_IN])


ReportKey = tuple[int, int | None, int]  # officer, commune, period


def reports_of(
    user: User, periods: Sequence[Period], day: dt.date, officer: int | None
) -> dict[ReportKey, PeriodicReport]:
    """Give the standing reports of ``periods`` by what they are of."""
    rows = PeriodicReport.objects.visible_to(user).standing().on(day).with_parties()
    rows = rows.filter(period__in=periods)
    if officer is not None:
        rows = rows.filter(officer=officer)
    return {(one.officer_id, one.commune_id, one.period_id): one for one in rows}


@dataclass(frozen=True)
class Holdings:
    """The officers who answer for communes, and when each answers for which."""

    officers: dict[int, Officer]
    assignments: dict[int, list[Assignment]]

    def of(self, line: DutyLine) -> tuple[Commune, ...]:
        """Give the communes a line's report is about, sorted by name."""
        within = line.period
        found = {
            one.commune_id: one.commune
            for one in self.assignments[line.officer_id]
            if line.commune_id in (None, one.commune_id)
            if one.started_on < within.ended_on
            if one.ended_on is None or one.ended_on > within.started_on
        }
        return tuple(sorted(found.values(), key=lambda commune: commune.sort_key))


def holdings(lines: Sequence[DutyLine]) -> Holdings:
    """Give who is behind ``lines`` (which somebody may see already), in one query."""
    if not lines:
        return Holdings({}, {})
    periods = list({line.period.pk: line.period for line in lines}.values())
    rows = (
        Assignment.objects.covering()
        .filter(overlaps(*span(periods)), officer__in={line.officer_id for line in lines})
        .select_related("officer", "commune__district", "commune__area")
        .defer("commune__boundary")
    )
    officers, by_officer = {}, defaultdict(list)
    for row in rows:
        officers[row.officer_id] = row.officer
        by_officer[row.officer_id].append(row)
    return Holdings(officers, by_officer)
