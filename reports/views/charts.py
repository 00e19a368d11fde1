"""Charts for the review: trends by quarter, petitions by field, duties by district."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import requires
from reports.charts.districts import chart_of_districts
from reports.charts.drawing import Chart
from reports.charts.fields import chart_of_fields
from reports.charts.trends import History
from reports.duties.by_district import Area, totals_by_area
from reports.duties.words import DutyWord
from reports.models import Petition, PetitionField
from reports.petitions.by_field import STANDINGS, FieldRow, rows_of
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
            "districts": districts_chart(history),
        },
    )


def fields_chart(view: Viewpoint) -> Chart:
    """Draw the petitions raised by the day, the field with most of them first."""
    petitions = Petition.objects.visible_to(view.user).standing().on(view.day)
    fields = PetitionField.objects.visible_to(view.user)
    rows = sorted(rows_of(fields, petitions, view.day), key=lambda row: -row.raised)
    return chart_of_fields(rows, list_of_field)


def list_of_field(row: FieldRow, key: str) -> str:
    query = urlencode({"linh_vuc": row.field.pk, **STANDINGS[key]})
    return f"{reverse('petitions:list')}?{query}"


def districts_chart(history: History) -> Chart:
    """Draw the duties of the quarter looked at."""
    view = history.view
    lines = history.lines_of(view.quarter) if view.quarter else []

    def address(area: Area, word: DutyWord) -> str:
        return view.address("reports:duty_list", ket_qua=word.choice, **area.query)

    return chart_of_districts(totals_by_area(lines, view.day), view.words, address)
