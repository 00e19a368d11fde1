"""The evaluations of one officer as their page lists them, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Officer
from assignments.tables import State
from reports.enums import EvaluationState
from reports.evaluation.columns import own_badge, state_badge_of
from reports.evaluation.rights import takes_part
from reports.evaluation.shown import sees_whole
from reports.models import Evaluation, EvaluationCycle


@dataclass(frozen=True)
class Listed:
    """One evaluation; ``level`` is "" where it is not decided, or not the reader's to know."""

    pk: int
    cycle: EvaluationCycle
    badge: State
    level: str


def has_evaluations_for(officer: Officer, user: User) -> bool:
    """Say whether ``user`` may know of the evaluations of ``officer`` at all."""
    is_own = officer.user_id is not None and officer.user_id == user.pk
    return allowed(user, Permission.VIEW_EVALUATIONS) or (is_own and takes_part(user))


def listed_for(officer: Officer, user: User) -> Iterator[Listed]:
    """Give the evaluations of ``officer`` that ``user`` may know of, the latest cycle first."""
    rows = Evaluation.objects.visible_to(user).filter(officer=officer).with_parties()
    for row in rows.order_by("-cycle__ended_on", "-pk"):
        is_whole = sees_whole(row, user)
        is_known = is_whole or row.state == EvaluationState.RELEASED
        yield Listed(
            row.pk,
            row.cycle,
            state_badge_of(row.state) if is_whole else own_badge(row),
            row.get_decided_level_display() if is_known else "",
        )
