"""What has changed since a freeze: figure by figure, one alone in full."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import requires
from assignments.tables import PAGE
from reports.freezing import frozen_line, is_intact
from reports.freezing.changes import compared, told_of
from reports.views.reviews.freezing import the_freeze

MOST_FIGURES = 15  # on one page
MOST_ITEMS = 10  # of one figure, unless it alone is asked for
MOST_OF_ONE = 100  # on one page
MOST_CAUSES = 3  # of one item, unless its figure alone is asked for
ONLY = "chi_tieu"


@require_safe
@requires(Permission.VIEW_ALL)
def changes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every figure that is not what it was frozen as, item by item; one alone in full.

    The words and the log are read of what the page shows, not of all that changed.
    """
    frozen = the_freeze(request, pk)
    kept = list(frozen.figures.order_by("position"))
    if not is_intact(frozen, kept):
        return redirect("reviews:frozen", pk)  # which says so
    found = compared(frozen, request.user, kept)
    only = next((one for one in found.figures if one.key == request.GET.get(ONLY)), None)
    pages = (
        Paginator(only.in_order, MOST_OF_ONE) if only else Paginator(found.figures, MOST_FIGURES)
    )
    page = pages.get_page(request.GET.get(PAGE))
    asked = [(only, page)] if only else [(one, one.in_order[:MOST_ITEMS]) for one in page]
    context = {
        "title": f"Thay đổi so với lần chốt {frozen.number}",
        "frozen": frozen,
        "frozen_line": frozen_line(frozen),
        "found": found,
        "is_one": only is not None,
        "shown": told_of(frozen, request.user, asked),
        "most_causes": "" if only else MOST_CAUSES,
        "page": page,
        "page_numbers": pages.get_elided_page_range(page.number, on_each_side=2),
    }
    return render(request, "reviews/changes.html", context)
