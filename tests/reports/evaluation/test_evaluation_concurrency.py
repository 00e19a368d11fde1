"""Two at once: one step is taken, one evaluation made, no remark slips past a decision."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from reports.enums import EvaluationState, EvaluationStep
from reports.evaluation.cycles import CycleFacts, add_missing, open_cycle
from reports.evaluation.remarks import RemarkFacts, add_remark
from reports.models import CommuneRemark, Evaluation, EvaluationCycle
from tests.factories import make_assignment, make_officer, make_rules
from tests.races.together import at_once
from tests.reports.evaluation.world import ENDED, NOW, STARTED, World, make_world, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(users) -> World:
    return make_world(users)


def test_one_of_two_decides(world):
    edition = put(world.evaluation, EvaluationState.PROPOSED).edition

    def decide(level: str):
        return lambda: world.take(EvaluationStep.DECIDE, level=level, edition=edition)

    results = at_once(decide("good"), decide("completed"))
    assert sum(isinstance(one, ValidationError) for one in results) == 1
    assert world.fresh().events.filter(step="decide").count() == 1


def test_a_remark_and_a_decision_at_once_agree(world):
    put(world.evaluation, EvaluationState.PROPOSED)
    office = world.users[Role.OFFICE]
    facts = RemarkFacts(world.commune, STARTED, "15-CV/ĐU", "Sát cơ sở")
    at_once(
        lambda: add_remark(evaluation=world.evaluation, facts=facts, by=office, now=NOW),
        lambda: world.take(EvaluationStep.DECIDE),
    )
    kept = world.fresh().evidence["remarks"]
    assert len(kept) == CommuneRemark.objects.count()


def test_one_evaluation_of_one_officer_whoever_is_faster(world):
    make_assignment(make_officer("Sơn Hiền"))
    cycle, office = world.evaluation.cycle, world.users[Role.OFFICE]

    def add():
        return add_missing(cycle=cycle, by=office, now=NOW)

    results = at_once(add, add)
    assert sorted(len(one) for one in results) == [0, 1]
    assert Evaluation.objects.count() == 2


def test_one_cycle_of_a_kind_whoever_is_faster(users):
    make_assignment()
    rules, office = make_rules(), users[Role.OFFICE]
    facts = CycleFacts("quarter", "Quý II/2023", STARTED, ENDED, ENDED, rules)

    def opened():
        return open_cycle(facts=facts, by=office, now=NOW)

    results = at_once(opened, opened)
    assert sum(isinstance(one, ValidationError) for one in results) == 1
    assert EvaluationCycle.objects.count() == 1
