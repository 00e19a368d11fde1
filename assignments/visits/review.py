"""What happens to an entry afterwards: it is confirmed, or taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Attendance, VisitAttachment
from assignments.visits.facts import version
from assignments.visits.rights import may_take_back
from assignments.withdrawing import take_back
from communes.periods import constraint_sentences

CONFIRMED = "Cán bộ đã xác nhận lượt dự này: chỉ cán bộ hoặc cơ quan rút lại được."


def confirm_attendances(
    *,
    attendances: Iterable[Attendance],
    by: User,
    now: dt.datetime,
    read: Mapping[int, str] | None = None,
) -> int:
    """Confirm those of ``attendances`` that still wait; give how many they were.

    ``read`` has the version of each that ``by`` read, by key: what has changed since goes on
    waiting.
    """
    keys = [attendance.pk for attendance in attendances]
    with constraint_sentences(Attendance), transaction.atomic():
        waiting = held_waiting(keys)
        if read is not None:
            waiting = [row for row in waiting if read.get(row.pk) == version(row)]
        for attendance in waiting:
            attendance.confirmed_at, attendance.confirmed_by = now, by
            attendance.save()
            audit.record(Verb.CONFIRM, attendance, by=by)
    return len(waiting)


def held_waiting(keys: list[int]) -> list[Attendance]:
    """Hold those of the attendances of ``keys`` that wait, and give them as they then stand."""
    rows = Attendance.objects.select_for_update(of=("self",), no_key=True).unconfirmed()
    held = [*rows.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True)]
    found = Attendance.objects.filter(pk__in=held).select_related("officer", "visit__commune")
    return [*found.prefetch_related("organisation_notes").order_by("pk")]


def withdraw_attendance(*, attendance: Attendance, reason: str, by: User, now: dt.datetime) -> None:
    """Take an attendance back, with its files; a plan it carried out is open again."""
    with constraint_sentences(Attendance), transaction.atomic():
        refuse_confirmed(attendance.pk, by)
        take_back(attendance, reason=reason, by=by, now=now)


def withdraw_attachment(
    *, attachment: VisitAttachment, reason: str, by: User, now: dt.datetime
) -> None:
    """Take one file back: it stays on disk, and is given to nobody."""
    with constraint_sentences(VisitAttachment), transaction.atomic():
        refuse_confirmed(attachment.attendance_id, by)
        take_back(attachment, reason=reason, by=by, now=now)


def refuse_confirmed(pk: int, by: User) -> None:
    """Hold an attendance; refuse what its officer has confirmed by now and ``by`` only types."""
    current = Attendance.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not may_take_back(by, current):
        raise ValidationError(CONFIRMED)
