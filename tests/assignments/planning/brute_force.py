"""Every placing of a small problem, judged by the words of the rules: what the solver must equal.

Written apart from the solver: nothing here knows columns, stages or bundles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from assignments.enums import PlanVariant
from assignments.planning.continuity import points
from assignments.planning.problem import Candidate, Placing, Problem, Unit


def placings(problem: Problem) -> Iterator[dict[int, int | None]]:
    """Give every placing that keeps the limits which are never broken."""
    keys = [unit.key for unit in problem.units]
    options = [takers(problem, unit) for unit in problem.units]
    for choice in product(*options):
        placing = dict(zip(keys, choice, strict=True))
        if is_within_capacity(problem, placing):
            yield placing


def takers(problem: Problem, unit: Unit) -> list[int | None]:
    """Give who may follow a commune as far as it alone says, and nobody where that may be."""
    ordered = [who for who, key in problem.fixed if key == unit.key]
    asked = [problem.candidate[who] for who in ordered] or problem.candidates
    free = [] if ordered else [None]
    return free + [one.key for one in asked if may_take(problem, one, unit)]


def may_take(problem: Problem, candidate: Candidate, unit: Unit) -> bool:
    is_here, is_ordered = unit.holder == candidate.key, (candidate.key, unit.key) in problem.fixed
    return not (
        any((bar.candidate, bar.unit) == (candidate.key, unit.key) for bar in problem.bars)
        or (candidate.leaves_on and not is_here)
        or (unit.groups and candidate.group not in unit.groups)
        or not (unit.needs or is_here or is_ordered)
    )


def is_within_capacity(problem: Problem, placing: Placing) -> bool:
    numbers = Counter(placing.values())
    return all(numbers[one.key] <= one.capacity for one in problem.candidates)


def is_allowed(problem: Problem, placing: Placing) -> bool:
    """Say whether a placing keeps the limits which are never broken."""
    return is_within_capacity(problem, placing) and all(
        placing[unit.key] in takers(problem, unit) for unit in problem.units
    )


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
