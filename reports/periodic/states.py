"""How a report stands, and whether it came late: sign, word and colour."""

from __future__ import annotations

from assignments.tables import State
from reports.models import PeriodicReport
from reports.periodic.expected import OF_A_REPORT, WRITING

IN_TIME = State("✓", "Nộp đúng hạn", "ok")


def state_of(report: PeriodicReport) -> State:
    """Give how far a report is."""
    return OF_A_REPORT.get(report.state, WRITING)


def lateness(report: PeriodicReport) -> State | None:
    """Say how late a report was first handed in, for ever; ``None`` when it was owed by no day."""
    if report.due_on is None or report.first_submitted_on is None:
        return None
    if not report.is_late:
        return IN_TIME
    return State("!", f"Nộp muộn {(report.first_submitted_on - report.due_on).days} ngày", "short")
