"""How long plans take: ``python -m tests.assignments.planning.times`` prints CPU seconds.

One line for each problem and variant; "not proven" where a stage was not solved to its end.
"""

from __future__ import annotations

from time import process_time

from assignments.enums import PlanVariant
from assignments.planning.problem import Problem
from assignments.planning.solver import solve
from tests.assignments.planning.problems import LARGE


def timed(problem: Problem, variant: PlanVariant) -> str:
    """Give in words how long a problem takes in a variant."""
    begun = process_time()
    solution = solve(problem, variant)
    said = "proven" if solution.is_proven else "not proven"
    return f"{variant.value:14} {process_time() - begun:6.1f} s  {said}"


if __name__ == "__main__":
    for size, made in LARGE.items():
        problem = made()
        for variant in PlanVariant:
            print(f"{size:42} {timed(problem, variant)}")
