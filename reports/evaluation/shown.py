"""What of an evaluation who sees: the only way pages read one.

Leaders and the office see all of it, but of their own what every officer sees. The officer sees
the records and their own rating; once it is released also the level, why, and the final points;
never what communes said, nor the text of the proposal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from reports.enums import EvaluationState, EvaluationStep
from reports.evaluation.evidence import decided_on, evidence_of, evidences, live
from reports.evaluation.rights import is_own
from reports.evaluation.shapes import Evidence, level_words
from reports.models import Evaluation, EvaluationCycle, EvaluationEvent

UNDER_CONSIDERATION = "Đang xem xét"


@dataclass(frozen=True)
class Decision:
    """What was decided: level, why, by which document, when; and when the officer was told."""

    level: str
    reason: str
    number: str
    decided_on: dt.date
    released_on: dt.date | None

    @property
    def level_label(self) -> str:
        return level_words(self.level)


@dataclass(frozen=True)
class Shown:
    """One evaluation as somebody sees it. ``None`` and "" are also what is not theirs to see.

    ``state`` is "" and ``state_label`` says no more than that it is under consideration, where the
    state is not theirs to know.
    """

    pk: int
    edition: int
    officer: str
    cycle: EvaluationCycle
    state: str
    state_label: str
    is_whole: bool  # leaders and the office: everything
    evidence: Evidence
    decision: Decision | None
    objection: str
    returned_because: str  # why the officer is asked to rate themselves anew
    events: tuple[EvaluationEvent, ...]


def sees_whole(evaluation: Evaluation, user: User) -> bool:
    """Say whether ``user`` sees all of it: leaders and the office, but of their own."""
    return allowed(user, Permission.VIEW_EVALUATIONS) and not is_own(evaluation, user)


def shown_to(evaluation: Evaluation, user: User, day: dt.date) -> Shown:
    """Give what ``user`` sees of ``evaluation``, which comes with its parties, as of ``day``.

    Raises ``PermissionDenied`` for anybody who is neither: pages never get so far (404).
    """
    if sees_whole(evaluation, user):
        return whole(evaluation, evidence_of(evaluation, day), events_of(evaluation))
    if is_own(evaluation, user):
        return own(evaluation, day)
    raise PermissionDenied


def shown_in(cycle: EvaluationCycle, user: User, day: dt.date) -> list[Shown]:
    """Give the evaluations of ``cycle`` that ``user`` sees whole, by name of the officer.

    A fixed number of queries; without events. Their own is not among them.
    """
    rows = Evaluation.objects.visible_to(user).filter(cycle=cycle).with_parties()
    seen = [row for row in rows.order_by("officer") if sees_whole(row, user)]
    found = evidences(cycle, seen, day)
    return [whole(row, found[row.pk], ()) for row in seen]


def own_of(user: User) -> list[Evaluation]:
    """Give the evaluations of ``user`` themselves, the latest cycle first."""
    rows = Evaluation.objects.visible_to(user).filter(officer__user=user)
    return list(rows.with_parties().order_by("-cycle__ended_on", "-pk"))


def kept_from(user: User, along: str = "") -> Q:
    """Give the condition that an evaluation is ``user``'s own and not released to them yet.

    Neither counts nor lists may tell how far it is; ``along`` is the way to it ("evaluations__").
    """
    is_released = Q(**{f"{along}state": EvaluationState.RELEASED})
    return Q(**{f"{along}officer__user": user}) & ~is_released


def whole(evaluation: Evaluation, evidence: Evidence, events: Iterable[EvaluationEvent]) -> Shown:
    """Give everything."""
    return Shown(
        pk=evaluation.pk,
        edition=evaluation.edition,
        officer=evaluation.officer.full_name,
        cycle=evaluation.cycle,
        state=evaluation.state,
        state_label=evaluation.get_state_display(),
        is_whole=True,
        evidence=evidence,
        decision=decision_of(evaluation) if evaluation.is_concluded else None,
        objection=evaluation.objection,
        returned_because="",
        events=tuple(events),
    )


def own(evaluation: Evaluation, day: dt.date) -> Shown:
    """Give what the officer sees: before the release nothing of what others say or did."""
    is_released = evaluation.state == EvaluationState.RELEASED
    is_theirs = evaluation.state == EvaluationState.OPEN
    known = is_released or is_theirs
    return Shown(
        pk=evaluation.pk,
        edition=evaluation.edition,
        officer=evaluation.officer.full_name,
        cycle=evaluation.cycle,
        state=evaluation.state if known else "",
        state_label=own_state_label(evaluation),
        is_whole=False,
        evidence=own_evidence(evaluation, day, is_released=is_released),
        decision=decision_of(evaluation) if is_released else None,
        objection=evaluation.objection,
        returned_because=returned_because(evaluation) if is_theirs else "",
        events=(),
    )


def own_state_label(evaluation: Evaluation) -> str:
    """Say how far their evaluation is, as the officer may know it."""
    known = (EvaluationState.OPEN, EvaluationState.RELEASED)
    return evaluation.get_state_display() if evaluation.state in known else UNDER_CONSIDERATION


def own_evidence(evaluation: Evaluation, day: dt.date, *, is_released: bool) -> Evidence:
    """Give the evidence for the officer: that it was decided on shows only once it is released."""
    if is_released:
        return decided_on(evaluation).as_officer_sees(released=True)
    return live(evaluation, day).as_officer_sees(released=False)


def decision_of(evaluation: Evaluation) -> Decision:
    return Decision(
        evaluation.decided_level,
        evaluation.decision_reason,
        evaluation.decision_number,
        evaluation.decided_on,
        evaluation.released_on,
    )


def events_of(evaluation: Evaluation) -> Iterable[EvaluationEvent]:
    return evaluation.events.select_related("by")


def returned_because(evaluation: Evaluation) -> str:
    """Give why the officer's rating came back; "" when it did not."""
    last = evaluation.events.order_by("-pk").first()
    was_returned = last is not None and last.step == EvaluationStep.RETURN_SELF_RATING
    return last.reason if was_returned else ""
