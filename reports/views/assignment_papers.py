"""Word documents about assignments."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.models import Decision
from assignments.open_units import communes_open_to
from reports.assignment_papers import decision_annex as annex_of
from reports.assignment_papers import handed_over
from reports.assignment_papers import handover_minutes as minutes_of
from reports.documents import document_response
from reports.viewpoint import Viewpoint


@require_safe
@requires(Permission.EXPORT)
def decision_annex(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the annex of a decision: who is assigned where, who ends."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)
    day = request.as_of.day
    paper = annex_of(decision, request.user, day=day, now=clock.now())
    file_name = f"PhuLuc_QuyetDinh_{decision.signed_on or day}_{pk}.docx"
    return document_response(paper, file_name=file_name, by=request.user)


@require_safe
@requires(Permission.EXPORT)
def handover_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the minutes of the last handover in a commune; 404 when nobody left lately."""
    view = Viewpoint.of(request)
    communes = communes_open_to(view.user, view.day).select_related("district")
    handover = handed_over(get_object_or_404(communes.defer("boundary"), pk=pk), view)
    if handover is None:
        raise Http404
    paper = minutes_of(handover, day=view.day, now=clock.now())
    file_name = f"BienBan_BanGiao_{pk}_{view.day}.docx"
    return document_response(paper, file_name=file_name, by=view.user)
