"""The steps of an evaluation, each a page with its form."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import clock
from reports.evaluation.rating_forms import ProposeForm, RateForm
from reports.evaluation.rights import OWN_STEPS, is_for, is_own, why_not
from reports.evaluation.shown import shown_to
from reports.evaluation.step_forms import (
    DecideForm,
    ObjectForm,
    ReconsiderForm,
    ReleaseForm,
    ReturnProposalForm,
    ReturnRatingForm,
    StepForm,
)
from reports.models import Evaluation
from reports.views.evaluations.access import evaluation_of

taken = require_http_methods(["GET", "HEAD", "POST"])


def entry_key(evaluation: Evaluation, form: StepForm) -> str:
    """Give by what the browser knows its own draft of a step (app.js, draft.js)."""
    return f"danh-gia-{evaluation.pk}-{form.step}"


def step_page(
    request: HttpRequest,
    pk: int,
    form_class: type[StepForm],
    template: str = "evaluations/ask.html",
) -> HttpResponse:
    """Show the form of a step, or take it and go back to the evaluation.

    404 for what the user may not know of, 403 for what their role never does. What cannot be done
    now is told in a sentence instead of the form, and refused by the service whatever is sent.
    """
    evaluation = evaluation_of(request, pk)
    if not is_for(evaluation, form_class.step, request.user):
        raise PermissionDenied
    is_sent = request.method == "POST"
    hindrance = why_not(evaluation, form_class.step, request.user, request.as_of.today)
    form = form_class(
        request.POST if is_sent else None,
        evaluation=evaluation,
        by=request.user,
        today=request.as_of.today,
    )
    if is_sent and form.is_valid() and form.write(clock.now()):
        messages.success(request, form.done, extra_tags=entry_key(evaluation, form))
        return redirect("evaluations:detail", pk)
    shown = shown_to(evaluation, request.user, request.as_of.today)
    context = {
        "title": form.title,
        "about": f"Đồng chí {evaluation.officer.full_name} · {evaluation.cycle}",
        "lead": form.lead,
        "on_paper": form.step in OWN_STEPS and not is_own(evaluation, request.user),
        "button": form.submit,
        "back": reverse("evaluations:detail", args=[pk]),
        "form": form,
        "evaluation": evaluation,
        "shown": shown,
        "hindrance": hindrance,
        "entry_key": entry_key(evaluation, form),
    }
    return render(request, template, context)


@taken
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate oneself."""
    return step_page(request, pk, RateForm, "evaluations/rate.html")


@taken
def return_rating(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the officer to rate themselves anew."""
    return step_page(request, pk, ReturnRatingForm)


@taken
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a level, beside what the records say."""
    return step_page(request, pk, ProposeForm, "evaluations/propose.html")


@taken
def return_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a proposal back to the office."""
    return step_page(request, pk, ReturnProposalForm)


@taken
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a level, beside everything that is known."""
    return step_page(request, pk, DecideForm, "evaluations/decide.html")


@taken
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the officer see the decision."""
    return step_page(request, pk, ReleaseForm)


@taken
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what one thinks of one's own result."""
    return step_page(request, pk, ObjectForm)


@taken
def reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a decision again."""
    return step_page(request, pk, ReconsiderForm)
