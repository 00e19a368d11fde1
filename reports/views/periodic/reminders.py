"""Reminding who has not reported: in the application, and by a letter."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from communes.as_of import PARAMETER as DAY
from reports.documents import issuer
from reports.enums import DocumentKind
from reports.models import IssuedDocument, Period
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
LONGEST_KEY = 10
MOST_LETTERS = 20  # numbered letters one may choose from
DOCUMENT = "van_ban"  # the key of the numbered document whose number the letter bears


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
        "letter_query": letter,
        "letters": letters(view.request)[:MOST_LETTERS],
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
        period=view.period,
        missing=view.missing,
        day=view.day,
        by=request.user,
        now=clock.now(),
        number=number_asked(request),
    )


def letters(request: HttpRequest) -> QuerySet[IssuedDocument]:
    """Give the numbered letters of the issuing body that stand, the newest first."""
    documents = IssuedDocument.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    return documents.filter(kind=DocumentKind.LETTER, symbol=issuer().symbol)


def number_asked(request: HttpRequest) -> int | None:
    """Give the number of the letter the address names; ``None`` without one; 404 for another."""
    key = request.GET.get(DOCUMENT, "")
    if not key:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < LONGEST_KEY):
        raise Http404
    return get_object_or_404(letters(request), pk=key).number
