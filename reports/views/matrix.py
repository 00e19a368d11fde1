"""The matrix commune × quarter on the page and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.tables import EXPORT, PAGE, State
from communes.as_of import PARAMETER as DAY
from reports.duties.states import NOBODY, STATES
from reports.matrix import NOT_OWN, NOT_THERE, MatrixRow, make_matrix
from reports.models import Period
from reports.viewpoint import PARAMETER as QUARTER
from reports.viewpoint import Viewpoint
from reports.workbooks.matrix import matrix_response


def list_of(quarter: Period, view: Viewpoint, request: HttpRequest) -> str:
    """Give the address of a quarter's duties, up to where the commune's key goes."""
    day = {} if request.as_of.is_today else {DAY: request.as_of.day.isoformat()}
    query = urlencode({QUARTER: quarter.code, **day, **view.named_reading})
    return f"{reverse('reports:duty_list')}?{query}&dang_bo="


class Cell(NamedTuple):
    """What is shown of a cell; ``address`` is of its lines, "" where there are none."""

    tone: str
    text: str
    word: str
    address: str


def linked(row: MatrixRow, lists: Sequence[str]) -> tuple[MatrixRow, list[Cell]]:
    """Give a row and what is shown of its cells.

    All is put together here: asking the template for a thousand would be slow.
    """
    key = row.commune.pk
    return row, [
        Cell(cell.state.tone, cell.text, cell.state.word, f"{one}{key}" if cell.totals else "")
        for cell, one in zip(row.cells, lists, strict=True)
    ]


def states_shown(view: Viewpoint) -> list[State]:
    """Give the legend; an officer's does not speak of communes without anybody."""
    absent = [NOT_THERE] if view.is_old else []
    if allowed(view.user, Permission.VIEW_ALL):
        return [*STATES, *absent]
    return [*(state for state in STATES if state is not NOBODY), NOT_OWN, *absent]


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show what became of each commune's duties over the last two years."""
    view = Viewpoint.of(request)
    if request.GET.get(EXPORT) == "xlsx":
        return matrix_response(view=view, by=request.user, now=clock.now())
    made = make_matrix(view, request.GET.get(PAGE, "1"))
    lists = [list_of(quarter, view, request) for quarter in made.quarters]
    groups = groupby(made.rows, key=lambda row: made.grouping.name_of(row.commune))
    return render(
        request,
        "reports/matrix.html",
        {
            "title": "Ma trận Đảng bộ theo quý",
            "view_point": view,
            "quarters": made.quarters,
            "grouping": made.grouping,
            "groups": [(name, [linked(row, lists) for row in rows]) for name, rows in groups],
            "states": states_shown(view),
            "page": made.page,
            "page_numbers": made.page.paginator.get_elided_page_range(made.page.number),
        },
    )
