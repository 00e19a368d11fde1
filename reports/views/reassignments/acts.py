"""What is done with a plan besides computing and changing it: comments, applying, dropping."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.enums import Permission
from assignments.models import ReassignmentPlan
from assignments.planning.services import apply_plan, comment, withdraw_plan
from assignments.planning.world import changes as world_changes
from assignments.text_fields import show_refusal
from assignments.views.withdrawing import withdraw_page
from reports.reassignments.act_forms import ApplyForm, CommentForm
from reports.reassignments.effects import effects_of
from reports.views.reassignments.access import draft_of, edition_seen, for_who_sees_plans

NOT_CHOSEN = "Chọn một trong ba phương án trước khi áp dụng."


@require_POST
@for_who_sees_plans(Permission.COMMENT)
def plan_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something of a plan."""
    plan, form = draft_of(request, pk), CommentForm(request.POST)
    try:
        if form.is_valid():
            text = form.cleaned_data["text"]
            comment(plan=plan, text=text, by=request.user, now=clock.now())
            # By this the browser knows the draft it kept (app.js, draft.js).
            messages.success(request, "Đã ghi ý kiến.", extra_tags=f"y-kien-{pk}")
    except ValidationError as refused:
        show_refusal(form, refused)
    for sentences in form.errors.values():
        messages.error(request, " ".join(sentences))
    return redirect(reverse("reassignments:detail", args=[pk]) + "#y-kien")


@for_who_sees_plans(Permission.EDIT_ASSIGNMENTS)
def plan_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will be written; posted, write it under one decision."""
    plan = draft_of(request, pk)
    if not plan.variant:
        messages.error(request, NOT_CHOSEN)
        return redirect("reassignments:detail", pk)
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and applied(request, plan, form):
        return redirect("reassignments:detail", pk)
    context = {
        "title": "Áp dụng phương án",
        "plan": plan,
        "form": form,
        "effects": effects_of(plan),
        "world_changes": world_changes(plan),
    }
    return render(request, "reassignments/apply.html", context)


def applied(request: HttpRequest, plan: ReassignmentPlan, form: ApplyForm) -> bool:
    """Apply the plan and say so; refused, say why on the form."""
    edition, now = edition_seen(request), clock.now()
    try:
        written = apply_plan(
            plan=plan, edition=edition, by=request.user, now=now, **form.cleaned_data
        )
    except ValidationError as refused:
        show_refusal(form, refused)
        return False
    messages.success(request, f"Đã áp dụng phương án: ghi {len(written)} phân công.")
    return True


@for_who_sees_plans(Permission.EDIT_ASSIGNMENTS)
def plan_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a draft, with the reason."""
    plan = draft_of(request, pk)
    return withdraw_page(
        request,
        template="reassignments/drop.html",
        write=lambda reason: withdraw_plan(
            plan=plan, reason=reason, by=request.user, now=clock.now()
        ),
        done="Đã bỏ phương án.",
        then=lambda: reverse("reassignments:detail", args=[pk]),
        title="Bỏ phương án",
        plan=plan,
    )
