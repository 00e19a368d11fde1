"""Figures of what officers hand in and ask for: reports, waivers and explanations."""

from __future__ import annotations

from django.db.models import F, Q

from reports.enums import ReportState
from reports.figures.defined import Counted, Population
from reports.models import PeriodicReport, Waiver
from reports.viewpoint import Viewpoint
from reports.waivers.standing import in_state

QUARTERS, NO_QUARTER = "quy", "khong"  # of the list of reports, whose "ky" is one period


def reported(view: Viewpoint):
    """Give the reports one may see, as they stood on the day."""
    return PeriodicReport.objects.visible_to(view.user).standing().on(view.day)


def asked_for(view: Viewpoint):
    """Give the waivers one may see that had been asked for by the day."""
    return Waiver.objects.visible_to(view.user).filter(entered_at__date__lte=view.day)


def named_quarters(view: Viewpoint) -> dict[str, str]:
    """Give the parameter by which the list of reports is asked for those of the quarters."""
    return {QUARTERS: view.quarter.code if view.quarter else NO_QUARTER}


def handed_in(view: Viewpoint) -> Q:
    """Give the condition that a report of the quarters had been handed in once by the day."""
    periods = view.within([view.quarter]) if view.quarter else []
    return Q(period__in=periods, first_submitted_on__lte=view.day)


REPORTS = Population(reported, "periodic:list", named_quarters)
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
        "reports_returned",
        "báo cáo trả lại để bổ sung",
        "Báo cáo định kỳ, đột xuất cơ quan đã trả lại mà tại ngày xem chưa nộp lại.",
        REPORTS,
        lambda view: Q(state_on=ReportState.RETURNED),
        {"tinh_trang": ReportState.RETURNED.value},
    ),
    Counted(
        "reports_submitted",
        "báo cáo định kỳ đã nộp",
        "Báo cáo của các kỳ thuộc quý đang xem đã nộp ít nhất một lần đến hết ngày xem.",
        REPORTS,
        handed_in,
        {"han": "da_nop"},
        is_of_quarter=True,
        excludes="Không tính báo cáo đột xuất và báo cáo chưa nộp.",
        excluded=("unexplained_report",),
    ),
    Counted(
        "reports_on_time",
        "báo cáo định kỳ nộp đúng hạn",
        "Báo cáo của các kỳ thuộc quý đang xem có lần nộp đầu không sau hạn nộp.",
        REPORTS,
        lambda view: handed_in(view) & Q(first_submitted_on__lte=F("due_on")),
        {"han": "dung_han"},
        is_of_quarter=True,
        of="reports_submitted",
        excludes="Không tính báo cáo không có hạn (quy chế không yêu cầu).",
    ),
    Counted(
        "reports_late",
        "báo cáo định kỳ nộp muộn",
        "Báo cáo của các kỳ thuộc quý đang xem có lần nộp đầu sau hạn nộp; sau này được tiếp "
        "nhận thì vẫn là nộp muộn.",
        REPORTS,
        lambda view: handed_in(view) & Q(first_submitted_on__gt=F("due_on")),
        {"han": "muon"},
        is_of_quarter=True,
        of="reports_submitted",
        excludes="Không tính báo cáo chưa nộp, kể cả đã quá hạn.",
        excluded=("overdue_report",),
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
