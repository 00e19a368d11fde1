"""Invented assignments for property tests: drawn, and made lawful."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from assignments.enums import COVERING_ROLES, AssignmentRole

FIRST = dt.date(2024, 1, 1)
LENGTH = 20  # days an invented world lasts


def on(day: int) -> dt.date:
    """Give the date of a day of the invented world."""
    return FIRST + dt.timedelta(days=day)


@dataclass(frozen=True)
class Span:
    """An assignment as drawn: who, where, as what, from which day up to which."""

    officer: int
    commune: int
    role: AssignmentRole
    start: int
    end: int | None
    has_decision: bool

    def holds(self, day: int) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def covers(self, day: int) -> bool:
        return self.role in COVERING_ROLES and self.holds(day)

    def meets(self, other: Span) -> bool:
        return any(self.holds(day) and other.holds(day) for day in range(LENGTH * 3))


@st.composite
def spans(draw) -> Span:
    start = draw(st.integers(0, LENGTH))
    length = draw(st.none() | st.integers(1, LENGTH))
    return Span(
        officer=draw(st.integers(0, 3)),
        commune=draw(st.integers(0, 3)),
        role=draw(st.sampled_from(AssignmentRole)),
        start=start,
        end=None if length is None else start + length,
        has_decision=draw(st.booleans()),
    )


def lawful(drawn: list[Span]) -> list[Span]:
    """Keep the assignments that the rules let stand beside those before them."""
    kept: list[Span] = []
    for span in drawn:
        near = [other for other in kept if other.commune == span.commune and other.meets(span)]
        alone = span.role == AssignmentRole.SUPPORT or all(o.role != span.role for o in near)
        if alone and all(other.officer != span.officer for other in near):
            kept.append(span)
    return kept
