"""The register of numbered documents; a number for a document or for a review's report."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.tables import Action, Column, Kind, State, TableView
from assignments.views.withdrawing import withdraw_page
from reports.models import IssuedDocument
from reports.reviews.document_filters import DocumentFilter
from reports.reviews.number_forms import DocumentForm, ReviewNumberForm, offered_for
from reports.reviews.numbering import withdraw_document
from reports.views.reviews.planning import the_review

IN_USE = State("✓", "Đang dùng", "ok")
TAKEN_BACK = State("×", "Đã rút số", "none")


def document_columns(actions: Callable[[IssuedDocument], tuple[Action, ...]]) -> tuple[Column, ...]:
    """Give the columns; ``actions`` gives what can be done with a document."""
    return (
        Column(
            "so",
            "Số, ký hiệu",
            lambda row: row.code,
            kind=Kind.CODE,
            sort=("kind", "symbol", "number"),
            width=16,
        ),
        Column(
            "loai", "Loại văn bản", lambda row: row.get_kind_display(), sort=("kind",), width=14
        ),
        Column(
            "ngay",
            "Ngày ban hành",
            lambda row: row.issued_on,
            kind=Kind.DATE,
            sort=("issued_on", "number"),
            width=12,
        ),
        Column("trich_yeu", "Trích yếu", lambda row: row.subject, width=52),
        Column("nhiem_ky", "Nhiệm kỳ", lambda row: row.term.name, width=14),
        Column(
            "tinh_trang",
            "Tình trạng",
            lambda row: TAKEN_BACK if row.is_withdrawn else IN_USE,
            kind=Kind.STATE,
            detail=lambda row: row.withdrawal_reason,
            detail_label="Lý do rút số",
            width=16,
        ),
        Column("thao_tac", "Thao tác", actions, holds_actions=True),
    )


class DocumentList(TableView):
    """Documents that had their number by the day, the newest first."""

    filterset_class = DocumentFilter
    title = "Sổ văn bản"
    noun = "văn bản"
    file_name = "SoVanBan"
    default_sort = "-ngay"
    search_hint = "Trích yếu, ký hiệu (không cần dấu)"
    template_name = "reviews/document_list.html"

    @cached_property
    def may_number(self) -> bool:
        return allowed(self.request.user, Permission.PREPARE_REVIEWS)

    @property
    def heading(self) -> str:
        return "Sổ văn bản đã cấp số"

    @property
    def columns(self):
        return document_columns(self.actions)

    def actions(self, document: IssuedDocument) -> tuple[Action, ...]:
        if not self.may_number or document.is_withdrawn:
            return ()
        address = reverse("reviews:document_withdraw", args=[document.pk])
        return (Action("Rút số", address, str(document)),)

    def scoped(self):
        documents = IssuedDocument.objects.visible_to(self.request.user)
        return documents.filter(entered_at__date__lte=self.day).select_related("term")

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_number=self.may_number, **kwargs)


def number_page(request: HttpRequest, form, *, title: str, lead: str, back: str) -> HttpResponse:
    """Show a form that gives a number; given, say which and go ``back``."""
    if form.is_valid() and (document := form.write(by=request.user, now=clock.now())):
        messages.success(request, f"Đã cấp số {document.code}.")
        return redirect(back)
    context = {"title": title, "lead": lead, "form": form, "back": back}
    return render(request, "reviews/document_form.html", context)


@requires(Permission.PREPARE_REVIEWS)
def document_add(request: HttpRequest) -> HttpResponse:
    """Give any document its number."""
    posted = request.POST if request.method == "POST" else None
    initial = {"issued_on": request.as_of.today}
    return number_page(
        request,
        DocumentForm(posted, initial=initial),
        title="Cấp số văn bản",
        lead="Mỗi loại văn bản của một cơ quan có một dãy số từ 01 trong nhiệm kỳ.",
        back=reverse("reviews:documents"),
    )


def number(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the report of a review its number."""
    review = the_review(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = ReviewNumberForm(posted, review=review, initial=offered_for(review, request.as_of.today))
    return number_page(
        request,
        form,
        title="Cấp số báo cáo sơ kết",
        lead=str(review),
        back=reverse("reviews:detail", args=[pk]),
    )


@requires(Permission.PREPARE_REVIEWS)
def document_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a number, with the reason."""
    rows = IssuedDocument.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    document = get_object_or_404(rows, pk=pk)
    return withdraw_page(
        request,
        template="reviews/document_withdraw.html",
        write=lambda reason: withdraw_document(
            document=document, reason=reason, by=request.user, now=clock.now()
        ),
        done=f"Đã rút số {document.code}.",
        then=lambda: reverse("reviews:documents"),
        title="Rút số văn bản",
        document=document,
    )
