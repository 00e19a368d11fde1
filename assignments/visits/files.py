"""Files beside attendances: kept with their rows, gone with a transaction that fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Attendance, VisitAttachment

if TYPE_CHECKING:
    from assignments.attachments import Accepted


@contextmanager
def kept_if_written() -> Iterator[ExitStack]:
    """Give a stack of undoings that runs unless the block ends well: disks know no rollback."""
    with ExitStack() as undo:
        yield undo
        undo.pop_all()


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
        attachment = VisitAttachment(
            attendance=attendance,
            name=file.name,
            kind=file.kind,
            size=file.size,
            checksum=file.checksum,
            uploaded_by=by,
            uploaded_at=now,
        )
        attachment.file.save(file.name, file.content, save=False)
        undo.callback(attachment.file.storage.delete, attachment.file.name)
        attachment.full_clean()
        attachment.save()
        audit.record(Verb.CREATE, attachment, by=by, after=audit.snapshot(attachment))
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
