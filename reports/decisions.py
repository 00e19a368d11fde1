"""What the home page says needs a decision: worst first, each with where to resolve it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Assignment
from communes.models import Commune
from reports.duties.words import OVERDUE_CHOICE
from reports.figures import FIGURES
from reports.petitions.columns import with_standing
from reports.viewpoint import Viewpoint
from reports.waivers import waiting_waivers

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


def uncovered_matter(communes: Sequence[Commune], view: Viewpoint) -> Matter | None:
    """Tell of communes annotated ``with_coverage`` that have nobody on the day."""
    if not communes:
        return None
    since = [commune.uncovered_since for commune in communes if commune.uncovered_since]
    first = f" · sớm nhất từ {min(since):%d/%m/%Y}" if since else ""
    can_edit = allowed(view.user, Permission.EDIT_ASSIGNMENTS)
    return Matter(
        len(communes),
        "none",
        f"{len(communes)} Đảng bộ chưa có người phụ trách",
        name_some([commune.name_in_sentence for commune in communes]) + first,
        "Phân công" if can_edit else "Xem",
        assign_address(communes, view.day) if can_edit else FIGURES["communes_uncovered"].url(view),
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


def figure_matter(
    key: str,
    view: Viewpoint,
    values: dict[str, int],
    tone: str,
    detail: str,
    *,
    action: str = "Xem",
    address: str = "",
) -> Matter | None:
    """Tell of a figure that should be nought, by its own words, leading to its list."""
    figure, count = FIGURES[key], values[key]
    if not count:
        return None
    title, address = f"{count} {figure.label}", address or figure.url(view)
    return Matter(count, tone, title, detail, action, address)


def counting_matter(view: Viewpoint) -> Matter | None:
    """Tell that duties cannot be counted: the day lies in no quarter, or nothing is asked in it."""
    if view.lines:
        return None
    missing = "nhiệm vụ theo quy chế" if view.quarter else "kỳ tính"
    return Matter(
        1,
        "short",
        f"Chưa có {missing} cho ngày đang xem",
        "Chưa tính được việc dự họp, dự sinh hoạt, đi cơ sở",
        "Mở quy chế",
        reverse("reports:rules"),
    )


def overdue_matter(view: Viewpoint) -> Matter | None:
    """Tell of what the last finished quarter still lacks, the time over and nothing explained."""
    if not view.finished:
        return None
    last = view.finished[0]
    overdue = [line for line in view.lines_of(last) if line.is_overdue(view.day)]
    if not overdue:
        return None
    communes = len({line.commune_id for line in overdue} - {None})
    officers = len({line.officer_id for line in overdue})
    asked = sum(line.asked > 0 for line in overdue)
    waiting = f"; {asked} nhiệm vụ đã nêu lý do, chờ xem xét" if asked else ""
    query = urlencode({"ky": last.code, "ket_qua": OVERDUE_CHOICE})
    return Matter(
        len(overdue),
        "short",
        f"{len(overdue)} nhiệm vụ của {last} đã quá hạn, chưa đủ số lần",
        f"Ở {communes} Đảng bộ, của {officers} cán bộ{waiting}",
        "Xem",
        f"{reverse('reports:duty_list')}?{query}",
    )


def waivers_matter(view: Viewpoint) -> Matter | None:
    """Tell how many waivers and explanations wait for the office."""
    may_decide = allowed(view.user, Permission.DECIDE_WAIVERS)
    count = waiting_waivers(view.user) if may_decide else 0
    if not count:
        return None
    return Matter(
        count,
        "due",
        f"{count} đề nghị miễn, nêu lý do chờ xem xét",
        "Chưa được chấp nhận thì còn tính là thiếu, chưa rõ lý do",
        "Xem xét",
        f"{reverse('reports:waivers')}?tinh_trang=cho",
    )


def petition_matters(view: Viewpoint) -> list[Matter]:
    """Tell of what several communes ask for together and some body has overdue, most first."""
    rows = with_standing(FIGURES["petitions_open"].members(view), view.day)
    overdue = Q(due_on__lt=view.day)
    groups = (
        rows.filter(matter__isnull=False)
        .order_by()
        .values("matter", "matter__title")
        .annotate(
            communes=Count("commune", distinct=True),
            overdue=Count("pk", filter=overdue),
            since=Min("lead_leg__started_on", filter=overdue),
            bodies=Count("lead", filter=overdue, distinct=True),
            body=Min("lead", filter=overdue),
        )
        .filter(overdue__gt=0, communes__gt=1)
        .order_by("-communes", "since", "matter")
    )
    return [petition_matter(group, view.day) for group in groups[:NAMED]]


def petition_matter(group: Mapping, day: dt.date) -> Matter:
    """Tell of one such group."""
    others = f" và {group['bodies'] - 1} cơ quan khác" if group["bodies"] > 1 else ""
    return Matter(
        group["communes"],
        "short",
        f"{group['communes']} địa phương cùng kiến nghị “{group['matter__title']}”, "
        "chưa có trả lời",
        f"Chuyển {group['body']}{others}, đã {(day - group['since']).days} ngày; "
        f"{group['overdue']} kiến nghị quá hạn",
        "Xem nhóm",
        reverse("petitions:matter_detail", args=[group["matter"]]),
    )


def unrouted_matter(view: Viewpoint, values: dict[str, int]) -> Matter | None:
    """Tell the office what waits for it to be routed."""
    if not allowed(view.user, Permission.HANDLE_PETITIONS):
        return None
    days = settings.PETITION_ROUTE_DAYS
    detail = f"Mới quá {days} ngày mà chưa chuyển cơ quan nào"
    return figure_matter("petitions_unrouted", view, values, "due", detail, action="Chuyển xử lý")


def escalated_matter(view: Viewpoint, values: dict[str, int]) -> Matter | None:
    """Tell of what goes to the Standing Committee, leading to its own page."""
    days = settings.PETITION_ESCALATION_DAYS
    detail = f"Quá hạn và đã ở một cơ quan quá {days} ngày, hoặc quá {days} ngày chưa chuyển"
    address = reverse("petitions:escalated")
    return figure_matter("petitions_escalated", view, values, "short", detail, address=address)


def matters(
    view: Viewpoint,
    *,
    values: dict[str, int],
    uncovered: Sequence[Commune],
    gaps: Iterable[Assignment],
) -> list[Matter]:
    """Give everything that needs a decision on the day, worst first.

    ``values`` are the figures' values; ``uncovered`` are communes annotated ``with_coverage``;
    ``gaps`` come from ``gaps_ahead``.
    """

    def told(key: str, tone: str, detail: str) -> Matter | None:
        return figure_matter(key, view, values, tone, detail)

    found = [
        counting_matter(view),
        told("officers_departed", "short", "Kết thúc phân công để thấy địa bàn bị trống"),
        uncovered_matter(uncovered, view),
        *gap_matters(gaps, view.user),
        told(
            "officers_missed_cells", "short", "Chưa nêu lý do; không tính cán bộ mới nhận địa bàn"
        ),
        overdue_matter(view),
        *petition_matters(view),
        escalated_matter(view, values),
        unrouted_matter(view, values),
        waivers_matter(view),
        told("officers_overloaded", "due", "Cân nhắc chuyển bớt cho đồng chí khác"),
        told("assignments_undocumented", "due", "Cần bổ sung số, ngày quyết định phân công"),
    ]
    return [matter for matter in found if matter]
