"""The workbook of one freeze, to download."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from reports.views.reviews.freezing import the_freeze
from reports.workbooks.review import review_response


@require_safe
@requires(Permission.EXPORT)
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with everything that was frozen, and what has changed since."""
    return review_response(the_freeze(request, pk), by=request.user, now=clock.now())
