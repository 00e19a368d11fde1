"""Columns of the list of all reports, as of a day."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from assignments.tables import Column, Kind, State
from assignments.unit_columns import unit_columns
from communes.lineage import Reading
from reports.enums import ReportKind, ReportState
from reports.models import PeriodicReport
from reports.periodic.expected import OF_A_REPORT, WRITING


def state_of_report(report: PeriodicReport) -> State:
    """Give how a report stood on the day it was read for."""
    return OF_A_REPORT.get(ReportState(report.state_on), WRITING)


def handed_in_on(report: PeriodicReport, day: dt.date) -> dt.date | None:
    """Give the day it was first handed in, if that was by ``day``."""
    first_on = report.first_submitted_on
    return first_on if first_on and first_on <= day else None


def days_late(report: PeriodicReport, day: dt.date) -> int | None:
    """Give how many days late it was handed in; ``None`` when it was not late."""
    is_late = handed_in_on(report, day) and report.is_late
    return (report.first_submitted_on - report.due_on).days if is_late else None


def lateness(report: PeriodicReport, day: dt.date) -> str:
    late = days_late(report, day)
    return f"nộp muộn {late} ngày" if late else ""


def name_of(report: PeriodicReport) -> str:
    """Give what the report is of: its period, or what happened."""
    return f"Đột xuất: {report.subject}" if report.period is None else str(report.period)


def report_columns(reading: Reading) -> tuple[Column, ...]:
    """Give the columns of the list as of the day of ``reading``."""
    day = reading.day
    return (
        Column(
            "bao_cao",
            "Báo cáo",
            name_of,
            sort=("period__started_on", "period__kind", "entered_at"),
            url=lambda row: reverse("periodic:detail", args=[row.pk]),
            width=26,
        ),
        Column(
            "loai",
            "Loại",
            lambda row: ReportKind(row.kind).label,
            sort=("kind", "entered_at"),
            width=11,
            is_file_only=True,
        ),
        Column(
            "can_bo",
            "Cán bộ",
            lambda row: row.officer.full_name,
            sort=("officer__sort_key", "entered_at"),
            url=lambda row: reverse("reports:officer_detail", args=[row.officer_id]),
            detail=lambda row: row.officer.position,
            detail_label="Chức vụ, đơn vị công tác",
            width=24,
        ),
        *unit_columns(reading, then=("entered_at",), otherwise="Mọi Đảng bộ được giao"),
        Column(
            "bat_dau",
            "Bắt đầu soạn",
            lambda row: timezone.localdate(row.entered_at),
            kind=Kind.DATE,
            sort=("entered_at",),
            width=12,
            is_file_only=True,
        ),
        Column(
            "ngay_nop",
            "Ngày nộp",
            lambda row: handed_in_on(row, day),
            kind=Kind.DATE,
            sort=("first_submitted_on",),
            width=12,
        ),
        Column(
            "han",
            "Hạn nộp",
            # Known of what was handed in: the day it was judged by.
            lambda row: row.due_on if handed_in_on(row, day) else None,
            kind=Kind.DATE,
            sort=("due_on",),
            width=12,
        ),
        Column(
            "tinh_trang",
            "Tình trạng",
            state_of_report,
            kind=Kind.STATE,
            sort=("state_on", "entered_at"),
            detail=lambda row: lateness(row, day),
            detail_label="So với hạn nộp",
            width=22,
        ),
    )
