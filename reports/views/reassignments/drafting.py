"""Drawing up a plan: who leaves, which communes need somebody, within which limits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.enums import Permission
from reports.views.reassignments.access import for_who_sees_plans


@for_who_sees_plans(Permission.EDIT_ASSIGNMENTS)
def plan_add(request: HttpRequest) -> HttpResponse:
    """Ask for what a plan is to do, and begin it."""
    return render(request, "reassignments/form.html", {"title": "Lập phương án"})
