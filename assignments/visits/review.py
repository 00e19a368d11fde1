"""What happens to an entry afterwards: it is confirmed, or taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Attendance, VisitAttachment
from assignments.withdrawing import take_back
from communes.periods import constraint_sentences


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
        take_back(attendance, reason=reason, by=by, now=now)


def withdraw_attachment(
    *, attachment: VisitAttachment, reason: str, by: User, now: dt.datetime
) -> None:
    """Take one file back: it stays on disk, and is given to nobody."""
    with constraint_sentences(VisitAttachment), transaction.atomic():
        take_back(attachment, reason=reason, by=by, now=now)
