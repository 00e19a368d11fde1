"""The regulation in its versions, what each asks, and the periods it is counted by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.enums import DutyKind
from assignments.models import Regulation
from assignments.tables import State
from reports.duties.rules import was_in_force
from reports.history import changes
from reports.models import Period
from reports.periods import having_judged, missing, periods_of, years_made
from reports.rule_forms import (
    FACTS,
    DutyFormSet,
    EndRegulationForm,
    PeriodsForm,
    RegulationForm,
    duty_formset,
)

YEAR = "nam"
BEGUN = (
    "Đã có kỳ bắt đầu tính theo phiên bản này nên không sửa được nữa: "
    "hãy lập phiên bản mới, có hiệu lực từ ngày thay đổi."
)


def version_state(version: Regulation, day: dt.date) -> State:
    """Give how a version stands on ``day``."""
    if version.started_on > day:
        return State("→", "Chưa có hiệu lực", "due")
    if was_in_force(version, day):
        return State("✓", "Đang có hiệu lực", "ok")
    return State("–", "Hết hiệu lực", "none")


def year_asked(request: HttpRequest, years: list[int]) -> int | None:
    """Give the year of ``?nam=``, else the day's, else the latest that has periods."""
    asked = request.GET.get(YEAR, "")
    for year in (asked, str(request.as_of.day.year)):
        if year in map(str, years):
            return int(year)
    return max(years, default=None)


def judged_periods(
    year: int | None, versions: Sequence[Regulation], day: dt.date
) -> list[tuple[Period, Regulation | None, bool]]:
    """Give each period of ``year``, the version that judges it, and whether ``day`` lies in it."""
    return [
        (
            period,
            next((one for one in versions if was_in_force(one, period.started_on)), None),
            period.started_on <= day < period.ended_on,
        )
        for period in (periods_of(year) if year else [])
    ]


def asks_report(period: Period, version: Regulation | None) -> bool:
    """Say whether ``version``, whose duties are read, asks a report of such a period."""
    duties = version.duties.all() if version else ()
    return any(duty.kind == DutyKind.REPORT and duty.period_kind == period.kind for duty in duties)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the versions, newest first, with their duties, and the periods of a year."""
    day, user = request.as_of.day, request.user
    may_edit = allowed(user, Permission.EDIT_RULES)
    versions = list(Regulation.objects.visible_to(user).prefetch_related("duties"))
    years = years_made()
    shown = year_asked(request, years)
    periods = judged_periods(shown, versions, day)
    return render(
        request,
        "reports/rules.html",
        {
            "title": "Quy chế, kỳ tính",
            "versions": [(version, version_state(version, day)) for version in versions],
            "missing": missing(day),
            "years": years,
            "year": shown,
            "periods": periods,
            "reported": {one.pk for one, version, _ in periods if asks_report(one, version)},
            "may_edit": may_edit,
            "begun": having_judged(versions, request.as_of.today) if may_edit else set(),
            "changes": changes(versions, user),
        },
    )


def data_of(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def version_page(
    request: HttpRequest,
    *,
    form: RegulationForm,
    formset: DutyFormSet,
    write: Callable[[], Regulation | None],
    **context: object,
) -> HttpResponse:
    """Show the form; posted, tell which periods it concerns; told, ``write`` it."""
    is_valid = form.is_valid() and formset.is_valid()
    if is_valid and form.is_previewed and (version := write()):
        messages.success(request, f"Đã ghi {version}.")
        return redirect("reports:rules")
    preview = form.preview if is_valid else None
    context |= {"form": form, "formset": formset, "preview": preview}
    return render(request, "reports/regulation_form.html", context)


@requires(Permission.EDIT_RULES)
def regulation_add(request: HttpRequest) -> HttpResponse:
    """Put a new version in force, starting from what the latest one asks."""
    latest = Regulation.objects.visible_to(request.user).first()
    form = RegulationForm(data_of(request), today=request.as_of.today)
    formset = duty_formset(data_of(request), latest)
    return version_page(
        request,
        form=form,
        formset=formset,
        write=lambda: form.adopt(formset.duties(), by=request.user, now=clock.now()),
        title="Lập phiên bản quy chế",
        latest=latest,
        version=None,
    )


@requires(Permission.EDIT_RULES)
def regulation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a version, unless a period has begun under it."""
    version = get_object_or_404(Regulation.objects.visible_to(request.user), pk=pk)
    if having_judged([version], request.as_of.today):
        messages.error(request, BEGUN)
        return redirect("reports:rules")
    form = RegulationForm(
        data_of(request),
        initial=model_to_dict(version, FACTS),
        today=request.as_of.today,
        until=version.ended_on,
    )
    formset = duty_formset(data_of(request), version)
    return version_page(
        request,
        form=form,
        formset=formset,
        write=lambda: form.amend(version, formset.duties(), by=request.user),
        title="Sửa quy chế",
        latest=None,
        version=version,
    )


@requires(Permission.EDIT_RULES)
def regulation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a version; first tell which periods will then be judged by none."""
    version = get_object_or_404(Regulation.objects.visible_to(request.user), pk=pk)
    form = EndRegulationForm(data_of(request), today=request.as_of.today, until=version.ended_on)
    if form.is_valid() and form.is_previewed and form.end(version, by=request.user):
        messages.success(request, f"Đã ghi thôi hiệu lực {version}.")
        return redirect("reports:rules")
    context = {"title": "Thôi hiệu lực quy chế", "form": form, "version": version}
    return render(request, "reports/regulation_end.html", context | {"preview": form.preview})


@requires(Permission.EDIT_RULES)
def periods_add(request: HttpRequest) -> HttpResponse:
    """Make all periods of a year."""
    initial = {"year": max(years_made(), default=request.as_of.today.year - 1) + 1}
    form = PeriodsForm(data_of(request), initial=initial)
    if form.is_valid() and (periods := form.make(by=request.user)):
        year = periods[0].year
        messages.success(request, f"Đã lập {len(periods)} kỳ của năm {year}.")
        return redirect(f"{reverse('reports:rules')}?{urlencode({YEAR: year})}")
    return render(request, "reports/periods_form.html", {"title": "Lập kỳ", "form": form})
