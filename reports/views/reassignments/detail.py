"""The page of a plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.views.reassignments.access import for_who_sees_plans, plan_of


@require_safe
@for_who_sees_plans()
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan."""
    plan = plan_of(request, pk)
    return render(request, "reassignments/detail.html", {"title": plan.name, "plan": plan})
