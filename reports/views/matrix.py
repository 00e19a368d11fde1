"""The matrix commune × quarter on the page and as a workbook."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import clock
from assignments.tables import EXPORT
from reports.duties.states import STATES
from reports.matrix import make_matrix
from reports.viewpoint import Viewpoint
from reports.workbooks.matrix import matrix_response


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show what became of each commune's duties over the last two years."""
    view = Viewpoint.of(request)
    if request.GET.get(EXPORT) == "xlsx":
        return matrix_response(view=view, by=request.user, now=clock.now())
    made = make_matrix(view)
    districts = groupby(made.rows, key=lambda row: row.commune.district)
    return render(
        request,
        "reports/matrix.html",
        {
            "title": "Ma trận Đảng bộ theo quý",
            "view_point": view,
            "quarters": made.quarters,
            "districts": [(district, list(rows)) for district, rows in districts],
            "states": STATES,
        },
    )
