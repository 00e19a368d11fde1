"""Raising a petition: from a commune, from a visit, or from a report."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.entry_rights import communes_entered_for
from assignments.models import Visit
from assignments.views.assignments import keys
from assignments.views.notices import matching
from communes.models import Commune
from reports.models import PeriodicReport, Petition
from reports.petitions.facts_forms import Origin, RaiseForm

TITLE = "Ghi kiến nghị"
ONE_DAY = dt.timedelta(days=1)


def named(request: HttpRequest, name: str) -> int | None:
    """Give the key a parameter of the address names, if it names one."""
    return next(iter(keys([request.GET.get(name, "")])), None)


def origin_of(request: HttpRequest) -> Origin | None:
    """Give where the address says the petition was heard; ``None`` while the commune is open.

    404 for what the user may not see or has nothing to enter of.
    """
    user, visit, report = request.user, None, None
    communes = communes_entered_for(user)
    if key := named(request, "chuyen"):
        visits = Visit.objects.visible_to(user).with_commune()
        visit = get_object_or_404(visits, pk=key)
    if key := named(request, "bao_cao"):
        report = get_object_or_404(PeriodicReport.objects.visible_to(user), pk=key)
    place = visit.commune_id if visit else named(request, "dang_bo")
    place = place or (report.commune_id if report else None)
    if place is None:
        return None
    commune = get_object_or_404(communes, pk=place)
    return Origin(commune, visit, None if visit else report)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RAISE_PETITIONS)
def petition_add(request: HttpRequest) -> HttpResponse:
    """Write a petition down, once what resembles it has been shown."""
    origin, is_sent = origin_of(request), request.method == "POST"
    if origin is None:
        return choose_commune(request)
    data = request.POST if is_sent else None
    form = RaiseForm(data, origin=origin, by=request.user, today=request.as_of.today)
    is_shown_first = is_sent and form.is_valid() and form.is_to_be_shown()
    if is_sent and form.is_valid() and not is_shown_first and (petition := form.write(clock.now())):
        return written(request, petition, form)
    context = {"title": TITLE, "form": form, "origin": origin, "is_shown_first": is_shown_first}
    return render(request, "petitions/petition_form.html", context)


def written(request: HttpRequest, petition: Petition, form: RaiseForm) -> HttpResponse:
    """Say what was written, so that the browser may forget its draft, and show it."""
    is_new = form.cleaned_data["entry_key"] == petition.entry_key
    sentence = "Đã ghi {}." if is_new else "Đã ghi bổ sung vào {}."
    code = f"kiến nghị số {petition.code}"
    key = str(form.cleaned_data["entry_key"])
    messages.success(request, sentence.format(code), extra_tags=key)
    return redirect("petitions:detail", petition.pk)


def choose_commune(request: HttpRequest) -> HttpResponse:
    """Ask which commune: one's own of today, or what a search finds; the only one is taken."""
    query = request.GET.get("tim", "").strip()
    is_searched = allowed(request.user, Permission.VIEW_ALL)
    open_to = communes_today(request)
    found = matching(open_to, query, request.as_of.today) if query or not is_searched else []
    if len(found) == 1:
        parameters = request.GET.copy()
        parameters["dang_bo"] = found[0].pk
        return redirect(f"{reverse('petitions:add')}?{parameters.urlencode()}")
    context = {"title": TITLE, "communes": found, "query": query, "is_searched": is_searched}
    return render(request, "petitions/choose_commune.html", context)


def communes_today(request: HttpRequest) -> QuerySet[Commune]:
    """Give the communes the user follows today; those that ever were, when there are none."""
    today = request.as_of.today
    now_theirs = communes_entered_for(request.user, since=today, until=today + ONE_DAY)
    return now_theirs if now_theirs.exists() else communes_entered_for(request.user)
