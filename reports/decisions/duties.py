"""Duties that cannot be counted, that are overdue, whose excuses wait; reports likewise."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.enums import DutyKind
from reports.decisions.matter import Matter, figure_matter
from reports.duties.words import OVERDUE_CHOICE
from reports.models import Period
from reports.periodic.standings import OVERDUE
from reports.viewpoint import Viewpoint


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


def waivers_matter(view: Viewpoint, values: dict[str, int]) -> Matter | None:
    """Tell how many waivers and explanations wait for the office."""
    if not allowed(view.user, Permission.DECIDE_WAIVERS):
        return None
    detail = "Chưa được chấp nhận thì còn tính là thiếu, chưa rõ lý do"
    return figure_matter("waivers_waiting", view, values, "due", detail, action="Xem xét")


def missing_report_matters(view: Viewpoint) -> list[Matter]:
    """Tell of reports of the quarter looked at that are overdue, one matter for each period.

    Those of the last finished quarter are told with its other duties (:func:`overdue_matter`).
    """
    told = view.finished[0] if view.finished else None
    missing = Counter(
        line.period
        for line in view.lines
        if line.duty.kind == DutyKind.REPORT and line.is_overdue(view.day)
        if told is None or not line.period.ends_within(told)
    )
    return [
        Matter(
            count,
            "short",
            f"{count} báo cáo {period} đã quá hạn, chưa nộp",
            "Chưa được miễn, chưa có lý do được chấp nhận",
            "Xem",
            overdue_address(period),
        )
        for period, count in missing.items()
    ]


def overdue_address(period: Period) -> str:
    """Give the address of the reports of ``period`` that are overdue."""
    query = urlencode({"ky": period.pk, "tinh_trang": OVERDUE.key})
    return f"{reverse('periodic:inbox')}?{query}"


def waiting_reports_matter(view: Viewpoint, values: dict[str, int]) -> Matter | None:
    """Tell the office how many reports wait to be received."""
    if not allowed(view.user, Permission.RECEIVE_REPORTS):
        return None
    detail = "Đã nộp, chưa tiếp nhận hoặc trả lại"
    return figure_matter("reports_waiting", view, values, "due", detail, action="Tiếp nhận")
