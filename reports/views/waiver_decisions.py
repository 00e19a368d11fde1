"""What becomes of a waiver: the office decides about one or several; it is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.models import Attendance
from assignments.tables import Column, Row, State, page_row
from assignments.views.assignments import chosen
from assignments.views.withdrawing import withdraw_page
from assignments.visits.columns import visit_columns
from communes.lineage import Reading
from reports.duties.words import DUTY_WORDS
from reports.models import Waiver
from reports.views.waivers import the_list, with_parties
from reports.waivers import is_waiting, why_not_withdrawn, withdraw_waiver
from reports.waivers.columns import waiver_state
from reports.waivers.forms import REFUSE, DecideForm
from reports.waivers.missing import Shortfall, shortfalls, waiver_key

CHOSEN = "dn"  # the box to tick before a row
# What a decision looks at of the visits in the period.
SHOWN_OF_VISITS = ("ngay", "dang_bo", "viec", "ket_qua", "tinh_trang")


# --- deciding ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A waiver to decide about, how it stands, and the line of the duty list it is about."""

    waiver: Waiver
    state: State
    found: Shortfall | None  # None: the officer no longer owes it

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """Give the five numbers of the line, each with its word."""
        if self.found is None:
            return []
        return [(word.label, word.of(self.found.line)) for word in DUTY_WORDS]


def cases(request: HttpRequest, waivers: Sequence[Waiver]) -> list[Case]:
    """Give ``waivers`` with their lines as of the day, in one reading of the duty list."""
    officers = {waiver.officer_id for waiver in waivers}
    lines = shortfalls(
        request.user,
        {waiver.period for waiver in waivers},
        request.as_of.day,
        officer=min(officers) if len(officers) == 1 else None,
    )
    day = request.as_of.day
    return [
        Case(waiver, waiver_state(waiver, day), lines.get(waiver_key(waiver))) for waiver in waivers
    ]


def visits_behind(request: HttpRequest, waiver: Waiver) -> list[Row]:
    """Give the officer's attendances in the period, there or anywhere, as rows of a list."""
    columns = shown_of_visits(Reading.of(request))
    rows = (
        Attendance.objects.visible_to(request.user)
        .standing()
        .filter(
            officer=waiver.officer_id,
            visit__visited_on__gte=waiver.period.started_on,
            visit__visited_on__lt=waiver.period.ended_on,
        )
        .with_visit()
        .order_by("visit__visited_on", "pk")
    )
    if waiver.commune_id:
        rows = rows.filter(visit__commune=waiver.commune_id)
    return [page_row(row, columns) for row in rows]


def shown_of_visits(reading: Reading) -> list[Column]:
    """Give the columns of visits shown beside a decision; they do not sort."""
    columns = visit_columns(reading, is_on_page_only=True)
    return [replace(one, sort=()) for one in columns if one.key in SHOWN_OF_VISITS]


@require_http_methods(["GET", "HEAD", "POST"])
def waiver_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one waiver, with the line and the visits it is about beside it."""
    waiver = get_object_or_404(with_parties(Waiver.objects.visible_to(request.user)), pk=pk)
    if not allowed(request.user, Permission.DECIDE_WAIVERS):
        raise PermissionDenied
    return decide_page(
        request,
        [waiver],
        title="Xem xét đề nghị",
        visits=visits_behind(request, waiver),
        visit_columns=shown_of_visits(Reading.of(request)),
    )


@require_POST
@requires(Permission.DECIDE_WAIVERS)
def waivers_decide(request: HttpRequest) -> HttpResponse:
    """Decide about the waivers ticked: all of them, or none."""
    asked = set(chosen(request, CHOSEN))
    if not asked:
        messages.error(request, "Chưa chọn đề nghị nào.")
        return redirect(the_list(request))
    rows = with_parties(Waiver.objects.visible_to(request.user)).filter(pk__in=asked)
    waivers = list(rows.order_by("officer__sort_key", "pk"))
    if len(waivers) < len(asked):
        raise Http404
    return decide_page(request, waivers, title=f"Xem xét {len(waivers)} đề nghị", visits=None)


def decide_page(request: HttpRequest, waivers: Sequence[Waiver], **context: object) -> HttpResponse:
    """Show waivers with what they are about, or write the decision and go back to the list."""
    form = DecideForm(answer(request))
    if form.is_valid() and form.write(waivers, by=request.user, now=clock.now()):
        is_refused = form.cleaned_data["decision"] == REFUSE
        word = "ghi không chấp nhận" if is_refused else "chấp nhận"
        messages.success(request, f"Đã {word} {len(waivers)} đề nghị.")
        return redirect(the_list(request))
    context |= {
        "form": form,
        "cases": cases(request, waivers),
        "is_open": any(is_waiting(waiver) for waiver in waivers),
        "back": the_list(request),
    }
    return render(request, "reports/waiver_decide.html", context)


def answer(request: HttpRequest) -> QueryDict | None:
    """Give what was answered; a refusal chosen in the list is yet to be given its reason."""
    is_first = request.POST.get("decision") == REFUSE and "note" not in request.POST
    return request.POST if request.method == "POST" and not is_first else None


# --- taking back ---------------------------------------------------------------------------------


@requires(Permission.RECORD_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def waiver_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a waiver back."""
    waiver = get_object_or_404(with_parties(Waiver.objects.visible_to(request.user)), pk=pk)
    if sentence := why_not_withdrawn(waiver, request.user):
        return refuse_withdrawal(request, waiver, sentence)
    return withdraw_page(
        request,
        template="reports/waiver_withdraw.html",
        write=lambda reason: withdraw_waiver(
            waiver=waiver, reason=reason, by=request.user, now=clock.now()
        ),
        done=f"Đã rút lại: {waiver}.",
        then=lambda: the_list(request),
        title="Rút lại đề nghị",
        waiver=waiver,
        state=waiver_state(waiver, request.as_of.today),
        back=the_list(request),
    )


def refuse_withdrawal(request: HttpRequest, waiver: Waiver, sentence: str) -> HttpResponse:
    """Answer 403 to who may not take an accepted waiver back; else say what became of it."""
    if waiver.is_accepted and not waiver.withdrawn_on:
        raise PermissionDenied(sentence)
    messages.error(request, sentence)
    return redirect(the_list(request))
