"""Where units are put together: by district while there are districts, else by the office's areas.

Districts may end (since 01/7/2025 there are none) and a commune may have neither: what has no
place of its own has one together, so that every unit is in exactly one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F
from django.db.models.expressions import OrderBy

from communes.models import Commune, District

# Parameters of lists: of one district, of one area, of what has neither.
DISTRICT, AREA, PLACE = "huyen", "khu_vuc", "dia_ban"


@dataclass(frozen=True, order=True)
class Territory:
    """Where units are, in the order of tables; ``parameter`` and ``value`` ask for it."""

    rank: int
    code: str
    name: str
    parameter: str
    value: str

    @property
    def query(self) -> dict[str, str]:
        return {self.parameter: self.value}


OUTSIDE = "khong_huyen"
WITHOUT_DISTRICT = Territory(1, "", "Không có cấp huyện", PLACE, OUTSIDE)
WITHOUT_AREA = Territory(1, "", "Chưa xếp khu vực", PLACE, OUTSIDE)
SHARED = Territory(2, "", "Tính chung cho cán bộ, không theo Đảng bộ", PLACE, "chung")

HEADINGS = {DISTRICT: "Huyện, thị xã, thành phố", AREA: "Khu vực", "": "Địa bàn"}
WORDS = {DISTRICT: "huyện", AREA: "khu vực", "": "địa bàn"}


@dataclass(frozen=True)
class Grouping:
    """How units are put together on ``day``: by district, by area, or all in one.

    ``by`` is :data:`DISTRICT`, :data:`AREA` or "".
    """

    day: dt.date
    by: str

    @property
    def heading(self) -> str:
        """Give what stands over a column of their names."""
        return HEADINGS[self.by]

    @property
    def word(self) -> str:
        """Give what stands after "theo": "huyện"."""
        return WORDS[self.by]

    @property
    def is_by_district(self) -> bool:
        return self.by == DISTRICT

    def of(self, commune: Commune | None) -> Territory:
        """Give where a unit is; ``None``: what is owed once whatever the communes."""
        if commune is None:
            return SHARED
        if self.by == DISTRICT:
            return of_district(district_of(commune, self.day))
        area = commune.area if self.by == AREA else None
        if area is None:
            return WITHOUT_AREA
        order = f"{area.rank:05}{bytes(area.sort_key).hex()}"
        return Territory(0, order, area.name, AREA, str(area.pk))

    def name_of(self, commune: Commune) -> str:
        """Give the name of where a unit is."""
        return self.of(commune).name

    def order(self, commune: Commune) -> tuple:
        """Give the key that sorts units by where they are, then by name."""
        return self.of(commune), bytes(commune.sort_key), commune.pk

    @property
    def columns(self) -> tuple[str | OrderBy, ...]:
        """Give what the database sorts units by to fetch those of one page after another."""
        places = {DISTRICT: ("district__code",), AREA: ("area__rank", "area__sort_key"), "": ()}
        return (*(F(one).asc(nulls_last=True) for one in places[self.by]), "sort_key", "pk")

    def ordered(self, communes: Iterable[Commune]) -> list[Commune]:
        return sorted(communes, key=self.order)

    def groups(self, communes: Sequence[Commune]) -> list[tuple[Territory, list[Commune]]]:
        """Give units :meth:`ordered`, those of one territory together."""
        return [(place, list(found)) for place, found in groupby(communes, key=self.of)]


def of_district(district: District | None) -> Territory:
    if district is None:
        return WITHOUT_DISTRICT
    return Territory(0, district.code, str(district), DISTRICT, str(district.pk))


def has_districts(communes: Iterable[Commune], day: dt.date) -> bool:
    """Say whether one of ``communes`` was of a district on ``day``."""
    return any(district_of(commune, day) for commune in communes)


def district_of(commune: Commune, day: dt.date) -> District | None:
    """Give the district a unit was of on ``day``, or on its own last day if that was before."""
    district, gone = commune.district, commune.dissolved_on
    own_day = min(day, gone - dt.timedelta(days=1)) if gone else day
    return district if district and district.exists_on(own_day) else None
