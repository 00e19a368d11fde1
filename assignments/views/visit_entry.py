"""Correcting what was logged."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.models import Attendance
from assignments.visits.forms import AmendForm
from assignments.visits.rights import answered_for_by


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_VISITS)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an attendance one answers for."""
    rows = Attendance.objects.visible_to(request.user).standing().with_visit()
    attendance = get_object_or_404(rows.prefetch_related("organisation_notes"), pk=pk)
    if not answered_for_by(request.user).contains(attendance):
        raise PermissionDenied
    is_sent = request.method == "POST"
    others = Attendance.objects.visible_to(request.user).standing().exclude(pk=pk)
    form = AmendForm(
        *((request.POST, request.FILES) if is_sent else ()),
        attendance=attendance,
        is_shared=others.filter(visit=attendance.visit).exists(),
        by=request.user,
        now=clock.now(),
    )
    if is_sent and form.is_valid() and (changed := form.save()):
        return amended(request, changed)
    context = {"title": "Sửa lượt dự", "form": form, "attendance": attendance}
    return render(request, "visits/amend.html", context)


def amended(request: HttpRequest, attendance: Attendance) -> HttpResponse:
    """Say that the correction is written, and show it."""
    sentence = "Đã ghi phần sửa."
    if not attendance.is_confirmed:
        sentence += f" Chờ đồng chí {attendance.officer.full_name} xác nhận rồi mới được tính."
    messages.success(request, sentence, extra_tags=str(attendance.entry_key))
    return redirect("visits:detail", attendance.visit_id)
