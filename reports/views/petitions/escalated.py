"""The Standing Committee's view of petitions stuck too long, with a word said right there."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.tables import PAGE, PAGE_SIZE
from assignments.text_fields import LinesInput, show_refusal
from assignments.views.assignments import keys
from reports.models import Petition
from reports.petitions import add_note
from reports.petitions.escalated import by_body, escalated, with_notes

MOST_CHARACTERS = 2_000


class InstructionForm(forms.Form):
    """What is said of one petition."""

    note = LinesInput(
        label="Ý kiến chỉ đạo", missing="Ghi nội dung ý kiến.", max_length=MOST_CHARACTERS, rows=2
    )


@requires(Permission.VIEW_ALL)
@require_http_methods(["GET", "HEAD", "POST"])
def escalated_list(request: HttpRequest) -> HttpResponse:
    """Show what is stuck, by body, the worst first; a POST writes a note on one petition."""
    said = None
    if request.method == "POST":
        petition, said = instruction(request)
        if said.is_valid() and written(request, petition, said):
            messages.success(request, f"Đã ghi ý kiến về kiến nghị số {petition.code}.")
            return redirect(f"{request.get_full_path()}#kn-{petition.pk}")
        said.petition = petition
    day = request.as_of.day
    rows = escalated(request.user, day)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get(PAGE))
    context = {
        "title": "Kiến nghị trình Ban Thường vụ",
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "groups": by_body(with_notes(page.object_list, request.user, day)),
        "days": settings.PETITION_ESCALATION_DAYS,
        "may_comment": allowed(request.user, Permission.COMMENT) and request.as_of.is_today,
        "said": said,
        "most_characters": MOST_CHARACTERS,
    }
    return render(request, "petitions/escalated.html", context)


def instruction(request: HttpRequest) -> tuple[Petition, InstructionForm]:
    """Give the petition spoken of and what was said; 403 to who may only look."""
    if not allowed(request.user, Permission.COMMENT):
        raise PermissionDenied
    named = next(iter(keys(request.POST.getlist("kn"))), None)
    petitions = Petition.objects.visible_to(request.user).standing()
    return get_object_or_404(petitions, pk=named), InstructionForm(request.POST)


def written(request: HttpRequest, petition: Petition, form: InstructionForm) -> bool:
    """Write the note; or nothing, with the reason on the form."""
    note = form.cleaned_data["note"]
    try:
        add_note(petition=petition, note=note, by=request.user, now=clock.now())
    except ValidationError as error:
        show_refusal(form, error)
        return False
    return True
