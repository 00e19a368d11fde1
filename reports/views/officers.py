"""The list of officers with their load, and the page of one."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from django.conf import settings
from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from assignments.enums import COVERING_ROLES
from assignments.models import Assignment, Departure, Officer, OfficerQuerySet
from assignments.tables import NO_FIGURE, Column, Kind, State, TableView
from reports.commune_story import attended_by
from reports.duties.named import named
from reports.duties.states import NOT_DUE
from reports.enums import ReportKind
from reports.evaluation.listed import has_evaluations_for, listed_for
from reports.filters import OfficerFilter
from reports.history import changes
from reports.models import PeriodicReport, Petition
from reports.periodic.expected import asked_reports, reporting
from reports.petitions.told import overview
from reports.timeline import officer_timeline
from reports.viewpoint import StatesOf, Viewpoint
from reports.views.parts import Part, page_in_parts

LAST_PERIODS = 8
STILL_TOLD = dt.timedelta(days=365)  # so long after a departure the page leads to it


def with_load(officers: OfficerQuerySet, user: User, day: dt.date) -> OfficerQuerySet:
    """Annotate ``load`` (communes covered on ``day``), ``first_on``, ``last_end``, ``last_reason``

    and fetch the assignments of the day as the list ``current``.
    """
    rows = Assignment.objects.visible_to(user)
    own = rows.filter(officer=OuterRef("pk"))
    active = (
        rows.active_on(day)
        .select_related("commune")
        .defer("commune__boundary")
        .order_by("commune__sort_key")
    )
    load = own.active_on(day).covering().order_by().values("officer").annotate(n=Count("pk"))
    ended = own.filter(ended_on__lte=day).order_by("-ended_on")
    return officers.annotate(
        load=Coalesce(Subquery(load.values("n"), output_field=IntegerField()), 0),
        first_on=Subquery(own.started_by(day).order_by("started_on").values("started_on")[:1]),
        last_end=Subquery(ended.values("ended_on")[:1]),
        last_reason=Subquery(ended.values("end_reason")[:1]),
    ).prefetch_related(Prefetch("assignments", queryset=active, to_attr="current"))


def officer_state(officer: Officer) -> State:
    """Give how an officer fetched :func:`with_load` stands on the day."""
    if officer.current:
        return State("✓", "Đang phụ trách", "ok")
    if officer.first_on:
        return State("–", "Đã thôi", "none")
    return State("○", "Chưa phân công", "due")


def last_end(officer: Officer) -> dt.date | None:
    """Give when an officer without an open assignment ended the last one."""
    return None if officer.current else officer.last_end


def last_reason(officer: Officer) -> str:
    field = Assignment._meta.get_field("end_reason")
    return "" if officer.current else dict(field.flatchoices).get(officer.last_reason, "")


def commune_held(row: Assignment) -> str:
    """Give a commune's name; who only takes part there does not have it counted."""
    is_counted = row.role in COVERING_ROLES
    return row.commune.full_name if is_counted else f"{row.commune.full_name} (tham gia)"


def officer_columns(view: Viewpoint, states: StatesOf) -> tuple[Column, ...]:
    """Give the columns of the list; that of duties speaks of the quarter looked at.

    ``states`` give how officers stand, by key.
    """
    if view.quarter is None:
        return OFFICER_COLUMNS
    duties = Column(
        "thuc_hien",
        f"Thực hiện {view.quarter}",
        lambda officer: states().get(officer.pk, NOT_DUE),
        kind=Kind.STATE,
        is_internal=True,
        width=20,
    )
    return (*OFFICER_COLUMNS[:-1], duties, OFFICER_COLUMNS[-1])


OFFICER_COLUMNS = (
    Column(
        "ten",
        "Họ và tên",
        lambda officer: officer.full_name,
        sort=("sort_key",),
        url=lambda officer: reverse("reports:officer_detail", args=[officer.pk]),
        detail=lambda officer: officer.position,
        detail_label="Chức vụ, đơn vị công tác",
        width=24,
    ),
    Column(
        "nam_sinh",
        "Năm sinh",
        lambda officer: officer.birth_year,
        kind=Kind.YEAR,
        sort=("birth_year",),
        width=9,
    ),
    Column(
        "nhom",
        "Nhóm cán bộ",
        lambda officer: officer.get_group_display(),
        sort=("group", "sort_key"),
        width=22,
    ),
    Column(
        "thu_tu",
        "Thứ tự",
        lambda officer: officer.protocol_rank,
        kind=Kind.NUMBER,
        figure=NO_FIGURE,
        sort=("protocol_rank", "sort_key"),
        width=8,
    ),
    Column("tinh_trang", "Tình trạng", officer_state, kind=Kind.STATE),
    Column(
        "so_dang_bo",
        "Số Đảng bộ",
        lambda officer: officer.load,
        kind=Kind.NUMBER,
        figure="communes_covered",
        sort=("load", "sort_key"),
        width=10,
    ),
    Column(
        "dang_bo",
        "Đảng bộ đang phụ trách",
        lambda officer: ", ".join(commune_held(row) for row in officer.current),
        width=36,
    ),
    Column(
        "thoi_tu",
        "Thôi từ ngày",
        last_end,
        kind=Kind.DATE,
        sort=("last_end",),
        detail=last_reason,
        detail_label="Lý do thôi",
        is_detail_internal=True,
        width=12,
    ),
)


