"""Who may write whose report, and until when."""

from __future__ import annotations

import datetime as dt

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Officer
from reports.models import Period, PeriodicReport

NOT_THEIRS = "Đồng chí chỉ soạn, nộp được báo cáo của mình hoặc của cán bộ mình giúp việc."


def may_write_for(user: User, officer: Officer | int) -> bool:
    """Say whether ``user`` writes reports of ``officer``: the office, and who acts for them."""
    if not allowed(user, Permission.WRITE_REPORTS):
        return False
    if allowed(user, Permission.RECEIVE_REPORTS):
        return True
    key = officer.pk if isinstance(officer, Officer) else officer
    return Officer.objects.of_user(user).filter(pk=key).exists()


def why_period_locked(period: Period | None, by: User, day: dt.date) -> str:
    """Say since when reports of ``period`` are closed to ``by``, and whom to ask; "" when open."""
    is_locked = period is not None and period.locked_on is not None and period.locked_on <= day
    if not is_locked or allowed(by, Permission.RECEIVE_REPORTS):
        return ""
    return (
        f"Báo cáo {period} đã khóa từ ngày {period.locked_on:%d/%m/%Y}, không soạn, nộp được nữa. "
        "Cần bổ sung thì đề nghị cơ quan tiếp nhận báo cáo ghi giúp."
    )


def why_locked(report: PeriodicReport, by: User, day: dt.date) -> str:
    """Say why ``by`` may no longer write this report on ``day``; "" when they may."""
    return why_period_locked(report.period, by, day)
