"""A commune's or an officer's history on paper: periods in order, and the gaps between them.

What went on in another unit after a reorganisation says so: it is one story.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assignments.enums import COVERING_ROLES
from assignments.models import Assignment
from communes.models import Commune, Succession


@dataclass(frozen=True)
class Entry:
    """One period: an assignment, or a gap (``assignment`` is None) in which nobody covered.

    ``commune`` is where; ``goes_on_in`` names the unit in which the same officer goes on.
    """

    since: dt.date | None
    until: dt.date | None  # exclusive; None = still so
    assignment: Assignment | None
    is_current: bool
    commune: Commune
    goes_on_in: str = ""

    @property
    def last_day(self) -> dt.date | None:
        return self.until - dt.timedelta(days=1) if self.until else None


def entries(history: list[Assignment], day: dt.date) -> list[Entry]:
    """Give the assignments as they stood on ``day``."""
    went_on = continued(history)
    return [
        Entry(
            row.started_on,
            row.ended_on,
            row,
            row.is_active_on(day),
            row.commune,
            went_on.get(row.pk, ""),
        )
        for row in history
    ]


def continued(history: list[Assignment]) -> dict[int, str]:
    """Name, by assignment, the units that came of its commune in which its officer goes on."""
    ended = {row.commune_id for row in history if row.ended_on}
    pairs = set(Succession.objects.filter(old__in=ended).values_list("old", "new")) if ended else ()
    found: dict[int, str] = {}
    for row in history if pairs else ():
        names = [
            later.commune.full_name
            for later in history
            if (later.officer_id, later.started_on) == (row.officer_id, row.ended_on)
            and (row.commune_id, later.commune_id) in pairs
        ]
        found[row.pk] = ", ".join(sorted(names))
    return found


def gaps(covered: Iterable[Assignment], commune: Commune, day: dt.date) -> Iterator[Entry]:
    """Give the gaps between covering assignments, up to ``day`` or to the end of the commune.

    The last one may still be open.
    """
    reached: dt.date | None = None
    for assignment in sorted(covered, key=lambda row: row.started_on):
        if reached and assignment.started_on > reached:
            yield Entry(reached, assignment.started_on, None, False, commune)
        if assignment.ended_on is None:
            return
        reached = max(reached or assignment.ended_on, assignment.ended_on)
    if reached and reached <= day and commune.exists_on(reached):
        yield open_gap(reached, commune, day)


def open_gap(since: dt.date | None, commune: Commune, day: dt.date) -> Entry:
    """Give a gap that lasted until ``day``, or as long as the commune was there."""
    is_there = commune.exists_on(day)
    return Entry(since, None if is_there else commune.dissolved_on, None, is_there, commune)


def commune_timeline(history: list[Assignment], commune: Commune, day: dt.date) -> list[Entry]:
    """Give a commune's assignments and gaps as they stood on ``day``, newest first.

    ``history`` may hold those of units it came of; the gaps are each unit's own.
    """
    found = entries(history, day)
    units = {row.commune_id: row.commune for row in history} | {commune.pk: commune}
    for unit in units.values():
        here = [row for row in history if row.commune_id == unit.pk]
        found += gaps((row for row in here if row.role in COVERING_ROLES), unit, day)
        if not here:
            found.append(open_gap(unit.established_on, unit, day))
    return sorted(found, key=lambda item: item.since or dt.date.min, reverse=True)


def officer_timeline(history: list[Assignment], day: dt.date) -> list[Entry]:
    """Give an officer's assignments as they stood on ``day``, newest first."""
    return entries(history, day)
