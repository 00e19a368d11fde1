"""Every figure with its meaning, and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import requires
from reports.figures import FIGURES, GROUPS, Figure
from reports.figures.told import parts_of, told
from reports.viewpoint import Viewpoint


@require_safe
@requires(Permission.VIEW_ALL)
def figure_list(request: HttpRequest) -> HttpResponse:
    """Show every figure of the day and the quarters looked at, by what it counts."""
    view = Viewpoint.of(request)
    by_key = {one.figure.key: one for one in told(view, FIGURES.values())}
    context = {
        "title": "Chỉ tiêu",
        "view": view,
        "groups": [
            (words, [by_key[figure.key] for figure in members]) for words, members in GROUPS.items()
        ],
    }
    return render(request, "figures/list.html", context)


@require_safe
@requires(Permission.VIEW_ALL)
def figure_detail(request: HttpRequest, field: str) -> HttpResponse:
    """Show one figure: how it is counted, of how many, who is not, what it is made of."""
    view, figure = Viewpoint.of(request), the_figure(field)
    one, *parts = told(view, [figure, *parts_of(figure)])
    context = {"title": figure.label, "view": view, "one": one, "parts": parts}
    return render(request, "figures/detail.html", context)


def the_figure(field: str) -> Figure:
    """Give the figure of a field; 404 when there is none."""
    figure = next((one for one in FIGURES.values() if one.field == field), None)
    if figure is None:
        raise Http404
    return figure
