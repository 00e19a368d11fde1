"""Charts for the review: trends by quarter, petitions by field, duties by district or area."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import requires
from reports.charts.drawing import Chart
from reports.charts.fields import chart_of_fields
from reports.charts.territories import chart_of_territories
from reports.charts.trends import History
from reports.duties.by_territory import totals_by_territory
from reports.duties.words import DutyWord
from reports.models import Petition, PetitionField
from reports.petitions.by_field import STANDINGS, FieldRow, rows_of
from reports.territories import Territory
from reports.viewpoint import Viewpoint


@require_safe
@requires(Permission.VIEW_ALL)
def charts(request: HttpRequest) -> HttpResponse:
    """Show the charts as of the day, up to the quarter looked at."""
    view = Viewpoint.of(request)
    history = History(view)
    return render(
        request,
        "reports/charts.html",
        {
            "title": "Biểu đồ",
            "view_point": view,
            "trends": history.charts(),
            "fields": fields_chart(view),
            "territories": territories_chart(history),
        },
    )


def fields_chart(view: Viewpoint) -> Chart:
    """Draw the petitions raised by the day, the field with most of them first."""
    petitions = Petition.objects.visible_to(view.user).standing().on(view.day)
    fields = PetitionField.objects.visible_to(view.user)
    found = rows_of(fields, petitions, view.day, view.reading)
    rows = sorted(found, key=lambda row: -row.raised)
    return chart_of_fields(rows, list_of_field)


def list_of_field(row: FieldRow, key: str) -> str:
    query = urlencode({"linh_vuc": row.field.pk, **STANDINGS[key]})
    return f"{reverse('petitions:list')}?{query}"


def territories_chart(history: History) -> Chart | None:
    """Draw the duties of the quarter looked at; ``None`` where all units are in one group."""
    view = history.view
    if not view.grouping.by:
        return None
    lines = history.lines_of(view.quarter) if view.quarter else []

    def address(place: Territory, word: DutyWord) -> str:
        return view.address("reports:duty_list", ket_qua=word.choice, **place.query)

    totals = totals_by_territory(lines, view)
    return chart_of_territories(totals, view.words, address, view.grouping)
