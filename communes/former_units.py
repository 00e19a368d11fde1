"""What a unit came of and what became of it; its story with that of the units it came of.

Records stay on the unit they happened in. The story of a unit holds those of every unit read under
it on the day; of a unit that is no more, as it was read on its own last day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from communes.models import Commune, Descent, Succession
from communes.periods import covers


def story_day(commune: Commune, day: dt.date) -> dt.date:
    """Give the day on which the story of ``commune`` is read: its own last one when it is gone."""
    gone = commune.dissolved_on
    return min(day, gone - dt.timedelta(days=1)) if gone else day


def of_unit(commune: Commune, day: dt.date, path: str = "commune") -> Q:
    """Give the condition that a record is of ``commune`` or of a unit read under it on ``day``."""
    inherited = Descent.objects.main().on(story_day(commune, day)).filter(new=commune)
    return Q(**{path: commune}) | Q(**{f"{path}__in": inherited.values("old")})


def leads_here(day: dt.date, path: str = "commune__heirs", **ends: object) -> Q:
    """Give the condition that the descent at ``path`` carries records on ``day``.

    ``ends`` are what its ``old`` or ``new`` unit is.
    """
    named = {f"{path}__{side}": unit for side, unit in ends.items()}
    is_main = Q(**{f"{path}__is_main": True})
    return is_main & covers(day, f"{path}__started_on", f"{path}__ended_on") & Q(**named)


def lines_before(commune: Commune, day: dt.date) -> list[Succession]:
    """Give the lines of resolutions by which ``commune`` came to be, the latest first.

    Those of the units it came of are among them.
    """
    came_of = Descent.objects.filter(new=commune).values("old")
    rows = Succession.objects.filter(Q(new=commune) | Q(new__in=came_of))
    rows = rows.filter(reorganisation__effective_on__lte=story_day(commune, day))
    return told(rows.order_by("-reorganisation__effective_on", "old__sort_key", "pk"))


def lines_after(commune: Commune, day: dt.date) -> list[Succession]:
    """Give the lines by which ``commune`` went into others by ``day``, the main one first."""
    rows = Succession.objects.filter(old=commune, reorganisation__effective_on__lte=day)
    return told(rows.order_by("-is_main", "new__sort_key", "pk"))


def told(rows: QuerySet[Succession]) -> list[Succession]:
    """Give lines with what is told of them."""
    rows = rows.select_related("reorganisation", "old__district", "new__district")
    heavy = [f"reorganisation__{name}" for name in ("mapping", "choices", "journal")]
    return list(rows.defer("old__boundary", "new__boundary", *heavy))


def units_by_key(keys: Iterable[int]) -> dict[int, Commune]:
    """Give communes by their keys, to be named."""
    return Commune.objects.filter(pk__in=set(keys)).defer("boundary").in_bulk()


def stands_for(commune: Commune, day: dt.date) -> Commune | None:
    """Give the unit that stands for ``commune`` on ``day``; ``None`` while it is there itself."""
    if commune.exists_on(day):
        return None
    heirs = Commune.objects.filter(leads_here(day, "origins", old=commune))
    return heirs.defer("boundary").first()


def others_on(commune: Commune, day: dt.date) -> str:
    """Name the units that were, or are, where ``commune`` is, on a day without it; "" if none."""
    if commune.exists_on(day):
        return ""
    existing = Commune.objects.existing_on(day)
    came_of, became = commune.origins.values("old"), commune.heirs.values("new")
    found = existing.filter(Q(pk__in=came_of) | Q(pk__in=became)).order_by("sort_key", "pk")
    return ", ".join(unit.full_name for unit in found.defer("boundary"))
