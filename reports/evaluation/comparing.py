"""Officers of similar load and time in post side by side, in neutral order (DOMAIN R37).

Only measures are compared, which are shares of what each had to do. Nobody is ranked, neither
within a group nor across groups; a group of a few people has no median, which would name them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from accounts.models import User
from reports.evaluation.shapes import CriterionLine, Evidence
from reports.evaluation.shown import Shown, shown_in
from reports.models import EvaluationCycle

LEAST_FOR_MEDIAN = 3
MANY_COMMUNES = 3
LOADS = {1: "1 Đảng bộ", 2: "2 Đảng bộ", MANY_COMMUNES: "Từ 3 Đảng bộ"}
# From which share of the cycle's days in post; the greatest first.
WHOLE_CYCLE = Fraction(9, 10)
MOST_OF_IT = Fraction(1, 2)
TIMES = (
    (WHOLE_CYCLE, "giữ địa bàn cả kỳ (từ 90% số ngày)"),
    (MOST_OF_IT, "giữ địa bàn phần lớn kỳ (từ 50% số ngày)"),
    (Fraction(0), "giữ địa bàn một phần kỳ (dưới 50% số ngày)"),
)


@dataclass(frozen=True)
class Compared:
    """One officer of a group, with the computed criteria in their order."""

    shown: Shown
    lines: tuple[CriterionLine, ...]


@dataclass(frozen=True)
class Group:
    """Officers of similar load and time in post; ``medians`` are ``None`` where there is none."""

    label: str
    criteria: tuple[str, ...]
    rows: tuple[Compared, ...]
    medians: tuple[Fraction | None, ...]

    @property
    def is_small(self) -> bool:
        return len(self.rows) < LEAST_FOR_MEDIAN


def compare(cycle: EvaluationCycle, user: User, day: dt.date) -> list[Group]:
    """Give the groups of ``cycle`` that ``user`` may compare: fewer communes, longer time first.

    Nothing for who does not see evaluations whole.
    """
    grouped: dict[tuple[int, int], list[Compared]] = defaultdict(list)
    for one in shown_in(cycle, user, day):
        lines = tuple(line for line in one.evidence.lines if line.is_computed)
        grouped[load_of(one.evidence), time_of(one.evidence)].append(Compared(one, lines))
    return [group(load, time, rows) for (load, time), rows in sorted(grouped.items(), key=by_key)]


def by_key(item: tuple) -> tuple[int, int]:
    return item[0]


def load_of(evidence: Evidence) -> int:
    """Give how many communes somebody answered for; many are one load."""
    return max(1, min(len(evidence.communes), MANY_COMMUNES))


def time_of(evidence: Evidence) -> int:
    """Give the place in :data:`TIMES` of somebody's time in post."""
    share = Fraction(evidence.days, evidence.cycle_days)
    return next(place for place, (least, _) in enumerate(TIMES) if share >= least)


def group(load: int, time: int, rows: list[Compared]) -> Group:
    """Put a group together; its officers are in the order of their names."""
    return Group(
        label=f"{LOADS[load]}, {TIMES[time][1]}",
        criteria=tuple(line.name for line in rows[0].lines),
        rows=tuple(rows),
        medians=tuple(map(median_of, zip(*(row.lines for row in rows), strict=True))),
    )


def median_of(lines: Iterable[CriterionLine]) -> Fraction | None:
    """Give the median of the shares of those who had something to do, when they are enough."""
    shares = [line.measured.share for line in lines if line.applies]
    return median(shares) if len(shares) >= LEAST_FOR_MEDIAN else None
