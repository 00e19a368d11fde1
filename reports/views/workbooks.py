"""The summary workbook to download."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from communes.lineage import Reading
from reports.workbooks import summary_response


@require_safe
@requires(Permission.EXPORT)
def summary_workbook(request: HttpRequest) -> FileResponse:
    """Answer with everything about the day looked at, as one workbook."""
    is_old = Reading.of(request).is_old
    day, now = request.as_of.day, clock.now()
    return summary_response(day=day, user=request.user, now=now, is_old=is_old)
