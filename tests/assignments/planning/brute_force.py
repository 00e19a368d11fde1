"""Every placing of a small problem, judged by the words of the rules: what the solver must equal.

Written apart from the solver: nothing here knows columns, stages or bundles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from assignments.enums import PlanVariant
from assignments.planning.continuity import points
from assignments.planning.problem import Placing, Problem


def placings(problem: Problem) -> Iterator[dict[int, int | None]]:
    """Give every placing that keeps the limits which are never broken."""
    keys = [unit.key for unit in problem.units]
    options = [[None, *problem.candidate] for _ in keys]
    for choice in product(*options):
        placing = dict(zip(keys, choice, strict=True))
        if is_allowed(problem, placing):
            yield placing


def is_allowed(problem: Problem, placing: Placing) -> bool:
    barred = {(bar.candidate, bar.unit) for bar in problem.bars}
    for unit in problem.units:
        who = placing[unit.key]
        if who is None:
            continue
        if (who, unit.key) in barred:
            return False
        if problem.candidate[who].leaves_on and who != unit.holder:
            return False
        if unit.groups and problem.candidate[who].group not in unit.groups:
            return False
        is_fixed = (who, unit.key) in problem.fixed
        if not unit.needs and who != unit.holder and not is_fixed:
            return False
    if any(placing[unit] != who for who, unit in problem.fixed):
        return False
    numbers = Counter(placing.values())
    return all(numbers[one.key] <= one.capacity for one in problem.candidates)


def worth(problem: Problem, placing: Placing, variant: str) -> tuple[int, ...]:
    """Give what the stages of ``variant`` come to, each the better the smaller."""
    numbers = Counter(placing.values())
    units = problem.units
    got = [
        (placing[unit.key], unit.key)
        for unit in units
        if placing[unit.key] is not None and placing[unit.key] != unit.holder
    ]
    lost = [
        unit.holder
        for unit in units
        if unit.holder is not None and placing[unit.key] != unit.holder
    ]
    first = (
        sum(1 for unit in units if unit.needs and placing[unit.key] is None),
        sum(max(0, one.minimum - numbers[one.key]) for one in problem.candidates),
        len(lost),
    )
    distance = sum(problem.distance(*pair) for pair in got)
    loads = [
        sum(unit.weight for unit in units if placing[unit.key] == one.key)
        for one in problem.candidates
    ]
    rest = {
        PlanVariant.FEWEST_MOVES: (
            sum(1 for unit in units if placing[unit.key] != unit.before),
            len({who for who, _ in got} | set(lost)),
            distance,
        ),
        PlanVariant.EVEN_LOAD: (max(loads, default=0), sum(load**2 for load in loads), distance),
        PlanVariant.CONTINUITY: (-sum(points(problem, *pair) for pair in got), distance),
    }
    return first + rest[PlanVariant(variant)]


def best(problem: Problem) -> dict[str, tuple[int, ...]]:
    """Give the least worth of any placing, for each variant."""
    found = list(placings(problem))
    return {
        variant: min(worth(problem, placing, variant) for placing in found)
        for variant in PlanVariant
    }
