"""A problem as a model: one yes-or-no column for each pair no limit bars, a row for each limit.

What cannot be met is counted, not forbidden: a commune that stays without anybody, an officer
below what their group asks. So there always is an answer, and what is missing shows in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from assignments.planning.continuity import points
from assignments.planning.highs import Model, Terms
from assignments.planning.problem import Pair, Problem, Unit


@dataclass(frozen=True)
class Objective:
    """What is to be least: ``terms`` over the columns, and ``constant`` whatever is decided."""

    terms: Terms
    constant: int = 0


@dataclass
class Formulation:
    """The model of ``problem``: ``pairs`` and ``missing`` give the places of its columns."""

    problem: Problem
    model: Model = field(default_factory=Model)
    pairs: dict[Pair, int] = field(default_factory=dict)
    empty: dict[int, int] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for pair in self.problem.pairs:
            self.pairs[pair] = self.model.column(int(pair in self.problem.fixed), 1)
        self.by_unit: dict[int, dict[int, int]] = defaultdict(dict)
        self.by_candidate: dict[int, dict[int, int]] = defaultdict(dict)
        for (candidate, unit), column in self.pairs.items():
            self.by_unit[unit][candidate] = column
            self.by_candidate[candidate][unit] = column
        for unit in self.problem.units:
            self.give_once(unit)
        for candidate in self.problem.candidates:
            self.limit_number(candidate.key, candidate.capacity, candidate.minimum)

    def give_once(self, unit: Unit) -> None:
        """Ask that one at most follows ``unit``; count it where it needs one and has nobody."""
        columns = dict.fromkeys(self.by_unit[unit.key].values(), 1)
        if unit.needs:
            self.empty[unit.key] = self.model.column(0, 1)
            self.model.row(columns | {self.empty[unit.key]: 1}, least=1, most=1)
        elif columns:
            self.model.row(columns, most=1)

    def limit_number(self, candidate: int, capacity: int, minimum: int) -> None:
        """Ask that a candidate has no more than ``capacity``, and count what lacks to the least."""
        columns = dict.fromkeys(self.by_candidate[candidate].values(), 1)
        if columns:
            self.model.row(columns, most=capacity)
        if minimum:
            self.missing[candidate] = self.model.column(0, minimum)
            self.model.row(columns | {self.missing[candidate]: 1}, least=minimum)

    def kept(self) -> list[int]:
        """Give the columns of pairs that are so now and that no limit bars."""
        held = ((unit.holder, unit.key) for unit in self.problem.units)
        return [self.pairs[pair] for pair in held if pair in self.pairs]

    def keep_all(self) -> None:
        """Ask that nobody is moved but by a limit on the pair itself."""
        for column in self.kept():
            self.model.bounds[column] = (1, 1)

    def placing(self) -> dict[int, int | None]:
        """Give the best answer found so far."""
        placing: dict[int, int | None] = dict.fromkeys(self.problem.unit)
        for (candidate, unit), column in self.pairs.items():
            if self.model.best[column]:
                placing[unit] = candidate
        return placing

    # --- what can be least ----------------------------------------------------------------------

    def uncovered(self) -> Objective:
        """Count the communes that need somebody and have nobody."""
        return Objective(dict.fromkeys(self.empty.values(), 1))

    def below_minimum(self) -> Objective:
        """Count the communes that lack to what groups ask for each of their officers."""
        return Objective(dict.fromkeys(self.missing.values(), 1))

    def moved(self) -> Objective:
        """Count the pairs of somebody who stays and what they follow that come apart."""
        held = sum(unit.holder is not None for unit in self.problem.units)
        return Objective(dict.fromkeys(self.kept(), -1), held)

    def changed(self) -> Objective:
        """Count the communes that are followed by somebody else than before, or by nobody."""
        terms, constant = {}, 0
        for unit in self.problem.units:
            if unit.before is None:
                terms |= dict.fromkeys(self.by_unit[unit.key].values(), 1)
                continue
            constant += 1
            if (unit.before, unit.key) in self.pairs:
                terms[self.pairs[unit.before, unit.key]] = -1
        return Objective(terms, constant)

    def touched(self) -> Objective:
        """Count the officers who stay and get or lose something; adds a column for each.

        An officer untouched gets nothing; one touched has room for what their limit leaves beside
        what they follow, and for as many again as they lose. One row for each says so; one
        for each pair would be as true and take twenty times as long.
        """
        terms = {}
        for candidate in self.problem.candidates:
            now = {unit.key for unit in self.problem.held[candidate.key]}
            columns = self.by_candidate[candidate.key]
            kept = [column for unit, column in columns.items() if unit in now]
            room = candidate.capacity - len(now)
            is_touched = self.model.column(int(room < 0 or len(kept) < len(now)), 1)
            terms[is_touched] = 1
            for column in kept:
                self.model.row({column: 1, is_touched: 1}, least=1)
            all_of_them = dict.fromkeys(columns.values(), 1)
            self.model.row(all_of_them | {is_touched: -room}, most=len(now))
        return Objective(terms)

    def distance(self) -> Objective:
        """Count the kilometres from what officers follow to what they get."""
        return Objective(self.of_new_pairs(self.problem.distance))

    def continuity(self) -> Objective:
        """Count, negative, the points of continuity of what officers get."""
        return Objective(self.of_new_pairs(lambda *pair: -points(self.problem, *pair)))

    def of_new_pairs(self, measure: Callable[[int, int], int]) -> dict[int, int]:
        """Give ``measure`` of each pair that is not so now, where it is not nought."""
        terms = {}
        for (candidate, unit), column in self.pairs.items():
            if self.problem.unit[unit].holder != candidate and (value := measure(candidate, unit)):
                terms[column] = value
        return terms
