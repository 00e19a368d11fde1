"""The roster import: upload, preview row by row, apply exactly what was previewed."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.forms import date_field
from assignments.models import RosterImport
from assignments.roster.plan import STATE_LABELS, Item, Plan, State
from assignments.roster.refused import refused_table
from assignments.roster.roster import Roster
from assignments.roster.services import apply_import, choose, plan_import, preview_import
from assignments.spreadsheets import BareSheet, Field, workbook_response
from assignments.tables import State as Badge

TEMPLATE = settings.BASE_DIR / "assignments" / "data" / "phan-cong-mau.xlsx"
SHOWN, LATEST = 100, 20
BADGES = {
    State.NEW: Badge("+", STATE_LABELS[State.NEW], "ok"),
    State.CHANGED: Badge("≠", STATE_LABELS[State.CHANGED], "due"),
    State.UNCHANGED: Badge("=", STATE_LABELS[State.UNCHANGED], "none"),
    State.REFUSED: Badge("✕", STATE_LABELS[State.REFUSED], "short"),
}


class WorkbookForm(forms.Form):
    """An office's own workbook."""

    file = forms.FileField(
        label="Tệp danh sách (.xlsx)",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Chọn tệp cần nạp.",
            "empty": "Tệp rỗng, không có nội dung.",
            "invalid": "Chưa nhận được tệp, chọn lại tệp.",
            "max_length": "Tên tệp quá dài, đổi tên ngắn hơn rồi nạp lại.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.WORKBOOK_MAX_BYTES:
            limit = filesizeformat(settings.WORKBOOK_MAX_BYTES)
            raise ValidationError(f"Tệp lớn quá {limit}, chia nhỏ rồi nạp lại.")
        return file


class UploadForm(WorkbookForm):
    """The workbook, and the day its rows start where they do not say."""

    default_date = date_field(
        "Ngày bắt đầu phân công",
        required=False,
        help_text="Dùng cho dòng không ghi “Từ ngày”. Bỏ trống thì lấy ngày của quyết định ghi "
        "trong tệp, không có nữa thì lấy hôm nay.",
    )


def visible_imports(request: HttpRequest) -> QuerySet[RosterImport]:
    return RosterImport.objects.visible_to(request.user).select_related("created_by")


@requires(Permission.IMPORT_ROSTER)
def import_list(request: HttpRequest) -> HttpResponse:
    """Offer the upload, and list the latest imports."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            roster_import = preview_import(
                file_name=form.cleaned_data["file"].name,
                content=form.cleaned_data["file"].read(),
                default_date=form.cleaned_data["default_date"],
                by=request.user,
            )
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return redirect("assignments:import_preview", pk=roster_import.pk)
    imports = visible_imports(request).defer("sheet")[:LATEST]
    context = {"title": "Nạp danh sách phân công", "form": form, "imports": imports}
    return render(request, "assignments/import_list.html", context)


@require_safe
@requires(Permission.IMPORT_ROSTER)
def import_template(request: HttpRequest) -> FileResponse:
    """Answer with the clean template to fill in."""
    return FileResponse(TEMPLATE.open("rb"), as_attachment=True, filename=TEMPLATE.name)


def shown_items(plan: Plan, state: str) -> list[Item]:
    return plan.of_state(State(state)) if state in set(State) else plan.items


@require_safe
@requires(Permission.IMPORT_ROSTER)
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show row by row what applying would do, or what was applied."""
    roster_import = get_object_or_404(visible_imports(request), pk=pk)
    plan = plan_import(roster_import)
    state = request.GET.get("loai", "")
    page = Paginator(shown_items(plan, state), SHOWN).get_page(request.GET.get("trang"))
    context = {
        "title": roster_import.file_name,
        "roster_import": roster_import,
        "plan": plan,
        "is_stale": not roster_import.applied_at and plan.digest() != roster_import.plan_digest,
        "tabs": [
            (kind.value, BADGES[kind].word, getattr(roster_import, kind.value)) for kind in State
        ],
        "total": sum(getattr(roster_import, kind.value) for kind in State),
        "state": state,
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "items": [(item, BADGES[item.state]) for item in page.object_list],
        "has_choices": any(item.choice for item in page.object_list),
    }
    return render(request, "assignments/import_preview.html", context)


@require_POST
@requires(Permission.IMPORT_ROSTER)
def import_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the answers for items that could not be told (none given: look at the data anew)."""
    roster_import = get_object_or_404(visible_imports(request), pk=pk)
    offered = {
        item.choice.key: {value for value, _ in item.choice.options}
        for item in plan_import(roster_import).items
        if item.choice
    }
    given = {
        key: request.POST[key] for key, values in offered.items() if request.POST.get(key) in values
    }
    try:
        choose(roster_import=roster_import, choices=given)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("assignments:import_preview", pk=pk)


@require_POST
@requires(Permission.IMPORT_ROSTER)
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was previewed, and nothing else."""
    roster_import = get_object_or_404(visible_imports(request), pk=pk)
    try:
        counts = apply_import(roster_import=roster_import, by=request.user).counts
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(
            request,
            f"Đã nạp: thêm {counts['new']}, thay đổi {counts['changed']}, "
            f"giữ nguyên {counts['unchanged']}, từ chối {counts['refused']}.",
        )
    return redirect("assignments:import_preview", pk=pk)


@require_safe
@requires(Permission.IMPORT_ROSTER)
def import_refused(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with the refused rows as a workbook to correct and upload again."""
    roster_import = get_object_or_404(visible_imports(request), pk=pk)
    roster = Roster.from_json(roster_import.sheet)
    headers, rows = refused_table(roster, plan_import(roster_import), roster_import.default_date)
    widths = [max(12, min(48, len(header) + 4)) for header in headers]
    columns = [Field(header, width=width) for header, width in zip(headers, widths, strict=True)]
    sheet = BareSheet(name="Dòng bị từ chối", columns=columns, rows=rows)
    file_name = f"DongBiTuChoi_{roster_import.pk}.xlsx"
    return workbook_response([sheet], file_name=file_name, by=request.user, now=clock.now())
