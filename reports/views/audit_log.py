"""The audit log: its list, its file, and one row of it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.chain_check import agrees
from accounts.enums import Permission
from accounts.models import AuditEvent
from accounts.permissions import requires
from assignments.tables import State, TableView
from reports.audit_log.columns import COLUMNS
from reports.audit_log.filters import AuditLogFilter
from reports.audit_log.rows import LimitedPaginator, log_open_to
from reports.audit_log.searching import search
from reports.history import paired

WAITING = State("→", "Chưa niêm", "due")
INTACT = State("✓", "Khớp dấu niêm", "ok")
DAMAGED = State("!", "Không khớp dấu niêm: dòng này hoặc dòng trước đã bị sửa, xóa", "short")


class AuditLog(TableView):
    """Who did what, when, from where and why; the latest first."""

    columns = COLUMNS
    filterset_class = AuditLogFilter
    paginator_class = LimitedPaginator
    title = "Nhật ký"
    noun = "dòng nhật ký"
    file_name = "NhatKy"
    default_sort = "-luc"
    search_hint = "Người, đối tượng, lý do (gõ không dấu cũng được)"
    template_name = "audit_log/list.html"

    @property
    def heading(self) -> str:
        return "Nhật ký hệ thống"

    def scoped(self) -> QuerySet:
        return log_open_to(self.request.user)

    def search(self, rows: QuerySet, query: str) -> QuerySet:
        return search(rows, query)

    def ordered(self, rows: QuerySet) -> QuerySet:
        """Sort by the moment, plainly: so the index gives the order of a million rows."""
        sign = "-" if self.sort[1] else ""
        return rows.order_by(f"{sign}at", f"{sign}pk")


def place(event: AuditEvent) -> str:
    """Give by which numbers a row is named where the log is checked."""
    row = f"Mã dòng {event.pk}"
    return row if event.sequence is None else f"Số thứ tự {event.sequence} · {row}"


@require_safe
@requires(Permission.ADMINISTER)
def audit_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one row: every value before and after, its request, its place in the chain."""
    event = get_object_or_404(log_open_to(request.user), pk=pk)
    found = agrees(event)
    context = {
        "title": str(event),
        "change": paired(event),
        "place": place(event),
        "state": WAITING if found is None else INTACT if found else DAMAGED,
    }
    return render(request, "audit_log/event.html", context)
