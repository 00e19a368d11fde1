"""The words one may ask the reports of a period by; each counts the rows it lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reports.enums import ReportState
from reports.periodic.expected import Expected


@dataclass(frozen=True)
class Standing:
    """One way for a report that is due to stand; ``key`` asks for it in an address."""

    key: str
    label: str
    sentence: str
    holds: Callable[[Expected], bool]
    figure: str  # the key of the figure of which it is a part, that of one period

    def count(self, rows: Iterable[Expected]) -> int:
        return sum(map(self.holds, rows))


MISSING = Standing(
    "chua_nop",
    "Chưa nộp",
    "Phải báo cáo, chưa nộp hoặc được trả lại mà chưa nộp lại, không được miễn và chưa có lý do.",
    lambda row: row.is_missing,
    "unexplained_report",
)
OVERDUE = Standing(
    "qua_han",
    "Quá hạn, chưa nộp",
    "Trong số chưa nộp, những báo cáo đã qua hạn nộp.",
    lambda row: row.days_overdue > 0,
    "overdue_report",
)
SUBMITTED = Standing(
    "cho_tiep_nhan",
    "Chờ tiếp nhận",
    "Đã nộp, cơ quan chưa tiếp nhận.",
    lambda row: row.stage == ReportState.SUBMITTED,
    "reports_waiting",
)
ACCEPTED = Standing(
    "da_tiep_nhan",
    "Đã tiếp nhận",
    "Đã nộp và cơ quan đã tiếp nhận.",
    lambda row: row.stage == ReportState.ACCEPTED,
    "done_report",
)
WRITING = Standing(
    "dang_soan",
    "Đang soạn",
    "Trong số chưa nộp, những báo cáo đã bắt đầu soạn.",
    lambda row: row.is_missing and row.stage == ReportState.DRAFT,
    "unexplained_report",
)
RETURNED = Standing(
    "tra_lai",
    "Trả lại để bổ sung",
    "Trong số chưa nộp, những báo cáo được trả lại và chưa nộp lại.",
    lambda row: row.stage == ReportState.RETURNED,
    "reports_returned",
)
LATE = Standing(
    "nop_muon",
    "Nộp muộn",
    "Nộp lần đầu sau hạn nộp; sau này được tiếp nhận thì vẫn là nộp muộn.",
    lambda row: row.days_late > 0,
    "reports_late",
)
EXCUSED = Standing(
    "mien",
    "Được miễn, có lý do",
    "Chưa nộp, được miễn hoặc có lý do được chấp nhận.",
    lambda row: row.is_excused,
    "due_report",
)
# What was due is what is missing, waits, is accepted, or is excused: each row is in one of these.
PARTS = (MISSING, SUBMITTED, ACCEPTED, EXCUSED)
STANDINGS = (OVERDUE, MISSING, SUBMITTED, ACCEPTED, WRITING, RETURNED, LATE, EXCUSED)
BY_KEY = {one.key: one for one in STANDINGS}
