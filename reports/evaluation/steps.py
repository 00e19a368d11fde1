"""The steps of an evaluation: rating oneself, proposing, deciding, releasing, objecting.

Each is one transaction with its event, its audit row (without content) and its notifications, and
raises ``ValidationError`` with a sentence. People enter levels; nothing here computes one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from communes.periods import constraint_sentences
from reports.enums import EvaluationState, EvaluationStep, RatedBy
from reports.evaluation.evidence import frozen
from reports.evaluation.moving import Taken, take_up, write
from reports.evaluation.rights import is_own, steps_open_to, why_not
from reports.evaluation.scoring import ScoreFacts, said, write_scores
from reports.models import (
    Evaluation,
    EvaluationCitation,
    EvaluationEvent,
    EvaluationScore,
)

__all__ = [
    "ScoreFacts",
    "decide",
    "object_to",
    "propose",
    "rate_oneself",
    "reconsider",
    "release",
    "release_many",
    "return_proposal",
    "return_self_rating",
    "steps_open_to",
    "why_not",
]

LEVEL_MISSING = "Chọn mức xếp loại."
TEXT_MISSING = "Ghi tự nhận xét."
UNRATED_MISSING = "Cán bộ chưa tự đánh giá: ghi lý do đề xuất khi chưa có tự đánh giá."
TO_COME = "Ngày {on:%d/%m/%Y} chưa đến."
ON_PAPER = "Văn phòng ghi theo bản giấy của cán bộ"
BEFORE_CYCLE = "Ngày quyết định phải từ ngày đầu kỳ đánh giá trở đi."
WRITTEN = (Evaluation, EvaluationEvent, EvaluationScore, EvaluationCitation)


# --- the officer rates themselves ----------------------------------------------------------------


def rate_oneself(
    *,
    evaluation: Evaluation,
    level: str,
    text: str,
    scores: Sequence[ScoreFacts],
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> Evaluation:
    """Write the officer's own rating: level, remarks, points for each judged criterion.

    The officer does; for one without an account the office, from what was handed in on paper.
    """
    taken = Taken(EvaluationStep.RATE_ONESELF, by, now, edition)
    with constraint_sentences(*WRITTEN), transaction.atomic():
        current = take_up(evaluation, taken)
        refuse_blank(level=(level, LEVEL_MISSING), text=(text, TEXT_MISSING))
        write_scores(current, RatedBy.OFFICER, scores)
        content = {"level": level, "text": text, "scores": said(scores)} | typed(current, by)
        return write(current, taken, content=content, self_level=level, self_text=text)


def return_self_rating(
    *, evaluation: Evaluation, reason: str, edition: int | None, by: User, now: dt.datetime
) -> Evaluation:
    """Ask the officer to rate themselves anew; what they wrote stays for them to change."""
    return only_moved(
        Taken(EvaluationStep.RETURN_SELF_RATING, by, now, edition, reason), evaluation
    )


def refuse_blank(**said: tuple[str, str]) -> None:
    """Refuse what is blank, with the sentence beside it, under its field."""
    missing = {field: sentence for field, (value, sentence) in said.items() if not value.strip()}
    if missing:
        raise ValidationError(missing)


def only_moved(taken: Taken, evaluation: Evaluation, **changed: object) -> Evaluation:
    """Take a step that says nothing but its reason."""
    with constraint_sentences(*WRITTEN), transaction.atomic():
        return write(take_up(evaluation, taken), taken, **changed)


# --- the office proposes -------------------------------------------------------------------------


def propose(
    *,
    evaluation: Evaluation,
    level: str,
    text: str,
    scores: Sequence[ScoreFacts],
    edition: int | None,
    by: User,
    now: dt.datetime,
    commendation: str = "",
    training_need: str = "",
    unrated_reason: str = "",
) -> Evaluation:
    """Write the office's proposal; ``text`` says why.

    ``unrated_reason`` says why there is a proposal without the officer's own rating, and is asked
    only then: after the time to rate is over.
    """
    taken = Taken(EvaluationStep.PROPOSE, by, now, edition, text, reason_field="text")
    with constraint_sentences(*WRITTEN), transaction.atomic():
        current = take_up(evaluation, taken)
        is_unrated = current.state == EvaluationState.OPEN
        refuse_blank(level=(level, LEVEL_MISSING))
        if is_unrated:
            refuse_blank(unrated_reason=(unrated_reason, UNRATED_MISSING))
        write_scores(current, RatedBy.OFFICE, scores)
        columns = {
            "proposed_level": level,
            "proposal_text": text,
            "commendation": commendation,
            "training_need": training_need,
        }
        content = columns | {
            "scores": said(scores),
            "unrated_reason": unrated_reason if is_unrated else "",
        }
        return write(current, taken, content=content, **columns)


def return_proposal(
    *, evaluation: Evaluation, reason: str, edition: int | None, by: User, now: dt.datetime
) -> Evaluation:
    """Send a proposal back to the office; without the officer's rating it waits for that again."""
    taken = Taken(EvaluationStep.RETURN_PROPOSAL, by, now, edition, reason)
    with constraint_sentences(*WRITTEN), transaction.atomic():
        current = take_up(evaluation, taken)
        before = EvaluationState.OPEN if unrated_reason_of(current) else EvaluationState.SELF_RATED
        return write(current, taken, target=before)


