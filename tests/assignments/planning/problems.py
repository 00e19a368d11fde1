"""Random small problems with all kinds of limits, and one of the size of a province."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from assignments.planning.problem import Bar, Candidate, Limit, Problem, Unit

GROUPS = ("standing_committee", "committee", "sector")
PLACES = ("", "district:1", "district:2")
FIELDS = ("", "sở y tế", "sở tư pháp")


@st.composite
def problems(draw: st.DrawFn, most: int = 4, least: int = 1) -> Problem:
    """Give a problem of ``least`` to ``most`` officers and communes, free of contradictions."""
    officers = list(range(1, draw(st.integers(least, most)) + 1))
    communes = list(range(11, draw(st.integers(least, most)) + 11))
    units = [unit(draw, key, officers) for key in communes]
    candidates = [candidate(draw, key, communes) for key in officers]
    pairs = st.sets(st.tuples(st.sampled_from(officers), st.sampled_from(communes)), max_size=6)
    bars = [Bar(*pair, Limit.EXCLUDED) for pair in draw(pairs)]
    free = Problem.of(candidates, units, bars)
    return Problem.of(candidates, units, bars, fixed(draw, free))


def unit(draw: st.DrawFn, key: int, officers: list[int]) -> Unit:
    holder = draw(st.none() | st.sampled_from(officers))
    left = draw(st.sampled_from([None, 99, *officers]))
    return Unit(
        key=key,
        name=f"Xã {key}",
        weight=draw(st.integers(1, 5)),
        needs=draw(st.sampled_from([True, True, True, False])),
        before=holder if holder is not None else (left if left == 99 else None),
        before_field=draw(st.sampled_from(FIELDS)),
        holder=holder,
        groups=draw(st.sampled_from([(), (), GROUPS[:1], GROUPS[:2]])),
        place=draw(st.sampled_from(PLACES)),
        latitude=draw(st.sampled_from([None, 9.1, 9.4, 9.6])),
        longitude=draw(st.sampled_from([105.5, 105.9])),
        centre_km=draw(st.integers(0, 60)),
    )


def candidate(draw: st.DrawFn, key: int, communes: list[int]) -> Candidate:
    return Candidate(
        key=key,
        name=f"Đồng chí {key}",
        group=draw(st.sampled_from(GROUPS)),
        capacity=draw(st.integers(0, 3)),
        minimum=draw(st.sampled_from([0, 0, 0, 1, 2])),
        field=draw(st.sampled_from(FIELDS)),
        former=tuple(sorted(draw(st.sets(st.sampled_from(communes), max_size=2)))),
        leaves_on=draw(st.sampled_from([None, None, None, dt.date(2027, 2, 7)])),
    )


def fixed(draw: st.DrawFn, free: Problem) -> list[tuple[int, int]]:
    """Give one pair, or none, that may be ordered without contradiction."""
    room = [pair for pair in free.pairs if free.candidate[pair[0]].capacity > 0]
    chosen = draw(st.none() | st.sampled_from(room)) if room else None
    return [chosen] if chosen else []


def province(
    officers: int,
    communes: int,
    leavers: int,
    *,
    barred: float = 0.05,
    seed: int = 0,
    most: int = 3,
) -> Problem:
    """Give a problem of that size: who leaves is drawn, and so is who may not go where."""
    random = Random(seed)
    numbers = [0] * officers
    held: list[int] = []
    for _ in range(communes):
        free = [key for key in range(officers) if numbers[key] < most]
        held.append(random.choice(free))
        numbers[held[-1]] += 1
    gone = set(random.sample(range(officers), leavers))
    candidates = [
        Candidate(
            key=key + 1,
            name=f"Đồng chí {key}",
            group=GROUPS[0] if key < 15 else GROUPS[1] if key < 50 else GROUPS[2],
            capacity=most,
            field=f"cơ quan {random.randrange(25)}",
            former=tuple(sorted(random.sample(range(1, communes + 1), 3))),
        )
        for key in range(officers)
        if key not in gone
    ]
    units = [far_unit(random, key, holder, gone) for key, holder in enumerate(held)]
    bars = [
        Bar(one.key, unit.key, Limit.EXCLUDED)
        for unit in units
        for one in candidates
        if one.key != unit.holder and random.random() < barred
    ]
    return Problem.of(candidates, units, bars)


def crowded(most: int, minimum: int = 0, *, barred: float = 0.05) -> Problem:
    """Give a large province in which some must be moved: they have too many, or others too few."""
    problem = province(200, 200, 40, barred=barred)
    candidates = [replace(one, capacity=most, minimum=minimum) for one in problem.candidates]
    return Problem.of(candidates, problem.units, problem.bars)


def from_nothing(officers: int, communes: int) -> Problem:
    """Give a problem in which nobody follows anything yet, and all must take about as many."""
    problem = province(communes, communes, 0)
    candidates = problem.candidates[:officers]
    keys = {one.key for one in candidates}
    most = -(-communes // officers)
    return Problem.of(
        (replace(one, capacity=most) for one in candidates),
        (replace(unit, holder=None, groups=()) for unit in problem.units),
        (bar for bar in problem.bars if bar.candidate in keys),
    )


# Of the size of a province and well beyond: each is proven best, in every variant, in seconds.
LARGE: dict[str, Callable[[], Problem]] = {
    "95 officers, 109 communes, 10 leave": lambda: province(95, 109, 10),
    "20 officers, 109 communes, from nothing": lambda: from_nothing(20, 109),
    "200 officers, 200 communes, 40 leave": lambda: province(200, 200, 40),
    "the same, 30 % of pairs barred": lambda: province(200, 200, 40, barred=0.3),
    "the same, at most two each": lambda: crowded(2, barred=0.3),
    "the same, at least one each": lambda: crowded(3, 1, barred=0.3),
}


def far_unit(random: Random, key: int, holder: int, gone: set[int]) -> Unit:
    far = random.randrange(60)
    return Unit(
        key=key + 1,
        name=f"Xã {key}",
        weight=12 + far // 15,
        before=holder + 1,
        before_field=f"cơ quan {random.randrange(25)}",
        holder=None if holder in gone else holder + 1,
        groups=GROUPS[:2] if key % 10 == 0 and holder in gone else (),
        place=f"district:{key // 10}",
        latitude=9.3 + random.random() / 2,
        longitude=105.6 + random.random() / 2,
        centre_km=far,
    )
