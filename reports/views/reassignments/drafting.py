"""Drawing up a plan: who leaves, which communes need somebody, within which limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.enums import Permission
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment
from assignments.views.assignments import chosen
from communes.as_of import parse_day
from reports.reassignments.forms import Asked, first_values
from reports.reassignments.ground import Ground
from reports.views.reassignments.access import for_who_sees_plans


def ground_of(request: HttpRequest) -> Ground:
    """Give officers and communes of the day the plan starts, as far as it can be read."""
    if request.method == "POST":
        return Ground(
            request.user, parse_day(request.POST.get("starts_on", "")) or request.as_of.today
        )
    day = parse_day(request.GET.get("ngay_bat_dau", "")) or request.as_of.day
    return Ground(request.user, first_open_day(request, chosen(request, "dang_bo"), day))


def first_open_day(request: HttpRequest, communes: Sequence[int], day: dt.date) -> dt.date:
    """Give the day, from ``day`` on, by which all of ``communes`` known to become open are so."""
    held = Assignment.objects.visible_to(request.user).active_on(day)
    main = held.filter(commune__in=communes, role=AssignmentRole.MAIN)
    return main.aggregate(last=Max("ended_on"))["last"] or day


@for_who_sees_plans(Permission.EDIT_ASSIGNMENTS)
def plan_add(request: HttpRequest) -> HttpResponse:
    """Ask for what a plan is to do, and begin it; its page then has it solved."""
    ground = ground_of(request)
    is_sent = request.method == "POST"
    suggested = first_values(ground, chosen(request, "can_bo"), chosen(request, "dang_bo"))
    asked = Asked(ground, request.POST if is_sent else None, suggested)
    if is_sent and asked.is_valid():
        plan = asked.write(by=request.user, now=clock.now())
        if plan:
            return redirect("reassignments:detail", plan.pk)
    context = {
        "title": "Lập phương án",
        "asked": asked,
        "form": asked.form,
        "ground": ground,
        "reasons": EndReason.choices,
    }
    return render(request, "reassignments/form.html", context)
