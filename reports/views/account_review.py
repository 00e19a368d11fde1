"""The workbook of the yearly review of accounts, for administrators."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from reports.workbooks.accounts import review_response


@require_safe
@requires(Permission.ADMINISTER)
def account_review(request: HttpRequest) -> FileResponse:
    """Answer with every account and what its role may do, as of today."""
    return review_response(day=clock.today(), user=request.user, now=clock.now())
