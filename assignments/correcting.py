"""Putting right an assignment that was written wrongly, and calling off one that has not begun.

Ending and handing over change what is so; these change what was written. Each keeps in the audit
log what stood there before, with the reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from assignments import following
from assignments.enums import AssignmentRole, EndReason
from assignments.hanging import hanging_words
from assignments.models import Assignment, Decision
from assignments.services import check_stays, hold_officer, locked
from communes.periods import constraint_sentences

NO_REASON = "Ghi lý do."
NOTHING_CHANGED = "Chưa sửa nội dung nào."
HAS_BEGUN = (
    "Phân công đã có hiệu lực từ ngày {day:%d/%m/%Y} nên không hủy được. "
    "Ghi thôi phụ trách, hoặc đính chính nếu ghi sai."
)
IN_USE = "Phân công này còn gắn với hồ sơ khác (phương án, bàn giao) nên không hủy được."
NOT_ENDED_BY_IT = "Phân công trước đó không thôi vì phân công này nên không mở lại được."
PART_OF_DEPARTURE = (
    "Phân công trước đó thôi vì đồng chí {name} thôi phụ trách. Rút lại lần thôi đó ở mục "
    "“Thôi, bàn giao”."
)


@dataclass(frozen=True)
class Corrected:
    """How an assignment should have been written."""

    role: AssignmentRole
    started_on: dt.date
    ended_on: dt.date | None
    end_reason: str
    opening_decision: Decision | None
    closing_decision: Decision | None
    note: str

    def columns(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in (field.name for field in fields(self))}


def correct_assignment(
    *, assignment: Assignment, corrected: Corrected, reason: str, by: User | None
) -> Assignment:
    """Write ``assignment`` as it should have been.

    Raises ``ValidationError`` when it would leave out of its period what its officer did in the
    commune, or break a rule of assignments.
    """
    refuse_without(reason)
    with constraint_sentences(Assignment), transaction.atomic():
        current = locked([assignment])[assignment.pk]
        current.officer = hold_officer(current.officer)
        refuse_orphans(current, corrected)
        before = audit.snapshot(current)
        was_open, was_from = current.ended_on is None, current.started_on
        reopens = not was_open and corrected.ended_on is None
        if reopens:
            following.undone(current, by=by)
        for name, value in corrected.columns().items():
            setattr(current, name, value)
        check_whole(current, was_from)
        old, new = audit.difference(before, audit.snapshot(current))
        if not old and not new:
            raise ValidationError(NOTHING_CHANGED)
        current.save()
        audit.record(Verb.CORRECT, current, by=by, before=old, after=new, reason=reason)
    return current


def refuse_without(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})


def refuse_orphans(current: Assignment, corrected: Corrected) -> None:
    """Refuse a period that leaves out what was done in the one written."""
    since, until = corrected.started_on, corrected.ended_on
    if words := hanging_words(current, since=since, until=until):
        raise ValidationError(
            f"Đồng chí {current.officer.full_name} đã có {words} ở {current.commune.party_body} "
            "ngoài thời gian sửa lại. Rút lại hoặc sửa các mục đó trước."
        )


def check_whole(current: Assignment, was_from: dt.date) -> None:
    """Ask of the corrected row what is asked of a new one, as far as it changed."""
    current.full_clean()
    if current.started_on != was_from and (errors := current.eligibility_errors()):
        raise ValidationError(list(errors.values()))
    check_stays(current)


def ended_for(assignment: Assignment) -> Assignment | None:
    """Give the assignment that was ended so that ``assignment`` could begin, if there is one."""
    return (
        Assignment.objects.filter(
            commune=assignment.commune_id,
            role=assignment.role,
            ended_on=assignment.started_on,
            closing_decision=assignment.opening_decision_id,
        )
        .exclude(officer=assignment.officer_id)
        .with_parties()
        .first()
    )


def cancel_assignment(
    *, assignment: Assignment, reason: str, by: User | None, reopens: bool = False
) -> None:
    """Remove an assignment that has not begun; the audit row keeps what it said.

    ``reopens``: the one it was to follow goes on instead.
    """
    refuse_without(reason)
    with constraint_sentences(Assignment), transaction.atomic():
        current = locked([assignment])[assignment.pk]
        refuse_in_use(current)
        earlier = ended_for(current) if reopens else None
        if reopens and earlier is None:
            raise ValidationError(NOT_ENDED_BY_IT)
        until = current.ended_on if current.role == AssignmentRole.COVER else None
        remove(current, by, reason)
        if earlier:
            reopen(locked([earlier])[earlier.pk], until, by, reason)


def refuse_in_use(current: Assignment) -> None:
    """Refuse one that has begun, or on which something hangs."""
    if current.started_on <= clock.today():
        raise ValidationError(HAS_BEGUN.format(day=current.started_on))
    if words := hanging_words(current):
        raise ValidationError(
            f"Đồng chí {current.officer.full_name} đã có {words} theo phân công này. "
            "Rút lại các mục đó trước."
        )


def remove(current: Assignment, by: User | None, reason: str) -> None:
    following.undone(current, by=by)
    audit.record(Verb.CANCEL, current, by=by, before=audit.snapshot(current), reason=reason)
    try:
        Assignment.objects.filter(pk=current.pk).delete()
    except ProtectedError as error:
        raise ValidationError(IN_USE) from error


def reopen(earlier: Assignment, until: dt.date | None, by: User | None, reason: str) -> None:
    """Let an assignment go on that was ended for one called off."""
    departures = earlier.officer.departures.standing().filter(leaves_on=earlier.ended_on)
    if departures.exists():
        raise ValidationError(PART_OF_DEPARTURE.format(name=earlier.officer.full_name))
    following.undone(earlier, by=by)
    earlier.officer = hold_officer(earlier.officer)
    before = audit.snapshot(earlier)
    earlier.ended_on, earlier.closing_decision = until, None
    earlier.end_reason = EndReason.COVER_ENDED if until else ""
    earlier.full_clean()
    check_stays(earlier)
    earlier.save()
    old, new = audit.difference(before, audit.snapshot(earlier))
    audit.record(Verb.REOPEN, earlier, by=by, before=old, after=new, reason=reason)
    following.begun(earlier, by=by)
