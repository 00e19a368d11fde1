"""Reading records of old units under the new ones, or as they were recorded: ``?don_vi=``.

Records stay on the unit they happened in. Under "theo đơn vị mới", the way every page is read
unless asked otherwise, a record counts for the unit that stands for its own on the day looked at;
under "theo đơn vị cũ" for its own. In both it counts for exactly one, so totals are the same. On a
day before an event there is no heir yet: that day's map is read exactly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from communes.models import Commune, Descent

PARAMETER, OLD, NEW = "don_vi", "cu", "moi"
CHOICES = [(NEW, "Theo đơn vị mới"), (OLD, "Theo đơn vị cũ")]


@dataclass(frozen=True)
class Reading:
    """How records are read on ``day``: under the units of that day, or those of their own time."""

    day: dt.date
    is_old: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Reading:
        """Give the request's reading, the same one each time."""
        if not hasattr(request, "reading"):
            asked = request.GET.get(PARAMETER, "")
            request.reading = cls(request.as_of.day, is_old=asked == OLD)
        return request.reading

    @cached_property
    def heirs(self) -> dict[int, Commune]:
        """Give, by old unit, the one that stands for it on the day; nothing in the old reading."""
        if self.is_old:
            return {}
        rows = Descent.objects.main().on(self.day).select_related("new__district", "new__area")
        return {row.old_id: row.new for row in rows.defer("new__boundary")}

    def unit_of(self, commune: Commune) -> Commune:
        """Give the unit a record of ``commune`` counts for."""
        return self.heirs.get(commune.pk, commune)

    def key_of(self, commune: int) -> int:
        """Give the key of the unit a record of the commune with this key counts for."""
        return self.heirs[commune].pk if commune in self.heirs else commune

    def origins(self, unit: int) -> set[int]:
        """Give the keys of the old units read under ``unit``, itself among them."""
        return {unit, *(old for old, heir in self.heirs.items() if heir.pk == unit)}

    def within(self, units: QuerySet[Commune] | Iterable, path: str = "commune") -> Q:
        """Give the condition that the commune at ``path`` is one of ``units`` or read under one."""
        condition = Q(**{f"{path}__in": units})
        if self.is_old:
            return condition
        read_here = Descent.objects.main().on(self.day).filter(new__in=units).values("old")
        return condition | Q(**{f"{path}__in": read_here})

    def order(self, path: str = "commune") -> tuple:
        """Give the expressions that sort by the unit a record counts for: its district, its name.

        ``path`` leads to the commune.
        """
        keys = ("district__code", "sort_key")
        if self.is_old:
            return tuple(F(f"{path}__{key}") for key in keys)
        heir = Descent.objects.main().on(self.day).filter(old=OuterRef(path))
        return (
            Coalesce(
                Subquery(heir.values("new__district__code")[:1]), F(f"{path}__district__code")
            ),
            Coalesce(Subquery(heir.values("new__sort_key")[:1]), F(f"{path}__sort_key")),
        )
