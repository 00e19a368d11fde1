"""The page of one evaluation: evidence, what people say of it, its steps; its sheet in Word."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.tables import Action
from reports.enums import EvaluationStep
from reports.evaluation.columns import badge_of
from reports.evaluation.rights import steps_open_to
from reports.evaluation.sheet import sheet_response
from reports.evaluation.shown import Shown, shown_to
from reports.evaluation.story import story
from reports.models import CommuneRemark, Evaluation
from reports.views.evaluations.access import evaluation_of

# The page of each step, and its word on a button.
PAGES = {
    EvaluationStep.RATE_ONESELF: ("evaluations:rate", "Tự đánh giá"),
    EvaluationStep.RETURN_SELF_RATING: ("evaluations:return_rating", "Trả lại tự đánh giá…"),
    EvaluationStep.PROPOSE: ("evaluations:propose", "Đề xuất…"),
    EvaluationStep.RETURN_PROPOSAL: ("evaluations:return_proposal", "Trả lại đề xuất…"),
    EvaluationStep.DECIDE: ("evaluations:decide", "Quyết định…"),
    EvaluationStep.RELEASE: ("evaluations:release", "Công bố…"),
    EvaluationStep.OBJECT: ("evaluations:object", "Nêu ý kiến khác…"),
    EvaluationStep.RECONSIDER: ("evaluations:reconsider", "Xem xét lại…"),
}
# What leads on; the others are beside it.
FORWARD = (
    EvaluationStep.RATE_ONESELF,
    EvaluationStep.PROPOSE,
    EvaluationStep.DECIDE,
    EvaluationStep.RELEASE,
)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an evaluation as far as it is the user's to see."""
    evaluation = evaluation_of(request, pk)
    shown = shown_to(evaluation, request.user, request.as_of.day)
    context = {
        "title": shown.officer if shown.is_whole else f"Đánh giá {shown.cycle}",
        "evaluation": evaluation,
        "shown": shown,
        "badge": badge_of(shown),
        "remarks": remarks_of(request, evaluation, shown),
        "may_remark": may_remark(request, evaluation, shown),
        "steps": story(shown.events),
        "actions": actions(request, evaluation),
        "back": reverse("evaluations:cycle", args=[shown.cycle.pk])
        if shown.is_whole
        else reverse("evaluations:list"),
    }
    return render(request, "evaluations/detail.html", context)


def remarks_of(request: HttpRequest, evaluation: Evaluation, shown: Shown):
    """Give the remarks: those that may be taken back while nothing is decided, else those kept."""
    if not shown.is_whole or evaluation.is_concluded:
        return shown.evidence.remarks
    rows = CommuneRemark.objects.visible_to(request.user).filter(evaluation=evaluation)
    return rows.filter(withdrawn_at__isnull=True).select_related("commune__district")


def may_remark(request: HttpRequest, evaluation: Evaluation, shown: Shown) -> bool:
    """Say whether the user may add what a commune said, or take it back."""
    is_office = allowed(request.user, Permission.PROPOSE_EVALUATIONS)
    return is_office and shown.is_whole and request.as_of.is_today and not evaluation.is_concluded


def actions(request: HttpRequest, evaluation: Evaluation) -> list[tuple[Action, bool]]:
    """Give what the user may do now, and whether it leads on; nothing on a page of another day."""
    if not request.as_of.is_today:
        return []
    found = steps_open_to(evaluation, request.user, request.as_of.today)
    return [(action(step, evaluation), step in FORWARD) for step in found]


def action(step: EvaluationStep, evaluation: Evaluation) -> Action:
    page, word = PAGES[step]
    return Action(word, reverse(page, args=[evaluation.pk]), evaluation.officer.full_name)


@require_safe
def sheet(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with the evidence sheet as a Word document, as far as it is the user's to see."""
    evaluation = evaluation_of(request, pk)
    shown = shown_to(evaluation, request.user, request.as_of.day)
    return sheet_response(shown, day=request.as_of.day, by=request.user, now=clock.now())
