"""The stock administration of the models the lists show, to measure the lists against.

Each changelist has the columns and the page length of the application's list; all else is Django's.
"""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from assignments.models import Assignment, Attendance, Officer, VisitPlan
from communes.models import Commune
from config import urls
from reports.models import PeriodicReport, Petition, Waiver

# Of a model: the columns of its list page, and the columns joined in one query.
LISTS = {
    Commune: (("code", "name", "kind", "district", "area", "established_on"), True),
    Officer: (("full_name", "group", "party_office", "office", "phone", "joined_on"), True),
    Assignment: (("officer", "commune", "role", "started_on", "ended_on"), True),
    Attendance: (("visit", "officer", "met", "findings", "entered_at"), True),
    Petition: (("number", "commune", "officer", "content", "field", "raised_on", "state"), True),
    PeriodicReport: (("officer", "period", "commune", "state", "due_on", "submitted_at"), True),
    Waiver: (("officer", "commune", "period", "duty_kind", "effect", "is_accepted"), True),
    VisitPlan: (("officer", "commune", "planned_on", "kind", "cell"), True),
}
PAGE = 50

site = admin.AdminSite(name="stock")
for model, (columns, joined) in LISTS.items():
    site.register(
        model, list_display=columns, list_per_page=PAGE, list_select_related=joined, actions=None
    )


def address(model: type[Model]) -> str:
    """Give the address of a model's list."""
    return f"/stock/{model._meta.app_label}/{model._meta.model_name}/"


SHELL = '{% extends "base.html" %}'


def shell(request: HttpRequest) -> HttpResponse:
    """Give an empty page of the site."""
    return HttpResponse(engines["django"].from_string(SHELL).render({}, request))


urlpatterns = [path("stock/", site.urls), path("shell/", shell), *urls.urlpatterns]
handler400, handler500 = urls.handler400, urls.handler500
