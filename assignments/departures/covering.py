"""Standing in for a time: who covers a commune until a day, after which it is given back by itself.

The main officer's assignment goes on meanwhile; their duties do not (``reports.duties``). The day
after the cover's last, nobody has to write anything.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from assignments.enums import AssignmentRole, EndReason
from assignments.hanging import hanging_words
from assignments.models import Assignment, Decision, Officer
from assignments.services import Terms, begin, check_stays, hold, hold_officer, locked
from communes.models import Commune
from communes.periods import constraint_sentences

NOT_A_COVER = "Đây không phải phân công phụ trách tạm thời."
OVER = "Phụ trách tạm thời này đã hết từ ngày {day:%d/%m/%Y}."
NO_REASON = "Ghi lý do."


def cover(
    *,
    commune: Commune,
    officer: Officer,
    on: dt.date,
    until: dt.date,
    decision: Decision | None,
    by: User | None,
    reason: str = "",
) -> Assignment:
    """Let ``officer`` stand in from ``on`` up to, not including, ``until``."""
    with constraint_sentences(Assignment), transaction.atomic():
        hold([commune])
        terms = Terms(on, decision, by, reason)
        role = AssignmentRole.COVER
        return begin(terms, officer=officer, commune=commune, role=role, until=until)


def change_cover(
    *, assignment: Assignment, until: dt.date, reason: str, by: User | None
) -> Assignment:
    """Let a cover end sooner or later than written: ``until`` is the first day without it."""
    with constraint_sentences(Assignment), transaction.atomic():
        current = locked([assignment])[assignment.pk]
        current.officer = hold_officer(current.officer)
        check_changeable(current, until, reason)
        before = audit.snapshot(current)
        current.ended_on, current.end_reason = until, EndReason.COVER_ENDED
        current.full_clean()
        check_stays(current)
        current.save()
        old, new = audit.difference(before, audit.snapshot(current))
        audit.record(Verb.CHANGE, current, by=by, before=old, after=new, reason=reason)
    return current


def check_changeable(current: Assignment, until: dt.date, reason: str) -> None:
    """Refuse what is no cover, is over, or would lose what was done in the days taken away."""
    today = clock.today()
    if current.role != AssignmentRole.COVER:
        raise ValidationError(NOT_A_COVER)
    if current.ended_on and current.ended_on <= today:
        raise ValidationError(OVER.format(day=current.ended_on))
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    if words := hanging_words(current, since=current.started_on, until=until):
        raise ValidationError(
            f"Đồng chí {current.officer.full_name} đã có {words} sau ngày đó ở "
            f"{current.commune.party_body}."
        )
