"""Logging a visit, and correcting what was logged (DESIGN §5.2)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.models import Attendance
from assignments.officer_field import EverAssigned
from assignments.views.choosing import choose_officer
from assignments.views.visit_start import Start
from assignments.visits.forms import AmendForm, LogForm
from assignments.visits.rights import answered_for_by

TITLE = "Ghi chuyến đi"
taken = require_http_methods(["GET", "HEAD", "POST"])


@taken
@requires(Permission.RECORD_VISITS)
def log(request: HttpRequest) -> HttpResponse:
    """Log a visit of one's own, or for an officer one writes for."""
    is_sent = request.method == "POST"
    start = Start(request)
    if start.officer is None:
        return choose_officer(
            request, start.likely_officers, title=TITLE, candidates=EverAssigned()
        )
    form = LogForm(
        *((request.POST, request.FILES) if is_sent else ()),
        officer=start.officer,
        by=request.user,
        now=clock.now(),
        event=start.visit,
        initial=start.initial,
        sent_before=sent_before(request) if is_sent else None,
    )
    if is_sent and form.is_valid() and (attendance := form.save(start.plan)):
        return entered(request, attendance, form.cleaned_data["entry_key"])
    context = {"title": TITLE, "form": form, "is_for_another": start.is_for_another}
    return render(request, "visits/log.html", context)


def sent_before(request: HttpRequest) -> Attendance | None:
    """Give what an earlier sending of the same form wrote, if that still stands."""
    try:
        key = UUID(request.POST.get("entry_key", ""))
    except ValueError:
        return None
    rows = Attendance.objects.visible_to(request.user).standing().select_related("visit")
    return rows.filter(entered_by=request.user, entry_key=key).first()


def entered(request: HttpRequest, attendance: Attendance, key: UUID) -> HttpResponse:
    """Say what was written, so that the browser may forget its draft, and show it."""
    visit = attendance.visit
    rows = Attendance.objects.visible_to(request.user).standing().filter(visit=visit)
    others = (
        rows.exclude(pk=attendance.pk).order_by("pk").values_list("officer__full_name", flat=True)
    )
    with_whom = f" cùng chuyến với đồng chí {', '.join(others)}" if others else ""
    sentence = f"Đã ghi{with_whom}: {visit}."
    if not attendance.is_confirmed:
        sentence += f" Chờ đồng chí {attendance.officer.full_name} xác nhận rồi mới được tính."
    messages.success(request, sentence, extra_tags=str(key))
    return redirect("visits:detail", visit.pk)


@taken
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
