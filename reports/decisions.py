"""What the home page says needs a decision: worst first, each with where to resolve it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Assignment
from communes.models import Commune
from reports.figures import FIGURES

NAMED = 4  # so many units are named before "và n đơn vị khác"


@dataclass(frozen=True)
class Matter:
    """One thing to decide."""

    count: int
    tone: str
    title: str
    detail: str
    action: str
    address: str


def name_some(units: Sequence[str]) -> str:
    """Name the first units and count the rest: "xã A, xã B và 2 đơn vị khác"."""
    shown = ", ".join(units[:NAMED])
    rest = len(units) - NAMED
    return f"{shown} và {rest} đơn vị khác" if rest > 0 else shown


def assign_address(communes: Sequence[Commune], on: dt.date) -> str:
    query = [("dang_bo", commune.pk) for commune in communes] + [("ngay_bat_dau", on.isoformat())]
    return f"{reverse('assignments:bulk_assign')}?{urlencode(query)}"


def uncovered_matter(communes: Sequence[Commune], user: User, day: dt.date) -> Matter | None:
    """Tell of communes annotated ``with_coverage`` that have nobody on ``day``."""
    if not communes:
        return None
    since = [commune.uncovered_since for commune in communes if commune.uncovered_since]
    first = f" · sớm nhất từ {min(since):%d/%m/%Y}" if since else ""
    can_edit = allowed(user, Permission.EDIT_ASSIGNMENTS)
    return Matter(
        len(communes),
        "none",
        f"{len(communes)} Đảng bộ chưa có người phụ trách",
        name_some([commune.name_in_sentence for commune in communes]) + first,
        "Phân công" if can_edit else "Xem",
        assign_address(communes, day) if can_edit else FIGURES["communes_uncovered"].url(),
    )


def gap_matters(gaps: Iterable[Assignment], user: User) -> list[Matter]:
    """Tell of communes that will lose their officer (``gaps_ahead``), one matter for each day."""
    by_day: dict[dt.date, list[Assignment]] = {}
    for assignment in gaps:
        by_day.setdefault(assignment.ended_on, []).append(assignment)
    can_edit = allowed(user, Permission.EDIT_ASSIGNMENTS)
    return [
        Matter(
            len(ending),
            "due",
            f"{len(ending)} Đảng bộ sẽ trống từ {on:%d/%m/%Y}",
            "; ".join(
                f"{row.commune.name_in_sentence}: đồng chí {row.officer.full_name} thôi phụ trách "
                f"({row.get_end_reason_display().lower()})"
                for row in ending[:NAMED]
            ),
            "Phân công" if can_edit else "Xem",
            assign_address([row.commune for row in ending], on)
            if can_edit
            else reverse("reports:commune_detail", args=[ending[0].commune_id]),
        )
        for on, ending in by_day.items()
    ]


def figure_matter(key: str, values: dict[str, int], tone: str, detail: str) -> Matter | None:
    """Tell of a figure that should be nought, by its own words, leading to its list."""
    figure, count = FIGURES[key], values[key]
    if not count:
        return None
    return Matter(count, tone, f"{count} {figure.label}", detail, "Xem", figure.url())


def matters(
    user: User,
    day: dt.date,
    *,
    values: dict[str, int],
    uncovered: Sequence[Commune],
    gaps: Iterable[Assignment],
) -> list[Matter]:
    """Give everything that needs a decision on ``day``, worst first.

    ``values`` are the figures' values; ``uncovered`` are communes annotated ``with_coverage``;
    ``gaps`` come from ``gaps_ahead``.
    """
    found = [
        figure_matter(
            "officers_departed", values, "short", "Kết thúc phân công để thấy địa bàn bị trống"
        ),
        uncovered_matter(uncovered, user, day),
        *gap_matters(gaps, user),
        figure_matter(
            "officers_overloaded", values, "due", "Cân nhắc chuyển bớt cho đồng chí khác"
        ),
        figure_matter(
            "assignments_undocumented", values, "due", "Cần bổ sung số, ngày quyết định phân công"
        ),
    ]
    return [matter for matter in found if matter]
