"""Figures and coverage against a plain count, day by day, over invented provinces."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from assignments.coverage import communes_visible_to, with_coverage
from assignments.enums import VisitKind, VisitOutcome
from assignments.models import Assignment, Decision
from reports.figures import FIGURES, Summed, values
from reports.viewpoint import Viewpoint
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_decision,
    make_officer,
    make_period,
    make_visit,
)
from tests.reports.spans import LENGTH, Span, lawful, on, spans

# No such records here, nothing is asked: tests/reports/duties and petitions count those.
ABSENT = ("petition", "communes_petitioning", "matter", "task", "report", "waiver", "visits_on_")
STATES = {"thuc_hien", "du_hop"}
OF_DUTIES = [
    key for key, figure in FIGURES.items() if isinstance(figure, Summed) or STATES & {*figure.query}
]
QUARTERS = ((2, 12), (12, 22))  # the first and the first day after
SPAN = "2024-q1..2024-q2"
LOOK_AHEAD, MOST = 5, 1  # set to match the invented length


@dataclass(frozen=True)
class Going:
    """A visit as drawn: whose, where, when, what for, and what came of it."""

    officer: int
    commune: int
    day: int
    kind: VisitKind
    is_held: bool
    is_confirmed: bool


GOINGS = st.builds(
    Going,
    officer=st.integers(0, 3),
    commune=st.integers(0, 3),
    day=st.integers(0, LENGTH),
    kind=st.sampled_from(VisitKind),
    is_held=st.booleans(),
    is_confirmed=st.booleans(),
)


def days_looked_at(day: int, asked: str) -> range:
    """Give the days of the quarters looked at, up to ``day``."""
    begun = [quarter for quarter in QUARTERS if quarter[0] <= day]
    if asked == SPAN and len(begun) == len(QUARTERS):
        return range(QUARTERS[0][0], min(QUARTERS[-1][1], day + 1))
    own = [range(first, day + 1) for first, after in begun if day < after]
    return own[0] if own else range(0)


def counted_goings(world: list[Span], goings: list[Going], day: int, asked: str) -> dict[str, int]:
    """Count the figures of visits from their sentences."""
    days = days_looked_at(day, asked)
    within = [one for one in goings if one.day in days]
    held = [one for one in within if one.is_held and one.is_confirmed]
    posted = {span.officer for span in world if any(span.covers(one) for one in days)}
    visited = {one.commune for one in held}
    return {
        "visits_held": len(held),
        "visits_postponed": sum(one.is_confirmed and not one.is_held for one in within),
        "visits_unconfirmed": sum(not one.is_confirmed for one in within),
        **{f"visits_{kind}": sum(one.kind == kind for one in held) for kind in VisitKind},
        "communes_visited": len(visited),
        "communes_unvisited": 4 - len(visited) if days else 0,
        "officers_posted": len(posted),
        "officers_nowhere": len(posted - {one.officer for one in held}),
    }


def counted(
    world: list[Span], left: dict[int, int], goings: list[Going], day: int, asked: str
) -> dict[str, int]:
    """Count every figure from its sentence, without a database."""
    begun = {span.officer for span in world if span.start <= day}
    active = {span.officer for span in world if span.holds(day)}
    loads = Counter(span.officer for span in world if span.covers(day))
    covered = {span.commune for span in world if span.covers(day)}

    def is_covered(commune: int, on: int) -> bool:
        return any(span.commune == commune and span.covers(on) for span in world)

    def becomes_empty(commune: int) -> bool:
        return any(not is_covered(commune, on) for on in range(day + 1, day + LOOK_AHEAD + 1))

    return {
        "officers_assigned": len(begun),
        "officers_active": len(active),
        "officers_left": len(begun - active),
        "communes": 4,
        "communes_covered": len(covered),
        "communes_uncovered": 4 - len(covered),
        "communes_ending": sum(becomes_empty(commune) for commune in covered),
        "officers_multiple": sum(load >= 2 for load in loads.values()),
        "officers_overloaded": sum(load > MOST for load in loads.values()),
        "officers_departed": sum(left.get(officer, day + 1) <= day for officer in active),
        **dict.fromkeys(OF_DUTIES, 0),
        **{key: 0 for key in FIGURES if key.startswith(ABSENT)},
        **counted_goings(world, goings, day, asked),
        "assignments_active": sum(span.holds(day) for span in world),
        "assignments_undocumented": sum(
            span.holds(day) and not span.has_decision for span in world
        ),
    }


def write(world: list[Span], left: dict[int, int], goings: list[Going]) -> None:
    """Put an invented province into the database."""
    officers = [
        make_officer(left_on=on(left[number]) if number in left else None) for number in range(4)
    ]
    communes, decision = [make_commune() for _ in range(4)], make_decision()
    for span in world:
        make_assignment(
            officers[span.officer],
            communes[span.commune],
            role=span.role,
            started_on=on(span.start),
            ended_on=None if span.end is None else on(span.end),
            opening_decision=decision if span.has_decision else None,
        )
    for number, (first, after) in enumerate(QUARTERS, start=1):
        make_period(on(first), on(after), number=number)
    for one in goings:
        outcome = VisitOutcome.HELD if one.is_held else VisitOutcome.POSTPONED
        about = {"visited_on": on(one.day), "kind": one.kind, "outcome": outcome}
        visit = make_visit(communes[one.commune], **about)
        waiting = {} if one.is_confirmed else {"confirmed_at": None, "confirmed_by": None}
        make_attendance(officers[one.officer], visit, **waiting)


def uncovered_since(world: list[Span], commune: int, day: int) -> int | None:
    """Give the first day of the gap that ``day`` lies in; ``None`` when nobody ever covered."""
    since = day
    while since >= 0 and not any(s.commune == commune and s.covers(since) for s in world):
        since -= 1
    return since + 1 if since >= 0 else None


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(spans(), max_size=10),
    left=st.dictionaries(st.integers(0, 3), st.integers(0, LENGTH)),
    goings=st.lists(GOINGS, max_size=6),
    days=st.lists(st.integers(0, LENGTH * 2), min_size=3, max_size=3),
    asked=st.sampled_from(["", SPAN]),
)
def test_figures_agree_with_a_plain_count(app_settings, users, drawn, left, goings, days, asked):
    world, leader = lawful(drawn), users[Role.LEADER]
    with transaction.atomic():
        write(world, left, goings)
        for day in days:
            assert values(Viewpoint(leader, on(day), asked)) == counted(
                world, left, goings, day, asked
            )
            communes = with_coverage(communes_visible_to(leader, on(day)), on(day)).order_by("pk")
            for number, commune in enumerate(communes):
                gap = None if commune.covered else uncovered_since(world, number, day)
                assert commune.uncovered_since == (None if gap is None else on(gap))
        transaction.set_rollback(True)
    assert not Assignment.objects.exists()
    assert not Decision.objects.exists()


@pytest.fixture
def app_settings(settings):
    settings.LOOK_AHEAD_DAYS, settings.MAX_COMMUNES_PER_OFFICER = LOOK_AHEAD, MOST
    assert set(counted([], {}, [], 0, "")) == set(FIGURES)
