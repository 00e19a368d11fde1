"""The page where the office sets by when reports of a period are due, and when they close."""

from __future__ import annotations

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.enums import Permission
from accounts.permissions import requires
from reports.history import changes
from reports.models import Period, PeriodicReport
from reports.periodic.dates import period_of
from reports.periodic.dates_form import PeriodDatesForm
from reports.periodic.expected import usual_due_on
from reports.views.periodic.choosing import PeriodView
from reports.views.periodic.reminders import inbox_of


@requires(Permission.EDIT_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def period_dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a period's due day and lock day; what was handed in keeps the day it was judged by."""
    period = period_of(pk)
    if period is None:
        raise Http404
    form = PeriodDatesForm(
        request.POST if request.method == "POST" else None,
        initial=model_to_dict(period, ("due_on", "locked_on")),
        usual=usual_due_on(period),
    )
    if form.is_valid() and form.write(period, request.user):
        messages.success(request, f"Đã ghi hạn nộp, ngày khóa báo cáo {period}.")
        return redirect(back_to(request, period))
    reports = PeriodicReport.objects.visible_to(request.user).filter(period=period)
    context = {
        "title": f"Hạn nộp, khóa báo cáo {period}",
        "period": period,
        "form": form,
        "handed_in": reports.filter(first_submitted_on__isnull=False).count(),
        "changes": changes([period], request.user),
        "back": back_to(request, period),
    }
    return render(request, "periodic/period_dates.html", context)


def back_to(request: HttpRequest, period: Period) -> str:
    """Give the inbox of ``period``; the rules page where no report of it is asked for yet."""
    if period in PeriodView(request).periods:
        return inbox_of(request, period)
    return f"{reverse('reports:rules')}?{urlencode({'nam': period.year})}"
