"""Figures of what officers hand in and ask for: reports, waivers and explanations."""

from __future__ import annotations

from django.db.models import Q

from reports.enums import ReportState
from reports.figures.defined import Counted, Population
from reports.models import PeriodicReport, Waiver
from reports.viewpoint import Viewpoint
from reports.waivers.standing import in_state


def reported(view: Viewpoint):
    """Give the reports one may see, as they stood on the day."""
    return PeriodicReport.objects.visible_to(view.user).standing().on(view.day)


def asked_for(view: Viewpoint):
    """Give the waivers one may see that had been asked for by the day."""
    return Waiver.objects.visible_to(view.user).filter(entered_at__date__lte=view.day)


REPORTS = Population(reported, "periodic:list")
WAIVERS = Population(asked_for, "reports:waivers")

ENTRY_FIGURES = (
    Counted(
        "reports_waiting",
        "báo cáo chờ tiếp nhận",
        "Báo cáo định kỳ, đột xuất đã nộp mà tại ngày xem cơ quan chưa tiếp nhận, chưa trả lại.",
        REPORTS,
        lambda view: Q(state_on=ReportState.SUBMITTED),
        {"tinh_trang": ReportState.SUBMITTED.value},
    ),
    Counted(
        "waivers_waiting",
        "đề nghị miễn, nêu lý do chờ xem xét",
        "Đề nghị miễn hoặc nêu lý do mà tại ngày xem cơ quan chưa xem xét và chưa rút lại.",
        WAIVERS,
        lambda view: in_state("cho", view.day),
        {"tinh_trang": "cho"},
    ),
)
