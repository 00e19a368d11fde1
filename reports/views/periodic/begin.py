"""Beginning a report: for whom, of which period; or of something urgent."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.entry_rights import officers_entered_for
from assignments.models import Officer, OfficerQuerySet
from assignments.officer_field import EverAssigned
from assignments.views.assignments import keys
from assignments.views.choosing import choose_officer
from reports.enums import EDITABLE
from reports.models import PeriodicReport
from reports.periodic.asked import communes_held, periods_to_report
from reports.periodic.forms import BeginForm, UrgentForm

TITLE, URGENT_TITLE = "Soạn báo cáo", "Báo cáo đột xuất"
OFFICER, PERIOD, COMMUNE = "can_bo", "ky", "dang_bo"
taken = require_http_methods(["GET", "HEAD", "POST"])


def named_key(request: HttpRequest, name: str) -> int | None:
    """Give the key an address names; ``None`` when it names none."""
    return next(iter(keys(filter(None, [request.GET.get(name, "")]))), None)


def writing_for(request: HttpRequest) -> Officer | None:
    """Give whom the report is of: named, or the only one the user acts for.

    404 for somebody the user does not write for.
    """
    officers = officers_entered_for(request.user)
    if OFFICER in request.GET and (key := named_key(request, OFFICER)):
        return get_object_or_404(officers, pk=key)
    if allowed(request.user, Permission.VIEW_ALL):
        return None
    own = list(officers[:2])
    return own[0] if len(own) == 1 else None


def ask_for_whom(request: HttpRequest, title: str) -> HttpResponse:
    return choose_officer(
        request, likely(request), title=title, candidates=EverAssigned(), back="periodic:inbox"
    )


def likely(request: HttpRequest) -> OfficerQuerySet:
    """Give whom the user acts for themselves."""
    return Officer.objects.of_user(request.user)


def there(request: HttpRequest, officer: Officer) -> PeriodicReport | None:
    """Give the report the address names, if it has been begun."""
    reports = PeriodicReport.objects.visible_to(request.user).standing().filter(officer=officer)
    named = {"period": named_key(request, PERIOD), "commune": named_key(request, COMMUNE)}
    return reports.filter(**named).first() if named["period"] else None


def page_to_write(report: PeriodicReport) -> str:
    """Give where a report is written, or read once it is handed in."""
    view = "periodic:edit" if report.state in EDITABLE else "periodic:detail"
    return reverse(view, args=[report.pk])


@taken
@requires(Permission.WRITE_REPORTS)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the report of a period, or open the one there is."""
    officer = writing_for(request)
    if officer is None:
        return ask_for_whom(request, TITLE)
    is_sent = request.method == "POST"
    if not is_sent and (report := there(request, officer)):
        return redirect(page_to_write(report))
    now = clock.now()
    form = begin_form(request, officer, timezone.localdate(now))
    if is_sent and form.is_valid() and (report := form.save(request.user, now)):
        return redirect(page_to_write(report))
    context = {"title": TITLE, "form": form, "officer": officer}
    return render(request, "periodic/begin.html", context)


def begin_form(request: HttpRequest, officer: Officer, day: dt.date) -> BeginForm:
    """Give the form with what the address names chosen already."""
    asked = periods_to_report(day, named=named_key(request, PERIOD))
    communes = []
    if COMMUNE in request.GET or any(asked.values()):
        communes = communes_held(officer, min((one.started_on for one in asked), default=day), day)
    return BeginForm(
        request.POST if request.method == "POST" else None,
        officer=officer,
        periods=list(asked),
        communes=communes,
        initial={name: named_key(request, name) or "" for name in (PERIOD, COMMUNE)},
    )


@taken
@requires(Permission.WRITE_REPORTS)
def urgent(request: HttpRequest) -> HttpResponse:
    """Begin an urgent report, with what happened."""
    officer = writing_for(request)
    if officer is None:
        return ask_for_whom(request, URGENT_TITLE)
    now = clock.now()
    day = timezone.localdate(now)
    form = UrgentForm(
        request.POST if request.method == "POST" else None,
        officer=officer,
        communes=communes_held(officer, day, day + dt.timedelta(days=1)),
        initial={"commune": named_key(request, COMMUNE) or ""},
    )
    if request.method == "POST" and form.is_valid() and (report := form.save(request.user, now)):
        messages.success(request, "Đã lưu bản soạn.", extra_tags=form.cleaned_data["entry_key"])
        return redirect("periodic:edit", report.pk)
    context = {"title": URGENT_TITLE, "form": form, "officer": officer}
    return render(request, "periodic/urgent.html", context)
