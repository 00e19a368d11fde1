"""Consecutive quarters looked at together: a half year, a year, the time since the regulation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reports.models import Period

TO = ".."  # between the codes of the first and the last
# How quarters from the first of a year on are called, by how many there are.
FROM_THE_FIRST = {2: "6 tháng đầu năm {}", 3: "9 tháng đầu năm {}", 4: "Năm {}"}

SECOND_HALF = (3, 4)


@dataclass(frozen=True)
class QuarterSpan:
    """Quarters without a gap, the oldest first; asked for days and words as one :class:`Period`."""

    quarters: tuple[Period, ...]

    @property
    def first(self) -> Period:
        return self.quarters[0]

    @property
    def last(self) -> Period:
        return self.quarters[-1]

    @property
    def started_on(self) -> dt.date:
        return self.first.started_on

    @property
    def ended_on(self) -> dt.date:
        return self.last.ended_on

    @property
    def last_day(self) -> dt.date:
        return self.last.last_day

    @property
    def code(self) -> str:
        """Give the span as addresses name it: "2022-q1..2023-q2"."""
        return f"{self.first.code}{TO}{self.last.code}"

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first.year == last.year:
            if first.number == 1:
                return FROM_THE_FIRST[len(self.quarters)].format(first.year)
            if (first.number, last.number) == SECOND_HALF:
                return f"6 tháng cuối năm {first.year}"
        return f"{first} đến {last}"


def spanned(quarters: Sequence[Period], code: str) -> Period | QuarterSpan | None:
    """Give what ``code`` names among ``quarters``: one, several in a row, or nothing."""
    by_code = {quarter.code: quarter for quarter in quarters}
    first, _, last = code.partition(TO)
    if first not in by_code or (last or first) not in by_code:
        return None
    return between(quarters, by_code[first], by_code[last or first])


def between(quarters: Sequence[Period], first: Period, last: Period) -> Period | QuarterSpan | None:
    """Give the quarters from ``first`` to ``last``: the one itself when they are the same."""
    if first == last:
        return first
    chosen = [one for one in quarters if first.started_on <= one.started_on <= last.started_on]
    chosen.sort(key=lambda one: one.started_on)
    return QuarterSpan(tuple(chosen)) if chosen else None
