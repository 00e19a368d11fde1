"""One hand-over: its page, who goes on with what, and its moves."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from reports.assignment_papers import handover_minutes, of_dossier
from reports.documents import document_response
from reports.enums import HandoverMove
from reports.handing_over import moves_open_to, why_not
from reports.handing_over.finding import undecided
from reports.handing_over.forms import ItemsForm, MoveForm
from reports.handing_over.moving import is_entitled
from reports.handing_over.rights import may_prepare
from reports.handing_over.shown import dossier_of
from reports.handing_over.states import handover_state
from reports.models import Handover
from reports.viewpoint import Viewpoint


def handover_of(request: HttpRequest, pk: int) -> Handover:
    rows = Handover.objects.visible_to(request.user).with_parties()
    rows = rows.select_related(
        "outgoing__officer__user", "incoming__officer__user", "departure", "incoming__commune"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hand-over: between whom, what is open, who goes on with it, what was done."""
    shown = handover_of(request, pk)
    day = request.as_of.day
    context = {
        "title": f"Bàn giao {shown.outgoing.commune.party_body}",
        "handover": shown,
        "is_there": shown.outgoing.commune.exists_on(day),
        "state": handover_state(shown, day),
        "dossier": dossier_of(shown, day),
        "events": list(shown.events.select_related("by")),
        "moves": [
            (reverse(f"departures:{move.value}", args=[pk]), move)
            for move in moves_open_to(shown, request.user)
        ],
        "may_prepare": may_prepare(shown, request.user),
        "may_export": allowed(request.user, Permission.EXPORT),
    }
    return render(request, "departures/handover.html", context)


@require_safe
@requires(Permission.EXPORT)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the minutes of a hand-over, for both sides to sign."""
    shown, view = handover_of(request, pk), Viewpoint.of(request)
    paper = handover_minutes(of_dossier(shown, view), day=view.day, now=clock.now())
    file_name = f"BienBan_BanGiao_{shown.outgoing.commune_id}_{view.day}.docx"
    return document_response(paper, file_name=file_name, by=view.user)


@require_http_methods(["GET", "HEAD", "POST"])
def items(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who goes on with what is open, or why nobody does."""
    shown = handover_of(request, pk)
    if not may_prepare(shown, request.user):
        raise PermissionDenied
    today = request.as_of.today
    data = request.POST if request.method == "POST" else None
    form = ItemsForm(data, handover=shown, things=undecided(shown, today), day=today)
    if form.is_valid() and (written := form.write(request.user, clock.now())):
        messages.success(request, f"Đã ghi {len(written)} việc bàn giao.")
        return redirect("departures:handover", pk=pk)
    context = {
        "title": f"Việc bàn giao ở {shown.outgoing.commune.full_name}",
        "handover": shown,
        "form": form,
        "rows": form.rows(),
    }
    return render(request, "departures/items.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int, move: HandoverMove) -> HttpResponse:
    """Ask what is to be said with a move; posted, make it."""
    shown = handover_of(request, pk)
    if not is_entitled(shown, move, request.user):
        raise PermissionDenied
    if sentence := why_not(shown, move, request.user):
        messages.error(request, sentence)
        return redirect("departures:handover", pk=pk)
    form = MoveForm(request.POST if request.method == "POST" else None, move=move)
    if form.is_valid() and form.write(shown, request.user, clock.now()):
        messages.success(request, f"Đã ghi: {move.label.lower()}.")
        return redirect("departures:handover", pk=pk)
    context = {"title": str(move.label), "handover": shown, "form": form, "move": move}
    return render(request, "departures/move.html", context)
