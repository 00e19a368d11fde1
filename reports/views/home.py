"""The first page: figures, what needs a decision, duties, map; or an officer's own communes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.coverage import gaps_ahead, with_coverage
from assignments.tables import State
from communes.models import Commune
from communes.templatetags.office import grouped
from reports import figures, map
from reports.decisions import DECIDED_BY, matters
from reports.duties import Totals
from reports.duties.states import DONE, EXCUSED, NOBODY, NOT_DUE, OPEN, OVERDUE, STATES
from reports.duties.words import DutyWord
from reports.figures.told import Told, named_by
from reports.models import Review
from reports.territories import Territory
from reports.viewpoint import Viewpoint
from reports.views.own import own_communes

# The headline figures, each with the smaller ones printed under it.
HEADLINES: dict[str, tuple[str, ...]] = {
    "officers_active": ("officers_assigned", "officers_left"),
    "communes": ("communes_covered",),
    "communes_uncovered": (),
    "communes_unmet": ("communes_unmet_explained", "communes_unmet_unclear"),
    "petitions_overdue": ("petitions_open",),
}
# In the last row of the table beside the map, and under the map.
BESIDE_MAP = ("communes", "communes_covered", "communes_uncovered", "communes_ending")
BAD_UNLESS_NONE = {"communes_uncovered", "petitions_overdue"}
ENDING = "Sắp trống người phụ trách"
COVERED = State("✓", "Đã có người phụ trách", "ok")
# Of dots in one place the worst is seen.
PAINTED = (COVERED, NOT_DUE, DONE, EXCUSED, OPEN, OVERDUE, NOBODY)
PLACES = 40  # rows of the table beside the map; a country has more, and shows the worst


@dataclass(frozen=True)
class PlaceRow:
    """A line of the table beside the map."""

    place: Territory
    address: str  # of its communes; "" where there is no list of them
    total: int
    covered: int

    @property
    def uncovered(self) -> int:
        return self.total - self.covered

    @property
    def share(self) -> str:
        return f"{self.covered}/{self.total} Đảng bộ đã có người phụ trách"

    @property
    def covered_percent(self) -> float:
        return round(100 * self.covered / self.total, 1)


def place_rows(communes: Sequence[Commune], view: Viewpoint) -> list[PlaceRow]:
    """Count communes for each district or area; nothing where all are in one."""
    if not view.grouping.by:
        return []
    return [
        PlaceRow(place, list_of(place, view), len(members), sum(one.covered for one in members))
        for place, members in view.grouping.groups(view.grouping.ordered(communes))
    ]


def worst(rows: list[PlaceRow]) -> list[PlaceRow]:
    """Give the rows there is room for: of many, those where most communes have nobody."""
    if len(rows) <= PLACES:
        return rows
    return sorted(rows, key=lambda row: -row.uncovered)[:PLACES]


def left_out(rows: list[PlaceRow], view: Viewpoint) -> str:
    """Say how many places there was no room for."""
    left, word = len(rows) - PLACES, view.grouping.word
    if left <= 0:
        return ""
    return (
        f"Bảng nêu {PLACES} {word} còn nhiều Đảng bộ chưa có người nhất; {grouped(left)} {word} "
        "khác xem ở danh sách đầy đủ."
    )


def list_of(place: Territory, view: Viewpoint) -> str:
    """Give the address of the communes of a district or area."""
    if place.parameter != view.grouping.by:
        return ""
    return view.address("reports:commune_list", **place.query)


def standing(commune: Commune, view: Viewpoint) -> State:
    """Give how a commune stands on the map: nobody there, else what became of its duties."""
    if not commune.covered:
        return NOBODY
    return view.commune_states.get(commune.pk, NOT_DUE) if view.quarter else COVERED


def draw_map(communes: Sequence[Commune], states: Sequence[State], view: Viewpoint) -> map.Map:
    """Draw every commune in the tone of its state; those soon without anybody are marked.

    Of old units only those are drawn that no other stands for on the day: land is drawn once.
    """
    replaced = view.reading.replaced if view.is_old else set()
    drawn = [
        (commune, state)
        for commune, state in zip(communes, states, strict=True)
        if commune.pk not in replaced
    ]
    if view.known.crowd:
        drawn.sort(key=lambda one: PAINTED.index(one[1]))
        return map.draw_dots((one.longitude, one.latitude, state.tone) for one, state in drawn)
    return map.draw(
        ((commune, state.tone, title_of(commune, state)) for commune, state in drawn),
        marked={commune.pk for commune in communes if commune.in_communes_ending},
    )


def title_of(commune: Commune, state: State) -> str:
    """Give what the map says of a commune."""
    soon = f"; {ENDING.lower()}" if commune.in_communes_ending else ""
    return f"{commune.party_body} – {state.word.lower()}{soon}"


def legend(states: Sequence[State]) -> list[tuple[State, int]]:
    """Give each state that occurs, with how many communes stand so."""
    counts = Counter(states)
    return [(state, counts[state]) for state in (COVERED, *STATES) if state in counts]


def longest_gap(uncovered: Sequence[Commune], day: dt.date) -> str:
    """Say how long the longest gap has lasted."""
    since = [commune.uncovered_since for commune in uncovered if commune.uncovered_since]
    days = (day - min(since)).days if since else 0
    return f"lâu nhất {days} ngày" if days else ""


@dataclass(frozen=True)
class DutyRow:
    """A line of the table of duties; ``numbers`` are (value, address of its list, meaning)."""

    label: str
    totals: Totals
    numbers: list[tuple[int, str, DutyWord]]


def duty_rows(view: Viewpoint) -> list[DutyRow]:
    """Give the five numbers of each kind of duty, each opening its lines."""
    return [
        DutyRow(
            kind.label,
            totals,
            [
                (
                    word.of(totals),
                    view.address("reports:duty_list", nhiem_vu=kind.value, ket_qua=word.choice),
                    word,
                )
                for word in view.words
            ],
        )
        for kind, totals in view.totals.items()
    ]


@dataclass(frozen=True)
class Tile:
    """A headline figure, with smaller figures or a remark under it."""

    told: Told
    parts: list[Told]
    note: str = ""
    is_bad: bool = False


def tiles(view: Viewpoint, values: dict[str, int], gap: str) -> list[Tile]:
    """Give the figures at the head of the page."""
    notes = {"communes_uncovered": gap}
    return [
        Tile(
            Told(figures.FIGURES[key], view, values),
            [Told(figures.FIGURES[part], view, values) for part in parts],
            notes.get(key, ""),
            key in BAD_UNLESS_NONE and values[key] > 0,
        )
        for key, parts in HEADLINES.items()
    ]


def shown() -> list[figures.Figure]:
    """Give the figures the page shows, and those their "?" names."""
    headlines = [figures.FIGURES[key] for key in HEADLINES]
    smaller = (*chain.from_iterable(HEADLINES.values()), *BESIDE_MAP, *DECIDED_BY)
    return [*named_by(headlines), *(figures.FIGURES[key] for key in smaller)]


def overview(request: HttpRequest, view: Viewpoint) -> HttpResponse:
    """Show leaders and the office where things stand."""
    user, day = view.user, view.day
    rows = with_coverage(figures.COMMUNES.visible(view), day, view.reading)
    rows = figures.with_figures(rows.select_related("area"), figures.COMMUNES, view, shown())
    communes = list(rows.defer("boundary") if view.known.crowd else rows)
    places = place_rows(communes, view)
    # What is no more needs nobody.
    uncovered = [one for one in communes if not one.covered and one.exists_on(day)]
    has_gaps = any(commune.in_communes_ending for commune in communes)
    gaps = list(gaps_ahead(user, day, figures.look_ahead(day))) if has_gaps else []
    values = figures.values(view, shown(), fetched={figures.COMMUNES: communes})
    states = [standing(commune, view) for commune in communes]
    return render(
        request,
        "reports/home.html",
        {
            "title": "Tổng quan",
            "view": view,
            "values": values,
            "tiles": tiles(view, values, longest_gap(uncovered, day)),
            "matters": matters(view, values=values, uncovered=uncovered, gaps=gaps),
            "duties": duty_rows(view),
            "duty_words": view.words,
            "matrix_address": view.address("reports:matrix"),
            "commune_list_address": view.address("reports:commune_list"),
            "has_communes": bool(communes),
            "places": worst(places),
            "places_left_out": left_out(places, view),
            "map": draw_map(communes, states, view),
            "legend": legend(states),
            "ending": ENDING,
            "review": Review.objects.visible_to(user).standing().order_by("-day", "-pk").first(),
        },
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the user's role is for."""
    show = overview if allowed(request.user, Permission.VIEW_ALL) else own_communes
    return show(request, Viewpoint.of(request))
