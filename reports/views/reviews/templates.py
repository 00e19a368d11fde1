"""The office's own Word templates of the report: taken in, given out, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.attachments import Accepted
from assignments.enums import AttachmentKind
from assignments.views.serving import serve
from assignments.views.withdrawing import withdraw_page
from reports.documents import document_response
from reports.models import DocumentTemplate, FrozenFigures
from reports.viewpoint import Viewpoint
from reports.word_templates.forms import TemplateForm
from reports.word_templates.offered import (
    Offered,
    OfferedList,
    offered_of,
    offered_today,
    words_of_fields,
)
from reports.word_templates.rendering import used_by
from reports.word_templates.sample import sample_template
from reports.word_templates.services import (
    keep_template,
    read,
    unknown_fields,
    withdraw_template,
)

SAMPLE_NAME = "Mau_BaoCaoSoKet.docx"


def shown_as_examples(request: HttpRequest) -> Offered:
    """Give the newest freeze's fields and lists, to be read beside the names; else today's."""
    freezes = FrozenFigures.objects.visible_to(request.user)
    frozen = freezes.select_related(
        "review__first_quarter", "review__last_quarter", "review__document"
    ).first()
    return offered_of(frozen) if frozen else offered_today(Viewpoint.of(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PREPARE_REVIEWS)
def template_list(request: HttpRequest) -> HttpResponse:
    """Offer the upload, list the templates, explain every field and list."""
    if request.method == "POST":
        offered = offered_today(Viewpoint.of(request))
        form = TemplateForm(request.POST, request.FILES, offered=offered)
        if form.is_valid() and taken_in(request, form):
            return redirect("reviews:templates")
    else:
        offered = shown_as_examples(request)
        form = TemplateForm(offered=offered)
    templates = DocumentTemplate.objects.visible_to(request.user).standing()
    words = words_of_fields()
    context = {
        "title": "Mẫu báo cáo Word",
        "form": form,
        "templates": templates.select_related("uploaded_by"),
        "fields": [(name, label, offered.fields.get(name, "")) for name, label in words.items()],
        "lists": [(one, columns_of(one)) for one in offered.lists.values()],
    }
    return render(request, "reviews/template_list.html", context)


def columns_of(offered: OfferedList) -> list[tuple[str, str, str]]:
    """Give a list's columns as (name, heading, what its first row says)."""
    first = offered.rows[0] if offered.rows else {}
    return [(name, label, first.get(name, "")) for name, label in offered.columns.items()]


def taken_in(request: HttpRequest, form: TemplateForm) -> bool:
    """Keep the template and say what it asks for that there is not; False when it is refused."""
    file: Accepted = form.cleaned_data["file"]
    unknown = unknown_fields(used_by(read(file)), form.offered)
    try:
        template = keep_template(file=file, by=request.user, now=clock.now())
    except ValidationError as refused:
        form.add_error("file", refused)
        return False
    messages.success(request, f"Đã nhận mẫu “{template}”. Chọn mẫu ở trang sửa kỳ sơ kết.")
    if unknown:
        messages.warning(
            request,
            f"Mẫu dùng {len(unknown)} trường chưa có: {', '.join(unknown)}. Khi lập báo cáo, "
            "chỗ đó in chữ đỏ “[THIẾU: …]”.",
        )
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PREPARE_REVIEWS)
def template_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a template no more."""
    rows = DocumentTemplate.objects.visible_to(request.user).standing()
    template = get_object_or_404(rows, pk=pk)
    return withdraw_page(
        request,
        write=lambda reason: withdraw_template(
            template=template, reason=reason, by=request.user, now=clock.now()
        ),
        done=f"Đã rút lại mẫu “{template}”.",
        then=lambda: reverse("reviews:templates"),
        template="reviews/template_withdraw.html",
        title="Rút lại mẫu báo cáo",
        document=template,
    )


@require_safe
@requires(Permission.PREPARE_REVIEWS)
def template_file(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with a template as the office sent it."""
    rows = DocumentTemplate.objects.visible_to(request.user).standing()
    template = get_object_or_404(rows, pk=pk)
    kind = AttachmentKind(template.kind)
    return serve(template.file, name=template.name, kind=kind, of=template, by=request.user)


@require_safe
@requires(Permission.PREPARE_REVIEWS)
def template_sample(request: HttpRequest) -> HttpResponse:
    """Answer with a template to begin with."""
    lists = shown_as_examples(request).lists.values()
    paper = sample_template(lists, day=request.as_of.day, now=clock.now())
    return document_response(paper, file_name=SAMPLE_NAME, by=request.user)
