"""An officer evaluated for the second quarter of 2023, and each step as its page takes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.enums import Role
from accounts.models import User
from assignments.enums import DutyKind
from assignments.models import Assignment
from communes.models import Commune
from reports.enums import (
    CriterionKind,
    EvaluationState,
    EvaluationStep,
    Measure,
    RatingLevel,
)
from reports.evaluation import steps
from reports.evaluation.evidence import frozen
from reports.models import Evaluation, EvaluationRules, Period
from tests.factories import (
    make_assignment,
    make_commune,
    make_criterion,
    make_cycle,
    make_evaluation,
    make_officer,
    make_period,
    make_regulation,
)
from tests.reports.periodic.world import at

STARTED, ENDED = dt.date(2023, 4, 1), dt.date(2023, 7, 1)
# After the time to rate oneself is over.
TODAY = dt.date(2023, 7, 20)
NOW = at(TODAY)
REASON = "Theo hồ sơ minh chứng"
DOCUMENT = "Báo cáo số 12-BC/ĐU, ngày 05/6/2023"


def make_whole_rules(name: str = "Bộ tiêu chí quý", **fields) -> EvaluationRules:
    """Make a set: forty points judged, thirty for meetings, thirty for telling communes."""
    rules = EvaluationRules.objects.create(name=name, **fields)
    make_criterion(rules, weight=40)
    for measure in (Measure.COMMITTEE_MEETINGS, Measure.PETITIONS_TOLD):
        make_criterion(
            rules,
            name=measure.label,
            kind=CriterionKind.COMPUTED,
            measure=measure.value,
            weight=30,
        )
    return rules


@dataclass(frozen=True)
class World:
    """The officer's evaluation, their one commune, and who takes the steps."""

    evaluation: Evaluation
    commune: Commune
    assignment: Assignment
    quarter: Period
    users: dict[Role, User]

    @property
    def officer(self):
        return self.evaluation.officer

    def user_for(self, step: EvaluationStep) -> User:
        return self.users[TAKERS[step]]

    def take(self, step: EvaluationStep, by: User | None = None, **said) -> Evaluation:
        """Take a step as its page would, with lawful words but for ``said``."""
        self.evaluation.refresh_from_db()
        edition = said.pop("edition", self.evaluation.edition)
        facts = {
            "evaluation": self.evaluation,
            "edition": edition,
            "by": by or self.user_for(step),
            "now": NOW,
        }
        return getattr(steps, step.value if step.value != "object" else "object_to")(
            **facts | lawful(step, self.evaluation) | said
        )

    def bring(self, state: EvaluationState) -> Evaluation:
        """Bring the evaluation to a state, step by step."""
        while (present := self.fresh().state) != state:
            self.take(NEXT[present])
        return self.fresh()

    def fresh(self) -> Evaluation:
        """Give the evaluation as it is stored."""
        return Evaluation.objects.with_parties().get(pk=self.evaluation.pk)


NEXT = {
    EvaluationState.OPEN: EvaluationStep.RATE_ONESELF,
    EvaluationState.SELF_RATED: EvaluationStep.PROPOSE,
    EvaluationState.PROPOSED: EvaluationStep.DECIDE,
    EvaluationState.DECIDED: EvaluationStep.RELEASE,
}
TAKERS = {
    EvaluationStep.RATE_ONESELF: Role.OFFICER,
    EvaluationStep.RETURN_SELF_RATING: Role.OFFICE,
    EvaluationStep.PROPOSE: Role.OFFICE,
    EvaluationStep.RETURN_PROPOSAL: Role.LEADER,
    EvaluationStep.DECIDE: Role.LEADER,
    EvaluationStep.RELEASE: Role.OFFICE,
    EvaluationStep.OBJECT: Role.OFFICER,
    EvaluationStep.RECONSIDER: Role.LEADER,
}


def scores(evaluation: Evaluation, points: int = 35, cited: tuple = (DOCUMENT,), **fields):
    """Give points for the one judged criterion."""
    [judged] = evaluation.cycle.rules.criteria.filter(kind=CriterionKind.JUDGED)
    return [steps.ScoreFacts(judged, points, citations=cited, **fields)]


def lawful(step: EvaluationStep, evaluation: Evaluation) -> dict[str, object]:
    """Give what a step has to say."""
    match step:
        case EvaluationStep.RATE_ONESELF:
            said = {"level": RatingLevel.EXCELLENT, "text": "Đã hoàn thành"}
            return said | {"scores": scores(evaluation, 39)}
        case EvaluationStep.PROPOSE:
            said = {"level": RatingLevel.GOOD, "text": REASON, "scores": scores(evaluation)}
            return said | {"unrated_reason": "Đồng chí đi học dài ngày"}
        case EvaluationStep.DECIDE:
            return {"level": RatingLevel.GOOD, "reason": REASON, "number": "9-TB", "day": TODAY}
        case EvaluationStep.RELEASE:
            return {}
        case EvaluationStep.OBJECT:
            return {"text": "Đề nghị xem lại số lần dự họp"}
    return {"reason": REASON}


def make_world(users: dict[Role, User], **cycle) -> World:
    """Make the officer of the officer's account, with one commune and the quarter's duties."""
    make_regulation(DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING, DutyKind.REPORT)
    officer = make_officer("Thạch Văn Bình", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    commune = make_commune("An Ninh")
    assignment = make_assignment(officer, commune)
    quarter = make_period(STARTED, ENDED)
    evaluation = make_evaluation(officer, cycle=make_cycle(make_whole_rules(), **cycle))
    return World(evaluation, commune, assignment, quarter, users)


def put(evaluation: Evaluation, state: EvaluationState) -> Evaluation:
    """Put an evaluation into a state without the steps that lead there."""
    columns = {"state": state}
    if state is not EvaluationState.OPEN:
        columns |= {"self_level": "good", "self_text": "Đã làm"}
    if state not in (EvaluationState.OPEN, EvaluationState.SELF_RATED):
        columns |= {"proposed_level": "good", "proposal_text": REASON}
    if state in (EvaluationState.DECIDED, EvaluationState.RELEASED):
        evidence = frozen(evaluation, TODAY)
        columns |= {"decided_level": "good", "decision_reason": REASON, "decided_on": TODAY}
        columns |= {"evidence": evidence}
    if state is EvaluationState.RELEASED:
        columns |= {"released_on": TODAY}
    Evaluation.objects.filter(pk=evaluation.pk).update(**columns)
    evaluation.refresh_from_db()
    return evaluation
