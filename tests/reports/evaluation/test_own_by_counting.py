"""Who rates and is rated learns of their own evaluation what every officer learns, and no more.

Not by counting what is left, not by ticking it, not by the address of a remark.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.enums import Role
from reports.enums import EvaluationState, RatingLevel
from reports.evaluation.cap import excellent_warning
from reports.models import CommuneRemark, Evaluation
from tests.factories import make_remark
from tests.reports.evaluation.world import put

BOTH = pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE])


@pytest.fixture
def own(world, users) -> Evaluation:
    """Give the evaluation, whose officer has no account yet."""
    return world.evaluation


def hand_to(evaluation: Evaluation, user) -> None:
    evaluation.officer.user = user
    evaluation.officer.save()


def excellent(evaluation: Evaluation, state: EvaluationState) -> None:
    put(evaluation, state)
    level = RatingLevel.EXCELLENT
    Evaluation.objects.filter(pk=evaluation.pk).update(proposed_level=level, decided_level=level)


@BOTH
def test_the_list_of_cycles_does_not_count_that_ones_own_is_decided(client_as, own, users, role):
    hand_to(own, users[role])
    put(own, EvaluationState.DECIDED)
    [cycle] = client_as(role).get(reverse("evaluations:list")).context["cycles"]
    assert (cycle.evaluated, cycle.concluded, cycle.released) == (1, 0, 0)
    other = Role.OFFICE if role == Role.LEADER else Role.LEADER
    [cycle] = client_as(other).get(reverse("evaluations:list")).context["cycles"]
    assert (cycle.evaluated, cycle.concluded, cycle.released) == (1, 1, 0)


@BOTH
def test_once_released_ones_own_counts(client_as, own, users, role):
    hand_to(own, users[role])
    put(own, EvaluationState.RELEASED)
    [cycle] = client_as(role).get(reverse("evaluations:list")).context["cycles"]
    assert (cycle.evaluated, cycle.concluded, cycle.released) == (1, 1, 1)


@BOTH
def test_the_share_of_the_best_level_does_not_tell_ones_own(own, users, role):
    hand_to(own, users[role])
    excellent(own, EvaluationState.DECIDED)
    assert excellent_warning(own.cycle, users[role]) == ""
    assert excellent_warning(own.cycle, users[Role.OFFICER])


def test_ticking_ones_own_does_not_tell_that_it_is_decided(client_as, own, users):
    hand_to(own, users[Role.OFFICE])
    address = reverse("evaluations:cycle_release", args=[own.cycle_id])
    for state in (EvaluationState.PROPOSED, EvaluationState.DECIDED):
        put(own, state)
        for answer in (
            client_as(Role.OFFICE).get(address, {"dg": own.pk}),
            client_as(Role.OFFICE).post(address, {"dg": own.pk}),
        ):
            assert answer.status_code == 302
    own.refresh_from_db()
    assert own.state == EvaluationState.DECIDED


def test_nobody_learns_which_commune_remarked_on_them(client_as, world, own, users):
    remark = make_remark(own, commune=world.commune)
    hand_to(own, users[Role.OFFICE])
    address = reverse("evaluations:remark_withdraw", args=[remark.pk])
    office = client_as(Role.OFFICE)
    assert office.get(address).status_code == 404
    assert office.post(address, {"reason": "Ghi nhầm"}).status_code == 404
    assert not CommuneRemark.objects.get().is_withdrawn


@BOTH
@pytest.mark.parametrize("step", ["propose", "decide", "return_proposal", "reconsider", "release"])
def test_forged_steps_with_ones_own_tell_nothing_of_what_was_said(
    client_as, world, own, users, role, step
):
    make_remark(own, commune=world.commune, content="BIMAT nhận xét")
    hand_to(own, users[role])
    told = set()
    for state in (EvaluationState.PROPOSED, EvaluationState.DECIDED):
        put(own, state)
        Evaluation.objects.filter(pk=own.pk).update(
            proposal_text="BIMAT đề xuất", commendation="BIMAT", training_need="BIMAT"
        )
        address = reverse(f"evaluations:{step}", args=[own.pk])
        answers = [client_as(role).get(address), client_as(role).post(address, {"edition": 1})]
        assert not any("BIMAT" in answer.content.decode() for answer in answers)
        told.add(tuple(answer.status_code for answer in answers))
    assert len(told) == 1
