"""What happens to an entry afterwards: it is confirmed, or taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Attendance, VisitAttachment
from assignments.visits.rights import may_take_back
from assignments.withdrawing import take_back
from communes.periods import constraint_sentences

CONFIRMED = "Cán bộ đã xác nhận lượt dự này: chỉ cán bộ hoặc cơ quan rút lại được."


def confirm_attendances(*, attendances: Iterable[Attendance], by: User, now: dt.datetime) -> int:
    """Confirm those of ``attendances`` that still wait; give how many they were."""
    keys = [attendance.pk for attendance in attendances]
    with constraint_sentences(Attendance), transaction.atomic():
        waiting = (
            Attendance.objects.select_for_update(of=("self",), no_key=True)
            .unconfirmed()
            .filter(pk__in=keys)
            .select_related("officer", "visit__commune")
            .order_by("pk")
        )
        for attendance in waiting:
            attendance.confirmed_at, attendance.confirmed_by = now, by
            attendance.save()
            audit.record(Verb.CONFIRM, attendance, by=by)
    return len(waiting)


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
