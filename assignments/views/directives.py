"""Documents being followed: the list, how far communes are with one, and noting it."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.coverage import communes_visible_to, with_current
from assignments.directives import (
    correctable_by,
    trail,
    with_state,
    with_tally,
    withdraw_follow_up,
)
from assignments.directives.columns import (
    commune_columns,
    directive_columns,
    directive_state,
    progress,
)
from assignments.directives.filters import (
    FOLLOWED,
    CommuneStateFilter,
    DirectiveFilter,
)
from assignments.directives.forms import DirectiveForm, EndDirectiveForm, FollowUpForm
from assignments.entry_rights import communes_entered_for
from assignments.models import Directive, FollowUp
from assignments.tables import Action, Column, State, TableView
from assignments.views.assignments import chosen
from assignments.views.withdrawing import withdraw_page
from communes.lineage import Reading
from communes.models import Commune

CHOSEN = "dang_bo"
FEW = 3  # communes of one officer: ticked before they are asked


# --- the list ------------------------------------------------------------------------------------


class DirectiveList(TableView):
    """Documents being followed, with how many communes are how far."""

    filterset_class = DirectiveFilter
    title = "Văn bản theo dõi"
    noun = "văn bản"
    file_name = "VanBanTheoDoi"
    default_sort = "-ban_hanh"
    search_hint = "Số, trích yếu, cơ quan ban hành (không cần dấu)"
    template_name = "directives/directive_list.html"
    reads_units = True

    @property
    def columns(self):
        asked = self.filterset.data["tinh_trang"]
        return directive_columns(self.day, with_state=asked != FOLLOWED)

    def scoped(self):
        directives = Directive.objects.visible_to(self.request.user)
        return with_tally(
            directives, self.request.user, self.day, as_recorded=self.reading.is_other
        )

    def get_context_data(self, **kwargs):
        may_edit = allowed(self.request.user, Permission.EDIT_RULES)
        return super().get_context_data(may_edit=may_edit, **kwargs)


# --- one document --------------------------------------------------------------------------------


class DirectiveDetail(TableView):
    """How far each commune of the day is with one document; ``?dang_bo=`` shows one's trail."""

    filterset_class = CommuneStateFilter
    noun = "Đảng bộ"
    default_sort = "tinh_hinh"  # what is in difficulty, then what nobody has urged
    search_hint = "Tên xã, huyện (gõ không dấu cũng được)"
    template_name = "directives/directive_detail.html"
    reads_units = True

    @cached_property
    def directive(self) -> Directive:
        directives = Directive.objects.visible_to(self.request.user)
        return get_object_or_404(directives, pk=self.kwargs["pk"])

    @property
    def title(self) -> str:
        return self.directive.number

    @property
    def heading(self) -> str:
        return f"Tình hình thực hiện {self.directive}: {self.directive.subject}"

    @property
    def file_name(self) -> str:
        return f"VanBan_{self.directive.pk}"

    @property
    def columns(self):
        return (
            *commune_columns(self.reading),
            Column("viec", "Thao tác", self.actions, holds_actions=True),
        )

    def actions(self, commune: Commune) -> tuple[Action, ...]:
        """Give what can be done with a commune; the filters in use stay."""
        query = self.request.GET.copy()
        query[CHOSEN] = str(commune.pk)
        kept, about, key = query.urlencode(), commune.full_name, [self.directive.pk]
        history = Action("Quá trình", f"{reverse('directives:detail', args=key)}?{kept}", about)
        if not self.may_tick(commune):
            return (history,) if commune.state else ()
        note = Action("Đôn đốc", f"{reverse('directives:follow_up', args=key)}?{kept}", about)
        return (history, note) if commune.state else (note,)

    def may_tick(self, record: Commune) -> bool:
        return self.may_note and record.exists_on(self.request.as_of.today)

    @cached_property
    def may_note(self) -> bool:
        is_followed = self.directive.ended_on is None or self.request.as_of.today < (
            self.directive.ended_on
        )
        return is_followed and allowed(self.request.user, Permission.RECORD_VISITS)

    @property
    def communes(self) -> QuerySet[Commune]:
        """Give the communes of the day; under the old units, all since the document is followed."""
        since = min(self.directive.started_on, self.day) if self.reading.is_other else None
        return communes_visible_to(self.request.user, self.day, since).defer("boundary")

    def scoped(self) -> QuerySet[Commune]:
        user = self.request.user
        communes = with_state(
            self.communes.select_related("district"),
            self.directive,
            user,
            self.day,
            as_recorded=self.reading.is_other,
        )
        return with_current(communes, user, self.day)

    def search(self, rows, query):
        return rows.search(query, "district__search_key")

    @cached_property
    def traced(self) -> Commune | None:
        """Give the commune whose trail is asked for, if it is one of the day."""
        asked = chosen(self.request, CHOSEN)
        return self.communes.filter(pk=asked[0]).first() if len(asked) == 1 else None

    def trail(self) -> list[tuple[FollowUp, State]]:
        """Give what was noted of the traced commune, latest first, each with its state."""
        if self.traced is None:
            return []
        rows = trail(
            self.directive,
            self.traced,
            self.request.user,
            self.day,
            as_recorded=self.reading.is_other,
        )
        return [(row, progress(row.state)) for row in rows]

    def get_context_data(self, **kwargs):
        is_open = self.directive.ended_on is None
        return super().get_context_data(
            directive=self.directive,
            state=directive_state(self.directive, self.day),
            may_note=self.may_note,
            may_end=is_open and allowed(self.request.user, Permission.EDIT_RULES),
            traced=self.traced,
            trail=self.trail(),
            **kwargs,
        )


