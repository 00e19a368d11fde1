"""The summary workbook to download."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from reports.workbooks import summary_response


@require_safe
@requires(Permission.EXPORT)
def summary_workbook(request: HttpRequest) -> FileResponse:
    """Answer with everything about the day looked at, as one workbook."""
    return summary_response(day=request.as_of.day, user=request.user, now=clock.now())