def unrated_reason_of(evaluation: Evaluation) -> str:
    """Give why the last proposal was made without the officer's own rating; "" when it was not."""
    proposals = evaluation.events.filter(step=EvaluationStep.PROPOSE).order_by("-pk")
    last = proposals.first()
    return last.content.get("unrated_reason", "") if last else ""


# --- a leader decides ----------------------------------------------------------------------------


def decide(
    *,
    evaluation: Evaluation,
    level: str,
    reason: str,
    number: str,
    day: dt.date,
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> Evaluation:
    """Write the decision under its number (if it has one) and day, and keep what it rests on.

    From now on nothing of it is computed anew.
    """
    taken = Taken(EvaluationStep.DECIDE, by, now, edition, reason)
    with constraint_sentences(*WRITTEN), transaction.atomic():
        current = take_up(evaluation, taken)
        refuse_blank(level=(level, LEVEL_MISSING))
        refuse_day(current, day, taken.day)
        columns = {"decided_level": level, "decision_reason": reason, "decision_number": number}
        evidence = frozen(current, taken.day)
        content = columns | {"decided_on": day.isoformat(), "evidence": evidence}
        return write(current, taken, content=content, decided_on=day, evidence=evidence, **columns)


def refuse_day(evaluation: Evaluation, day: dt.date, today: dt.date) -> None:
    """Refuse a day of decision to come, or from before the cycle."""
    if day > today:
        raise ValidationError({"day": TO_COME.format(on=day)})
    if day < evaluation.cycle.started_on:
        raise ValidationError({"day": BEFORE_CYCLE})


def reconsider(
    *, evaluation: Evaluation, reason: str, edition: int | None, by: User, now: dt.datetime
) -> Evaluation:
    """Open a decision again, for a reason; what was decided stays in the events."""
    taken = Taken(EvaluationStep.RECONSIDER, by, now, edition, reason)
    return only_moved(
        taken,
        evaluation,
        decided_level="",
        decision_reason="",
        decision_number="",
        decided_on=None,
        released_on=None,
        evidence=None,
    )


# --- released, and what the officer says of it ---------------------------------------------------


def release(
    *, evaluation: Evaluation, edition: int | None, by: User, now: dt.datetime
) -> Evaluation:
    """Let the officer see what was decided."""
    taken = Taken(EvaluationStep.RELEASE, by, now, edition)
    return only_moved(taken, evaluation, released_on=taken.day)


def release_many(
    *, evaluations: Iterable[Evaluation], by: User, now: dt.datetime
) -> list[Evaluation]:
    """Release all of ``evaluations``, or none, with a sentence for each that cannot be."""
    rows = sorted(evaluations, key=lambda evaluation: evaluation.pk)  # one order for all writers
    day = timezone.localdate(now)
    with constraint_sentences(*WRITTEN), transaction.atomic():
        refusals = [why_not(one, EvaluationStep.RELEASE, by, day) for one in rows]
        if any(refusals):
            raise ValidationError(named(rows, refusals))
        return [release(evaluation=one, edition=one.edition, by=by, now=now) for one in rows]


def named(rows: Sequence[Evaluation], refusals: Sequence[str]) -> list[str]:
    """Give each refusal with whose evaluation it is about."""
    pairs = zip(rows, refusals, strict=True)
    return [f"Đồng chí {row.officer.full_name}: {sentence}" for row, sentence in pairs if sentence]


def object_to(
    *, evaluation: Evaluation, text: str, edition: int | None, by: User, now: dt.datetime
) -> Evaluation:
    """Write what the officer thinks of the result; once more they may add to it."""
    taken = Taken(EvaluationStep.OBJECT, by, now, edition, text, reason_field="text")
    with constraint_sentences(*WRITTEN), transaction.atomic():
        current = take_up(evaluation, taken)
        whole = "\n".join(part for part in (current.objection, text) if part)
        return write(current, taken, content={"text": text} | typed(current, by), objection=whole)


def typed(evaluation: Evaluation, by: User) -> dict[str, str]:
    """Say in the event of an officer's own step that the office typed it from paper."""
    return {} if is_own(evaluation, by) else {"on_paper": ON_PAPER}
