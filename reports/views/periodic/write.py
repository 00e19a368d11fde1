"""Writing a report: its sections beside what it quotes, saved while one types; handing it in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from reports.models import PeriodicReport
from reports.periodic import deadline_of, lines_about, quotes, submit_report, withdraw_draft
from reports.periodic.forms import DropForm, WritingForm
from reports.periodic.history import sent_back
from reports.periodic.sections import sections_of
from reports.periodic.states import state_of
from reports.periodic.submitting import missing_in, why_unfinished
from reports.periodic.writing import why_closed
from reports.views.periodic.moves import ReasonPage, entry_key, report_of

taken = require_http_methods(["GET", "HEAD", "POST"])
SUBMIT = "nop"  # the button that saves and goes on to hand in
CONFLICT = 409


@taken
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a report; what may not be written is shown with the reason."""
    report, now = report_of(request, pk, Permission.WRITE_REPORTS), clock.now()
    form = WritingForm(request.POST if request.method == "POST" else None, report=report)
    if request.method == "POST":
        if form.is_valid() and form.save(request.user, now):
            return saved(request, report)
    elif sentence := why_closed(report, request.user, timezone.localdate(now)):
        messages.warning(request, sentence)
        return redirect("periodic:detail", pk)
    return render(request, "periodic/edit.html", page_of(request, form))


def saved(request: HttpRequest, report: PeriodicReport) -> HttpResponse:
    """Say that the draft is saved, so that the browser may forget its own."""
    if SUBMIT in request.POST and allowed(request.user, Permission.SUBMIT_REPORTS):
        messages.success(request, "Đã lưu.", extra_tags=entry_key(report))
        return redirect("periodic:submit", report.pk)
    messages.success(request, "Đã lưu bản soạn, chưa nộp.", extra_tags=entry_key(report))
    return redirect("periodic:edit", report.pk)


def page_of(request: HttpRequest, form: WritingForm) -> dict[str, object]:
    """Give what the page of writing shows."""
    report, day = form.report, timezone.localdate(clock.now())
    lines = lines_about(report, day)
    return {
        "title": report.title,
        "report": report,
        "state": state_of(report),
        "form": form,
        "parts": list(form.parts),
        "missing": missing_in(report),
        "quoted": quotes(report, day, lines),
        "deadline": deadline_of(report, lines),
        "sent_back": sent_back(report),
        "entry_key": entry_key(report),
        "may_submit": allowed(request.user, Permission.SUBMIT_REPORTS),
    }


@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the draft while it is typed; 409 with a sentence for what was not saved."""
    report, now = report_of(request, pk, Permission.WRITE_REPORTS), clock.now()
    form = WritingForm(request.POST, report=report)
    if form.is_valid() and (written := form.save(request.user, now)):
        moment = f"{timezone.localtime(now):%H:%M}"
        return JsonResponse({"edition": written.edition, "saved_at": moment})
    refusals = [sentence for sentences in form.errors.values() for sentence in sentences]
    answer = {"sentence": " ".join(refusals), "has_two_texts": bool(form.clashing)}
    return JsonResponse(answer, status=CONFLICT)


@taken
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more before a report is handed in: what is empty, whether it is late; hand it in."""
    report, now = report_of(request, pk, Permission.SUBMIT_REPORTS), clock.now()
    day = timezone.localdate(now)
    if sentence := why_closed(report, request.user, day):
        messages.warning(request, sentence)
        return redirect("periodic:detail", pk)
    if request.method == "POST":
        try:
            submit_report(report=report, edition=read_edition(request), by=request.user, now=now)
        except ValidationError as refused:
            for sentence in refused.messages:
                messages.error(request, sentence)
        else:
            messages.success(request, f"Đã nộp {report.in_sentence}.", extra_tags=entry_key(report))
            return redirect("periodic:detail", pk)
        return redirect("periodic:submit", pk)
    lines = lines_about(report, day)
    deadline = deadline_of(report, lines)
    labels = {section.name: section.label for section in sections_of(report)}
    context = {
        "title": f"Nộp {report.title[:1].lower()}{report.title[1:]}",
        "report": report,
        "missing": [(name, labels[name]) for name in missing_in(report)],
        "unfinished": why_unfinished(report),
        "quoted": quotes(report, day, lines),
        "deadline": deadline,
        "days_late": (day - deadline).days if deadline and day > deadline else 0,
        "today": day,
    }
    return render(request, "periodic/submit.html", context)


def read_edition(request: HttpRequest) -> int:
    """Give the edition the page showed; one that is not there fits none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


@taken
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a draft go, asking why."""
    report = report_of(request, pk, Permission.WRITE_REPORTS)
    return ReasonPage(
        title=f"Bỏ bản soạn {report.title[:1].lower()}{report.title[1:]}",
        lead="Bản soạn không còn hiện với ai; người bỏ và lý do vẫn được lưu.",
        button="Bỏ bản soạn",
        done=f"Đã bỏ bản soạn {report.in_sentence}.",
        write=withdraw_draft,
        form=DropForm,
        then="periodic:inbox",
    ).answer(request, report)
