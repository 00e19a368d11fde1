"""Arithmetic of half-open stretches of days: (first day, first day after)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

Stretch = tuple[dt.date, dt.date]


def without(stretch: Stretch, holes: Iterable[Stretch]) -> Iterator[Stretch]:
    """Give what is left of ``stretch`` outside ``holes``, which do not overlap each other."""
    since, until = stretch
    for start, end in sorted(holes):
        if end <= since or start >= until:
            continue
        if start > since:
            yield since, start
        since = end
    if since < until:
        yield since, until


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Join stretches that touch or overlap."""
    result: list[Stretch] = []
    for since, until in sorted(stretches):
        if result and since <= result[-1][1]:
            result[-1] = result[-1][0], max(result[-1][1], until)
        else:
            result.append((since, until))
    return result


def days_within(stretches: Iterable[Stretch], whole: Stretch) -> int:
    """Count the days of ``stretches``, which do not overlap, that lie in ``whole``."""
    first, end = whole
    counted = 0
    for since, until in stretches:
        # Compared by hand: asked for every assignment of a nation, min() and max() would show.
        days = ((until if until < end else end) - (since if since > first else first)).days
        if days > 0:
            counted += days
    return counted
