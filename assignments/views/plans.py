"""Visits planned ahead: the list, planning several for a quarter, calling one off."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.entry_rights import officers_entered_for
from assignments.models import Assignment, MeetingNotice, Officer, OfficerQuerySet, VisitPlan
from assignments.officer_field import Candidates
from assignments.plans import planned_for, withdraw_plan
from assignments.plans.filters import PlanFilter, coming_first
from assignments.plans.forms import PlanFormSet, plan_rows
from assignments.tables import Action, Column, Kind, State, TableView
from assignments.unit_columns import unit_columns
from assignments.views.assignments import keys
from assignments.views.choosing import choose_officer
from assignments.views.withdrawing import withdraw_page
from communes.lineage import Reading
from communes.periods import overlaps

SEARCHED = ("officer__search_key", "commune__search_key", "commune__district__search_key")
SHOWN_WORDS = 24  # of a purpose


def is_carried_out(plan: VisitPlan, day: dt.date) -> bool:
    """Say whether an attendance that still stands had carried the plan out by ``day``."""
    done = plan.carried_out_by
    return bool(done and not done.is_withdrawn and done.visit.visited_on <= day)


def plan_state(plan: VisitPlan, day: dt.date) -> State:
    """Give how a plan stands on ``day``, as :func:`assignments.plans.filters.plan_state` does."""
    if plan.is_withdrawn:
        return State("–", "Đã bỏ", "none")
    if is_carried_out(plan, day):
        return State("✓", "Đã đi", "ok")
    if plan.planned_on >= day:
        return State("→", "Sắp tới", "none")
    return State("!", "Quá ngày, chưa đi", "due")


def plan_columns(reading: Reading) -> tuple[Column, ...]:
    """Give the columns of the list of plans as of the day of ``reading``."""
    day = reading.day

    def visit_address(plan: VisitPlan) -> str | None:
        if plan.is_withdrawn or not is_carried_out(plan, day):
            return None
        return reverse("visits:detail", args=[plan.carried_out_by.visit_id])

    return (
        Column(
            "ngay",
            "Ngày dự kiến",
            lambda row: row.planned_on,
            kind=Kind.DATE,
            sort=("planned_on",),
            width=12,
        ),
        *unit_columns(reading, then=("planned_on",), width=24),
        Column(
            "can_bo",
            "Cán bộ",
            lambda row: row.officer.full_name,
            sort=("officer__sort_key", "planned_on"),
            url=lambda row: reverse("reports:officer_detail", args=[row.officer_id]),
            width=24,
        ),
        Column(
            "viec",
            "Việc",
            lambda row: row.get_kind_display(),
            sort=("kind", "planned_on"),
            detail=lambda row: " · ".join(filter(None, (str(row.cell or ""), row.place))),
            detail_label="Chi bộ, địa điểm",
            width=26,
        ),
        Column(
            "noi_dung",
            "Mục đích, nội dung",
            lambda row: row.purpose,
            brief=lambda row: Truncator(row.purpose).words(SHOWN_WORDS, truncate=" …"),
            width=44,
        ),
        Column(
            "tinh_trang",
            "Tình trạng",
            lambda row: plan_state(row, day),
            kind=Kind.STATE,
            url=visit_address,
        ),
        Column(
            "ly_do_bo",
            "Lý do bỏ",
            lambda row: row.withdrawal_reason,
            width=30,
            is_file_only=True,
            is_internal=True,
        ),
    )


class PlanList(TableView):
    """Plans from the present quarter on: those to come first, soonest first, then the latest."""

    filterset_class = PlanFilter
    title = "Kế hoạch đi cơ sở"
    noun = "chuyến dự kiến"
    file_name = "KeHoachDiCoSo"
    search_hint = "Tên cán bộ, xã, huyện (gõ không dấu cũng được)"
    template_name = "visits/plan_list.html"
    reads_units = True

    @property
    def columns(self):
        columns = plan_columns(self.reading)
        if not allowed(self.request.user, Permission.RECORD_VISITS):
            return columns
        return (*columns, Column("thao_tac", "Thao tác", self.actions, holds_actions=True))

    @cached_property
    def own(self) -> set[int]:
        """Give the keys of the user's officers."""
        return set(Officer.objects.of_user(self.request.user).values_list("pk", flat=True))

    def actions(self, plan: VisitPlan) -> tuple[Action, ...]:
        """Give what can be done with a plan: carry it out when its day has come, call it off."""
        today = self.request.as_of.today
        is_theirs = allowed(self.request.user, Permission.VIEW_ALL) or plan.officer_id in self.own
        if plan.is_withdrawn or is_carried_out(plan, dt.date.max) or not is_theirs:
            return ()
        off = Action("Bỏ khỏi kế hoạch", reverse("visits:plan_withdraw", args=[plan.pk]), str(plan))
        if plan.planned_on > today:
            return (off,)
        log = f"{reverse('reports:visit_log')}?{urlencode({'ke_hoach': plan.pk})}"
        return (Action("Ghi chuyến đi", log, str(plan)), off)

    def scoped(self):
        plans = VisitPlan.objects.visible_to(self.request.user).with_commune()
        plans = plans.select_related("officer", "cell", "carried_out_by__visit")
        return plans.order_by(*coming_first("planned_on", self.day), "pk")

    def search(self, rows, query):
        return self.reading.search(rows, query, SEARCHED)


