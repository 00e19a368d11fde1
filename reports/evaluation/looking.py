"""Who looked at evaluations: the log tells it, once for a while of reading, not for each page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from reports.models import Evaluation, EvaluationCycle

WHILE = dt.timedelta(minutes=30)


def note_looks(
    targets: Iterable[Evaluation | EvaluationCycle], *, by: User, now: dt.datetime
) -> None:
    """Record that ``by`` looked at evaluations or cycles, unless it was told in the last while.

    The owner's own look is told as well. The row says whose evaluation, nothing of what it holds.
    """
    keys = {audit.target_key(target): target for target in targets}
    told = AuditEvent.objects.filter(
        verb=Verb.VIEW, actor=str(by), target_key__in=keys, at__gt=now - WHILE
    )
    known = set(told.values_list("target_key", flat=True)) if keys else set()
    fresh = [target for key, target in keys.items() if key not in known]
    if fresh:
        audit.record_all(audit.event(Verb.VIEW, target, by=by, at=now) for target in fresh)
