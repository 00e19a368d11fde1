"""Officers who will follow more communes than the office's limit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from assignments.models import Assignment, Officer
from communes.models import Commune
from reports.look_ahead.known import DAY, Known


@dataclass(frozen=True)
class Overload:
    """An officer has too many from ``since`` until ``until`` (exclusive; ``None``: no end known).

    ``communes`` are those of the first of the days on which it is most.
    """

    officer: Officer
    since: dt.date
    until: dt.date | None
    communes: tuple[Commune, ...]
    is_present: bool

    @property
    def last_day(self) -> dt.date | None:
        return self.until - DAY if self.until else None

    @property
    def count(self) -> int:
        return len(self.communes)

    @property
    def names(self) -> str:
        return ", ".join(commune.name_in_sentence for commune in self.communes)


def overloads(known: Known) -> list[Overload]:
    """Give who goes over the limit on some of the days, as it begins."""
    by_officer: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in known.assignments:
        by_officer[assignment.officer_id].append(assignment)
    found = [one for rows in by_officer.values() for one in over_limit(known, rows)]
    return sorted(found, key=lambda one: (one.since, one.officer.sort_key))


def over_limit(known: Known, rows: list[Assignment]) -> Iterator[Overload]:
    """Give the stretches in which an officer's ``rows`` are more than the limit."""
    if len(rows) <= settings.MAX_COMMUNES_PER_OFFICER:
        return
    stretches = [(known.within(row.started_on, row.ended_on), row.commune) for row in rows]
    turns = sorted({turn for stretch, _ in stretches for turn in stretch} | {known.end})
    since, most = None, ()
    for turn in turns:
        held = tuple(place for (start, end), place in stretches if start <= turn < end)
        if len(held) > settings.MAX_COMMUNES_PER_OFFICER:
            since = since or turn
            most = max(most, held, key=len)
        elif since:
            until = turn if turn < known.end else None
            yield Overload(rows[0].officer, since, until, most, since == known.day)
            since, most = None, ()
