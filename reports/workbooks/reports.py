"""The sheet of officers' reports: who had to report in the quarter, and how far they are."""

from __future__ import annotations

from assignments.spreadsheets import Field, Kind, Sheet
from reports.models import PeriodicReport
from reports.periodic.expected import OF_A_REPORT, Expected
from reports.workbooks.communes import OFFICER
from reports.workbooks.facts import Facts


def reports_sheet(facts: Facts) -> Sheet:
    """List the reports due in the quarter of the day, and those handed in though none was due."""
    return Sheet(
        name="Báo cáo",
        title="Báo cáo định kỳ của cán bộ",
        subtitle=f"{facts.quarter}" if facts.quarter else "",
        day=facts.day,
        columns=[
            Field("Kỳ", width=14),
            OFFICER,
            Field("Đảng bộ", width=34),
            Field("Hạn nộp", Kind.DATE, 12),
            Field("Nộp lần đầu", Kind.DATE, 12),
            Field("Tình trạng", Kind.STATE, 26),
            Field("Nộp muộn (ngày)", Kind.NUMBER, 10),
            Field("Ghi chú", width=22),
        ],
        rows=[
            *(expected_row(row) for row in facts.reporting.rows),
            *(other_row(report) for report in facts.reporting.others),
        ],
        notes=["Nộp muộn: tính theo lần nộp đầu tiên, giữ nguyên dù sau đó được tiếp nhận."],
        footers=(),
    )


def expected_row(row: Expected) -> list[object]:
    return [
        str(row.period),
        row.officer.full_name,
        row.place,
        row.due_on,
        row.submitted_on,
        row.state,
        row.days_late or None,
        row.remark or None,
    ]


def other_row(report: PeriodicReport) -> list[object]:
    return [
        str(report.period),
        report.officer.full_name,
        report.commune.full_name if report.commune else None,
        report.due_on,
        report.first_submitted_on,
        OF_A_REPORT[report.state_on],
        None,
        "Ngoài danh sách phải báo cáo",
    ]
