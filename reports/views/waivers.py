"""Duties excused or explained: the list, and asking for one."""

from __future__ import annotations

from functools import cached_property

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.entry_rights import officers_entered_for
from assignments.models import Officer
from assignments.tables import Action, TableView
from assignments.views.assignments import keys
from communes.as_of import PARAMETER as DAY
from communes.lineage import OLD, Reading
from communes.lineage import PARAMETER as UNITS
from reports.models import Waiver
from reports.waivers import is_waiting
from reports.waivers.columns import waiver_columns
from reports.waivers.filters import WaiverFilter
from reports.waivers.forms import OfficerForm, WaiverForm, written
from reports.waivers.missing import LineKey, Shortfall, periods_to_ask, shortfalls

SEARCHED = ("officer__search_key", "commune__search_key", "commune__district__search_key")


def with_parties(rows: QuerySet[Waiver]) -> QuerySet[Waiver]:
    """Fetch what every row of the list shows, in the same query."""
    return rows.select_related(
        "officer", "commune__district", "period", "entered_by", "decided_by", "withdrawn_by"
    ).defer("commune__boundary")


def with_filters(request: HttpRequest, address: str) -> str:
    """Give ``address`` with the query of this page: the list's filters go along and come back."""
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def the_list(request: HttpRequest) -> str:
    return with_filters(request, reverse("reports:waivers"))


class WaiverList(TableView):
    """What was asked for up to the day, and how it stood then."""

    filterset_class = WaiverFilter
    title = "Miễn, lý do"
    noun = "đề nghị"
    file_name = "MienLyDo"
    default_sort = "-ngay_de_nghi"
    search_hint = "Tên cán bộ, xã, huyện (gõ không dấu cũng được)"
    template_name = "reports/waiver_list.html"
    reads_units = True

    @property
    def columns(self):
        return waiver_columns(self.reading, self.actions)

    @cached_property
    def may_ask(self) -> bool:
        return allowed(self.request.user, Permission.RECORD_VISITS)

    @cached_property
    def may_decide(self) -> bool:
        return allowed(self.request.user, Permission.DECIDE_WAIVERS)

    def scoped(self):
        rows = Waiver.objects.visible_to(self.request.user)
        return with_parties(rows.filter(entered_at__date__lte=self.day))

    def search(self, rows, query):
        return self.reading.search(rows, query, SEARCHED)

    def may_tick(self, record):
        return is_waiting(record)

    def actions(self, waiver: Waiver) -> tuple[Action, ...]:
        """Give what can be done with a waiver as it is now; all one sees are one's own to ask."""
        found = []
        if self.may_decide and is_waiting(waiver):
            found.append(self.action("Xem xét", "reports:waiver_decide", waiver))
        stands = waiver.is_accepted and not waiver.withdrawn_on
        if (self.may_ask and is_waiting(waiver)) or (self.may_decide and stands):
            found.append(self.action("Rút lại", "reports:waiver_withdraw", waiver))
        return tuple(found)

    def action(self, word: str, view: str, waiver: Waiver) -> Action:
        address = with_filters(self.request, reverse(view, args=[waiver.pk]))
        return Action(word, address, str(waiver))

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_ask=self.may_ask, may_decide=self.may_decide, **kwargs)


# --- asking --------------------------------------------------------------------------------------


@requires(Permission.RECORD_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def waiver_add(request: HttpRequest) -> HttpResponse:
    """Ask for a waiver of a line of the duty list, the one the address names already chosen."""
    officer = officer_asked(request)
    if officer is None and allowed(request.user, Permission.VIEW_ALL):
        return choose_officer(request)
    lines = lines_to_ask(request, officer)
    form = WaiverForm(
        request.POST if request.method == "POST" else None,
        lines={written(key): one for key, one in lines.items()},
        by=request.user,
        initial=named_line(request, lines),
    )
    if request.method == "POST" and form.is_valid() and (waiver := form.write(clock.now())):
        messages.success(request, asked_sentence(waiver))
        return redirect("reports:waivers")
    context = {
        "title": "Đề nghị miễn, nêu lý do",
        "form": form,
        "officer": officer,
        "may_decide": allowed(request.user, Permission.DECIDE_WAIVERS),
    }
    return render(request, "reports/waiver_form.html", context)


def asked_sentence(waiver: Waiver) -> str:
    """Say what was written, and what happens next."""
    if waiver.is_accepted:
        return f"Đã ghi và chấp nhận: {waiver}."
    return f"Đã gửi đề nghị: {waiver}. Cơ quan sẽ xem xét; khi được chấp nhận mới tính."


def officer_asked(request: HttpRequest) -> Officer | None:
    """Give the officer named by ``?can_bo=``; 404 for one whom the user may not ask for."""
    asked = chosen_in_address(request, "can_bo")
    return get_object_or_404(officers_entered_for(request.user), pk=asked) if asked else None


def chosen_in_address(request: HttpRequest, name: str) -> int | None:
    """Give the key the address names, if it names one."""
    return next(iter(keys(request.GET.getlist(name))), None)


def choose_officer(request: HttpRequest) -> HttpResponse:
    """Let the office name the officer by typing, then go on to what that officer lacks."""
    form = OfficerForm(request.GET if "ten" in request.GET else None)
    if form.is_valid() and (officer := form.cleaned_data["ten"]):
        query = {"can_bo": officer.pk}
        if not request.as_of.is_today:
            query[DAY] = request.as_of.day.isoformat()
        if Reading.of(request).is_old:
            query[UNITS] = OLD
        return redirect(f"{request.path}?{urlencode(query)}")
    context = {"title": "Đề nghị miễn, nêu lý do", "form": form}
    return render(request, "reports/waiver_officer.html", context)


def lines_to_ask(request: HttpRequest, officer: Officer | None) -> dict[LineKey, Shortfall]:
    """Give the lines of this and the last quarter, and of the period the address names."""
    day = request.as_of.day
    periods = periods_to_ask(day, also=chosen_in_address(request, "ky"))
    return shortfalls(request.user, periods, day, officer=officer.pk if officer else None)


def named_line(request: HttpRequest, lines: dict[LineKey, Shortfall]) -> dict[str, object]:
    """Give the form's first values: the line the address names, and all that it lacks."""
    asked = {
        "commune": chosen_in_address(request, "dang_bo"),
        "kind": request.GET.get("nhiem_vu", ""),
        "period": chosen_in_address(request, "ky"),
    }
    if not any(asked.values()):
        return {"times": 1}
    for key, found in lines.items():
        _, commune, kind, period = key
        there = {"commune": commune, "kind": kind, "period": period}
        if all(there[name] == value for name, value in asked.items() if value):
            return {"line": written(key), "times": max(1, found.left)}
    return {"times": 1}
