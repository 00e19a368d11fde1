"""How an assignment or an officer stood, as JSON keeps it, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import models
from django.utils.dateparse import parse_datetime

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Assignment, Departure, Officer


def kept(row: Assignment) -> dict[str, object]:
    """Give all columns of an assignment."""
    return {
        field.attname: as_json(getattr(row, field.attname)) for field in row._meta.concrete_fields
    }


def as_json(value: object) -> object:
    """Give a value of a column: a moment to the last digit."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value


def restore(row: Assignment, values: Mapping[str, object]) -> Assignment:
    """Set all columns of ``row`` as :func:`kept` had them; nothing is saved."""
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, from_json(field, values[field.attname]))
    return row


def from_json(field: models.Field, value: object) -> object:
    if value is None:
        return None
    if isinstance(field, models.DateTimeField):
        return parse_datetime(value)
    return dt.date.fromisoformat(value) if isinstance(field, models.DateField) else value


def kept_officer(officer: Officer) -> dict[str, object]:
    """Give since when an officer was not in post, and why, before."""
    return {"officer": {"left_on": as_json(officer.left_on), "leave_reason": officer.leave_reason}}


def restore_officer(officer: Officer, departure: Departure, by: User | None, reason: str) -> None:
    """Put an officer who had left altogether back in post."""
    if not departure.leaves_office:
        return
    values, before = departure.journal["officer"], audit.snapshot(officer)
    officer.left_on = dt.date.fromisoformat(values["left_on"]) if values["left_on"] else None
    officer.leave_reason = values["leave_reason"]
    officer.full_clean()
    officer.save()
    old, new = audit.difference(before, audit.snapshot(officer))
    audit.record(Verb.CHANGE, officer, by=by, before=old, after=new, reason=reason)
