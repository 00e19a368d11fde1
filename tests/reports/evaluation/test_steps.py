"""The steps of an evaluation, one by one: legal and illegal, by every role; what each leaves."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.models import AuditEvent
from reports.enums import (
    EVALUATION_MOVES,
    EvaluationState,
    EvaluationStep,
    NotificationKind,
    RatedBy,
    RatingLevel,
    ReportState,
)
from reports.evaluation.citing import citable
from reports.evaluation.steps import ScoreFacts, release_many, steps_open_to, why_not
from reports.models import Evaluation, EvaluationCitation, EvaluationEvent, Notification
from tests.factories import (
    make_attendance,
    make_evaluation,
    make_officer,
    make_petition,
    make_report,
    make_task,
    make_user,
    make_visit,
)
from tests.reports.evaluation.world import (
    DOCUMENT,
    NOW,
    REASON,
    STARTED,
    TAKERS,
    TODAY,
    put,
    scores,
)
from tests.reports.periodic.world import at

LEVELS = {*RatingLevel.labels, *RatingLevel.values}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", EvaluationState)
@pytest.mark.parametrize("step", EVALUATION_MOVES)
def test_each_step_from_each_state_by_each_role(world, step, state, role):
    evaluation, user = put(world.evaluation, state), world.users[role]
    move = EVALUATION_MOVES[step]
    is_legal = state in move.sources and role is TAKERS[step]
    assert (step in steps_open_to(evaluation, user, TODAY)) == is_legal
    assert (why_not(evaluation, step, user) == "") == is_legal
    if is_legal:
        assert world.take(step, user).state == (move.target or state)
    else:
        with pytest.raises(ValidationError):
            world.take(step, user)
    assert world.fresh().state == ((move.target or state) if is_legal else state)
    assert evaluation.events.filter(step=step).exists() == is_legal
    assert (step.label in said_in_the_log()) == is_legal


def said_in_the_log() -> set[str]:
    return {row.after.get("việc") for row in AuditEvent.objects.all()}


def test_nobody_but_the_officer_rates_or_objects(world):
    other = make_user(Role.OFFICER)
    make_officer("Sơn Hiền", user=other)
    assert steps_open_to(world.evaluation, other) == ()
    with pytest.raises(ValidationError, match="chính cán bộ"):
        world.take(EvaluationStep.RATE_ONESELF, other)


def test_the_office_types_what_an_officer_without_an_account_handed_in(world):
    world.officer.user = None
    world.officer.save()
    office = world.users[Role.OFFICE]
    for role in (Role.LEADER, Role.OFFICER, Role.ASSISTANT, Role.ADMIN):
        assert why_not(world.fresh(), EvaluationStep.RATE_ONESELF, world.users[role])
    rated = world.take(EvaluationStep.RATE_ONESELF, office)
    assert rated.state == EvaluationState.SELF_RATED
    event = rated.events.get()
    assert (event.by, event.content["on_paper"]) == (
        office,
        "Văn phòng ghi theo bản giấy của cán bộ",
    )
    world.bring(EvaluationState.RELEASED)
    objected = world.take(EvaluationStep.OBJECT, office)
    assert objected.events.last().content["on_paper"]


def test_a_leader_who_follows_a_commune_rates_themselves(world):
    leader = world.users[Role.LEADER]
    world.officer.user = leader
    world.officer.save()
    rated = world.take(EvaluationStep.RATE_ONESELF, leader)
    assert "on_paper" not in rated.events.get().content
    assert steps_open_to(rated, leader) == ()


@pytest.mark.parametrize("step", [step for step in TAKERS if TAKERS[step] is not Role.OFFICER])
def test_nobody_acts_on_their_own(world, step):
    source = next(iter(EVALUATION_MOVES[step].sources))
    evaluation, user = put(world.evaluation, source), world.user_for(step)
    world.officer.user = user
    world.officer.save()
    evaluation = world.fresh()
    assert (
        why_not(evaluation, step, user) == "Không ai đề xuất, quyết định đánh giá của chính mình."
    )
    assert step not in steps_open_to(evaluation, user)
    with pytest.raises(ValidationError, match="chính mình"):
        world.take(step, user)


# --- what is said ------------------------------------------------------------------------------


def test_a_course_from_open_to_released(world):
    released = world.bring(EvaluationState.RELEASED)
    assert (released.self_level, released.proposed_level) == ("excellent", "good")
    assert (released.decided_level, released.decided_on) == ("good", TODAY)
    assert released.decision_number == "9-TB"
    assert released.released_on == TODAY
    assert released.edition == 5
    steps = [event.step for event in released.events.all()]
    assert steps == ["rate_oneself", "propose", "decide", "release"]
    decided = released.events.get(step="decide").content
    assert decided["evidence"] == released.evidence


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (EvaluationStep.RATE_ONESELF, {"level": ""}),
        (EvaluationStep.RATE_ONESELF, {"text": " \n"}),
        (EvaluationStep.RETURN_SELF_RATING, {"reason": " "}),
        (EvaluationStep.PROPOSE, {"level": ""}),
        (EvaluationStep.PROPOSE, {"text": ""}),
        (EvaluationStep.RETURN_PROPOSAL, {"reason": ""}),
        (EvaluationStep.DECIDE, {"level": ""}),
        (EvaluationStep.DECIDE, {"level": "x"}),
        (EvaluationStep.DECIDE, {"reason": ""}),
        (EvaluationStep.DECIDE, {"day": TODAY + dt.timedelta(days=1)}),
        (EvaluationStep.DECIDE, {"day": STARTED - dt.timedelta(days=1)}),
        (EvaluationStep.OBJECT, {"text": ""}),
        (EvaluationStep.RECONSIDER, {"reason": " "}),
    ],
)
def test_what_a_step_has_to_say(world, step, said):
    evaluation = put(world.evaluation, next(iter(EVALUATION_MOVES[step].sources)))
    before = evaluation.state
    with pytest.raises(ValidationError):
        world.take(step, **said)
    assert world.fresh().state == before
    assert not EvaluationEvent.objects.exists()


def test_an_older_edition_is_refused(world):
    with pytest.raises(ValidationError, match="vừa được cập nhật") as caught:
        world.take(EvaluationStep.RATE_ONESELF, edition=0)
    assert caught.value.code == "changed_meanwhile"
    assert world.fresh().state == EvaluationState.OPEN


def test_what_came_back_is_rated_anew_from_what_was_written(world):
    world.take(EvaluationStep.RATE_ONESELF)
    returned = world.take(EvaluationStep.RETURN_SELF_RATING)
    assert (returned.state, returned.self_text) == ("open", "Đã hoàn thành")
    again = world.take(EvaluationStep.RATE_ONESELF, text="Bổ sung", scores=scores(returned, 20))
    assert again.self_text == "Bổ sung"
    assert [score.points for score in again.scores.all()] == [20]
    said = [event.content.get("text") for event in again.events.filter(step="rate_oneself")]
    assert said == ["Đã hoàn thành", "Bổ sung"]


# --- without the officer's own rating ------------------------------------------------------------


def test_nobody_is_proposed_before_the_time_to_rate_is_over(world):
    evaluation, office = world.evaluation, world.users[Role.OFFICE]
    due = evaluation.cycle.self_rating_due_on
    step = EvaluationStep.PROPOSE
    assert "còn thời gian tự đánh giá" in why_not(evaluation, step, office, due)
    assert why_not(evaluation, step, office, due + dt.timedelta(days=1)) == ""
    with pytest.raises(ValidationError, match="còn thời gian"):
        world.take(step, now=at(due))
    world.take(EvaluationStep.RATE_ONESELF)
    assert why_not(world.fresh(), step, office, due) == ""


def test_an_unrated_proposal_says_why_and_comes_back_to_open(world):
    with pytest.raises(ValidationError, match="chưa tự đánh giá"):
        world.take(EvaluationStep.PROPOSE, unrated_reason=" ")
    proposed = world.take(EvaluationStep.PROPOSE)
    content = proposed.events.get().content
    assert content["unrated_reason"] == "Đồng chí đi học dài ngày"
    assert world.take(EvaluationStep.RETURN_PROPOSAL).state == EvaluationState.OPEN


def test_a_proposal_after_a_rating_comes_back_to_rated(world):
    world.bring(EvaluationState.PROPOSED)
    content = world.fresh().events.get(step="propose").content
    assert content["unrated_reason"] == ""
    assert world.take(EvaluationStep.RETURN_PROPOSAL).state == EvaluationState.SELF_RATED


# --- deciding anew, objecting --------------------------------------------------------------------


def test_reconsidering_keeps_the_old_decision_in_the_events(world):
    decided = world.bring(EvaluationState.RELEASED)
    again = world.take(EvaluationStep.RECONSIDER)
    assert (again.state, again.decided_level, again.evidence) == ("proposed", "", None)
    assert again.released_on is None
    old = again.events.get(step="decide").content
    assert (old["decided_level"], old["evidence"]) == ("good", decided.evidence)


def test_the_officer_objects_and_adds_once_after_each_release(world):
    world.bring(EvaluationState.RELEASED)
    world.take(EvaluationStep.OBJECT, text="Một")
    assert world.take(EvaluationStep.OBJECT, text="Hai").objection == "Một\nHai"
    assert EvaluationStep.OBJECT not in steps_open_to(world.fresh(), world.users[Role.OFFICER])
    with pytest.raises(ValidationError, match="bổ sung một lần"):
        world.take(EvaluationStep.OBJECT, text="Ba")
    world.take(EvaluationStep.RECONSIDER)
    world.bring(EvaluationState.RELEASED)
    assert world.take(EvaluationStep.OBJECT, text="Ba").objection == "Một\nHai\nBa"


def test_many_are_released_or_none(world):
    decided = world.bring(EvaluationState.DECIDED)
    other = make_evaluation(make_officer("Sơn Hiền"), cycle=world.evaluation.cycle)
    office = world.users[Role.OFFICE]
    with pytest.raises(ValidationError, match="Sơn Hiền"):
        release_many(evaluations=[decided, other], by=office, now=NOW)
    assert world.fresh().state == EvaluationState.DECIDED
    [released] = release_many(evaluations=[decided], by=office, now=NOW)
    assert released.state == EvaluationState.RELEASED


# --- points and what they rest on ----------------------------------------------------------------


def records(world) -> dict[str, object]:
    """Make one record of each kind that may be cited."""
    officer = world.officer
    visit = make_visit(world.commune, visited_on=STARTED)
    return {
        "attendance": make_attendance(officer, visit),
        "report": make_report(officer, period=world.quarter, state=ReportState.SUBMITTED),
        "petition": make_petition(world.commune, officer, raised_on=STARTED),
        "task": make_task(officer=officer, due_on=STARTED),
    }


def test_points_rest_on_records_of_the_officer(world):
    cited = records(world)
    facts = scores(world.evaluation, cited=(*cited.values(), DOCUMENT, " ", DOCUMENT))
    world.take(EvaluationStep.RATE_ONESELF, scores=facts)
    citations = list(EvaluationCitation.objects.order_by("pk"))
    assert citations[0].attendance == cited["attendance"]
    assert citations[3].task == cited["task"]
    assert [citation.document for citation in citations] == ["", "", "", "", DOCUMENT]
    assert {score.rated_by for score in world.fresh().scores.all()} == {RatedBy.OFFICER}


@pytest.mark.parametrize("kind", ["attendance", "report", "petition", "task"])
def test_records_of_others_and_of_other_times_are_not_cited(world, kind):
    cited = records(world)
    cycle = world.evaluation.cycle
    cycle.started_on, cycle.ended_on = dt.date(2023, 8, 1), dt.date(2023, 9, 1)
    cycle.save()
    world.evaluation.cycle.refresh_from_db()
    assert not citable(world.evaluation).of(cited[kind]).exists()
    facts = scores(world.evaluation, cited=(cited[kind],))
    with pytest.raises(ValidationError, match="không dẫn được"):
        world.take(EvaluationStep.RATE_ONESELF, scores=facts)
    cycle.started_on = STARTED
    cycle.save()
    other = make_evaluation(make_officer("Sơn Hiền"), cycle=cycle)
    assert not citable(other).of(cited[kind]).exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (lambda world: [], "Chưa chấm"),
        (lambda world: scores(world.evaluation, 41), "nhiều nhất 40 điểm"),
        (lambda world: scores(world.evaluation, cited=()), "minh chứng"),
        (lambda world: scores(world.evaluation, cited=(" ",)), "minh chứng"),
        (lambda world: scores(world.evaluation) * 2, "hai lần"),
        (
            lambda world: [
                *scores(world.evaluation),
                ScoreFacts(world.evaluation.cycle.rules.criteria.last(), 5, citations=("Một",)),
            ],
            "không phải do người đánh giá chấm",
        ),
    ],
)
@pytest.mark.parametrize("step", [EvaluationStep.RATE_ONESELF, EvaluationStep.PROPOSE])
def test_points_that_are_refused(world, step, facts, sentence):
    with pytest.raises(ValidationError, match=sentence):
        world.take(step, scores=facts(world))
    assert not world.fresh().scores.exists()


# --- who hears, what the log says ----------------------------------------------------------------


def told() -> set[tuple[str, str]]:
    rows = Notification.objects.filter(kind=NotificationKind.EVALUATION).select_related("user")
    return {(row.user.role, row.title) for row in rows}


def test_who_hears_of_each_step_and_that_no_level_is_told(world):
    heard = {}
    for step in (
        EvaluationStep.RATE_ONESELF,
        EvaluationStep.RETURN_SELF_RATING,
        EvaluationStep.RATE_ONESELF,
        EvaluationStep.PROPOSE,
        EvaluationStep.RETURN_PROPOSAL,
        EvaluationStep.PROPOSE,
        EvaluationStep.DECIDE,
        EvaluationStep.RELEASE,
        EvaluationStep.OBJECT,
        EvaluationStep.RECONSIDER,
    ):
        before = told()
        world.take(step)
        heard[step] = {role for role, _ in told() - before}
    assert heard[EvaluationStep.RETURN_SELF_RATING] == {Role.OFFICER}
    assert heard[EvaluationStep.PROPOSE] in ({Role.LEADER}, set())
    assert heard[EvaluationStep.RELEASE] == {Role.OFFICER}
    assert heard[EvaluationStep.OBJECT] == {Role.OFFICE, Role.LEADER}
    roles = {role for role, _ in told()}
    assert roles == {Role.OFFICER, Role.OFFICE, Role.LEADER}
    for row in Notification.objects.all():
        assert not any(level in f"{row.title} {row.detail}" for level in LEVELS)
        assert REASON not in f"{row.title} {row.detail}"
        assert world.officer.full_name not in row.title


def test_the_log_says_who_did_which_step_and_nothing_of_what_was_said(world):
    world.bring(EvaluationState.RELEASED)
    world.take(EvaluationStep.OBJECT)
    world.take(EvaluationStep.RECONSIDER)
    rows = AuditEvent.objects.filter(target__startswith="đánh giá cán bộ")
    assert rows.count() == 6
    for row in rows:
        assert row.before == {}
        assert set(row.after) == {"việc"}
        assert row.reason == ""
        assert "Thạch Văn Bình, Quý II/2023" in row.target
        words = json.dumps([row.target, row.after], ensure_ascii=False)
        assert not any(level in words for level in LEVELS)


def test_levels_come_from_people_only(world):
    released = world.bring(EvaluationState.RELEASED)
    assert released.decided_level == RatingLevel.GOOD
    again = world.take(EvaluationStep.RECONSIDER)
    assert Evaluation.objects.get(pk=again.pk).decided_level == ""
