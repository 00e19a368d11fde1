"""Figures and coverage against a plain count, day by day, over invented provinces."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from assignments.coverage import communes_visible_to, with_coverage
from assignments.models import Assignment, Decision
from reports.figures import FIGURES, PETITIONS, Summed, figures_of, values
from reports.viewpoint import Viewpoint
from tests.factories import make_assignment, make_commune, make_decision, make_officer
from tests.reports.spans import LENGTH, Span, lawful, on, spans

OF_PETITIONS = [figure.key for figure in figures_of(PETITIONS)]
OF_DUTIES = [
    key for key, figure in FIGURES.items() if isinstance(figure, Summed) or figure.is_of_quarter
]
LOOK_AHEAD, MOST = 5, 1  # set to match the invented length


def counted(world: list[Span], left: dict[int, int], day: int) -> dict[str, int]:
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
        **dict.fromkeys(OF_DUTIES, 0),  # no duties here: tests/reports/duties counts those
        "reports_waiting": 0,
        "waivers_waiting": 0,
        **dict.fromkeys(OF_PETITIONS, 0),  # no petitions: tests/reports/petitions counts those
        "assignments_active": sum(span.holds(day) for span in world),
        "assignments_undocumented": sum(
            span.holds(day) and not span.has_decision for span in world
        ),
    }


def write(world: list[Span], left: dict[int, int]) -> None:
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
    days=st.lists(st.integers(0, LENGTH * 2), min_size=3, max_size=3),
)
def test_figures_agree_with_a_plain_count(app_settings, users, drawn, left, days):
    world, leader = lawful(drawn), users[Role.LEADER]
    with transaction.atomic():
        write(world, left)
        for day in days:
            assert values(Viewpoint(leader, on(day))) == counted(world, left, day)
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
    assert set(counted([], {}, 0)) == set(FIGURES)
