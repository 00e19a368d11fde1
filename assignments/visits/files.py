"""Files beside attendances: kept with their rows, gone with a transaction that fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

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
) -> None:
    """Keep each of ``files`` beside ``attendance``; ``undo`` learns how to remove them again."""
    for file in files:
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
