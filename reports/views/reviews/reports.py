"""A review's report: its texts, and the Word file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from reports.documents import document_response
from reports.freezing import frozen_line, is_intact
from reports.models import FrozenFigures, Review
from reports.reviews.report import make_report
from reports.reviews.text_forms import TextsForm
from reports.views.reviews.planning import the_review

RELATED = ("review__first_quarter", "review__last_quarter", "review__document")


def last_freeze(request: HttpRequest, review: Review) -> FrozenFigures | None:
    """Give the newest freeze of a review."""
    rows = FrozenFigures.objects.visible_to(request.user).filter(review=review)
    return rows.select_related(*RELATED).order_by("-number").first()


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the parts of the report, each beside its draft and what it will say."""
    review = the_review(request, pk)
    frozen = last_freeze(request, review)
    if frozen is None:
        messages.info(request, "Chốt số liệu trước: bản dự thảo nội dung lấy số từ lần chốt.")
        return redirect("reviews:detail", pk)
    if not is_intact(frozen):
        return redirect("reviews:frozen", frozen.pk)  # which says so
    posted = request.POST if request.method == "POST" else None
    form = TextsForm(posted, review=review, frozen=frozen)
    if form.is_valid() and form.write(by=request.user):
        messages.success(request, "Đã lưu nội dung báo cáo.", extra_tags=entry_key(review))
        return redirect("reviews:texts", pk)
    parts = list(form.parts)
    context = {
        "title": "Nội dung báo cáo sơ kết",
        "review": review,
        "frozen": frozen,
        "frozen_line": frozen_line(frozen),
        "form": form,
        "parts": parts,
        "incomplete": [part for part in parts if part.missing],
        "entry_key": entry_key(review),
    }
    return render(request, "reviews/texts.html", context)


def entry_key(review: Review) -> str:
    """Name what the browser keeps of this form until it is saved."""
    return f"review-{review.pk}"


@require_safe
@requires(Permission.EXPORT)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the report of a freeze and its annexes, as a Word document."""
    rows = FrozenFigures.objects.visible_to(request.user).select_related(*RELATED)
    frozen = get_object_or_404(rows, pk=pk)
    if not is_intact(frozen):
        return redirect("reviews:frozen", pk)  # which says so
    made = make_report(frozen, now=clock.now())
    file_name = f"BaoCao_SoKet_{frozen.parameters['day']}_lan{frozen.number}.docx"
    return document_response(made.paper, file_name=file_name, by=request.user)
