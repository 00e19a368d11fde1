"""The log rows that entering a record leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.models.entries import Entered


def entries(rows: Iterable[Entered]) -> Iterator[AuditEvent]:
    """Give the row of entering each record, by whom and when it was."""
    for row in rows:
        by, at = row.entered_by, row.entered_at
        yield audit.event(Verb.CREATE, row, by=by, at=at, after=audit.snapshot(row))


def write_log(events: Iterable[AuditEvent]) -> None:
    """Write log rows in the order of time."""
    audit.record_all(sorted(events, key=lambda row: row.at))
