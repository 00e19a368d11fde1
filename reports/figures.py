"""Every figure, defined once: its words, its sentence, and the query of its members.

Screen, workbook and the "?" beside a number all come from here, so they cannot disagree
(DESIGN §4). A figure's value is the number of its members, and its page lists exactly them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from assignments.coverage import communes_visible_to, is_covered_on
from assignments.models import Officer, is_active_on, was_assigned_by


@dataclass(frozen=True)
class Population:
    """The records a figure counts among: whoever may be seen on a day, and the page that lists them."""

    visible: Callable[[User, dt.date], QuerySet]
    page: str


OFFICERS = Population(lambda user, day: Officer.objects.visible_to(user), "reports:officer_list")
COMMUNES = Population(communes_visible_to, "reports:commune_list")


@dataclass(frozen=True)
class Figure:
    """One number with its meaning. ``query`` are the list page's parameters that show its members."""

    key: str
    label: str
    sentence: str
    population: Population
    condition: Callable[[dt.date], Q]
    query: dict[str, str] = field(default_factory=dict)

    def members(self, user: User, day: dt.date) -> QuerySet:
        """Give the records the figure counts."""
        return self.population.visible(user, day).filter(self.condition(day))

    def value(self, user: User, day: dt.date) -> int:
        return self.members(user, day).count()

    def url(self, day: dt.date | None = None) -> str:
        """Give the address of its list; with ``day``, as of that day."""
        query = self.query | ({"ngay": day.isoformat()} if day else {})
        address = reverse(self.population.page)
        return f"{address}?{urlencode(query)}" if query else address


FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure(
            "officers_assigned",
            "cán bộ đã phân công",
            "Cán bộ đã có ít nhất một phân công bắt đầu đến hết ngày xem, kể cả người nay đã thôi.",
            OFFICERS,
            was_assigned_by,
            {"tinh_trang": "da_phan_cong"},
        ),
        Figure(
            "officers_active",
            "cán bộ đang phụ trách",
            "Cán bộ có ít nhất một phân công đang có hiệu lực tại ngày xem, ở bất kỳ vai trò nào.",
            OFFICERS,
            is_active_on,
            {"tinh_trang": "dang_phu_trach"},
        ),
        Figure(
            "officers_left",
            "cán bộ đã thôi phụ trách",
            "Cán bộ đã từng được phân công nhưng không còn phân công nào có hiệu lực tại ngày xem.",
            OFFICERS,
            lambda day: was_assigned_by(day) & ~is_active_on(day),
            {"tinh_trang": "da_thoi"},
        ),
        Figure(
            "communes",
            "Đảng bộ cấp xã",
            "Đảng bộ xã, phường, thị trấn tồn tại tại ngày xem.",
            COMMUNES,
            lambda day: Q(),
        ),
        Figure(
            "communes_covered",
            "Đảng bộ đã có người phụ trách",
            "Đảng bộ có cán bộ phụ trách chính hoặc phụ trách tạm thời tại ngày xem.",
            COMMUNES,
            is_covered_on,
            {"phu_trach": "co"},
        ),
        Figure(
            "communes_uncovered",
            "Đảng bộ chưa có người phụ trách",
            "Đảng bộ không có cán bộ phụ trách chính, cũng không có người phụ trách tạm thời "
            "tại ngày xem.",
            COMMUNES,
            lambda day: ~is_covered_on(day),
            {"phu_trach": "chua"},
        ),
    )
}


def values(user: User, day: dt.date, figures: Iterable[Figure] | None = None) -> dict[str, int]:
    """Give figures' values by key, in one query for each population."""
    figures = list(figures or FIGURES.values())
    by_population: dict[Population, list[Figure]] = {}
    for figure in figures:
        by_population.setdefault(figure.population, []).append(figure)
    result = {}
    for population, members in by_population.items():
        counts = {
            figure.key: Count("pk", filter=figure.condition(day) or None) for figure in members
        }
        result |= population.visible(user, day).aggregate(**counts)
    return {figure.key: result[figure.key] for figure in figures}
