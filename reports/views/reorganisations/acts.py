"""What is done with a reorganisation: choices saved, applied, undone, put away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.enums import Permission
from accounts.permissions import requires
from communes.models import Reorganisation
from reports.reorganising.applying import apply_reorganisation
from reports.reorganising.drafts import Draft, UnitDraft, choose, drop
from reports.reorganising.forms import ApplyForm, UndoForm
from reports.reorganising.maps import anchor_of
from reports.reorganising.preview import ONE, empty_field, seat_field
from reports.reorganising.undoing import undo_reorganisation
from reports.views.reorganisations.listing import known_to

MOST_SENTENCES = 5


def asked_for(request: HttpRequest, pk: int) -> Reorganisation:
    return get_object_or_404(known_to(request.user), pk=pk)


def to_detail(event: Reorganisation, anchor: str = "") -> HttpResponse:
    """Give the way back to the page, or to a place on it."""
    address = reverse("reorganisations:detail", args=[event.pk])
    return redirect(f"{address}#{anchor}" if anchor else address)


def refuse(request: HttpRequest, refused: ValidationError) -> None:
    """Show why nothing was written; of many reasons the first, the page has them all."""
    sentences = refused.messages
    more = len(sentences) - MOST_SENTENCES
    shown = sentences[:MOST_SENTENCES] + (
        [f"Và {more} điểm khác, xem ở từng đơn vị."] if more > 0 else []
    )
    messages.error(request, " ".join(shown))


def chosen(one: UnitDraft, sent: QueryDict) -> dict[str, object]:
    """Give what the form says of one unit."""
    fields = {seat.key: seat_field(one.unit, seat) for seat in one.seats}
    seats = {key: sent[field] for key, field in fields.items() if field in sent}
    return {"seats": seats, "empty": empty_field(one.unit) in sent}


@require_POST
@requires(Permission.REORGANISE)
def choose_fates(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what the page says of every unit, or of the one whose button was pressed."""
    event = asked_for(request, pk)
    only = request.POST.get(ONE, "")
    units = [one for one in Draft.of(event).units if only in ("", one.unit.key)]
    choices = {one.unit.key: chosen(one, request.POST) for one in units}
    try:
        draft = choose(reorganisation=event, choices=choices, by=request.user)
    except ValidationError as refused:
        refuse(request, refused)
        return to_detail(event)
    ready = sum(not one.problems for one in draft.units)
    messages.success(
        request,
        f"Đã lưu lựa chọn của {len(choices)} đơn vị; {ready}/{len(draft.units)} đơn vị đã xong.",
    )
    return to_detail(event, anchor_of(units[0].unit) if only and units else "")


@require_POST
@requires(Permission.REORGANISE)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply exactly what was previewed and chosen."""
    event = asked_for(request, pk)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        refuse(request, ValidationError([s for some in form.errors.values() for s in some]))
        return to_detail(event)
    try:
        apply_reorganisation(reorganisation=event, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        refuse(request, refused)
    else:
        messages.success(request, f"Đã áp dụng sắp xếp theo Nghị quyết {event.resolution}.")
    return to_detail(event)


@require_POST
@requires(Permission.REORGANISE)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put everything back as it was."""
    event = asked_for(request, pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        refuse(request, ValidationError([s for some in form.errors.values() for s in some]))
        return to_detail(event)
    try:
        undo_reorganisation(reorganisation=event, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        refuse(request, refused)
    else:
        messages.success(request, "Đã hoàn tác; mọi thứ trở lại như trước khi sắp xếp.")
    return to_detail(event)


@require_POST
@requires(Permission.REORGANISE)
def drop_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft away."""
    event = asked_for(request, pk)
    try:
        drop(reorganisation=event, by=request.user)
    except ValidationError as refused:
        refuse(request, refused)
    else:
        messages.success(request, f"Đã bỏ bảng sắp xếp theo Nghị quyết {event.resolution}.")
    return redirect("reorganisations:list")
