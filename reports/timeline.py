"""A commune's or an officer's history on paper: periods in order, and the gaps between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from assignments.enums import COVERING_ROLES
from assignments.models import Assignment
from communes.models import Commune


@dataclass(frozen=True)
class Entry:
    """One period: an assignment, or a gap (``assignment`` is None) in which nobody covered."""

    since: dt.date | None
    until: dt.date | None  # exclusive; None = still so
    assignment: Assignment | None
    is_current: bool

    @property
    def last_day(self) -> dt.date | None:
        return self.until - dt.timedelta(days=1) if self.until else None


def entry(assignment: Assignment, day: dt.date) -> Entry:
    return Entry(
        assignment.started_on, assignment.ended_on, assignment, assignment.is_active_on(day)
    )


def gaps(covered: Iterable[Assignment], day: dt.date) -> list[Entry]:
    """Give the gaps between covering assignments, up to ``day``; the last one may still be open."""
    found = []
    reached: dt.date | None = None
    for assignment in sorted(covered, key=lambda row: row.started_on):
        if reached and assignment.started_on > reached:
            found.append(Entry(reached, assignment.started_on, None, False))
        if assignment.ended_on is None:
            return found
        reached = max(reached or assignment.ended_on, assignment.ended_on)
    if reached and reached <= day:
        found.append(Entry(reached, None, None, True))
    return found


def commune_timeline(history: list[Assignment], commune: Commune, day: dt.date) -> list[Entry]:
    """Give a commune's assignments and gaps as they stood on ``day``, newest first."""
    entries = [entry(assignment, day) for assignment in history]
    entries += gaps((row for row in history if row.role in COVERING_ROLES), day)
    if not history:
        entries.append(Entry(commune.established_on, None, None, True))
    return sorted(entries, key=lambda item: item.since or dt.date.min, reverse=True)


def officer_timeline(history: list[Assignment], day: dt.date) -> list[Entry]:
    """Give an officer's assignments as they stood on ``day``, newest first."""
    return [entry(assignment, day) for assignment in history]
