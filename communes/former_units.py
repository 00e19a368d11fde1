"""What a unit came of and what became of it; its story with that of the units it came of.

Records stay on the unit they happened in. The story of a unit holds those of every unit read under
it on the day; of a unit that is no more, as it was read on its own last day.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from communes.models import Commune, Descent, Succession


def story_day(commune: Commune, day: dt.date) -> dt.date:
    """Give the day on which the story of ``commune`` is read: its own last one when it is gone."""
    gone = commune.dissolved_on
    return min(day, gone - dt.timedelta(days=1)) if gone else day


def of_unit(commune: Commune, day: dt.date, path: str = "commune") -> Q:
    """Give the condition that a record is of ``commune`` or of a unit read under it on ``day``."""
    return of_any([commune.pk], story_day(commune, day), path)


def of_any(units: QuerySet[Commune] | list[int], day: dt.date, path: str = "commune") -> Q:
    """Give the condition that a record is of one of ``units``, or of one read under it."""
    inherited = Descent.objects.main().on(day).filter(new__in=units).values("old")
    return Q(**{f"{path}__in": units}) | Q(**{f"{path}__in": inherited})


def of_units(day: dt.date, path: str = "commune") -> Q:
    """Give the condition that a record is read under the commune of the outer query on ``day``."""
    own = OuterRef("pk")
    inherited = Descent.objects.main().on(day).filter(new=OuterRef(own)).values("old")
    return Q(**{path: own}) | Q(**{f"{path}__in": inherited})


def of_one_unit(rows: QuerySet, day: dt.date) -> Q:
    """Give the condition that one of ``rows`` is of the unit of the outer query's commune:

    of the very one, of what stands for it on ``day``, or of another this stands for.
    """
    place = OuterRef("commune")
    descents = Descent.objects.main().on(day)
    kin = (
        Q(commune__origins__in=descents, commune__origins__old=place),
        Q(commune__heirs__in=descents, commune__heirs__new=place),
        Q(
            commune__heirs__in=descents,
            commune__heirs__new__origins__in=descents,
            commune__heirs__new__origins__old=place,
        ),
    )
    found = Q(Exists(rows.filter(commune=place)))
    for condition in kin:
        found |= Q(Exists(rows.filter(condition)))
    return found


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


def others_on(commune: Commune, day: dt.date) -> str:
    """Name the units that were, or are, where ``commune`` is, on a day without it; "" if none."""
    if commune.exists_on(day):
        return ""
    existing = Commune.objects.existing_on(day)
    came_of, became = commune.origins.values("old"), commune.heirs.values("new")
    found = existing.filter(Q(pk__in=came_of) | Q(pk__in=became)).order_by("sort_key", "pk")
    return ", ".join(unit.full_name for unit in found.defer("boundary"))
