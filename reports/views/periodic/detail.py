"""The page of one report: what it says and quotes, what became of it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from communes.dates import date_in_words
from reports.enums import EDITABLE, ReportMove, ReportState
from reports.models import PeriodicReport, Petition
from reports.periodic import moves_open_to
from reports.periodic.history import history, last_submitted, sent_back
from reports.periodic.sections import texts_of
from reports.periodic.states import lateness, state_of
from reports.periodic.writing import why_closed
from reports.views.periodic.moves import report_of


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report as it reads and prints, with what the user may do with it."""
    report, day = report_of(request, pk), timezone.localdate(clock.now())
    is_being_written = report.state in EDITABLE
    shows_draft = is_being_written and allowed(request.user, Permission.WRITE_REPORTS)
    told = history(report)
    context = {
        "title": report.title,
        "report": report,
        "state": state_of(report),
        "lateness": lateness(report),
        "sections": last_submitted(told)
        if is_being_written and not shows_draft
        else texts_of(report),
        "shows_draft": shows_draft,
        "quoted": report.quoted or {},
        "steps": told,
        "sent_back": sent_back(report),
        "petitions": petitions_raised(request, report),
        "place_name": settings.PLACE_NAME,
        "dated": date_in_words(report.first_submitted_on or day),
        "acts": acts(request, report, day),
    }
    return render(request, "periodic/detail.html", context)


def petitions_raised(request: HttpRequest, report: PeriodicReport) -> list[Petition]:
    """Give the petitions raised from the report that the user may see."""
    rows = Petition.objects.visible_to(request.user).standing().filter(report=report)
    return list(rows.select_related("commune").order_by("year", "number"))


def acts(request: HttpRequest, report: PeriodicReport, day: dt.date) -> set[str]:
    """Give what the user may do with the report; nothing on a page of an earlier day."""
    if not request.as_of.is_today:
        return set()
    user = request.user
    found = {move.value for move in moves_open_to(report, user)}
    if allowed(user, Permission.RAISE_PETITIONS):
        found.add("raise")
    if not allowed(user, Permission.WRITE_REPORTS) or why_closed(report, user, day):
        return found - {ReportMove.SUBMIT.value}
    return found | {"write"} | ({"drop"} if report.state == ReportState.DRAFT else set())
