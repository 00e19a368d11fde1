"""The list of communes and the dossier of one: who, since when, by which decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.coverage import (
    covering,
    is_being_handed_over,
    with_coverage,
    with_current,
    with_holder,
)
from assignments.directives import states_of
from assignments.enums import AssignmentRole
from assignments.models import Assignment
from assignments.open_units import communes_open_to
from assignments.tables import Column, Kind, State, TableView
from assignments.unit_columns import NOW, relation
from communes.former_units import lines_after, lines_before, of_unit, story_day
from communes.lineage import Reading
from communes.models import Commune
from communes.place_search import find_communes
from reports.assignment_papers import relieved_lately
from reports.commune_story import area_changes, last_visits
from reports.duties.named import named
from reports.duties.states import NOBODY, NOT_DUE
from reports.figures import COMMUNES
from reports.filters import CommuneFilter
from reports.history import changes
from reports.models import Handover, Petition
from reports.petitions.told import overview
from reports.timeline import commune_timeline
from reports.viewpoint import StatesOf, Viewpoint
from reports.views.parts import Part, page_in_parts


def coverage_state(commune: Commune) -> State:
    """Give how a commune annotated ``with_coverage`` and ``with_current`` stands."""
    holder = covering(commune)
    if holder is None and not commune.covered:
        return State("○", "Chưa có người", "none")
    if holder and holder.role == AssignmentRole.COVER:
        return State("◐", "Tạm thời", "due")
    return State("✓", "Có người", "ok")


def holder_value(commune: Commune, value) -> object:
    holder = covering(commune)
    return value(holder) if holder else None


def commune_columns(view: Viewpoint, states: StatesOf) -> tuple[Column, ...]:
    """Give the columns of the list: where a commune is, while there is more than one such place.

    ``states`` give how communes stand, by key; nobody there is said first.
    """
    return (
        name_column(view),
        *([DISTRICT] if view.known.districts else []),
        *([AREA] if view.known.areas else []),
        COVERAGE,
        *([duty_column(view, states)] if view.quarter else []),
        *HOLDER_COLUMNS,
    )


def name_column(view: Viewpoint) -> Column:
    """Give the column of names; under the old units with what each has become."""
    is_told = view.is_old and view.known.heirs
    return Column(
        "ten",
        "Đảng bộ",
        lambda commune: commune.full_name,
        sort=("sort_key",),
        url=lambda commune: reverse("reports:commune_detail", args=[commune.pk]),
        detail=(lambda commune: relation(view.reading, commune)) if is_told else None,
        detail_label=NOW,
        width=28,
    )


def duty_column(view: Viewpoint, states: StatesOf) -> Column:
    """Give the column of duties, which speaks of the quarter looked at."""
    return Column(
        "thuc_hien",
        f"Thực hiện {view.quarter}",
        lambda commune: states().get(commune.pk, NOT_DUE) if commune.covered else NOBODY,
        kind=Kind.STATE,
        width=20,
    )


DISTRICT = Column(
    "huyen",
    "Huyện, thị xã, thành phố",
    lambda commune: str(commune.district or ""),
    sort=("district__code", "sort_key"),
    width=24,
)
AREA = Column(
    "khu_vuc",
    "Khu vực",
    lambda commune: str(commune.area or ""),
    sort=("area__rank", "area__sort_key", "sort_key"),
    width=20,
)


def listed_state(commune: Commune) -> State:
    """Give how a commune of the list stands, and that it is being handed over."""
    state = coverage_state(commune)
    return replace(state, word=f"{state.word}, đang bàn giao") if commune.is_handed_over else state


COVERAGE = Column(
    "tinh_trang",
    "Tình trạng",
    listed_state,
    kind=Kind.STATE,
    sort=("covered", "uncovered_since"),
    detail=lambda commune: (
        f"từ {commune.uncovered_since:%d/%m/%Y}" if commune.uncovered_since else ""
    ),
    detail_label="Chưa có người từ",
)
HOLDER_COLUMNS = (
    Column(
        "can_bo",
        "Cán bộ phụ trách",
        lambda commune: holder_value(commune, lambda held: held.officer.full_name),
        sort=("holder_key",),
        url=lambda commune: holder_value(
            commune, lambda held: reverse("reports:officer_detail", args=[held.officer_id])
        ),
        detail=lambda commune: holder_value(commune, lambda held: held.officer.position) or "",
        detail_label="Chức vụ, đơn vị công tác",
        width=26,
    ),
    Column(
        "tu_ngay",
        "Từ ngày",
        lambda commune: holder_value(commune, lambda held: held.started_on),
        kind=Kind.DATE,
        sort=("held_since",),
        detail=lambda commune: str(holder_value(commune, lambda held: held.opening_decision) or ""),
        detail_label="Quyết định",
        width=12,
    ),
    Column(
        "cung_theo_doi",
        "Cùng theo dõi",
        lambda commune: ", ".join(
            row.officer.full_name for row in commune.current if row is not covering(commune)
        ),
        width=24,
    ),
    Column("ma", "Mã ĐVHC", lambda commune: commune.code, kind=Kind.CODE, sort=("code",), width=10),
)


class CommuneList(TableView):
    """All communes of the day, the uncovered included."""

    filterset_class = CommuneFilter
    title = "Đảng bộ cấp xã"
    noun = "Đảng bộ xã, phường, thị trấn"
    file_name = "DangBoCapXa"
    template_name = "reports/commune_list.html"
    reads_units = True

    @cached_property
    def view(self) -> Viewpoint:
        return Viewpoint.of(self.request)

    @property
    def reading(self) -> Reading:
        return self.view.reading

    @property
    def columns(self):
        return commune_columns(self.view, lambda: self.states)

    @cached_property
    def states(self) -> dict[int, State]:
        """Give how the communes stand that are listed: those of the page alone, or all of them."""
        if self.is_export:
            return self.view.commune_states
        return self.view.commune_states_of({commune.pk for commune in self.listed})

    @property
    def default_sort(self) -> str:
        return self.view.grouping.by or "ten"

    @property
    def search_hint(self) -> str:
        names = "Tên xã, huyện" if self.view.known.districts else "Tên xã"
        return f"{names} (gõ không dấu cũng được)"

    def scoped(self):
        communes = with_coverage(COMMUNES.visible(self.view), self.day, self.reading)
        communes = with_holder(communes, self.day)
        communes = communes.annotate(is_handed_over=is_being_handed_over(self.day, "pk"))
        communes = communes.select_related("district", "area").defer("boundary")
        return with_current(communes, self.request.user, self.day)

    def search(self, rows, query):
        return find_communes(rows, query, self.day)


# --- the dossier of one --------------------------------------------------------------------------


def general(commune: Commune, view: Viewpoint) -> dict[str, object]:
    """Give what is due of the quarter, and what is followed."""
    return {
        "duties": named(view.lines_in(commune.pk), view.day, view.reading),
        "quarter": view.quarter,
        "directives": states_of(commune, view.user, view.day),
        "relieved": relieved_lately(commune, view.user, view.day),
        "may_export": allowed(view.user, Permission.EXPORT),
        "before": lines_before(commune, view.day),
        "handovers": handovers_in(commune, view),
    }


def handovers_in(commune: Commune, view: Viewpoint) -> list[Handover]:
    """Give what is being handed over in the commune on the day, and is the user's to know."""
    rows = Handover.objects.visible_to(view.user).unsettled_on(view.day)
    return list(rows.filter(outgoing__commune=commune).with_parties())