# --- writing -------------------------------------------------------------------------------------


def asked_key(request: HttpRequest, name: str) -> int | None:
    """Give the key a parameter of the address names; ``None`` when it is none."""
    return next(iter(keys([request.GET.get(name, "")])), None)


def asked_notice(request: HttpRequest) -> MeetingNotice | None:
    """Give the meeting that is to be put into a plan (``?giay_moi=``)."""
    notices = MeetingNotice.objects.visible_to(request.user)
    return notices.filter(pk=asked_key(request, "giay_moi")).first()


def likely_officers(request: HttpRequest, commune: int | None) -> OfficerQuerySet:
    """Give whom a plan may be for: who has the commune, or else the user's own officers."""
    officers = officers_entered_for(request.user).in_rank_order()
    if commune:
        held = Assignment.objects.visible_to(request.user).filter(commune=commune)
        ahead = held.filter(overlaps(request.as_of.today, None))
        return officers.filter(pk__in=ahead.values("officer"))
    return officers.none() if allowed(request.user, Permission.VIEW_ALL) else officers


def planning_officer(request: HttpRequest, likely: OfficerQuerySet) -> Officer | None:
    """Give the officer asked for (``?can_bo=``) or the only likely one; 404 for another's."""
    if key := asked_key(request, "can_bo"):
        return get_object_or_404(officers_entered_for(request.user), pk=key)
    found = list(likely[:2])
    return found[0] if len(found) == 1 else None


def suggestion(request: HttpRequest, notice: MeetingNotice | None) -> list[dict[str, object]]:
    """Give the first row as the address suggests it."""
    if notice is None:
        commune = asked_key(request, "dang_bo")
        return [{"commune": commune}] if commune else []
    return [
        {
            "commune": notice.commune_id,
            "planned_on": notice.held_on,
            "kind": notice.kind,
            "cell": notice.cell_id,
            "place": notice.place,
            "purpose": notice.content,
        }
    ]


@requires(Permission.RECORD_VISITS)
def plan_add(request: HttpRequest) -> HttpResponse:
    """Plan several visits of one officer in one go."""
    notice = asked_notice(request)
    likely = likely_officers(
        request, notice.commune_id if notice else asked_key(request, "dang_bo")
    )
    officer = planning_officer(request, likely)
    title = "Lập kế hoạch đi cơ sở"
    if officer is None:
        candidates = Candidates(request.as_of.today)
        return choose_officer(request, likely, title=title, candidates=candidates)
    asked = {"officer": officer, "today": request.as_of.today}
    rows = plan_rows()(request.POST or None, initial=suggestion(request, notice), **asked)
    if "them_dong" in request.POST:
        rows = rows.with_more_rows(request.as_of.today)
    elif rows.is_valid() and write_down(request, rows):
        return redirect("visits:plan_list")
    context = {"title": title, "rows": rows, "officer": officer}
    return render(request, "visits/plan_form.html", context)


def write_down(request: HttpRequest, rows: PlanFormSet) -> bool:
    """Write the rows and say so; or nothing, when one of them is refused."""
    written = rows.write(by=request.user, now=clock.now())
    if written is None:
        return False
    messages.success(request, f"Đã ghi {len(written)} chuyến vào kế hoạch.")
    return True


@requires(Permission.RECORD_VISITS)
def plan_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a plan off, with the reason."""
    plans = VisitPlan.objects.visible_to(request.user).standing().with_commune()
    plan = get_object_or_404(plans.select_related("officer", "cell"), pk=pk)
    if not planned_for(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return withdraw_page(
        request,
        template="visits/plan_withdraw.html",
        write=lambda reason: withdraw_plan(
            plan=plan, reason=reason, by=request.user, now=clock.now()
        ),
        done="Đã bỏ khỏi kế hoạch.",
        then=lambda: reverse("visits:plan_list"),
        title="Bỏ khỏi kế hoạch",
        plan=plan,
    )
