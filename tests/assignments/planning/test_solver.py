"""The solver: equal to brute force on every small case, the same whatever the order of rows."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from assignments.enums import PlanVariant
from assignments.planning import highs
from assignments.planning.checks import contradictions, violations
from assignments.planning.highs import Patience, UnsolvedError
from assignments.planning.problem import Bar, Candidate, Limit, Problem, Unit
from assignments.planning.solver import STAGES, TOUCHED, Solution, begun, solve, solved
from tests.assignments.planning.brute_force import best, is_allowed, worth
from tests.assignments.planning.problems import LARGE, problems, province

TURNED = "continuity"


def told(solution: Solution) -> tuple[int, ...]:
    """Give what the stages say, each the better the smaller."""
    return tuple(-one.value if one.key == TURNED else one.value for one in solution.stages)


@settings(max_examples=400)
@given(problems())
def test_every_variant_equals_brute_force(problem):
    assert contradictions(problem) == []
    for variant, expected in best(problem).items():
        solution = solve(problem, variant)
        assert solution.is_proven
        assert is_allowed(problem, solution.placing)
        assert worth(problem, solution.placing, variant) == expected
        assert told(solution) == expected
        assert solution.is_complete == (expected[:2] == (0, 0))


@settings(max_examples=100)
@given(problems(least=5, most=5))
def test_larger_ones_equal_brute_force_too(problem):
    for variant, expected in best(problem).items():
        solution = solve(problem, variant)
        assert solution.is_proven
        assert worth(problem, solution.placing, variant) == told(solution) == expected


@settings(max_examples=100)
@given(problems())
def test_only_what_could_not_be_met_is_broken(problem):
    solution = solve(problem, PlanVariant.FEWEST_MOVES)
    broken = {one.key.split(":")[0] for one in violations(problem, solution.placing)}
    assert broken <= {"empty", "minimum"}
    assert bool(broken) == bool(solution.unmet)


@pytest.mark.parametrize("variant", PlanVariant)
def test_the_order_of_rows_changes_nothing(variant):
    problem = province(30, 40, 6, seed=3)
    random, candidates, units, bars = (
        Random(1),
        *map(list, (problem.candidates, problem.units, problem.bars)),
    )
    for rows in (candidates, units, bars):
        random.shuffle(rows)
    again = Problem.of(candidates, units, bars)
    assert again == problem
    assert solve(again, variant) == solve(problem, variant)


def test_an_answer_survives_the_database():
    solution = solve(province(10, 12, 2), PlanVariant.EVEN_LOAD)
    assert Solution.from_json(solution.to_json()) == solution


@pytest.mark.parametrize("variant", PlanVariant)
def test_a_province_is_solved_and_proven(variant):
    solution = solve(province(95, 109, 10), variant)
    assert solution.is_proven
    assert solution.is_complete
    assert solution.value("moved") == 0
    assert [stage.key for stage in solution.stages][3:] == list(STAGES[variant])


@pytest.mark.parametrize("size", list(LARGE)[1:])
def test_larger_and_harder_ones_are_proven_too(size):
    problem = LARGE[size]()
    for variant in PlanVariant:
        assert solve(problem, variant).is_proven


def test_a_time_limit_is_never_called_optimal():
    with pytest.raises(UnsolvedError):
        solve(province(60, 90, 20, barred=0.3), PlanVariant.FEWEST_MOVES, seconds=0)


def test_an_answer_found_in_time_but_not_proven_says_so():
    """The first stages have their time; the one that follows gets none, and keeps their answer."""
    stages, formulation = begun(province(60, 90, 20, barred=0.3), Patience(60))
    assert all(stage.is_proven for stage in stages)
    late = list(solved(formulation, (TOUCHED,), Patience(0)))
    assert [stage.is_proven for stage in late] == [False]
    assert len(set(formulation.placing().values())) > 1


def test_a_search_ended_by_its_count_says_so_and_ends_alike_each_time(monkeypatch):
    problem = province(60, 90, 20, barred=0.3)
    _, formulation = begun(problem, Patience(60))
    monkeypatch.setattr(highs, "NODES", 0)
    before = formulation.placing()
    late = list(solved(formulation, (TOUCHED,), Patience(60)))
    assert [stage.is_proven for stage in late] == [False]
    assert formulation.placing() == before
    with pytest.raises(UnsolvedError):
        solve(problem, PlanVariant.FEWEST_MOVES)


def test_highspy_is_not_loaded_before_it_is_used():
    code = "import sys, assignments.planning.solver; sys.exit('highspy' in sys.modules)"
    django = "import django, os; os.environ['DJANGO_SETTINGS_MODULE']='tests.settings'; "
    assert subprocess.run([sys.executable, "-c", f"{django}django.setup(); {code}"]).returncode == 0


# --- by hand ---------------------------------------------------------------------------------

AN, BINH = Candidate(1, "An", capacity=2), Candidate(2, "Bình", capacity=2)


def test_nobody_who_stays_is_moved_without_need():
    units = [Unit(11, "Xã A", before=1, holder=1), Unit(12, "Xã B", before=1, holder=1)]
    for variant in PlanVariant:
        assert solve(Problem.of([AN, BINH], units), variant).placing == {11: 1, 12: 1}


def test_who_has_too_many_gives_up_only_as_many_as_needed():
    units = [Unit(key, f"Xã {key}", before=1, holder=1) for key in (11, 12, 13)]
    solution = solve(Problem.of([AN, BINH], units), PlanVariant.EVEN_LOAD)
    assert solution.value("moved") == 1
    assert sorted(solution.placing.values()) == [1, 1, 2]


def test_a_commune_nobody_may_take_is_explained():
    bars = [Bar(1, 11, Limit.HOME), Bar(2, 11, Limit.EXCLUDED, "anh em ruột với bí thư")]
    solution = solve(Problem.of([AN, BINH], [Unit(11, "Xã A")], bars), PlanVariant.CONTINUITY)
    assert not solution.is_complete
    assert [one.sentence for one in solution.unmet] == [
        "Xã A chưa có người: không ai được phép nhận "
        "(1 đồng chí không xếp theo yêu cầu; 1 đồng chí là quê)."
    ]


def test_too_little_room_is_explained():
    units = [Unit(key, f"Xã {key}") for key in range(11, 16)]
    solution = solve(Problem.of([AN, BINH], units), PlanVariant.FEWEST_MOVES)
    assert solution.value("uncovered") == 1
    assert "5 Đảng bộ chỉ có 2 đồng chí được phép nhận, cộng lại nhiều nhất 4" in (
        solution.unmet[0].sentence
    )


def test_each_officer_of_a_group_gets_one_though_somebody_must_move():
    officers = [AN, replace(BINH, minimum=1)]
    units = [Unit(11, "Xã A", before=1, holder=1), Unit(12, "Xã B", before=1, holder=1)]
    solution = solve(Problem.of(officers, units), PlanVariant.CONTINUITY)
    assert solution.value("moved") == 1
    assert 2 in solution.placing.values()


def test_officers_without_communes_are_a_problem_too():
    solution = solve(Problem.of([AN], []), PlanVariant.EVEN_LOAD)
    assert solution.placing == {}
    assert solve(Problem.of([], [Unit(11, "Xã A")]), PlanVariant.EVEN_LOAD).unmet
