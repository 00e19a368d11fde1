"""What is done with a petition: each act a small form of its own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import requires
from assignments.views.assignments import chosen
from reports.enums import PetitionAct
from reports.models import Petition
from reports.petitions import why_not
from reports.petitions.act_form import ActForm
from reports.petitions.columns import state_badge_of
from reports.petitions.facts_forms import AmendForm
from reports.petitions.outcome_forms import AnswerForm, DuplicateForm
from reports.petitions.rights import acts_of
from reports.petitions.route_forms import ExtendForm, RouteForm, RouteManyForm
from reports.petitions.word_forms import (
    NoteForm,
    ProgressForm,
    ReopenForm,
    TellForm,
    WithdrawForm,
)
from reports.views.petitions.finding import petition_now

taken = require_http_methods(["GET", "HEAD", "POST"])
SEARCHING = "tim_kiem"  # a button that looks for petitions and writes nothing
DONE = {
    PetitionAct.ROUTE: "Đã chuyển xử lý kiến nghị số {code}.",
    PetitionAct.EXTEND: "Đã gia hạn trả lời kiến nghị số {code}.",
    PetitionAct.ANSWER: "Đã ghi kết quả kiến nghị số {code}. Còn phải thông tin lại địa phương.",
    PetitionAct.TELL: "Kiến nghị số {code} đã kết thúc: địa phương đã được thông tin lại.",
    PetitionAct.REOPEN: "Đã mở lại kiến nghị số {code}.",
    PetitionAct.WITHDRAW: "Đã rút lại kiến nghị số {code}.",
}
WRITTEN = "Đã ghi vào kiến nghị số {code}."
NONE_TICKED = "Chưa chọn kiến nghị nào đang giải quyết."


def act_page(
    request: HttpRequest,
    pk: int,
    form_class: type[ActForm],
    acts: tuple[PetitionAct, ...] = (),
    template: str = "petitions/act.html",
) -> HttpResponse:
    """Show the form of an act, or do it and go back to the petition.

    404 for what the user may not know of, 403 for what their role never does. What cannot be done
    now is told in a sentence instead of the form, and refused by the service whatever is sent.
    """
    petition = petition_now(request, pk)
    acts = acts or (form_class.act,)
    if not acts_of(request.user).intersection(acts):
        raise PermissionDenied
    is_sent = request.method == "POST"
    open_acts = [act for act in acts if not why_not(petition, act, request.user)]
    form = form_class(
        *((request.POST, request.FILES) if is_sent else ()),
        petition=petition,
        by=request.user,
        today=request.as_of.today,
        **({"open_acts": open_acts} if len(acts) > 1 else {}),
    )
    is_searching = SEARCHING in request.POST
    if is_sent and not is_searching and form.is_valid() and form.write(clock.now()):
        messages.success(request, DONE.get(form.act, WRITTEN).format(code=petition.code))
        return redirect("petitions:detail", pk)
    context = {
        "title": form.title,
        "petition": petition,
        "state": state_badge_of(petition.state),
        "form": form,
        "is_searching": is_searching,
        "hindrance": "" if open_acts else why_not(petition, acts[-1], request.user),
    }
    return render(request, template, context)


@taken
def route(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a petition to a competent body, or to another one."""
    return act_page(request, pk, RouteForm)


@taken
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the leading body more time."""
    return act_page(request, pk, ExtendForm)


@taken
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the body considers it, or has begun to resolve it."""
    return act_page(request, pk, ProgressForm, (PetitionAct.CONSIDER, PetitionAct.START))


@taken
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what came of it."""
    return act_page(request, pk, AnswerForm, template="petitions/answer.html")


@taken
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which petition it repeats."""
    return act_page(request, pk, DuplicateForm, template="petitions/duplicate.html")


@taken
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the commune was told what came of it."""
    return act_page(request, pk, TellForm)


@taken
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it up again."""
    return act_page(request, pk, ReopenForm)


@taken
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add words to its history."""
    return act_page(request, pk, NoteForm)


@taken
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was written down in error."""
    return act_page(request, pk, WithdrawForm)


@taken
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what it says."""
    return act_page(request, pk, AmendForm, template="petitions/amend.html")


# --- several -------------------------------------------------------------------------------------


@taken
@requires(Permission.HANDLE_PETITIONS)
def route_many(request: HttpRequest) -> HttpResponse:
    """Send the petitions ticked in the list (``?kn=``) to one body."""
    day, is_sent = request.as_of.today, request.method == "POST"
    rows = Petition.objects.visible_to(request.user).standing().on(day).with_parties()
    ticked = list(rows.filter(pk__in=chosen(request, "kn")).select_related("field__body"))
    if not ticked:
        messages.warning(request, NONE_TICKED)
        return redirect("petitions:list")
    data = request.POST if is_sent else None
    form = RouteManyForm(data, petitions=ticked, by=request.user, today=day)
    if is_sent and form.is_valid() and (sent := form.write(clock.now())) is not None:
        messages.success(request, f"Đã chuyển xử lý {len(sent)} kiến nghị.")
        return redirect("petitions:list")
    context = {"title": "Chuyển xử lý nhiều kiến nghị", "form": form}
    return render(request, "petitions/route_many.html", context)
