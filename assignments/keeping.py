"""Keeping files with their rows: gone with a transaction that fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models.stored_files import StoredFile

if TYPE_CHECKING:
    from assignments.attachments import Accepted


@contextmanager
def kept_if_written() -> Iterator[ExitStack]:
    """Give a stack of undoings that runs unless the block ends well: disks know no rollback."""
    with ExitStack() as undo:
        yield undo
        undo.pop_all()


def keep(
    stored: StoredFile, file: Accepted, *, by: User, now: dt.datetime, undo: ExitStack
) -> None:
    """Keep ``file`` as ``stored``, a row not yet saved; ``undo`` learns how to remove it again."""
    stored.name, stored.kind = file.name, file.kind
    stored.size, stored.checksum = file.size, file.checksum
    stored.uploaded_by, stored.uploaded_at = by, now
    stored.file.save(file.name, file.content, save=False)
    undo.callback(stored.file.storage.delete, stored.file.name)
    stored.full_clean()
    stored.save()
    audit.record(Verb.CREATE, stored, by=by, after=audit.snapshot(stored))
