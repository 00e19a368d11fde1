"""What happened in a commune, told to who prepares to go there or opens its dossier.

What happened in the units it came of is told with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Prefetch, Q

from accounts.models import User
from assignments.enums import VisitOutcome
from assignments.models import Attendance, Officer, Visit, VisitQuerySet
from communes.former_units import of_unit, story_day
from communes.models import Commune, PartyCell

LAST_VISITS, LAST_WORDS = 5, 6


@dataclass(frozen=True)
class CellVisited:
    """A Party cell and the last time somebody was there, as far as confirmed."""

    cell: PartyCell
    last: dt.date | None


def attendances_in(commune: Commune, user: User, day: dt.date):
    """Give what ``user`` may read of attendances in ``commune`` up to ``day``, latest first."""
    return (
        Attendance.objects.visible_to(user)
        .standing()
        .on_or_before(day)
        .filter(of_unit(commune, day, "visit__commune"))
        .select_related("officer", "visit__cell", "visit__commune")
        .defer("visit__commune__boundary")
        .order_by("-visit__visited_on", "-pk")
    )


def last_visits(commune: Commune, user: User, day: dt.date) -> list[Visit]:
    """Give the last visits, each with its attendances as ``standing_attendances``."""
    return told(Visit.objects.visible_to(user).standing().filter(of_unit(commune, day)), day)


def attended_by(officer: Officer, user: User, day: dt.date) -> list[Visit]:
    """Give the last visits ``officer`` was at, of those ``user`` may see."""
    there = Attendance.objects.standing().filter(officer=officer, visit=OuterRef("pk"))
    return told(Visit.objects.visible_to(user).filter(Exists(there)), day)


def told(visits: VisitQuerySet, day: dt.date) -> list[Visit]:
    """Give the last of ``visits`` up to ``day`` with who was there."""
    attended = Prefetch(
        "attendances",
        Attendance.objects.standing().select_related("officer").order_by("pk"),
        to_attr="standing_attendances",
    )
    return list(
        visits.filter(visited_on__lte=day)
        .with_commune()
        .select_related("cell")
        .prefetch_related(attended)
        .order_by("-visited_on", "-pk")[:LAST_VISITS]
    )


@dataclass(frozen=True)
class Words:
    """What was promised, and how the area changed, as officers wrote it; latest first."""

    promised: list[Attendance]
    changes: list[Attendance]


def last_words(commune: Commune, user: User, day: dt.date) -> Words:
    """Give what is worth reading again before going, in one query."""
    said = attendances_in(commune, user, day).filter(~Q(promised="") | ~Q(area_change=""))
    rows = list(said[: 2 * LAST_WORDS])
    return Words(
        [row for row in rows if row.promised][:LAST_WORDS],
        [row for row in rows if row.area_change][:LAST_WORDS],
    )


def area_changes(commune: Commune, user: User, day: dt.date) -> list[Attendance]:
    """Give the whole series of changes of the area, in time order (R31)."""
    said = attendances_in(commune, user, day).filter(~Q(area_change=""))
    return list(said.order_by("visit__visited_on", "pk"))


def cells_visited(commune: Commune, user: User, day: dt.date) -> list[CellVisited]:
    """Give the cells of the day, those not attended for longest first.

    Somebody was there when they were in one of the cells it was before, in an old unit.
    """
    cells = list(PartyCell.objects.filter(commune=commune).existing_on(story_day(commune, day)))
    seen = (
        Attendance.objects.visible_to(user)
        .confirmed()
        .on_or_before(day)
        .filter(of_unit(commune, day, "visit__commune"), visit__outcome=VisitOutcome.HELD)
        .order_by()
        .values_list("visit__cell")
        .annotate(Max("visit__visited_on"))
    )
    last = dict(seen)
    rows = [CellVisited(cell, last_in(ways, last)) for cell, ways in with_former(cells)]
    return sorted(rows, key=lambda row: row.last or dt.date.min)


def with_former(cells: Iterable[PartyCell]) -> list[tuple[PartyCell, list[int]]]:
    """Give each cell with the keys of it and of what it was before, over all reorganisations."""
    found = [(cell, [cell.pk, cell.former_id]) for cell in cells]
    while before := earlier(ways[-1] for _, ways in found):
        for _, ways in found:
            ways.append(before.get(ways[-1]))
    return [(cell, [key for key in ways if key]) for cell, ways in found]


def earlier(cells: Iterable[int | None]) -> dict[int, int]:
    """Give by cell what it was before, of those that were something."""
    keys = {key for key in cells if key}
    if not keys:
        return {}
    rows = PartyCell.objects.filter(pk__in=keys, former__isnull=False)
    return dict(rows.order_by().values_list("pk", "former"))


def last_in(cells: Iterable[int], last: Mapping[int | None, dt.date]) -> dt.date | None:
    """Give the latest day somebody was in one of ``cells``."""
    return max((last[key] for key in cells if key in last), default=None)
