"""The address of a secret as a picture that a phone reads from the screen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # modules of white around it, as readers ask


@dataclass(frozen=True)
class Picture:
    """Side of the square in modules, and the dark ones as the path of an SVG."""

    side: int
    path: str


def picture(text: str) -> Picture:
    """Draw ``text``."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    bars = (
        f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for x, length in dark_runs(row)
    )
    return Picture(side=len(rows) + 2 * QUIET, path="".join(bars))


def dark_runs(row: list[int]) -> list[tuple[int, int]]:
    """Give start and length of each run of dark modules in a row."""
    runs, x = [], 0
    for is_dark, modules in groupby(row, key=bool):
        length = len(list(modules))
        if is_dark:
            runs.append((x, length))
        x += length
    return runs
