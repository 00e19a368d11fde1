"""Logging a visit (DESIGN §5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.models import Attendance
from assignments.officer_field import EverAssigned
from assignments.views.choosing import choose_officer
from reports.models import Petition
from reports.petitions.visit_form import VisitLogForm
from reports.views.visit_start import Start

TITLE = "Ghi chuyến đi"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_VISITS)
def visit_log(request: HttpRequest) -> HttpResponse:
    """Log a visit of one's own, or for an officer one writes for."""
    is_sent = request.method == "POST"
    start = Start(request)
    if start.officer is None:
        return choose_officer(
            request, start.likely_officers, title=TITLE, candidates=EverAssigned()
        )
    form = VisitLogForm(
        *((request.POST, request.FILES) if is_sent else ()),
        officer=start.officer,
        by=request.user,
        now=clock.now(),
        event=start.visit,
        initial=start.initial,
        sent_before=sent_before(request) if is_sent else None,
    )
    if is_sent and form.is_valid() and (attendance := form.save(start.plan)):
        return entered(request, attendance, form)
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


def entered(request: HttpRequest, attendance: Attendance, form: VisitLogForm) -> HttpResponse:
    """Say what was written, so that the browser may forget its draft, and show it."""
    visit = attendance.visit
    rows = Attendance.objects.visible_to(request.user).standing().filter(visit=visit)
    others = (
        rows.exclude(pk=attendance.pk).order_by("pk").values_list("officer__full_name", flat=True)
    )
    with_whom = f" cùng chuyến với đồng chí {', '.join(others)}" if others else ""
    sentence = f"Đã ghi{with_whom}: {visit}.{also_raised(form.raised)}"
    if not attendance.is_confirmed:
        sentence += f" Chờ đồng chí {attendance.officer.full_name} xác nhận rồi mới được tính."
    messages.success(request, sentence, extra_tags=str(form.cleaned_data["entry_key"]))
    return redirect("visits:detail", visit.pk)


def also_raised(petitions: Sequence[Petition]) -> str:
    """Say which petitions were raised along, if any."""
    codes = ", ".join(petition.code for petition in petitions)
    return f" Đã chuyển lên {len(petitions)} kiến nghị, số {codes}." if codes else ""
