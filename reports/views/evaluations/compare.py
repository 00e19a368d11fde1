"""Officers of similar load and time in post side by side, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from assignments.tables import PAGE
from reports.evaluation.comparing import LEAST_FOR_MEDIAN, Compared, Group, compare
from reports.views.evaluations.access import cycle_of, for_who_takes_part

MOST_ROWS = 100  # on one page


def percent(share: Fraction | None) -> int | None:
    """Give a share in whole percent."""
    return None if share is None else round(share * 100)


def on_page(
    page: Iterable[tuple[Group, Compared]],
) -> Iterator[tuple[Group, list[int | None], list[Compared]]]:
    """Give the groups on a page with their medians, which are of all their rows, and its rows."""
    for _, found in groupby(page, key=lambda one: id(one[0])):
        rows = list(found)
        group = rows[0][0]
        yield group, [percent(one) for one in group.medians], [row for _, row in rows]


@require_safe
@for_who_takes_part(Permission.VIEW_EVALUATIONS)
def cycle_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the groups of a cycle; nobody is ranked."""
    cycle = cycle_of(request, pk)
    groups = compare(cycle, request.user, request.as_of.day)
    pages = Paginator([(group, row) for group in groups for row in group.rows], MOST_ROWS)
    page = pages.get_page(request.GET.get(PAGE))
    context = {
        "title": f"So sánh trong nhóm tương đương, {cycle}",
        "cycle": cycle,
        "groups": list(on_page(page)),
        "least": LEAST_FOR_MEDIAN,
        "page": page,
        "page_numbers": pages.get_elided_page_range(page.number, on_each_side=2),
    }
    return render(request, "evaluations/compare.html", context)
