"""Officers of similar load and time in post side by side, in the order of their names."""

from __future__ import annotations

from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from reports.evaluation.comparing import LEAST_FOR_MEDIAN, compare
from reports.views.evaluations.access import cycle_of, for_who_takes_part


def percent(share: Fraction | None) -> int | None:
    """Give a share in whole percent."""
    return None if share is None else round(share * 100)


@require_safe
@for_who_takes_part(Permission.VIEW_EVALUATIONS)
def cycle_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the groups of a cycle; nobody is ranked."""
    cycle = cycle_of(request, pk)
    context = {
        "title": f"So sánh trong nhóm tương đương, {cycle}",
        "cycle": cycle,
        "groups": [
            (group, [percent(one) for one in group.medians])
            for group in compare(cycle, request.user, request.as_of.day)
        ],
        "least": LEAST_FOR_MEDIAN,
    }
    return render(request, "evaluations/compare.html", context)
