"""Finding communes by what people call them: by name, by code, by a name they had before.

A code is that of the unit which had it on the day: codes are given again to other units.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from communes.models import Commune, Descent
from communes.models.reorganisations import DescentQuerySet

IN_DISTRICT = "district__search_key"


def find_communes(communes: QuerySet[Commune], query: str, day: dt.date) -> QuerySet[Commune]:
    """Keep those of ``communes`` that ``query`` names: by its words, by code, by a former name."""
    named = Commune.objects.search(query, IN_DISTRICT).values("pk")
    came_of = called_so(query, day).values("new")
    found = Q(pk__in=named) | Q(pk__in=came_of)
    code = query.strip()
    # What is no code is not asked for: PostgreSQL takes no NUL character.
    return communes.filter(found | Q(code=code) if code.isascii() and code.isalnum() else found)


def former_names(communes: Iterable[Commune], query: str, day: dt.date) -> dict[int, str]:
    """Give, by commune, the names ``query`` found that it does not have itself any more."""
    units = {unit.pk: unit for unit in communes}
    found: dict[int, list[str]] = defaultdict(list)
    rows = called_so(query, day).filter(new__in=units).select_related("old").order_by("old__pk")
    for row in rows.defer("old__boundary"):
        if row.old.full_name != units[row.new_id].full_name:
            found[row.new_id].append(row.old.full_name)
    return {key: ", ".join(dict.fromkeys(names)) for key, names in found.items()}


def called_so(query: str, day: dt.date) -> DescentQuerySet:
    """Give the descents of ``day`` from the units that ``query`` names."""
    old = Commune.objects.search(query, IN_DISTRICT).values("pk")
    return Descent.objects.on(day).filter(old__in=old)
