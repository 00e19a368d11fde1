"""Files beside attendances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.keeping import keep
from assignments.models import Attendance, VisitAttachment

if TYPE_CHECKING:
    from assignments.attachments import Accepted


def attach(
    attendance: Attendance,
    files: Sequence[Accepted],
    *,
    by: User,
    now: dt.datetime,
    undo: ExitStack,
) -> bool:
    """Keep each of ``files`` beside ``attendance``; ``undo`` learns how to remove them again.

    What is there already is not kept twice. Says whether any was kept; raises when, with those
    there, they would be too many. The caller holds the attendance.
    """
    added = not_there_yet(attendance, files)
    for file in added:
        keep(VisitAttachment(attendance=attendance), file, by=by, now=now, undo=undo)
    return bool(added)


def not_there_yet(attendance: Attendance, files: Sequence[Accepted]) -> list[Accepted]:
    """Give those of ``files`` with a content that does not stand beside ``attendance`` yet."""
    there = {*attendance.attachments.standing().values_list("checksum", flat=True)}
    added = {file.checksum: file for file in files if file.checksum not in there}
    most = settings.ATTACHMENTS_MAX_PER_VISIT
    if added and len(there) + len(added) > most:
        sentence = f"Mỗi lượt dự có nhiều nhất {most} tệp; đã có {len(there)} tệp."
        raise ValidationError({"files": sentence})
    return [*added.values()]
