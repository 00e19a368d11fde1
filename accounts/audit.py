"""Writing the audit log. Services call :func:`record` inside their own transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from accounts import chain
from accounts.enums import Verb
from accounts.models import AuditEvent
from accounts.present_request import current_address, current_request

if TYPE_CHECKING:
    from accounts.models import User

# Secrets; what the application computes itself is not editable and left out as well.
UNRECORDED = {"password", "last_login"}
SYSTEM = "Hệ thống"
NOBODY = "Chưa đăng nhập"

BATCH = 500


def target_key(instance: models.Model) -> str:
    """Give ``app.model:pk``, by which a record's own history is found."""
    return f"{instance._meta.label_lower}:{instance.pk}"


def snapshot(instance: models.Model) -> dict[str, object]:
    """Give what people entered in a record, by Vietnamese field label, as they read it."""
    values = {
        str(field.verbose_name): readable(instance, field)
        for field in instance._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in UNRECORDED
    }
    return {label: value for label, value in values.items() if value not in (None, "")}


def readable(instance: models.Model, field: models.Field) -> object:
    """Give a field's value for the log: names for keys, labels for codes, dates as written here."""
    value = getattr(instance, field.name)
    if value is None:
        return None
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(field, models.JSONField):  # an outline: that it changed, not each point of it
        return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]
    return value if isinstance(value, bool | int | float) else str(value)


def difference(before: Mapping, after: Mapping) -> tuple[dict, dict]:
    """Keep only what differs between two snapshots: (old values, new values)."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return (
        {key: before[key] for key in keys if key in before},
        {key: after[key] for key in keys if key in after},
    )


def event(
    verb: Verb,
    target: models.Model | str,
    *,
    by: User | str | None,
    before: Mapping | None = None,
    after: Mapping | None = None,
    reason: str = "",
    **columns: object,
) -> AuditEvent:
    """Give one row, not saved: ``by`` did ``verb`` to ``target`` (a record, or words), and why.

    ``by=None`` means the application itself (a command run on the server); words say who it was
    where no account can. ``columns`` are further columns of the row.
    """
    is_record = isinstance(target, models.Model)
    return AuditEvent(
        actor=str(by) if by else SYSTEM,
        verb=verb,
        target_key=target_key(target) if is_record else "",
        target=(f"{target._meta.verbose_name}: {target}" if is_record else str(target))[:300],
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        **columns,
    )


def record(verb: Verb, target: models.Model | str, **facts: object) -> AuditEvent:
    """Add the row that :func:`event` gives, with where the present request came from."""
    row = event(verb, target, **facts)
    record_all([row])
    return row


def record_all(rows: Iterable[AuditEvent]) -> None:
    """Add rows that :func:`event` gave, with where the present request came from.

    Once they are committed they join the chain (accounts.chain).
    """
    rows = list(rows)
    for row in rows:
        row.address, row.request_id = current_address.get(), current_request.get()
    AuditEvent.objects.bulk_create(rows, batch_size=BATCH)
    chain.seal_after_commit()
