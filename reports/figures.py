"""Every figure, defined once: its words, its sentence, and the query of its members.

Screen, workbook and the "?" beside a number all come from here, so they cannot disagree
(DESIGN §4). A figure's value is the number of its members, and its page lists exactly them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from assignments.coverage import (
    communes_visible_to,
    holds_more_than,
    is_covered_on,
    will_be_uncovered,
)
from assignments.filters import WITHOUT_DECISION, assignment_state
from assignments.models import Assignment, AssignmentQuerySet, Officer, has_any
from communes.periods import covers


@dataclass(frozen=True)
class Population:
    """The records a figure counts among: what may be seen on a day, and the page listing them."""

    visible: Callable[[User, dt.date], QuerySet]
    page: str


def begun(user: User, day: dt.date) -> AssignmentQuerySet:
    """Give the assignments ``user`` may see that had begun by ``day``."""
    return Assignment.objects.visible_to(user).started_by(day)


def in_force(user: User, day: dt.date) -> AssignmentQuerySet:
    """Give the assignments ``user`` may see that are in force on ``day``."""
    return Assignment.objects.visible_to(user).active_on(day)


OFFICERS = Population(lambda user, day: Officer.objects.visible_to(user), "reports:officer_list")
COMMUNES = Population(communes_visible_to, "reports:commune_list")
ASSIGNMENTS = Population(begun, "assignments:list")


def look_ahead(day: dt.date) -> dt.date:
    """Give the last day the look-ahead speaks of."""
    return day + dt.timedelta(days=settings.LOOK_AHEAD_DAYS)


@dataclass(frozen=True)
class Figure:
    """One number with its meaning; ``query`` are the list page's parameters for its members.

    What the condition asks of other records it asks of those the user may see: a filter must not
    tell what the list does not show.
    """

    key: str
    label: str
    sentence: str
    population: Population
    condition: Callable[[User, dt.date], Q]
    query: dict[str, str] = field(default_factory=dict)

    def members(self, user: User, day: dt.date) -> QuerySet:
        """Give the records the figure counts."""
        return self.population.visible(user, day).filter(self.condition(user, day))

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
            lambda user, day: has_any(begun(user, day)),
            {"tinh_trang": "da_phan_cong"},
        ),
        Figure(
            "officers_active",
            "cán bộ đang phụ trách",
            "Cán bộ có ít nhất một phân công đang có hiệu lực tại ngày xem, ở bất kỳ vai trò nào.",
            OFFICERS,
            lambda user, day: has_any(in_force(user, day)),
            {"tinh_trang": "dang_phu_trach"},
        ),
        Figure(
            "officers_left",
            "cán bộ đã thôi phụ trách",
            "Cán bộ đã từng được phân công nhưng không còn phân công nào có hiệu lực tại ngày xem.",
            OFFICERS,
            lambda user, day: has_any(begun(user, day)) & ~has_any(in_force(user, day)),
            {"tinh_trang": "da_thoi"},
        ),
        Figure(
            "communes",
            "Đảng bộ cấp xã",
            "Đảng bộ xã, phường, thị trấn tồn tại tại ngày xem.",
            COMMUNES,
            lambda user, day: Q(),
        ),
        Figure(
            "communes_covered",
            "Đảng bộ đã có người phụ trách",
            "Đảng bộ có cán bộ phụ trách chính hoặc phụ trách tạm thời tại ngày xem.",
            COMMUNES,
            lambda user, day: is_covered_on(day),
            {"phu_trach": "co"},
        ),
        Figure(
            "communes_uncovered",
            "Đảng bộ chưa có người phụ trách",
            "Đảng bộ không có cán bộ phụ trách chính, cũng không có người phụ trách tạm thời "
            "tại ngày xem.",
            COMMUNES,
            lambda user, day: ~is_covered_on(day),
            {"phu_trach": "chua"},
        ),
        Figure(
            "communes_ending",
            f"Đảng bộ sẽ trống trong {settings.LOOK_AHEAD_DAYS} ngày tới",
            "Đảng bộ đang có người phụ trách nhưng đã biết ngày thôi trong "
            f"{settings.LOOK_AHEAD_DAYS} ngày tới mà chưa có người thay.",
            COMMUNES,
            lambda user, day: will_be_uncovered(day, look_ahead(day)),
            {"phu_trach": "sap_trong"},
        ),
        Figure(
            "officers_multiple",
            "cán bộ phụ trách từ hai Đảng bộ",
            "Cán bộ là người phụ trách chính hoặc tạm thời của từ hai Đảng bộ trở lên "
            "tại ngày xem.",
            OFFICERS,
            lambda user, day: holds_more_than(1, in_force(user, day).covering()),
            {"so_dang_bo": "tu_hai"},
        ),
        Figure(
            "officers_overloaded",
            f"cán bộ phụ trách quá {settings.MAX_COMMUNES_PER_OFFICER} Đảng bộ",
            "Cán bộ là người phụ trách chính hoặc tạm thời của nhiều hơn "
            f"{settings.MAX_COMMUNES_PER_OFFICER} Đảng bộ tại ngày xem (mức nhắc do cơ quan đặt).",
            OFFICERS,
            lambda user, day: holds_more_than(
                settings.MAX_COMMUNES_PER_OFFICER, in_force(user, day).covering()
            ),
            {"so_dang_bo": "vuot_muc"},
        ),
        Figure(
            "officers_departed",
            "cán bộ đã thôi công tác, chưa kết thúc phân công",
            "Cán bộ có ngày thôi công tác đã qua nhưng vẫn còn phân công đang hiệu lực "
            "tại ngày xem.",
            OFFICERS,
            lambda user, day: has_any(in_force(user, day)) & Q(left_on__lte=day),
            {"tinh_trang": "can_ket_thuc"},
        ),
        Figure(
            "assignments_active",
            "phân công đang hiệu lực",
            "Phân công đã bắt đầu và chưa thôi tại ngày xem, ở mọi vai trò.",
            ASSIGNMENTS,
            lambda user, day: covers(day),
            {"tinh_trang": "hieu_luc"},
        ),
        Figure(
            "assignments_undocumented",
            "phân công chưa ghi quyết định",
            "Phân công đang hiệu lực tại ngày xem nhưng chưa ghi số quyết định phân công.",
            ASSIGNMENTS,
            lambda user, day: assignment_state(WITHOUT_DECISION, day),
            {"tinh_trang": WITHOUT_DECISION},
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
            figure.key: Count("pk", filter=figure.condition(user, day) or None)
            for figure in members
        }
        result |= population.visible(user, day).aggregate(**counts)
    return {figure.key: result[figure.key] for figure in figures}
