"""The first page: figures, what needs a decision, districts, map; or an officer's own communes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.coverage import (
    communes_visible_to,
    gaps_ahead,
    with_coverage,
    with_current,
)
from assignments.models import Officer
from communes.models import Commune, District
from reports import figures, map
from reports.decisions import matters
from reports.views.communes import coverage_state

# The headline figures, each with the smaller ones printed under it.
HEADLINES: dict[str, tuple[str, ...]] = {
    "officers_active": ("officers_assigned", "officers_left"),
    "communes": ("communes_covered",),
    "communes_uncovered": (),
    "communes_ending": (),
    "officers_multiple": (),
}
BAD_UNLESS_NONE = {"communes_uncovered"}
TONES = {"ok": "Đã có người phụ trách", "due": "Sắp trống", "none": "Chưa có người phụ trách"}


@dataclass(frozen=True)
class DistrictRow:
    """A line of the table beside the map."""

    district: District | None
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


def district_rows(communes: Sequence[Commune]) -> list[DistrictRow]:
    """Count communes, sorted by district, per district."""
    return [
        DistrictRow(district, len(members), sum(commune.covered for commune in members))
        for district, group in groupby(communes, key=lambda commune: commune.district)
        for members in [list(group)]
    ]


def tone(commune: Commune, ending: set[int]) -> str:
    """Give a commune's tone on the map."""
    if not commune.covered:
        return "none"
    return "due" if commune.pk in ending else "ok"


def coverage_map(communes: Sequence[Commune], ending: set[int]) -> map.Map:
    """Draw who has somebody, who will soon have nobody, who has nobody."""
    return map.draw(
        (commune, shade, f"{commune.party_body} – {TONES[shade].lower()}")
        for commune in communes
        for shade in [tone(commune, ending)]
    )


def legend(communes: Sequence[Commune], ending: set[int]) -> list[tuple[str, str, int]]:
    """Give (tone, word, count) for each tone that occurs."""
    shades = [tone(commune, ending) for commune in communes]
    return [(key, word, shades.count(key)) for key, word in TONES.items() if key in shades]


def longest_gap(uncovered: Sequence[Commune], day: dt.date) -> str:
    """Say how long the longest gap has lasted."""
    since = [commune.uncovered_since for commune in uncovered if commune.uncovered_since]
    return f"lâu nhất {(day - min(since)).days} ngày" if since else ""


@dataclass(frozen=True)
class Tile:
    """A headline figure, with smaller figures or a remark under it."""

    figure: figures.Figure
    value: int
    parts: list[tuple[figures.Figure, int]]
    note: str = ""
    is_bad: bool = False


def tiles(values: dict[str, int], gap: str) -> list[Tile]:
    """Give the figures at the head of the page."""
    notes = {"communes_uncovered": gap}
    return [
        Tile(
            figures.FIGURES[key],
            values[key],
            [(figures.FIGURES[part], values[part]) for part in parts],
            notes.get(key, ""),
            key in BAD_UNLESS_NONE and values[key] > 0,
        )
        for key, parts in HEADLINES.items()
    ]


def overview(request: HttpRequest, user: User, day: dt.date) -> HttpResponse:
    """Show leaders and the office where things stand."""
    communes = list(with_coverage(communes_visible_to(user, day), day))
    uncovered = [commune for commune in communes if not commune.covered]
    gaps = list(gaps_ahead(user, day, figures.look_ahead(day)))
    ending = {row.commune_id for row in gaps}
    values = figures.values(user, day)
    return render(
        request,
        "reports/home.html",
        {
            "title": "Tổng quan",
            "values": values,
            "tiles": tiles(values, longest_gap(uncovered, day)),
            "matters": matters(user, day, values=values, uncovered=uncovered, gaps=gaps),
            "districts": district_rows(communes),
            "map": coverage_map(communes, ending),
            "legend": legend(communes, ending),
        },
    )


def own_communes(request: HttpRequest, user: User, day: dt.date) -> HttpResponse:
    """Show an officer, or who assists them, the communes that are theirs on the day."""
    communes = with_coverage(communes_visible_to(user, day), day).order_by("sort_key")
    rows = list(with_current(communes, user, day))
    return render(
        request,
        "reports/own_communes.html",
        {
            "title": "Địa bàn của tôi",
            "rows": [(commune, coverage_state(commune)) for commune in rows],
            "has_officer": Officer.objects.of_user(user).exists(),
        },
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the user's role is for."""
    show = overview if allowed(request.user, Permission.VIEW_ALL) else own_communes
    return show(request, request.user, request.as_of.day)