def goings(commune: Commune, view: Viewpoint) -> dict[str, object]:
    """Give the last visits, and how the area changed."""
    return {
        "visits": last_visits(commune, view.user, view.day),
        "area_changes": area_changes(commune, view.user, view.day),
    }


def petitions_of(commune: Commune, view: Viewpoint) -> dict[str, object]:
    """Give what the commune asked for, and what came of it."""
    rows = Petition.objects.visible_to(view.user).standing().filter(of_unit(commune, view.day))
    return {
        "petitions": overview(rows, view.day),
        "all_petitions": f"{reverse('petitions:list')}?dang_bo={commune.pk}",
        "tells_commune": False,
        "home": commune,
    }


def followed_by(commune: Commune, view: Viewpoint) -> dict[str, object]:
    """Give everybody who has followed the commune, and who changed what is written of it.

    Those who followed a unit it came of are among them.
    """
    history = list(
        Assignment.objects.visible_to(view.user)
        .filter(of_unit(commune, view.day))
        .started_by(view.day)
        .with_parties()
        .order_by("-started_on", "-pk")
    )
    return {
        "timeline": commune_timeline(history, commune, view.day),
        "changes": changes([commune, *history], view.user),
    }


PARTS = (
    Part("", "Tổng quan", "reports/commune/general.html", general),
    Part("chuyen-di", "Chuyến đi", "reports/commune/visits.html", goings),
    Part("kien-nghi", "Kiến nghị", "petitions/overview.html", petitions_of),
    Part("qua-trinh", "Quá trình", "reports/commune/history.html", followed_by),
)


def whereabouts(commune: Commune, user: User, day: dt.date) -> dict[str, object]:
    """Say whether a commune is there on the day; if not, what it became, linked where open."""
    after = lines_after(commune, day) if commune.dissolved_on else []
    became = {line.new_id for line in after}
    linked = communes_open_to(user, day).filter(pk__in=became) if became else []
    return {
        "shown_on": story_day(commune, day),
        "is_there": commune.exists_on(day),
        "after": after,
        "linked": {unit.pk for unit in linked},
    }


@require_safe
def commune_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one commune in parts: who follows it and what is due, what was done and asked there.

    One that is no more stays to be read, as it was on its last day, and says what it became.
    """
    user, day = request.user, request.as_of.day
    communes = with_coverage(communes_open_to(user, day), day).defer("boundary")
    commune = get_object_or_404(with_current(communes, user, day), pk=pk)
    context = {
        "title": commune.party_body,
        "commune": commune,
        "state": coverage_state(commune),
        "holder": covering(commune),
        **whereabouts(commune, user, day),
    }
    return page_in_parts(request, "reports/commune_detail.html", commune, PARTS, context)
