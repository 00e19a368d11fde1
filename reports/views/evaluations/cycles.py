"""The cycles; an officer's own evaluations; opening a cycle."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from reports.enums import CONCLUDED_STATES, EvaluationState, EvaluationStep
from reports.evaluation.columns import own_badge
from reports.evaluation.cycle_forms import CycleForm, code_of, initial_of
from reports.evaluation.cycles import suggested_cycles
from reports.evaluation.looking import note_looks
from reports.evaluation.rights import why_not
from reports.evaluation.rules import offered_rules
from reports.evaluation.shown import kept_from, own_of
from reports.models import EvaluationCycle
from reports.views.evaluations.access import for_who_takes_part

SUGGESTED = "goi_y"  # which of the suggested cycles the form starts from


@require_safe
@for_who_takes_part()
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """Show the cycles; to an officer, the evaluations of their own."""
    if not allowed(request.user, Permission.VIEW_EVALUATIONS):
        return own(request)
    cycles = EvaluationCycle.objects.visible_to(request.user).select_related("rules")
    newest_first = EvaluationCycle._meta.ordering  # counting drops the order of the model
    concluded = Q(evaluations__state__in=CONCLUDED_STATES)
    concluded &= ~kept_from(request.user, "evaluations__")
    context = {
        "title": "Đánh giá cán bộ",
        "cycles": cycles.annotate(
            evaluated=Count("evaluations"),
            concluded=Count("evaluations", filter=concluded),
            released=Count("evaluations", filter=Q(evaluations__state=EvaluationState.RELEASED)),
        ).order_by(*newest_first),
        "may_open": allowed(request.user, Permission.PROPOSE_EVALUATIONS),
    }
    return render(request, "evaluations/cycles.html", context)


def own(request: HttpRequest) -> HttpResponse:
    """Show an officer the evaluations of their own, the latest first."""
    found = own_of(request.user)
    note_looks(found, by=request.user, now=clock.now())
    shown = [
        (one, own_badge(one), not why_not(one, EvaluationStep.RATE_ONESELF, request.user))
        for one in found
    ]
    context = {"title": "Đánh giá của tôi", "evaluations": shown}
    return render(request, "evaluations/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_takes_part(Permission.PROPOSE_EVALUATIONS)
def cycle_add(request: HttpRequest) -> HttpResponse:
    """Open a cycle; first tell who will be evaluated, and who not and why."""
    today = request.as_of.today
    suggested = {code_of(one): one for one in suggested_cycles(today)}
    asked = request.GET.get(SUGGESTED, "")
    ended = (one for one in suggested.values() if one.ended_on <= today)
    start = suggested.get(asked) or next(ended, None) or next(iter(suggested.values()), None)
    sets = offered_rules(request.user, today)
    initial = initial_of(start, sets.first()) if start else {}
    data = request.POST if request.method == "POST" else None
    form = CycleForm(data, initial=initial, by=request.user, today=today)
    if form.is_valid() and form.is_previewed and (opened := form.open(clock.now())):
        messages.success(request, f"Đã mở kỳ đánh giá {opened}; cán bộ đã nhận thông báo.")
        return redirect("evaluations:cycle", opened.pk)
    context = {
        "title": "Mở kỳ đánh giá",
        "form": form,
        "suggested": [(code, one, one == start) for code, one in suggested.items()],
        "preview": form.preview,
    }
    return render(request, "evaluations/cycle_form.html", context)
