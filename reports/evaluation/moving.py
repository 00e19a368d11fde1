"""How each step is written: the evaluation held, its event, and an audit row without content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from reports.enums import EVALUATION_MOVES, EvaluationState, EvaluationStep
from reports.evaluation.rights import why_not
from reports.evaluation.telling import tell_of
from reports.models import Evaluation, EvaluationEvent

VERBS = {
    EvaluationStep.RATE_ONESELF: Verb.SUBMIT,
    EvaluationStep.RETURN_SELF_RATING: Verb.RETURN,
    EvaluationStep.PROPOSE: Verb.PROPOSE,
    EvaluationStep.RETURN_PROPOSAL: Verb.RETURN,
    EvaluationStep.DECIDE: Verb.DECIDE,
    EvaluationStep.RELEASE: Verb.RELEASE,
    EvaluationStep.OBJECT: Verb.OBJECT,
    EvaluationStep.RECONSIDER: Verb.REOPEN,
}
REASON_MISSING = {
    EvaluationStep.RETURN_SELF_RATING: "Trả lại thì phải ghi lý do.",
    EvaluationStep.PROPOSE: "Đề xuất phải ghi lý do.",
    EvaluationStep.RETURN_PROPOSAL: "Trả lại thì phải ghi lý do.",
    EvaluationStep.DECIDE: "Quyết định phải ghi lý do.",
    EvaluationStep.OBJECT: "Ghi nội dung ý kiến.",
    EvaluationStep.RECONSIDER: "Xem xét lại thì phải ghi lý do.",
}
OUTDATED = "Đánh giá này vừa được cập nhật sau khi đồng chí mở trang. Xem lại rồi làm tiếp."


@dataclass(frozen=True)
class Taken:
    """A step taken: by whom, when, on which edition, and why where it needs a reason."""

    step: EvaluationStep
    by: User
    now: dt.datetime
    edition: int | None = None
    reason: str = ""
    reason_field: str = "reason"  # the name under which a missing one is told

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.now)

    @property
    def stored_reason(self) -> str:
        return EvaluationEvent._meta.get_field("reason").to_python(self.reason)


def held(evaluation: Evaluation) -> Evaluation:
    """Read an evaluation anew and hold it until the transaction ends."""
    rows = Evaluation.objects.filter(pk=evaluation.pk)
    # First held, then read: a row that was waited for would come joined with what it named before.
    list(rows.select_for_update(no_key=True).values_list("pk"))
    [current] = rows.with_parties().select_related("officer__user")
    return current


def take_up(evaluation: Evaluation, taken: Taken) -> Evaluation:
    """Give the evaluation, held, when ``taken`` may be done with it as it now stands.

    Raises when the step is not for who takes it or not in this state, when somebody wrote since
    its edition was read, or when the reason it needs is missing.
    """
    current = held(evaluation)
    if sentence := why_not(current, taken.step, taken.by, taken.day):
        raise ValidationError(sentence)
    if taken.edition is not None and taken.edition != current.edition:
        raise ValidationError(OUTDATED, code="changed_meanwhile")
    if EVALUATION_MOVES[taken.step].needs_reason and not taken.stored_reason:
        raise ValidationError({taken.reason_field: REASON_MISSING[taken.step]})
    return current


def write(
    current: Evaluation,
    taken: Taken,
    *,
    target: EvaluationState | None = None,
    content: Mapping[str, object] | None = None,
    **changed: object,
) -> Evaluation:
    """Set ``changed`` columns, lead on to the state of the step, write event, audit, notices.

    The audit row says who did which step with whose evaluation, and nothing of what was said:
    administrators read it.
    """
    for name, value in changed.items():
        setattr(current, name, value)
    current.state = target or EVALUATION_MOVES[taken.step].target or current.state
    current.edition += 1
    current.full_clean()
    current.save()
    record(taken.step, current, taken.by)
    tell_of(add_event(current, taken, content or {}))
    return current


def record(step: EvaluationStep, evaluation: Evaluation, by: User) -> None:
    audit.record(VERBS[step], evaluation, by=by, after={"việc": step.label})


def add_event(
    evaluation: Evaluation, taken: Taken, content: Mapping[str, object]
) -> EvaluationEvent:
    """Write down the step, with the state it led to and what it said."""
    event = EvaluationEvent(
        evaluation=evaluation,
        step=taken.step,
        state=evaluation.state,
        happened_on=taken.day,
        happened_at=taken.now,
        by=taken.by,
        reason=taken.stored_reason,
        content=dict(content),
    )
    event.full_clean()
    event.save()
    return event
