"""The workbook of one freeze, to download."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from reports.freezing import is_intact
from reports.views.reviews.freezing import the_freeze
from reports.workbooks.review import review_response


@require_safe
@requires(Permission.EXPORT)
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with everything that was frozen, and what has changed since."""
    frozen = the_freeze(request, pk)
    if not is_intact(frozen):
        return redirect("reviews:frozen", pk)  # which says so
    return review_response(frozen, by=request.user, now=clock.now())
