"""Sets of criteria: all of them, adopting one, no longer using one."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.tables import State
from reports.evaluation.rule_forms import RetireForm, RulesForm, criterion_formset, facts_of
from reports.evaluation.rules import why_not_in_use
from reports.models import EvaluationRules
from reports.views.evaluations.access import for_who_takes_part

taken = require_http_methods(["GET", "HEAD", "POST"])
COPIED = "tu"  # of which set the page starts from a copy


def rules_state(rules: EvaluationRules, day: dt.date) -> State:
    """Say whether a cycle opened on ``day`` may use a set."""
    if why_not_in_use(rules, day):
        return State("–", f"Thôi dùng từ {rules.ended_on:%d/%m/%Y}", "none")
    return State("✓", "Đang dùng", "ok")


@require_safe
@for_who_takes_part()
def rules(request: HttpRequest) -> HttpResponse:
    """Show every set with its criteria, the newest first."""
    sets = EvaluationRules.objects.visible_to(request.user).prefetch_related("criteria")
    context = {
        "title": "Tiêu chí đánh giá",
        "sets": [
            (one, rules_state(one, request.as_of.day))
            for one in sets.annotate(used=Count("cycles"))
        ],
        "may_edit": allowed(request.user, Permission.PROPOSE_EVALUATIONS),
    }
    return render(request, "evaluations/rules.html", context)


@taken
@for_who_takes_part(Permission.PROPOSE_EVALUATIONS)
def rules_add(request: HttpRequest) -> HttpResponse:
    """Adopt a set, starting from the suggested criteria or from a copy (``?tu=``)."""
    sets = list(EvaluationRules.objects.visible_to(request.user).prefetch_related("criteria"))
    source = next((one for one in sets if str(one.pk) == request.GET.get(COPIED)), None)
    data = request.POST if request.method == "POST" else None
    form = RulesForm(data, initial=facts_of(source))
    formset = criterion_formset(data, source)
    if form.is_valid() and formset.is_valid():
        adopted = form.adopt(formset.criteria(), by=request.user, now=clock.now())
        if adopted:
            messages.success(request, f"Đã lập bộ tiêu chí {adopted}.")
            return redirect("evaluations:rules")
    context = {
        "title": "Lập bộ tiêu chí",
        "form": form,
        "formset": formset,
        "source": source,
        "sources": sets,
    }
    return render(request, "evaluations/rules_form.html", context)


@taken
@for_who_takes_part(Permission.PROPOSE_EVALUATIONS)
def rules_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a set no longer for new cycles."""
    found = get_object_or_404(EvaluationRules.objects.visible_to(request.user), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = RetireForm(data, today=request.as_of.today)
    if form.is_valid() and form.retire(found, by=request.user, now=clock.now()):
        messages.success(request, f"Đã thôi dùng bộ tiêu chí {found}.")
        return redirect("evaluations:rules")
    context = {
        "title": "Thôi dùng bộ tiêu chí",
        "about": found,
        "lead": "Các kỳ đã mở vẫn giữ bộ tiêu chí này.",
        "button": "Thôi dùng",
        "back": reverse("evaluations:rules"),
        "form": form,
    }
    return render(request, "evaluations/ask.html", context)
