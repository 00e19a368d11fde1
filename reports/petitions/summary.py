"""What tables that sum petitions up have in common: which petitions, which lists they open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from assignments.tables import SEARCH, Column, Kind
from reports.petitions.filters import PetitionFilter

# What a table narrows down by goes along to the list that a number opens.
KEPT = (SEARCH, "huyen", "khu_vuc", "linh_vuc", "nguon", "nam")


class SummaryFilter(PetitionFilter):
    """Which petitions are summed up: those of a district, a year, a source."""

    narrows_by = ("huyen", "khu_vuc", "nguon", "nam")


class BodyFilter(SummaryFilter):
    """Which petitions are summed up by body: those of a field too."""

    narrows_by = ("linh_vuc", *SummaryFilter.narrows_by)


class OfMatterFilter(PetitionFilter):
    """Which petitions of one matter."""

    narrows_by = ("tinh_trang", "huyen", "khu_vuc")


def list_address(request: HttpRequest, **query: object) -> str:
    """Give the address of the list of petitions, narrowed down as this page is and by ``query``."""
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    query = kept | query
    address = reverse("petitions:list")
    return f"{address}?{urlencode(query)}" if query else address


def number_column(
    key: str, label: str, address: Callable[[Any], str], figure: str, **options: Any
) -> Column:
    """Give the column of a number of rows; ``address(row)`` is its list. Nought opens nothing.

    ``figure`` is the key of the figure it is a slice of.
    """

    def number(row: Any) -> int:
        return getattr(row, key)

    return Column(
        key,
        label,
        number,
        kind=Kind.NUMBER,
        figure=figure,
        sort=(key,),
        url=lambda row: address(row) if number(row) else None,
        brief=lambda row: number(row) or "",
        width=11,
        **options,
    )
