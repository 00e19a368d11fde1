"""Sharing the work evenly, exactly: each officer takes one of the bundles they could have.

Communes of equal weight are one class. A *bundle* says how many of each class an officer has;
choosing one bundle for each officer gives the load as a number that is known beforehand, so that
its square, which no linear model holds, is a mere factor. Without this a solver sees communes in
halves, every load equal, and proves nothing for minutes where this takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from assignments.planning.formulation import Formulation
from assignments.planning.highs import Model, Patience, UnsolvedError

Bundle = tuple[int, ...]  # how many communes of each class


@dataclass(frozen=True)
class Bundles:
    """What one candidate may have: ``base`` load that is certain, ``classes`` of what may come.

    ``columns`` gives, by class (a weight), the columns of the candidate's pairs of it.
    """

    candidate: int
    base: int
    room: int
    classes: dict[int, list[int]]

    @property
    def load(self) -> dict[int, int]:
        """Give the load that may come on top of the base, over the pairs' columns."""
        return {column: weight for weight, found in self.classes.items() for column in found}

    def within(self, most: int) -> Iterator[tuple[Bundle, int]]:
        """Give the bundles with a load of at most ``most``, and their loads."""
        yield from extended((), self.base, self.room, list(self.classes.items()), most)


def extended(
    begun: Bundle, load: int, room: int, classes: list[tuple[int, list[int]]], most: int
) -> Iterator[tuple[Bundle, int]]:
    """Give the bundles that begin as ``begun``, whose load is ``load``."""
    if not classes:
        if load <= most:
            yield begun, load
        return
    (weight, columns), rest = classes[0], classes[1:]
    for number in range(min(room, len(columns)) + 1):
        if load + number * weight > most:
            return
        yield from extended((*begun, number), load + number * weight, room - number, rest, most)


def bundles_of(formulation: Formulation) -> Iterator[Bundles]:
    """Give what each candidate may have; what is certain is part of the base."""
    problem, bounds = formulation.problem, formulation.model.bounds
    taken = {unit for (_, unit), column in formulation.pairs.items() if bounds[column][0] == 1}
    for candidate in problem.candidates:
        base, certain, classes = 0, 0, {}
        for unit, column in formulation.by_candidate[candidate.key].items():
            weight = problem.unit[unit].weight
            if bounds[column][0] == 1:
                base, certain = base + weight, certain + 1
            elif unit not in taken:
                classes.setdefault(weight, []).append(column)
        yield Bundles(
            candidate.key, base, candidate.capacity - certain, dict(sorted(classes.items()))
        )


def with_bundles(formulation: Formulation, most: int) -> tuple[Model, dict[int, int]]:
    """Give the model with bundles of at most ``most`` load, and the square of each one's load."""
    model, squares = formulation.model.copy(), {}
    for offered in bundles_of(formulation):
        chosen = {}
        for bundle, load in offered.within(most):
            column = model.column(0, 1)
            chosen[column], squares[column] = bundle, load * load
        model.row(dict.fromkeys(chosen, 1), least=1, most=1)
        for place, columns in enumerate(offered.classes.values()):
            numbers = {column: -bundle[place] for column, bundle in chosen.items() if bundle[place]}
            model.row(dict.fromkeys(columns, 1) | numbers, least=0, most=0)
    return model, squares


def reachable(offered: list[Bundles], least: int) -> list[int]:
    """Give the loads of ``least`` or more that somebody may have, the smallest first."""
    loads = {sum(pair) for one in offered for pair in product([one.base], sums(one))}
    return sorted(load for load in loads if load >= least) or [least]  # nobody: nothing to share


def sums(offered: Bundles) -> set[int]:
    """Give the loads of all bundles without the base; by sums, which are far fewer than bundles."""
    found = {(0, 0)}
    for weight, columns in offered.classes.items():
        found |= {
            (number + more, load + more * weight)
            for number, load in found
            for more in range(1, min(offered.room - number, len(columns)) + 1)
        }
    return {load for _, load in found}


def largest_load(formulation: Formulation, patience: Patience) -> int:
    """Give a load that the largest one cannot come below."""
    model = formulation.model.copy()
    top = model.column(0, sum(unit.weight for unit in formulation.problem.units))
    offered = list(bundles_of(formulation))
    for one in offered:
        model.row({top: 1} | {column: -w for column, w in one.load.items()}, least=one.base)
    certain = max((one.base for one in offered), default=0)
    return max(certain, model.least({top: 1}, patience))


def spread_evenly(formulation: Formulation, patience: Patience) -> Iterator[tuple[int, bool]]:
    """Minimise the largest load, then the sum of the squares of all loads.

    Gives each value and whether it is proven; ``formulation.model`` then holds both as limits.
    The largest load is sought from below: the first one within which all can be shared out, where
    the next smaller one has been shown to be too small.
    """
    is_proven = True
    for most in reachable(list(bundles_of(formulation)), largest_load(formulation, patience)):
        model, squares = with_bundles(formulation, most)
        model.best = None  # what was best so far knows no bundles
        answer = model.minimise(squares, patience)
        if answer.values is not None:
            break
        if not patience.left:
            raise UnsolvedError
        is_proven = is_proven and answer.is_proven
    else:
        raise UnsolvedError
    yield most, is_proven
    model.row(squares, most=answer.value(squares))
    formulation.model = model
    yield answer.value(squares), answer.is_proven
