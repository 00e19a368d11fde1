"""Who changed a record, when, from what to what: read from the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model

from accounts.audit import target_key
from accounts.enums import Permission
from accounts.models import AuditEvent, User
from accounts.permissions import allowed

MOST = 50


@dataclass(frozen=True)
class Change:
    """One row of the log, its values paired."""

    event: AuditEvent
    values: list[tuple[str, object, object]]  # label, before, after


def paired(event: AuditEvent) -> Change:
    """Pair a row's old and new values by label."""
    labels = list(dict.fromkeys([*event.before, *event.after]))
    return Change(
        event, [(label, event.before.get(label), event.after.get(label)) for label in labels]
    )


def changes(records: Iterable[Model], user: User) -> Sequence[Change]:
    """Give the latest changes of any of ``records``, newest first; none to who may not see all."""
    if not allowed(user, Permission.VIEW_ALL):
        return []
    keys = [target_key(record) for record in records]
    return [paired(event) for event in AuditEvent.objects.filter(target_key__in=keys)[:MOST]]
