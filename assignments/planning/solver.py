"""Solving a problem: objectives one after another, each optimum a limit of those that follow.

Every variant first leaves as few communes as possible without anybody, then gives as many officers
as possible what their group asks for at least, then moves as few as possible of those who stay
from what they follow. After that comes what the variant is best at (:data:`STAGES`). A stage's
optimum is proven or said not to be; nothing is called best that is not shown to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from assignments.enums import PlanVariant
from assignments.planning.evenness import spread_evenly
from assignments.planning.explaining import Unmet, unmet
from assignments.planning.formulation import Formulation, Objective
from assignments.planning.highs import Patience, UnsolvedError
from assignments.planning.problem import Problem

# For one variant, whose searches should long have come to their own end: a worker that answers a
# page is stopped after 120. Stages that are late are said not to be proven.
SECONDS = 90.0

UNCOVERED, BELOW_MINIMUM, MOVED = "uncovered", "below_minimum", "moved"
CHANGED, TOUCHED, DISTANCE = "changed", "touched", "distance"
LARGEST_LOAD, SQUARES, CONTINUITY = "largest_load", "squares", "continuity"

STAGE_LABELS = {
    UNCOVERED: "Đảng bộ cần người mà chưa có",
    BELOW_MINIMUM: "số Đảng bộ còn thiếu theo mức ít nhất của nhóm",
    MOVED: "cặp cán bộ – Đảng bộ đang có phải tách ra",
    CHANGED: "Đảng bộ thay đổi người",
    TOUCHED: "cán bộ ở lại có thay đổi",
    DISTANCE: "tổng khoảng cách đến địa bàn đang phụ trách (km)",
    LARGEST_LOAD: "phần việc của người nhiều nhất",
    SQUARES: "tổng bình phương phần việc (nhỏ là đều)",
    CONTINUITY: "điểm gắn bó",
}

Build = Callable[[Formulation], Objective]
OBJECTIVES: dict[str, Build] = {
    UNCOVERED: Formulation.uncovered,
    BELOW_MINIMUM: Formulation.below_minimum,
    MOVED: Formulation.moved,
    CHANGED: Formulation.changed,
    TOUCHED: Formulation.touched,
    DISTANCE: Formulation.distance,
    CONTINUITY: Formulation.continuity,
}
FIRST = (UNCOVERED, BELOW_MINIMUM, MOVED)
STAGES: dict[str, tuple[str, ...]] = {
    PlanVariant.FEWEST_MOVES: (CHANGED, TOUCHED, DISTANCE),
    PlanVariant.EVEN_LOAD: (LARGEST_LOAD, SQUARES, DISTANCE),
    PlanVariant.CONTINUITY: (CONTINUITY, DISTANCE),
}
# Minimised, and shown, as its opposite.
TURNED = {CONTINUITY}


@dataclass(frozen=True)
class Stage:
    """One objective: what it came to, and whether nothing better is possible."""

    key: str
    value: int
    is_proven: bool

    @property
    def label(self) -> str:
        return STAGE_LABELS[self.key]


@dataclass(frozen=True)
class Solution:
    """Who follows what, what each stage came to, and what could not be met."""

    placing: dict[int, int | None]
    stages: tuple[Stage, ...]
    unmet: tuple[Unmet, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Say whether every stage was solved to a proven optimum."""
        return all(stage.is_proven for stage in self.stages)

    @property
    def is_complete(self) -> bool:
        """Say whether every commune that needs somebody has somebody, and so on."""
        return not self.unmet

    def value(self, key: str) -> int:
        """Give what a stage came to."""
        return next(stage.value for stage in self.stages if stage.key == key)

    def to_json(self) -> dict[str, Any]:
        return {
            "placing": [[unit, candidate] for unit, candidate in self.placing.items()],
            "stages": [[stage.key, stage.value, stage.is_proven] for stage in self.stages],
            "unmet": [[one.unit, one.candidate, one.sentence] for one in self.unmet],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Solution:
        return cls(
            placing=dict(data["placing"]),
            stages=tuple(Stage(*stage) for stage in data["stages"]),
            unmet=tuple(Unmet(*one) for one in data["unmet"]),
        )


def solve(problem: Problem, variant: str, seconds: float = SECONDS) -> Solution:
    """Give the best placing in the sense of ``variant``, after ``seconds`` at most.

    Raises :class:`~assignments.planning.highs.UnsolvedError` when not even one was found in that
    time. The problem must be free of contradictions (:mod:`assignments.planning.checks`).
    """
    patience = Patience(seconds)
    stages, formulation = begun(problem, patience)
    stages = (*stages, *solved(formulation, STAGES[variant], patience))
    placing = formulation.placing()
    return Solution(placing, stages, tuple(unmet(problem, placing)))


def begun(problem: Problem, patience: Patience) -> tuple[tuple[Stage, ...], Formulation]:
    """Solve the stages all variants have in common.

    Mostly nobody need be moved: if then nothing is missing, no answer can be better, and the
    model is a small one. Else it is asked who must be moved.
    """
    formulation = Formulation(problem)
    formulation.keep_all()
    with suppress(UnsolvedError):  # keeping all may be more than somebody may have
        stages = tuple(solved(formulation, FIRST, patience))
        is_nothing_missing = not any(stage.value for stage in stages[: FIRST.index(MOVED)])
        if is_nothing_missing and all(stage.is_proven for stage in stages):
            return stages, formulation
    formulation = Formulation(problem)
    return tuple(solved(formulation, FIRST, patience)), formulation


def solved(formulation: Formulation, keys: tuple[str, ...], patience: Patience) -> Iterator[Stage]:
    """Solve one stage after another; each value is a limit of the next."""
    rest = list(keys)
    if rest[0] == LARGEST_LOAD:
        values = spread_evenly(formulation, patience)
        yield from (Stage(rest.pop(0), *value) for value in values)
    for key in rest:
        objective = OBJECTIVES[key](formulation)
        answer = formulation.model.minimise(objective.terms, patience)
        if answer.values is None:
            raise UnsolvedError(key)
        least = answer.value(objective.terms)
        formulation.model.row(objective.terms, most=least)
        value = objective.constant + least
        yield Stage(key, -value if key in TURNED else value, answer.is_proven)
