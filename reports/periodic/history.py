"""The history of a report: its moves, and what changed between one submission and the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.enums import REASONED_REPORT_MOVES, ReportMove, ReportState
from reports.models import PeriodicReport, ReportEvent


@dataclass(frozen=True)
class Submitted:
    """One section as it was handed in; ``before`` as the submission before had it."""

    label: str
    text: str
    before: str | None = None

    @property
    def is_changed(self) -> bool:
        """Say whether it differs from the submission before; nothing differs from none."""
        return self.before is not None and self.before != self.text


@dataclass(frozen=True)
class Step:
    """One move; of a submission, what was handed in."""

    event: ReportEvent
    submitted: list[Submitted]
    number: int = 0  # of the submission, from 1

    @property
    def changed(self) -> list[Submitted]:
        return [one for one in self.submitted if one.is_changed]


def history(report: PeriodicReport) -> list[Step]:
    """Give the moves of a report, latest first."""
    events = report.events.select_related("by").order_by("happened_at", "pk")
    return list(reversed(list(steps(events))))


def steps(events: Iterable[ReportEvent]):
    """Give moves in time order, each submission beside the one before it."""
    before: dict[str, str] | None = None
    number = 0
    for event in events:
        if event.move != ReportMove.SUBMIT:
            yield Step(event, [])
            continue
        number += 1
        sections = event.content.get("sections", [])
        yield Step(event, [submitted(section, before) for section in sections], number)
        before = {section["name"]: section["text"] for section in sections}


def submitted(section: dict[str, str], before: dict[str, str] | None) -> Submitted:
    earlier = None if before is None else before.get(section["name"], "")
    return Submitted(section["label"], section["text"], earlier)


def last_submitted(told: Iterable[Step]) -> list[Submitted]:
    """Give what was handed in last; ``told`` is the history, latest first."""
    return next((step.submitted for step in told if step.number), [])


def sent_back(report: PeriodicReport) -> ReportEvent | None:
    """Give the move by which a report that is to be completed was sent back."""
    if report.state != ReportState.RETURNED:
        return None
    moves = report.events.filter(move__in=REASONED_REPORT_MOVES).select_related("by")
    return moves.order_by("happened_at", "pk").last()
