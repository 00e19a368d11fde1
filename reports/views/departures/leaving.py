"""An officer leaves: writing it down, reading it again, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.bulk import RowErrors
from assignments.departures import move_departure, withdraw_departure
from assignments.departures.forms import DepartForm, TakeBackForm
from assignments.models import Assignment, Departure, Officer
from communes.as_of import parse_day
from reports.handing_over.states import handover_state
from reports.models import Handover

ROWS_REFUSED = "Dời ngày chưa được: {reasons}"


@requires(Permission.EDIT_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def depart(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that an officer leaves, and who goes on with each commune."""
    officer = get_object_or_404(Officer.objects.visible_to(request.user), pk=pk)
    day = parse_day(request.GET.get("tu_ngay", "")) or request.as_of.today
    form = DepartForm(
        request.POST if request.method == "POST" else None,
        officer=officer,
        today=request.as_of.today,
        by=request.user,
        initial={"on": day},
    )
    if form.is_valid() and (departure := form.write()):
        messages.success(request, f"Đã ghi: {departure}.")
        return redirect("departures:departure", pk=departure.pk)
    context = {
        "title": f"Thôi công tác, thôi phụ trách: {officer.full_name}",
        "officer": officer,
        "form": form,
        "rows": form.shown_rows(),
    }
    return render(request, "departures/depart.html", context)


def departure_of(request: HttpRequest, pk: int) -> Departure:
    rows = Departure.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("officer", "decision", "entered_by", "withdrawn_by"), pk=pk
    )


@require_safe
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a departure: what it ended, who goes on, how far the hand-overs are."""
    shown = departure_of(request, pk)
    touched = {values["id"] for part in ("ended", "made") for values in shown.journal.get(part, [])}
    rows = Assignment.objects.visible_to(request.user).filter(pk__in=touched).with_parties()
    handovers = Handover.objects.visible_to(request.user).filter(departure=shown).with_parties()
    day = request.as_of.day
    context = {
        "title": str(shown),
        "departure": shown,
        "rows": rows.order_by("commune__sort_key", "started_on", "pk"),
        "handovers": [(row, handover_state(row, day)) for row in handovers],
        "may_withdraw": allowed(request.user, Permission.EDIT_ASSIGNMENTS)
        and not shown.is_withdrawn,
    }
    return render(request, "departures/departure.html", context)


@requires(Permission.EDIT_ASSIGNMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a departure back, or write it again from another day."""
    shown = departure_of(request, pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid() and (written := take_back(request, shown, form)):
        return redirect("departures:departure", pk=written.pk)
    context = {"title": "Rút lại, dời ngày thôi", "departure": shown, "form": form}
    return render(request, "departures/withdraw.html", context)


def take_back(request: HttpRequest, shown: Departure, form: TakeBackForm) -> Departure | None:
    """Write what the form asks and say so; ``None`` when it is refused, the reasons shown."""
    reason, on = form.cleaned_data["reason"], form.cleaned_data["moved_to"]
    facts = {"departure": shown, "reason": reason, "by": request.user, "now": clock.now()}
    try:
        written = move_departure(on=on, **facts) if on else withdraw_departure(**facts)
    except RowErrors as refused:
        reasons = "; ".join(text for texts in refused.errors.values() for text in texts)
        form.add_error(None, ROWS_REFUSED.format(reasons=reasons))
        return None
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None
    messages.success(request, f"Đã ghi: {written}." if on else f"Đã rút lại: {written}.")
    return written
