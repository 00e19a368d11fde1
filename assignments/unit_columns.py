"""The columns that say which Đảng bộ a record is of, alike in every list of records.

Under the new units, the one that stands for it on the day, and the unit it was recorded in as
detail ("khi là Xã Kế An"); under the old ones, the unit it was recorded in, and what it is now.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.urls import reverse

from assignments.tables import Column
from communes.lineage import Reading
from communes.models import Commune

OF_COMMUNES = ("district__code", "sort_key")  # how units themselves are sorted
DISTRICT = "Huyện, thị xã, thành phố"
RECORDED_IN, NOW = "Đơn vị lúc ghi nhận", "Đơn vị hiện nay"
CommuneOf, TextOf = Callable[[Any], Commune | None], Callable[[Any], str]


def unit_columns(
    reading: Reading,
    *,
    commune: CommuneOf = attrgetter("commune"),
    path: str = "commune",
    then: tuple = (),
    width: int = 22,
    otherwise: str = "",
    address: Callable[[Any], str | None] | None = None,
    is_on_page_only: bool = False,
) -> tuple[Column, ...]:
    """Give the column of the page, and those that only the file has room for.

    ``commune`` gives a row's commune, ``path`` leads to it in queries ("": the rows are units
    themselves); ``then`` is what rows of one unit are sorted by, ``otherwise`` what is said of a
    row of no commune; ``address`` leads to something else than the unit's page.
    """
    page = Column(
        "dang_bo",
        "Đảng bộ",
        lambda row: name_of(reading, commune(row)) or otherwise,
        sort=(*(reading.order(path) if path else OF_COMMUNES), *then),
        url=address or (lambda row: address_of(reading, commune(row))),
        detail=lambda row: detail_of(reading, commune(row)),
        width=width,
    )
    if is_on_page_only:
        return (page,)
    district = district_column(lambda row: district_of(reading, commune(row)))
    others = other_column(reading, lambda row: other_name_of(reading, commune(row)))
    if not path and not reading.is_old:
        others = ()  # a unit of the day is what it is
    return (page, *([district] if reading.districts else []), *others)


def district_column(district: TextOf) -> Column:
    """Give the column of the file that names the district, where there are any."""
    return Column("dang_bo_huyen", DISTRICT, district, width=30, is_file_only=True)


def other_column(reading: Reading, other: TextOf) -> tuple[Column, ...]:
    """Give the column of the file that names the unit of the other reading, if there is one."""
    label = NOW if reading.is_old else RECORDED_IN
    column = Column("dang_bo_khac", label, other, width=30, is_file_only=True)
    return (column,) if reading.is_offered else ()


def name_of(reading: Reading, commune: Commune | None) -> str:
    return reading.unit_of(commune).full_name if commune else ""


def address_of(reading: Reading, commune: Commune | None) -> str | None:
    """Give the page of the unit a record counts for."""
    if commune is None:
        return None
    return reverse("reports:commune_detail", args=[reading.unit_of(commune).pk])


def district_of(reading: Reading, commune: Commune | None) -> str:
    """Give the district of the unit a record counts for; "" where there is none."""
    return str(reading.unit_of(commune).district or "") if commune else ""


def other_name_of(reading: Reading, commune: Commune | None) -> str:
    """Give the unit under which the other reading shows a record."""
    if commune is None:
        return ""
    other = reading.successors.get(commune.pk, commune) if reading.is_old else commune
    return other.full_name


def detail_of(reading: Reading, commune: Commune | None) -> str:
    """Give the district, and the other unit where there are two."""
    if commune is None:
        return ""
    return " · ".join(filter(None, (district_of(reading, commune), relation(reading, commune))))


def relation(reading: Reading, commune: Commune) -> str:
    """Say what a record's unit was, or has become; "" where it is one and the same.

    Of two units of one name the old one is told by its last day, the new one by its first.
    """
    heir = reading.successors.get(commune.pk)
    if heir is None:
        return ""
    are_alike = heir.full_name == commune.full_name
    if reading.is_old:
        since = f" (từ {heir.established_on:%d/%m/%Y})" if are_alike and heir.established_on else ""
        return f"nay là {heir.full_name}{since}"
    return f"khi là {commune.dated_name if are_alike else commune.full_name}"
