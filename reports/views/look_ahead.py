"""What the coming days bring, as far as is known: who will be missing where, and from when."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import requires
from communes.models import Commune
from reports.decisions.coverage import assign_address, plan_way
from reports.look_ahead import chart
from reports.look_ahead.duties import out_of_reach
from reports.look_ahead.events import events
from reports.look_ahead.gaps import Gap, Level, counts, gaps, levels
from reports.look_ahead.known import DAY, Known
from reports.look_ahead.loads import overloads


def level_row(level: Level) -> tuple[Level, str]:
    """Pair a stretch of days with the list of who is uncovered on them."""
    return level, chart.uncovered_address(level.since)


def gap_row(gap: Gap, known: Known) -> tuple[Gap, str]:
    """Pair a gap with the form that fills it; "" where somebody is to come already."""
    begins = max(gap.since or known.day, known.day)
    return gap, "" if gap.after else assign_address([gap.commune], begins)


def without_successor(gaps: Iterable[tuple[Gap, str]]) -> list[Commune]:
    """Give the communes of gaps that nobody fills yet, each once."""
    found = {gap.commune.pk: gap.commune for gap, address in gaps if address}
    return list(found.values())


@require_safe
@requires(Permission.VIEW_ALL)
def look_ahead(request: HttpRequest) -> HttpResponse:
    """Show each of the coming days' coverage, loads and duties, from what is known."""
    known = Known.of(request.user, request.as_of.day)
    by_day = counts(known)
    found = [gap_row(gap, known) for gap in gaps(known)]
    return render(
        request,
        "reports/look_ahead.html",
        {
            "title": f"{settings.LOOK_AHEAD_DAYS} ngày tới",
            "last_day": known.end - DAY,
            "limit": settings.MAX_COMMUNES_PER_OFFICER,
            "plan_address": plan_way(without_successor(found), known.day)[1],
            "chart": chart.draw(by_day),
            "levels": [level_row(level) for level in levels(by_day)],
            "coming": [row for row in found if not row[0].is_present],
            "present": [row for row in found if row[0].is_present],
            "overloads": overloads(known),
            "duties": out_of_reach(known),
            "events": events(known),
        },
    )
