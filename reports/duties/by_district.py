"""The duty list added up by district; what is no district's has rows of its own."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from communes.models import Commune
from reports.duties.lines import DutyLine, Totals, total

DISTRICT, PLACE = "huyen", "dia_ban"  # parameters of the duty list


@dataclass(frozen=True, order=True)
class Area:
    """Where duties are owed, in the order of the table; ``parameter`` and ``value`` ask for it."""

    rank: int
    code: str
    name: str
    parameter: str
    value: str

    @property
    def query(self) -> dict[str, str]:
        return {self.parameter: self.value}


WITHOUT = Area(1, "", "Đảng bộ không thuộc cấp huyện", PLACE, "khong_huyen")
SHARED = Area(2, "", "Tính chung cho cán bộ, không theo Đảng bộ", PLACE, "chung")


def area_of(commune: Commune | None) -> Area:
    """Give where a commune's duties are counted; ``None``: owed once whatever the communes."""
    if commune is None:
        return SHARED
    district = commune.district
    if district is None:
        return WITHOUT
    return Area(0, district.code, str(district), DISTRICT, str(district.pk))


def totals_by_area(lines: Sequence[DutyLine], day: dt.date) -> dict[Area, Totals]:
    """Add up lines (which somebody may see already) by where they are owed, in one query.

    Every line is counted once.
    """
    found = Commune.objects.select_related("district").defer("boundary")
    communes = found.in_bulk({line.commune_id for line in lines} - {None})
    grouped: dict[Area, list[DutyLine]] = defaultdict(list)
    for line in lines:
        grouped[area_of(communes.get(line.commune_id))].append(line)
    return {area: total(grouped[area], day) for area in sorted(grouped)}
