"""Having a plan computed: one variant at each request, told to the script or shown by the page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.enums import Permission
from assignments.enums import PlanVariant
from assignments.models import ReassignmentPlan
from assignments.planning.services import choose_variant, renew_plan, solve_variant
from reports.views.reassignments.access import draft_of, edition_seen, for_who_sees_plans

CONFLICT = 409
CHOSEN = "Đã chọn phương án “%s” làm dự thảo; có thể sửa tay từng dòng."
RENEWED = "Đã cập nhật theo phân công hiện có; ba phương án đang được tính lại."


def unsolved(plan: ReassignmentPlan) -> list[PlanVariant]:
    """Give the variants still to be computed, in their order."""
    return [variant for variant in PlanVariant if variant.value not in plan.solutions]


def progress(plan: ReassignmentPlan, sentence: str) -> dict[str, object]:
    """Give what the script shows: how many are done, which comes next, what went wrong."""
    waiting = unsolved(plan)
    return {
        "made": len(PlanVariant) - len(waiting),
        "all": len(PlanVariant),
        "next": waiting[0].label if waiting else "",
        "sentence": sentence,
    }


@require_POST
@for_who_sees_plans(Permission.EDIT_ASSIGNMENTS)
def plan_solve(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the next variant. The script is answered in JSON, a button by the page again."""
    plan, sentence = draft_of(request, pk), ""
    try:
        for variant in unsolved(plan)[:1]:
            solve_variant(plan=plan, variant=variant, by=request.user)
    except ValidationError as refused:
        sentence = " ".join(refused.messages)
    if request.accepts("text/html"):
        if sentence:
            messages.error(request, sentence)
        return redirect("reassignments:detail", pk)
    plan.refresh_from_db(fields=["solutions"])
    return JsonResponse(progress(plan, sentence), status=CONFLICT if sentence else 200)


def variant_of(text: str) -> PlanVariant:
    if text not in PlanVariant.values:
        raise ValidationError("Chọn một trong ba phương án đã tính.")
    return PlanVariant(text)


@require_POST
@for_who_sees_plans(Permission.EDIT_ASSIGNMENTS)
def plan_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a variant the draft to go on with."""
    plan = draft_of(request, pk)
    try:
        variant = variant_of(request.POST.get("variant", ""))
        edition = edition_seen(request)
        choose_variant(plan=plan, variant=variant, edition=edition, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, CHOSEN % variant.label)
    return redirect("reassignments:detail", pk)


@require_POST
@for_who_sees_plans(Permission.EDIT_ASSIGNMENTS)
def plan_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a plan up to the assignments as they are; its page then has it computed again."""
    plan = draft_of(request, pk)
    try:
        renew_plan(plan=plan, edition=edition_seen(request), by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, RENEWED)
    return redirect("reassignments:detail", pk)
