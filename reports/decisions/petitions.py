"""Petitions that wait: many communes asking the same, stuck with a body, or not routed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db.models import Count, Min, Q
from django.urls import reverse

from accounts.enums import Permission
from accounts.permissions import allowed
from reports.decisions.matter import NAMED, Matter, figure_matter
from reports.figures import FIGURES
from reports.petitions.columns import with_standing
from reports.viewpoint import Viewpoint


def petition_matters(view: Viewpoint) -> list[Matter]:
    """Tell of what several communes ask for together and some body has overdue, most first."""
    rows = with_standing(FIGURES["petitions_open"].members(view), view.day)
    overdue = Q(due_on__lt=view.day)
    groups = (
        rows.filter(matter__isnull=False)
        .order_by()
        .values("matter", "matter__title")
        .annotate(
            communes=Count(view.reading.key(), distinct=True),
            overdue=Count("pk", filter=overdue),
            since=Min("lead_leg__held_since", filter=overdue),
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
