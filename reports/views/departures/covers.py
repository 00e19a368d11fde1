"""Standing in for a time: who covers a commune until when, sooner or later than written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.enums import Permission
from accounts.permissions import requires
from assignments.coverage import communes_visible_to
from assignments.departures.forms import ChangeCoverForm, CoverForm, covers_to_come
from assignments.enums import AssignmentRole
from assignments.models import Assignment
from assignments.views.assignments import keys
from communes.models import Commune

CHANGED = "Đã ghi: đồng chí {name} phụ trách tạm thời đến hết ngày {day:%d/%m/%Y}."


@requires(Permission.EDIT_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody stand in for a commune's officer, or change until when they do."""
    today = request.as_of.today
    communes = communes_visible_to(request.user, today).select_related("district")
    commune = get_object_or_404(communes.defer("boundary"), pk=pk)
    covers = covers_to_come(commune, today)
    named = next(iter(keys([request.POST.get("phan_cong", "")])), None)
    sent = request.POST if request.method == "POST" else None
    form = CoverForm(
        None if named else sent,
        commune=commune,
        today=today,
        by=request.user,
        initial={"on": request.as_of.day},
    )
    if not named and form.is_valid() and (made := form.write()):
        return written(request, commune, made)
    changes = [
        (row, change_form(request, row, sent if row.pk == named else None)) for row in covers
    ]
    for row, change in changes:
        if change.is_valid() and (changed := change.write(row)):
            return written(request, commune, changed)
    context = {
        "title": f"Phụ trách tạm thời: {commune.full_name}",
        "commune": commune,
        "main": main_of(request, commune),
        "changes": changes,
        "form": form,
    }
    return render(request, "departures/cover.html", context)


def change_form(request: HttpRequest, row: Assignment, sent) -> ChangeCoverForm:
    return ChangeCoverForm(
        sent, by=request.user, initial={"last": row.last_day}, auto_id=f"id_{row.pk}_%s"
    )


def written(request: HttpRequest, commune: Commune, row: Assignment) -> HttpResponse:
    """Say until when somebody stands in, and go to the commune's dossier."""
    messages.success(request, CHANGED.format(name=row.officer.full_name, day=row.last_day))
    return redirect("reports:commune_detail", pk=commune.pk)


def main_of(request: HttpRequest, commune: Commune) -> Assignment | None:
    """Give the main officer of the day, to whom the commune goes back."""
    rows = Assignment.objects.visible_to(request.user).active_on(request.as_of.day)
    rows = rows.filter(commune=commune, role=AssignmentRole.MAIN)
    return rows.with_parties().first()
