"""What the receiving office does with a report: accept it, send it back, open it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.text_fields import show_refusal
from reports.models import PeriodicReport
from reports.periodic import accept_reports, reopen_report, return_report
from reports.periodic.forms import PlainForm, ReasonForm

taken = require_http_methods(["GET", "HEAD", "POST"])


def report_of(request: HttpRequest, pk: int, needs: Permission | None = None) -> PeriodicReport:
    """Give a report the user may see, 404 for any other; 403 for one they see without the right."""
    reports = PeriodicReport.objects.visible_to(request.user).standing().with_parties()
    report = get_object_or_404(reports, pk=pk)
    if needs and not allowed(request.user, needs):
        raise PermissionDenied
    return report


def entry_key(report: PeriodicReport) -> str:
    """Give by what the browser knows its own draft of a report (app.js, draft.js)."""
    return f"bao-cao-{report.pk}"


@dataclass(frozen=True)
class ReasonPage:
    """A page that asks why before something is done with a report."""

    title: str
    lead: str
    button: str
    done: str
    write: Callable[..., PeriodicReport]
    form: type[PlainForm] = ReasonForm
    then: str = ""  # the page to go to; "" is the report's own

    def answer(self, request: HttpRequest, report: PeriodicReport) -> HttpResponse:
        """Ask; posted, do it and go on, or say why it was refused."""
        form = self.form(request.POST if request.method == "POST" else None)
        if form.is_valid() and self.is_written(request, report, form):
            messages.success(request, self.done, extra_tags=entry_key(report))
            return redirect(self.then) if self.then else redirect("periodic:detail", report.pk)
        context = {"title": self.title, "page": self, "form": form, "report": report}
        return render(request, "periodic/reason.html", context)

    def is_written(self, request: HttpRequest, report: PeriodicReport, form: PlainForm) -> bool:
        try:
            self.write(
                report=report,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock.now(),
            )
        except ValidationError as refused:
            show_refusal(form, refused)
            return False
        return True


@taken
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a report back to be completed."""
    report = report_of(request, pk, Permission.RECEIVE_REPORTS)
    return ReasonPage(
        title="Trả lại báo cáo",
        lead=f"Đồng chí {report.officer.full_name} nhận được lý do này, bổ sung rồi nộp lại. "
        "Ngày nộp lần đầu giữ nguyên.",
        button="Trả lại",
        done=f"Đã trả lại {report.in_sentence}.",
        write=return_report,
    ).answer(request, report)


@taken
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an accepted report again."""
    report = report_of(request, pk, Permission.RECEIVE_REPORTS)
    return ReasonPage(
        title="Mở lại báo cáo đã tiếp nhận",
        lead=f"Đồng chí {report.officer.full_name} sửa được báo cáo và phải nộp lại. "
        "Nội dung đã nộp trước đây vẫn được giữ.",
        button="Mở lại",
        done=f"Đã mở lại {report.in_sentence}.",
        write=reopen_report,
    ).answer(request, report)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept one report."""
    report = report_of(request, pk, Permission.RECEIVE_REPORTS)
    try:
        accept_reports(reports=[report], by=request.user, now=clock.now())
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, f"Đã tiếp nhận {report.in_sentence}.")
    return redirect("periodic:detail", pk)