class OfficerList(TableView):
    """Officers sorted by tên, đệm, họ; or by protocol rank where rank order is asked for."""

    filterset_class = OfficerFilter
    title = "Cán bộ"
    noun = "cán bộ"
    file_name = "CanBo"
    default_sort = "ten"
    search_hint = "Họ tên, chức vụ, đơn vị (gõ không dấu cũng được)"

    @property
    def columns(self):
        return officer_columns(Viewpoint.of(self.request), lambda: self.states)

    @cached_property
    def states(self) -> dict[int, State]:
        """Give how the officers stand who are listed: those of the page alone, or all of them."""
        view = Viewpoint.of(self.request)
        if self.is_export:
            return view.officer_states
        return view.officer_states_of({officer.pk for officer in self.listed})

    def scoped(self):
        officers = Officer.objects.visible_to(self.request.user)
        return with_load(officers, self.request.user, self.day)


# --- the page of one -----------------------------------------------------------------------------


def general(officer: Officer, view: Viewpoint) -> dict[str, object]:
    """Give what is due of the quarter."""
    return {"duties": named(view.lines_by(officer.pk), view.day), "quarter": view.quarter}


def goings(officer: Officer, view: Viewpoint) -> dict[str, object]:
    """Give the last visits."""
    return {"visits": attended_by(officer, view.user, view.day)}


def reports_of(officer: Officer, view: Viewpoint) -> dict[str, object]:
    """Give how the reports of the last periods stand, and the last urgent ones."""
    periods = [period for period, _ in asked_reports(view.day)][:LAST_PERIODS]
    found = reporting(view.user, periods, view.day, officer=officer.pk)
    urgent = PeriodicReport.objects.visible_to(view.user).standing().on(view.day)
    return {
        "reports": found.rows[::-1],
        "urgent": urgent.filter(officer=officer, kind=ReportKind.URGENT)[:LAST_PERIODS],
    }


def petitions_of(officer: Officer, view: Viewpoint) -> dict[str, object]:
    """Give the petitions the officer raised."""
    rows = Petition.objects.visible_to(view.user).standing().filter(officer=officer)
    return {
        "petitions": overview(rows, view.day),
        "all_petitions": f"{reverse('petitions:list')}?can_bo={officer.pk}",
        "tells_commune": True,
        "home": None,
    }


def assignments_of(officer: Officer, view: Viewpoint) -> dict[str, object]:
    """Give all assignments that were, and who changed what is written of the officer."""
    history = list(
        Assignment.objects.visible_to(view.user)
        .filter(officer=officer)
        .started_by(view.day)
        .with_parties()
        .order_by(F("ended_on").desc(nulls_first=True), "-started_on", "-pk")
    )
    return {
        "timeline": officer_timeline(history, view.day),
        "changes": changes([officer, *history], view.user),
    }


def evaluations_of(officer: Officer, view: Viewpoint) -> dict[str, object]:
    """Give the evaluations that are the user's to know of."""
    return {"evaluations": list(listed_for(officer, view.user))}


EVALUATIONS = Part("danh-gia", "Đánh giá", "reports/officer/evaluations.html", evaluations_of)
PARTS = (
    Part("", "Tổng quan", "reports/officer/general.html", general),
    Part("chuyen-di", "Chuyến đi", "reports/officer/visits.html", goings),
    Part("bao-cao", "Báo cáo", "reports/officer/reports.html", reports_of),
    Part("kien-nghi", "Kiến nghị", "petitions/overview.html", petitions_of),
    Part("qua-trinh", "Quá trình", "reports/officer/history.html", assignments_of),
)


def parts_for(officer: Officer, user: User) -> tuple[Part, ...]:
    """Give the parts of an officer's page; that of evaluations is there for who may know of it."""
    return (*PARTS, EVALUATIONS) if has_evaluations_for(officer, user) else PARTS


@require_safe
def officer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one officer in parts: offices and communes, what was done, reported, raised."""
    officers = with_load(Officer.objects.visible_to(request.user), request.user, request.as_of.day)
    officer = get_object_or_404(officers, pk=pk)
    departures = Departure.objects.visible_to(request.user).standing().filter(officer=officer)
    context = {
        "title": officer.full_name,
        "officer": officer,
        "state": officer_state(officer),
        "departure": departures.filter(leaves_on__gt=request.as_of.day - STILL_TOLD).first(),
        "is_overloaded": officer.load > settings.MAX_COMMUNES_PER_OFFICER,
    }
    parts = parts_for(officer, request.user)
    return page_in_parts(request, "reports/officer_detail.html", officer, parts, context)
