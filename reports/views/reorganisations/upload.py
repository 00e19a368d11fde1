"""The mapping workbook: offered to be filled in, taken in, given back with what was refused."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.spreadsheets import workbook_response
from assignments.views.imports import WorkbookForm
from communes.models import Reorganisation
from reports.reorganising.drafts import begin, mapping_of, sheet_of
from reports.reorganising.forms import EventForm
from reports.reorganising.mapping_files import read_mapping, refused_sheets, template_sheets
from reports.views.reorganisations.listing import known_to

INSTEAD_OF = "thay"


class MappingForm(EventForm, WorkbookForm):
    """The resolution and its mapping."""

    field_order = ("resolution", "effective_on", "subject", "ends_districts", "file")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "Bảng đối chiếu đã điền (.xlsx)"


def replaced(request: HttpRequest) -> Reorganisation | None:
    """Give the draft whose corrected workbook is uploaded; ``None`` for a new one."""
    key = request.GET.get(INSTEAD_OF, "")
    drafts = known_to(request.user).drafts()
    return (
        drafts.filter(pk=int(key)).first()
        if key.isascii() and key.isdigit() and len(key) < 10
        else None
    )


@requires(Permission.REORGANISE)
def add(request: HttpRequest) -> HttpResponse:
    """Take in a filled mapping with what the resolution says."""
    old = replaced(request)
    known = ("resolution", "subject", "effective_on", "ends_districts")
    initial = {name: getattr(old, name) for name in known} if old else {}
    form = MappingForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        file = facts.pop("file")
        try:
            draft = begin(
                file_name=file.name,
                sheet=read_mapping(file.read()),
                by=request.user,
                instead_of=old,
                **facts,
            )
        except ValidationError as refused:
            form.add_error("file", refused.messages)
        else:
            return redirect("reorganisations:detail", pk=draft.pk)
    context = {"title": "Lập bảng sắp xếp đơn vị", "form": form, "replaced": old}
    return render(request, "reorganisations/add.html", context)


@require_safe
@requires(Permission.REORGANISE)
def template(request: HttpRequest) -> FileResponse:
    """Answer with the workbook to fill in: every unit of the day looked at."""
    day = request.as_of.day
    file_name = f"BangDoiChieuDonVi_{day:%Y-%m-%d}.xlsx"
    return workbook_response(
        template_sheets(day), file_name=file_name, by=request.user, now=clock.now()
    )


@require_safe
@requires(Permission.REORGANISE)
def refused(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with the rows as they were read, the reasons beside them, to correct and upload."""
    draft = get_object_or_404(known_to(request.user), pk=pk)
    sheets = refused_sheets(sheet_of(draft), mapping_of(draft))
    file_name = f"BangDoiChieu_CoLoi_{draft.pk}.xlsx"
    return workbook_response(sheets, file_name=file_name, by=request.user, now=clock.now())
