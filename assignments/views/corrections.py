"""Putting an assignment right, and calling off one that has not begun."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.enums import Permission
from accounts.permissions import requires
from assignments.correcting import ended_for
from assignments.correcting_forms import CancelForm, CorrectForm
from assignments.models import Assignment


def assignment_of(request: HttpRequest, pk: int) -> Assignment:
    rows = Assignment.objects.visible_to(request.user).with_parties()
    return get_object_or_404(rows, pk=pk)


@requires(Permission.EDIT_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an assignment as it should have been written."""
    assignment = assignment_of(request, pk)
    data = request.POST if request.method == "POST" else None
    form = CorrectForm(data, assignment=assignment, by=request.user)
    if form.is_valid() and form.write():
        messages.success(request, f"Đã đính chính phân công {assignment}.")
        return redirect("reports:commune_detail", pk=assignment.commune_id)
    context = {"title": "Đính chính phân công", "assignment": assignment, "form": form}
    return render(request, "assignments/correct.html", context)


@requires(Permission.EDIT_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off an assignment that has not begun."""
    assignment = assignment_of(request, pk)
    earlier = ended_for(assignment)
    form = CancelForm(request.POST if request.method == "POST" else None, earlier=earlier)
    words = str(assignment)
    if form.is_valid() and form.write(assignment, request.user):
        messages.success(request, f"Đã hủy phân công {words}.")
        return redirect("assignments:list")
    has_begun = assignment.started_on <= request.as_of.today
    context = {
        "title": "Hủy phân công",
        "assignment": assignment,
        "has_begun": has_begun,
        "form": form,
    }
    return render(request, "assignments/cancel.html", context)
