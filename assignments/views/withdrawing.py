"""Taking back an attendance or a file of one: asked on a page of its own, with the reason."""

from __future__ import annotations

from collections.abc import Callable

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.models import Attendance, Visit, VisitAttachment
from assignments.models.entries import Withdrawable
from assignments.visits import withdraw_attachment, withdraw_attendance
from assignments.visits.review import CONFIRMED
from assignments.visits.rights import answered_for_by, may_take_back

MOST_CHARACTERS = Withdrawable._meta.get_field("withdrawal_reason").max_length


class WithdrawForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label="Lý do",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi lý do rút lại."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


def withdraw_page(
    request: HttpRequest,
    *,
    write: Callable[[str], None],
    done: str,
    then: Callable[[], str],
    template: str = "visits/withdraw.html",
    **context: object,
) -> HttpResponse:
    """Ask for the reason; posted, ``write`` it, say ``done`` and go to what ``then`` gives."""
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            write(form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, done)
            return redirect(then())
    return render(request, template, {"form": form, **context})


def refuse_others(request: HttpRequest, attendance: Attendance) -> None:
    """Answer 403 for an attendance the user may see and may not take back."""
    if not answered_for_by(request.user).filter(pk=attendance.pk).exists():
        raise PermissionDenied
    if not may_take_back(request.user, attendance):
        raise PermissionDenied(CONFIRMED)


def page_after(request: HttpRequest, visit: Visit) -> str:
    """Give the visit's page while somebody still says they were there, else the list."""
    still = Visit.objects.visible_to(request.user).standing().filter(pk=visit.pk)
    if still.exists():
        return reverse("visits:detail", args=[visit.pk])
    return reverse("visits:list")


@requires(Permission.RECORD_VISITS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an attendance."""
    rows = Attendance.objects.visible_to(request.user).standing().with_visit()
    attendance = get_object_or_404(rows, pk=pk)
    refuse_others(request, attendance)
    return withdraw_page(
        request,
        write=lambda reason: withdraw_attendance(
            attendance=attendance, reason=reason, by=request.user, now=clock.now()
        ),
        done=f"Đã rút lại lượt dự của đồng chí {attendance.officer.full_name}.",
        then=lambda: page_after(request, attendance.visit),
        title="Rút lại lượt dự",
        attendance=attendance,
        attachment=None,
    )


@requires(Permission.RECORD_VISITS)
def attachment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one file of an attendance."""
    files = VisitAttachment.objects.visible_to(request.user).standing()
    attachment = get_object_or_404(
        files.select_related("attendance__officer", "attendance__visit__commune"), pk=pk
    )
    refuse_others(request, attachment.attendance)
    return withdraw_page(
        request,
        write=lambda reason: withdraw_attachment(
            attachment=attachment, reason=reason, by=request.user, now=clock.now()
        ),
        done=f"Đã gỡ tệp “{attachment.name}”.",
        then=lambda: page_after(request, attachment.attendance.visit),
        title="Gỡ tệp đính kèm",
        attendance=attachment.attendance,
        attachment=attachment,
    )
