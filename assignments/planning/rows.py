"""The rows of a plan: what differs between before and after, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from assignments.models import ReassignmentPlan
from assignments.planning.problem import Placing, Problem, Unit
from assignments.planning.solver import Solution


@dataclass(frozen=True)
class Changed:
    """A commune with who followed it up to the day and who follows it from then on."""

    unit: Unit
    before: int | None
    after: int | None


def changed(problem: Problem, placing: Placing) -> list[Changed]:
    """Give the communes that change hands, by key."""
    return [
        Changed(unit, unit.before, placing[unit.key])
        for unit in problem.units
        if placing[unit.key] != unit.before
    ]


def placing_of(problem: Problem, plan: ReassignmentPlan) -> dict[int, int | None]:
    """Give who follows what if the plan's rows are applied.

    A commune without a row goes on as it is. Before a variant was chosen: as if nothing is done.
    """
    if not plan.variant:
        return dict(problem.present)
    after = {row.commune_id: row.after_id for row in plan.rows.all()}
    return {unit.key: after.get(unit.key, unit.before) for unit in problem.units}


def solution_of(plan: ReassignmentPlan, variant: str) -> Solution | None:
    """Give what the solver answered for a variant; nothing before it was asked."""
    kept = plan.solutions.get(variant)
    return Solution.from_json(kept) if kept else None
