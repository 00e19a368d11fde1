"""Who may take which step of an evaluation, and why not: right, whose it is, state, day."""

from __future__ import annotations

import datetime as dt

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from reports.enums import EVALUATION_MOVES, EvaluationState, EvaluationStep
from reports.models import Evaluation

# Who takes each step, beside whose evaluation it is.
NEEDS = {
    EvaluationStep.RATE_ONESELF: Permission.RATE_ONESELF,
    EvaluationStep.RETURN_SELF_RATING: Permission.PROPOSE_EVALUATIONS,
    EvaluationStep.PROPOSE: Permission.PROPOSE_EVALUATIONS,
    EvaluationStep.RETURN_PROPOSAL: Permission.DECIDE_EVALUATIONS,
    EvaluationStep.DECIDE: Permission.DECIDE_EVALUATIONS,
    EvaluationStep.RELEASE: Permission.PROPOSE_EVALUATIONS,
    EvaluationStep.OBJECT: Permission.RATE_ONESELF,
    EvaluationStep.RECONSIDER: Permission.DECIDE_EVALUATIONS,
}
# What the officer does themselves; nobody does any other step with their own evaluation.
OWN_STEPS = frozenset(
    step for step, permission in NEEDS.items() if permission is Permission.RATE_ONESELF
)
TAKING_PART = (Permission.VIEW_EVALUATIONS, Permission.RATE_ONESELF)
MOST_OBJECTIONS = 2  # said once, and once more added to

NOT_ENTITLED = {
    Permission.RATE_ONESELF: "Việc “{step}” do chính cán bộ được đánh giá thực hiện.",
    Permission.PROPOSE_EVALUATIONS: "Việc “{step}” do Văn phòng, Ban Tổ chức thực hiện.",
    Permission.DECIDE_EVALUATIONS: "Việc “{step}” do lãnh đạo thực hiện.",
}
NOT_ON_ONESELF = "Không ai đề xuất, quyết định đánh giá của chính mình."
WRONG_STATE = "Đánh giá này đang ở tình trạng “{state}” nên không thực hiện được việc “{step}”."
NOT_NOW = "Đánh giá này đang được xem xét nên không thực hiện được việc “{step}”."
NOT_DUE = (
    "Cán bộ còn thời gian tự đánh giá đến hết ngày {due:%d/%m/%Y}; sau ngày đó mới đề xuất khi "
    "cán bộ không tự đánh giá."
)
SAID_TWICE = "Đồng chí đã nêu ý kiến và bổ sung một lần; cần trao đổi thêm thì gặp trực tiếp."


def is_own(evaluation: Evaluation, user: User) -> bool:
    """Say whether ``user`` is the officer who is evaluated."""
    return evaluation.officer.user_id is not None and evaluation.officer.user_id == user.pk


def why_not(
    evaluation: Evaluation, step: EvaluationStep, user: User, day: dt.date | None = None
) -> str:
    """Say why ``user`` cannot take ``step``; "" when they can.

    With ``day`` also what is a matter of the day is asked: nobody is proposed for without their
    own rating before the time to rate is over.
    """
    return (
        why_no_right(evaluation, step, user)
        or why_no_move(evaluation, step)
        or why_not_again(evaluation, step)
        or (why_not_yet(evaluation, step, day) if day else "")
    )


def takes_part(user: User) -> bool:
    """Say whether ``user`` rates or may be rated."""
    return any(allowed(user, permission) for permission in TAKING_PART)


def speaks_for(evaluation: Evaluation, user: User) -> bool:
    """Say whether ``user`` writes what the officer says.

    The officer does, whatever their role; for one without an account the office types what was
    handed in on paper.
    """
    if is_own(evaluation, user):
        return takes_part(user)
    return is_on_paper(evaluation) and allowed(user, Permission.PROPOSE_EVALUATIONS)


def is_on_paper(evaluation: Evaluation) -> bool:
    """Say whether the officer has no account to write with."""
    return evaluation.officer.user_id is None


def is_for(evaluation: Evaluation, step: EvaluationStep, user: User) -> bool:
    """Say whether ``step`` is one ``user`` takes at all, with this evaluation or another."""
    return speaks_for(evaluation, user) if step in OWN_STEPS else allowed(user, NEEDS[step])


def why_no_right(evaluation: Evaluation, step: EvaluationStep, user: User) -> str:
    """Say why ``step`` is not for ``user``, whatever the state."""
    if not is_for(evaluation, step, user):
        return NOT_ENTITLED[NEEDS[step]].format(step=step.label)
    return NOT_ON_ONESELF if step not in OWN_STEPS and is_own(evaluation, user) else ""


def why_no_move(evaluation: Evaluation, step: EvaluationStep) -> str:
    """Say why ``step`` does not lead on from the state; to the officer the state is not told."""
    if evaluation.state in EVALUATION_MOVES[step].sources:
        return ""
    sentence = NOT_NOW if step in OWN_STEPS else WRONG_STATE
    return sentence.format(state=evaluation.get_state_display(), step=step.label)


def why_not_again(evaluation: Evaluation, step: EvaluationStep) -> str:
    """Say why an officer who said twice what they think of a result says no more."""
    if step != EvaluationStep.OBJECT:
        return ""
    steps = list(evaluation.events.order_by("pk").values_list("step", flat=True))
    last_release = max(
        (place for place, taken in enumerate(steps) if taken == EvaluationStep.RELEASE), default=0
    )
    said = steps[last_release:].count(EvaluationStep.OBJECT)
    return SAID_TWICE if said >= MOST_OBJECTIONS else ""


def why_not_yet(evaluation: Evaluation, step: EvaluationStep, day: dt.date) -> str:
    """Say until when the officer may still rate themselves, before anybody proposes without it."""
    due = evaluation.cycle.self_rating_due_on
    is_unrated = evaluation.state == EvaluationState.OPEN and step == EvaluationStep.PROPOSE
    return NOT_DUE.format(due=due) if is_unrated and day <= due else ""


def steps_open_to(
    evaluation: Evaluation, user: User, day: dt.date | None = None
) -> tuple[EvaluationStep, ...]:
    """Give the steps ``user`` can take now, in their order."""
    return tuple(step for step in EVALUATION_MOVES if not why_not(evaluation, step, user, day))
