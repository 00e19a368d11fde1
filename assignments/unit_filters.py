"""Filters by the unit a record counts for, alike in every list: itself, its district, its area."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.models import Assignment
from communes.lineage import Reading
from communes.models import Commune

GROUPS, UNIT = ("huyen", "khu_vuc"), "dang_bo"


def known_communes(request: HttpRequest | None) -> QuerySet[Commune]:
    """Give the communes whose records a link may ask for: all, or those ever one's own.

    With the units these came of.
    """
    if request is None:
        return Commune.objects.none()
    communes = Commune.objects.defer("boundary")
    if allowed(request.user, Permission.VIEW_ALL):
        return communes
    return communes.filter(Assignment.objects.of_user(request.user).reaching("pk"))


class GroupFilterSet(filters.FilterSet):
    """Which communes: of one district, of one area, while there are any in the request's reading.

    The rows are communes.
    """

    groups_before = ""  # the filter they stand before on the page; last of all unless one is named

    huyen = filters.ChoiceFilter(
        label="Huyện, thị xã, thành phố", empty_label="Mọi huyện", method="of_district"
    )
    khu_vuc = filters.ChoiceFilter(label="Khu vực", empty_label="Mọi khu vực", method="of_area")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(GROUPS[0], self.reading.districts)
        self.offer(GROUPS[1], self.reading.areas)
        self.filters = in_place(self.filters, self.groups_before)

    @property
    def reading(self) -> Reading:
        return Reading.of(self.request)

    def offer(self, name: str, groups: list) -> None:
        """Let one choose among ``groups``; where there are none, there is nothing to choose."""
        if groups:
            self.filters[name].extra["choices"] = [(str(one.pk), str(one)) for one in groups]
        else:
            del self.filters[name]

    def of_group(self, rows: QuerySet, field: str, key: str) -> QuerySet:
        return rows.filter(**{field: key})

    def of_district(self, rows: QuerySet, name: str, key: str) -> QuerySet:
        return self.of_group(rows, "district", key)

    def of_area(self, rows: QuerySet, name: str, key: str) -> QuerySet:
        return self.of_group(rows, "area", key)


class UnitFilterSet(GroupFilterSet):
    """Which units the records of a list count for, in the reading of the request.

    ``unit_path`` leads from a record to its commune. ``dang_bo``, of a unit and all read under it,
    is for links from other pages and has no control.
    """

    unit_path = "commune"

    dang_bo = filters.ModelChoiceFilter(
        label="Đảng bộ", queryset=known_communes, widget=forms.HiddenInput, method="of_unit"
    )

    def kept(self, rows: QuerySet, condition: Q) -> QuerySet:
        """Keep the rows whose commune, at ``unit_path``, fulfils ``condition``."""
        return rows.filter(condition)

    def of_group(self, rows: QuerySet, field: str, key: str) -> QuerySet:
        return self.kept(rows, self.reading.of_group(field, key, self.unit_path))

    def of_unit(self, rows: QuerySet, name: str, unit: Commune) -> QuerySet:
        return self.kept(rows, self.reading.within([unit], self.unit_path))


def in_place(found: dict, before: str) -> dict:
    """Give the filters with those of groups before the one named, or last; the unit's at the end.

    Filters stand on the page, and are told in files, in this order.
    """
    groups = {name: found[name] for name in GROUPS if name in found}
    result: dict = {}
    for name, one in found.items():
        if name == before:
            result |= groups
        if name not in (*groups, UNIT):
            result[name] = one
    return result | groups | {name: found[name] for name in (UNIT,) if name in found}
