"""The list of communes and the dossier of one: who, since when, by which decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.coverage import communes_visible_to, covering, with_coverage, with_current
from assignments.directives import states_of
from assignments.enums import AssignmentRole
from assignments.models import Assignment
from assignments.tables import Column, Kind, State, TableView
from communes.models import Commune
from reports.assignment_papers import relieved_lately
from reports.commune_story import area_changes, last_visits
from reports.duties.named import named
from reports.duties.states import NOBODY, NOT_DUE
from reports.filters import CommuneFilter
from reports.history import changes
from reports.models import Petition
from reports.petitions.told import overview
from reports.timeline import commune_timeline
from reports.viewpoint import Viewpoint
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


def commune_columns(view: Viewpoint) -> tuple[Column, ...]:
    """Give the columns of the list; that of duties speaks of the quarter looked at."""
    if view.quarter is None:
        return COMMUNE_COLUMNS
    duties = Column(
        "thuc_hien",
        f"Thực hiện {view.quarter}",
        lambda commune: duty_state(commune, view),
        kind=Kind.STATE,
        width=20,
    )
    return (*COMMUNE_COLUMNS[:3], duties, *COMMUNE_COLUMNS[3:])


def duty_state(commune: Commune, view: Viewpoint) -> State:
    """Give how a commune's duties of the quarter stand; nobody there says so first."""
    return view.commune_states.get(commune.pk, NOT_DUE) if commune.covered else NOBODY


COMMUNE_COLUMNS = (
    Column(
        "ten",
        "Đảng bộ",
        lambda commune: commune.full_name,
        sort=("sort_key",),
        url=lambda commune: reverse("reports:commune_detail", args=[commune.pk]),
        width=28,
    ),
    Column(
        "huyen",
        "Huyện, thị xã, thành phố",
        lambda commune: str(commune.district or ""),
        sort=("district__code", "sort_key"),
        width=24,
    ),
    Column(
        "tinh_trang",
        "Tình trạng",
        coverage_state,
        kind=Kind.STATE,
        sort=("covered", "uncovered_since"),
        detail=lambda commune: (
            f"từ {commune.uncovered_since:%d/%m/%Y}" if commune.uncovered_since else ""
        ),
        detail_label="Chưa có người từ",
    ),
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
    default_sort = "huyen"
    search_hint = "Tên xã, huyện (gõ không dấu cũng được)"
    template_name = "reports/commune_list.html"

    @property
    def columns(self):
        return commune_columns(Viewpoint.of(self.request))

    def scoped(self):
        communes = with_coverage(communes_visible_to(self.request.user, self.day), self.day)
        communes = communes.defer("boundary")
        return with_current(communes, self.request.user, self.day)

    def search(self, rows, query):
        return rows.search(query, "district__search_key")


# --- the dossier of one --------------------------------------------------------------------------


def general(commune: Commune, view: Viewpoint) -> dict[str, object]:
    """Give what is due of the quarter, and what is followed."""
    return {
        "duties": named(view.lines_in(commune.pk), view.day),
        "quarter": view.quarter,
        "directives": states_of(commune, view.user, view.day),
        "relieved": relieved_lately(commune, view.user, view.day),
        "may_export": allowed(view.user, Permission.EXPORT),
    }


def goings(commune: Commune, view: Viewpoint) -> dict[str, object]:
    """Give the last visits, and how the area changed."""
    return {
        "visits": last_visits(commune, view.user, view.day),
        "area_changes": area_changes(commune, view.user, view.day),
    }


def petitions_of(commune: Commune, view: Viewpoint) -> dict[str, object]:
    """Give what the commune asked for, and what came of it."""
    rows = Petition.objects.visible_to(view.user).standing().filter(commune=commune)
    return {
        "petitions": overview(rows, view.day),
        "all_petitions": f"{reverse('petitions:list')}?dang_bo={commune.pk}",
        "tells_commune": False,
    }


def followed_by(commune: Commune, view: Viewpoint) -> dict[str, object]:
    """Give everybody who has followed the commune, and who changed what is written of it."""
    history = list(
        Assignment.objects.visible_to(view.user)
        .filter(commune=commune)
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


@require_safe
def commune_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one commune in parts: who follows it and what is due, what was done and asked there."""
    user, day = request.user, request.as_of.day
    communes = with_coverage(communes_visible_to(user, day), day).defer("boundary")
    commune = get_object_or_404(with_current(communes, user, day), pk=pk)
    context = {
        "title": commune.party_body,
        "commune": commune,
        "state": coverage_state(commune),
        "holder": covering(commune),
    }
    return page_in_parts(request, "reports/commune_detail.html", commune, PARTS, context)
