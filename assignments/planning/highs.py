"""A model in whole numbers for HiGHS, minimised again and again, each optimum kept as a limit.

highspy is loaded at the first use: it takes 0.2 s, and most processes never plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from math import ceil
from time import monotonic
from types import ModuleType

SEED = 0
# The most nodes of one search. What is planned here needs one or a few; a count ends a search at
# the same place on every machine, where a clock would end it earlier on a busy one.
NODES = 300
# Objectives are whole numbers: a bound within less than one of the value proves it optimal.
LESS_THAN_ONE = 0.999
ALMOST = 1e-6  # what a computed bound may be off
Terms = Mapping[int, int]  # column: factor


@dataclass(frozen=True)
class Answer:
    """What one minimisation gave: the columns' values, ``None`` if no answer was found.

    ``is_proven``: this one is the least there is, or, without values, there is none.
    """

    values: tuple[int, ...] | None
    is_proven: bool

    def value(self, terms: Terms) -> int:
        """Give what an objective comes to."""
        return sum(factor * self.values[column] for column, factor in terms.items())


class UnsolvedError(Exception):
    """No answer: there is none, or none was found in the time given."""


class Patience:
    """How long all searches that share it are waited for; the last resort after :data:`NODES`."""

    def __init__(self, seconds: float) -> None:
        self.until = monotonic() + seconds

    @property
    def left(self) -> float:
        """Give the seconds that are left."""
        return max(0.0, self.until - monotonic())


class Model:
    """Columns of whole numbers and rows over them; one thread, one seed, so one answer."""

    def __init__(self) -> None:
        self.bounds: list[tuple[int, int]] = []
        self.rows: list[tuple[Terms, float | None, float | None]] = []
        self.best: tuple[int, ...] | None = None

    def copy(self) -> Model:
        """Give a model with the same columns and rows, to be added to."""
        made = Model()
        made.bounds, made.rows, made.best = list(self.bounds), list(self.rows), self.best
        return made

    def column(self, lower: int, upper: int) -> int:
        """Add a whole number; give its place."""
        self.bounds.append((lower, upper))
        return len(self.bounds) - 1

    def row(self, terms: Terms, *, least: float | None = None, most: float | None = None) -> None:
        """Ask that ``terms`` come to at least ``least`` and at most ``most``."""
        self.rows.append((terms, least, most))

    def minimise(self, terms: Terms, patience: Patience) -> Answer:
        """Find the least that ``terms`` can come to; keep it as where the next search starts.

        A search ends, not proven, after :data:`NODES`, or at the latest with ``patience``.
        """
        if not self.bounds:  # HiGHS has no word on a model without columns
            self.best = ()
        if self.best is not None and not terms:
            return Answer(self.best, is_proven=True)
        highspy = import_module("highspy")
        solver = self.loaded(highspy, terms, is_whole=True)
        solver.setOptionValue("time_limit", patience.left)
        solver.setOptionValue("mip_max_nodes", NODES)
        if self.best is not None:
            padding = tuple(upper for _, upper in self.bounds[len(self.best) :])
            start = highspy.HighsSolution()
            start.col_value = [float(value) for value in self.best + padding]
            solver.setSolution(start)
        solver.run()
        answer = answer_of(highspy, solver)
        if answer.values is not None:
            self.check(answer.values)
            self.best = answer.values
        return answer

    def least(self, terms: Terms, patience: Patience) -> int:
        """Give a whole number that ``terms`` cannot come below: that of fractions."""
        highspy = import_module("highspy")
        solver = self.loaded(highspy, terms, is_whole=False)
        solver.setOptionValue("time_limit", patience.left)
        solver.run()
        return ceil(solver.getInfo().objective_function_value - ALMOST)

    def loaded(self, highspy: ModuleType, terms: Terms, *, is_whole: bool):
        """Give a solver with this model and the objective ``terms``."""
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("random_seed", SEED)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", LESS_THAN_ONE)
        solver.passModel(self.program(highspy, terms, is_whole=is_whole))
        return solver

    def program(self, highspy: ModuleType, terms: Terms, *, is_whole: bool):
        """Give the model as HiGHS reads it."""
        infinity = highspy.kHighsInf
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self.bounds), len(self.rows)
        program.col_cost_ = [float(terms.get(place, 0)) for place in range(len(self.bounds))]
        program.col_lower_ = [float(lower) for lower, _ in self.bounds]
        program.col_upper_ = [float(upper) for _, upper in self.bounds]
        program.row_lower_ = [-infinity if row[1] is None else row[1] for row in self.rows]
        program.row_upper_ = [infinity if row[2] is None else row[2] for row in self.rows]
        starts, places, factors = [0], [], []
        for row in self.rows:
            places.extend(row[0])
            factors.extend(map(float, row[0].values()))
            starts.append(len(places))
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_, matrix.index_, matrix.value_ = starts, places, factors
        if is_whole:
            program.integrality_ = [highspy.HighsVarType.kInteger] * len(self.bounds)
        return program

    def check(self, values: tuple[int, ...]) -> None:
        """Make sure, in whole numbers, that an answer keeps every row."""
        for terms, least, most in self.rows:
            total = sum(factor * values[place] for place, factor in terms.items())
            if (least is not None and total < least) or (most is not None and total > most):
                raise ArithmeticError("the solver's answer breaks a row of its model")


def answer_of(highspy: ModuleType, solver) -> Answer:
    """Read what a solver that has run says, and no more than it says."""
    status, info = solver.getModelStatus(), solver.getInfo()
    known = highspy.HighsModelStatus
    if status in (known.kInfeasible, known.kUnboundedOrInfeasible):  # no column is unbounded
        return Answer(None, is_proven=True)
    found = info.primal_solution_status == highspy.kSolutionStatusFeasible
    values = tuple(round(value) for value in solver.getSolution().col_value) if found else None
    return Answer(values, status == known.kOptimal)
