"""Reminding who has not reported: in the application, and by a letter."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from communes.as_of import PARAMETER as DAY
from reports.models import Period
from reports.periodic.reminder_letter import reminder_response
from reports.periodic.reminding import (
    NOBODY,
    Reminded,
    names_of,
    officers_told,
    remind_missing,
    reminders,
)
from reports.views.periodic.choosing import CHOSEN, PERIOD, PeriodView, named_period

SENT = "gui"  # the button that sends the reminders the page told of


@requires(Permission.RECEIVE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest) -> HttpResponse:
    """Tell whom a reminder goes to and what it says; sent on from that page, write it."""
    view = named_period(request)
    if not view.missing:
        messages.info(request, NOBODY)
        return redirect(inbox_of(request, view.period))
    if not request.as_of.is_today:
        messages.error(request, "Đang xem ngày khác: về hôm nay rồi mới nhắc.")
        return redirect(inbox_of(request, view.period))
    if request.method == "POST" and SENT in request.POST:
        send(request, view)
        return redirect(inbox_of(request, view.period))
    return render(request, "periodic/remind.html", preview(view))


def preview(view: PeriodView) -> dict[str, object]:
    """Give what the page tells before anything is sent."""
    due = reminders(view.missing)
    letter = [(PERIOD, view.period.pk), *((CHOSEN, row.pk) for row in view.missing)]
    return {
        "title": f"Nhắc nộp báo cáo {view.period}",
        "period": view.period,
        "rows": view.missing,
        "count": len(due),
        "sample": due[0],
        "told_before": officers_told(due, view.day),
        "letter": f"{reverse('periodic:reminder_letter')}?{urlencode(letter)}",
        "back": inbox_of(view.request, view.period),
    }


def send(request: HttpRequest, view: PeriodView) -> None:
    """Write the reminders and say who was told."""
    try:
        outcome = remind_missing(
            period=view.period, missing=view.missing, by=request.user, now=clock.now()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    say = messages.warning if outcome.unreachable else messages.success
    say(request, " ".join(sentences(outcome)))


def sentences(outcome: Reminded) -> list[str]:
    """Say how many were told, and who was not and why."""
    said = [f"Đã nhắc {len(outcome.told)} đồng chí."]
    if outcome.before:
        said.append(f"{len(outcome.before)} đồng chí đã được nhắc trong hôm nay, không nhắc lại.")
    if outcome.unreachable:
        said.append(
            f"{len(outcome.unreachable)} đồng chí chưa có tài khoản nên chưa nhắc được: "
            f"{names_of(outcome.unreachable)}."
        )
    return said


def inbox_of(request: HttpRequest, period: Period) -> str:
    """Give the inbox at ``period``, on the day looked at."""
    query = {PERIOD: period.pk}
    if not request.as_of.is_today:
        query[DAY] = request.as_of.day.isoformat()
    return f"{reverse('periodic:inbox')}?{urlencode(query)}"


@require_safe
@requires(Permission.RECEIVE_REPORTS)
def reminder_letter(request: HttpRequest) -> HttpResponse:
    """Answer with the letter that names who has not reported, as a Word document."""
    view = named_period(request)
    if not view.missing:
        messages.info(request, NOBODY)
        return redirect(inbox_of(request, view.period))
    return reminder_response(
        period=view.period, missing=view.missing, day=view.day, by=request.user, now=clock.now()
    )