# --- writing -------------------------------------------------------------------------------------


@requires(Permission.EDIT_RULES)
def directive_add(request: HttpRequest) -> HttpResponse:
    """Begin to follow a document."""
    form = DirectiveForm(request.POST or None, initial={"started_on": request.as_of.today})
    if request.method == "POST" and form.is_valid():
        directive = form.write(by=request.user, now=clock.now())
        if directive:
            messages.success(request, f"Đã đưa vào theo dõi văn bản {directive.number}.")
            return redirect("directives:detail", pk=directive.pk)
    context = {"title": "Thêm văn bản theo dõi", "form": form}
    return render(request, "directives/directive_form.html", context)


@requires(Permission.EDIT_RULES)
def directive_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop following a document."""
    directive = get_object_or_404(Directive.objects.visible_to(request.user), pk=pk)
    initial = {"on": request.as_of.today}
    form = EndDirectiveForm(request.POST or None, initial=initial, directive=directive)
    if request.method == "POST" and form.is_valid() and form.write(by=request.user):
        messages.success(request, f"Đã ghi thôi theo dõi văn bản {directive.number}.")
        return redirect("directives:detail", pk=pk)
    context = {"title": "Thôi theo dõi văn bản", "form": form, "directive": directive}
    return render(request, "directives/directive_end.html", context)


def communes_to_note(request: HttpRequest) -> list[Commune]:
    """Give the communes asked for (``?dang_bo=``), once each; 404 for one not the user's."""
    keys = set(chosen(request, CHOSEN))
    until = request.as_of.today + dt.timedelta(days=1)
    communes = list(communes_entered_for(request.user, until=until).filter(pk__in=keys))
    if len(communes) < len(keys):
        raise Http404
    return communes


@requires(Permission.RECORD_VISITS)
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the same of one or several communes, then show the document as it was filtered."""
    directive = get_object_or_404(Directive.objects.visible_to(request.user), pk=pk)
    communes = communes_to_note(request)
    form = FollowUpForm(
        request.POST or None,
        initial={"on": request.as_of.today},
        directive=directive,
        communes=communes,
    )
    if request.method == "POST" and communes and form.is_valid():
        noted = form.write(by=request.user, now=clock.now())
        if noted:
            messages.success(request, told(len(noted), len(communes)))
            return redirect(page_after(request, directive))
    offered = [] if communes else communes_offered(request)
    context = {
        "title": "Ghi đôn đốc, kết quả",
        "form": form,
        "directive": directive,
        "offered": offered,
        "are_ticked": len(offered) <= FEW and not allowed(request.user, Permission.VIEW_ALL),
    }
    return render(request, "directives/follow_up.html", context)


def communes_offered(request: HttpRequest) -> list[Commune]:
    """Give the communes of today to choose from, where the address names none."""
    today = request.as_of.today
    communes = communes_entered_for(request.user, since=today, until=today + dt.timedelta(days=1))
    return list(communes.order_by("district__code", "sort_key", "pk"))


def told(written: int, asked: int) -> str:
    """Say how many were noted, and how many had it already."""
    skipped = f" {asked - written} Đảng bộ đã có đúng nội dung này nên không ghi thêm."
    return f"Đã ghi cho {written} Đảng bộ." + (skipped if asked > written else "")


def page_after(request: HttpRequest, directive: Directive) -> str:
    """Give the document's page with the filters that were in use."""
    query = request.GET.urlencode()
    address = reverse("directives:detail", args=[directive.pk])
    return f"{address}?{query}" if query else address


@requires(Permission.RECORD_VISITS)
def follow_up_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was noted wrongly."""
    rows = FollowUp.objects.visible_to(request.user).standing().with_commune()
    noted = get_object_or_404(rows.select_related("directive"), pk=pk)
    if not correctable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    unit = Reading(request.as_of.day).key_of(noted.commune_id)
    query = urlencode({CHOSEN: unit})
    address = f"{reverse('directives:detail', args=[noted.directive_id])}?{query}"
    return withdraw_page(
        request,
        template="directives/follow_up_withdraw.html",
        write=lambda reason: withdraw_follow_up(
            follow_up=noted, reason=reason, by=request.user, now=clock.now()
        ),
        done="Đã rút lại lần ghi.",
        then=lambda: address,
        title="Rút lại lần đôn đốc",
        noted=noted,
        state=progress(noted.state),
        back=address,
    )
