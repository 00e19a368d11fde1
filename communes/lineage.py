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

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest

from communes import names
from communes.models import Area, Commune, Descent, District, having_all_words
from communes.models.reorganisations import DescentQuerySet

PARAMETER, OLD, NEW = "don_vi", "cu", "moi"
HEIR_KEY = "heir_search_key"
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
    def successors(self) -> dict[int, Commune]:
        """Give, by old unit, the one that stands for it on the day, however records are read."""
        rows = self.descents.select_related("new__district", "new__area")
        return {row.old_id: row.new for row in rows.defer("new__boundary")}

    @property
    def heirs(self) -> dict[int, Commune]:
        """Give, by old unit, the one its records count for; nothing in the old reading."""
        return {} if self.is_old else self.successors

    @property
    def is_offered(self) -> bool:
        """Say whether there are two ways to read: some unit was rearranged by the day."""
        return bool(self.successors)

    @property
    def is_other(self) -> bool:
        """Say whether the old units are read, and are not the very ones of the day."""
        return self.is_old and self.is_offered

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Give what a file says of how its records were read; nothing where all ways are one."""
        return [("Đơn vị", dict(CHOICES)[OLD if self.is_old else NEW])] if self.is_offered else []

    @property
    def descents(self) -> DescentQuerySet:
        return Descent.objects.main().on(self.day)

    @property
    def replaced(self) -> set[int]:
        """Give the keys of the units that others stand for on the day, wholly or in part."""
        return set(Descent.objects.on(self.day).values_list("old", flat=True))

    def unit_of(self, commune: Commune) -> Commune:
        """Give the unit a record of ``commune`` counts for."""
        return self.heirs.get(commune.pk, commune)

    def key_of(self, commune: int) -> int:
        """Give the key of the unit a record of the commune with this key counts for."""
        return self.heirs[commune].pk if commune in self.heirs else commune

    def origins(self, unit: int) -> set[int]:
        """Give the keys of the old units read under ``unit``, itself among them."""
        return self.read_under({unit})

    def read_under(self, units: set[int]) -> set[int]:
        """Give ``units`` and the keys of the old units read under one of them."""
        return units | {old for old, heir in self.heirs.items() if heir.pk in units}

    def within(self, units: QuerySet[Commune] | Iterable, path: str = "commune") -> Q:
        """Give the condition that the commune at ``path`` is one of ``units`` or read under one."""
        condition = Q(**{f"{path}__in": units})
        if not self.heirs:
            return condition
        read_here = self.descents.filter(new__in=units).values("old")
        return condition | Q(**{f"{path}__in": read_here})

    def happened_in(self, rows: QuerySet, path: str = "commune") -> Q:
        """Give the condition that some of ``rows`` are of the unit of the outer query.

        Of itself or of one read under it; ``path`` leads from a row to its commune.
        """
        own = Q(Exists(rows.filter(**{path: OuterRef("pk")})))
        if not self.heirs:
            return own
        read_here = self.descents.filter(new=OuterRef(OuterRef("pk"))).values("old")
        return own | Q(Exists(rows.filter(**{f"{path}__in": read_here})))

    def of_group(self, field: str, group: object, path: str = "commune") -> Q:
        """Give the condition that the unit the commune at ``path`` counts for is of ``group``:

        a district or an area, as ``field`` names it, or its key.
        """
        if not self.heirs:
            return Q(**{f"{path}__{field}": group})
        replaced = self.descents.values("old")
        return self.within(Commune.objects.filter(**{field: group}).exclude(pk__in=replaced), path)

    def key(self, path: str = "commune") -> Combinable:
        """Give the expression of the key of the unit the commune at ``path`` counts for."""
        if not self.heirs:
            return F(path)
        return Coalesce(Subquery(self.heir_at(path).values("new")[:1]), F(path))

    def order(self, path: str = "commune") -> tuple[Combinable, ...]:
        """Give the expressions that sort by the unit a record counts for: its district, its name.

        ``path`` leads to the commune.
        """
        return tuple(self.attribute(key, path) for key in ("district__code", "sort_key"))

    def attribute(self, name: str, path: str = "commune") -> Combinable:
        """Give the expression of a column of the unit the commune at ``path`` counts for."""
        own = F(f"{path}__{name}")
        if not self.heirs:
            return own
        heir = self.heir_at(path)
        # Not the first that is not null: an heir without a district has none.
        return Case(When(Exists(heir), then=Subquery(heir.values(f"new__{name}")[:1])), default=own)

    def search(
        self, rows: QuerySet, query: str, keys: tuple[str, ...], path: str = "commune"
    ) -> QuerySet:
        """Keep the rows that have every word of ``query``: in the search keys of their columns

        ``keys``, or in the name of the unit the commune at ``path`` counts for.
        """
        if not self.heirs:
            return having_all_words(rows, query, keys)
        heir = Subquery(self.heir_at(path).values("new__search_key")[:1])
        return having_all_words(rows.alias(**{HEIR_KEY: heir}), query, (*keys, HEIR_KEY))

    def heir_at(self, path: str) -> DescentQuerySet:
        """Give the descent of the commune at ``path`` of the outer query."""
        return self.descents.filter(old=OuterRef(path))

    @property
    def districts(self) -> list[District]:
        """Give the districts of the day; in the old reading, all there had been by then."""
        return self.groups[0]

    @property
    def areas(self) -> list[Area]:
        """Give the office's areas."""
        return self.groups[1]

    @cached_property
    def groups(self) -> tuple[list[District], list[Area]]:
        """Give what communes can be grouped by, named and in order, in one query."""
        begun = Q(established_on__isnull=True) | Q(established_on__lte=self.day)
        known = District.objects.filter(begun)
        districts = known if self.is_old else known.existing_on(self.day)
        areas = Area.objects.standing().annotate(
            kind=Value("", output_field=CharField()), code=Cast("rank", CharField())
        )
        columns = ("pk", "kind", "name", "code")
        rows = districts.order_by().values_list(*columns)
        rows = list(rows.union(areas.order_by().values_list(*columns), all=True))
        found = [District(**dict(zip(columns, row, strict=True))) for row in rows if row[1]]
        own = [Area(pk=pk, name=name, rank=int(rank)) for pk, kind, name, rank in rows if not kind]
        return (
            sorted(found, key=lambda one: (one.code, names.place_sort_key(one.full_name))),
            sorted(own, key=lambda one: (one.rank, names.place_sort_key(one.name))),
        )
