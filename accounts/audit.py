"""Writing the audit log. Services call :func:`record` inside their own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.enums import Verb
from accounts.models import AuditEvent

if TYPE_CHECKING:
    from accounts.models import User

# The address the present request came from; set by the middleware, empty for commands.
current_address: ContextVar[str] = ContextVar("current_address", default="")

# Derived or secret columns say nothing to a reader of the log.
UNRECORDED = {"password", "last_login", "sort_key", "search_key"}
SYSTEM = "Hệ thống"
NOBODY = "Chưa đăng nhập"


def target_key(instance: models.Model) -> str:
    """Give ``app.model:pk``, by which a record's own history is found."""
    return f"{instance._meta.label_lower}:{instance.pk}"


def snapshot(instance: models.Model) -> dict[str, object]:
    """Give an instance's stored values by Vietnamese field label, ready for JSON."""
    encoder = DjangoJSONEncoder()
    values = {}
    for field in instance._meta.concrete_fields:
        if field.name in UNRECORDED or field.primary_key:
            continue
        value = (
            getattr(instance, field.name)
            if field.is_relation
            else field.value_from_object(instance)
        )
        if value is None or value == "":
            continue
        if field.is_relation or isinstance(field, models.FileField):
            value = str(value)
        elif field.choices:
            value = str(dict(field.flatchoices).get(value, value))
        elif not isinstance(value, str | int | float | bool | list | dict):
            value = encoder.default(value)
        values[str(field.verbose_name)] = value
    return values


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
    """Add the row that :func:`event` gives, with the address the present request came from."""
    row = event(verb, target, address=current_address.get(), **facts)
    row.save()
    return row
