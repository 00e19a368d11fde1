"""Taking back what was entered: it stays, with who took it back, when and why."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models.entries import Withdrawable

Record = TypeVar("Record", bound=Withdrawable)

ALREADY = "Mục này đã được rút lại trước đó."


def take_back(record: Record, *, reason: str, by: User, now: dt.datetime) -> Record:
    """Withdraw ``record`` inside the caller's transaction; give it as it is now stored.

    Raises ``ValidationError`` without a reason, or when somebody has withdrawn it already.
    """
    current = type(record).objects.select_for_update(of=("self",), no_key=True).get(pk=record.pk)
    if current.is_withdrawn:
        raise ValidationError(ALREADY)
    current.withdrawn_at, current.withdrawn_by = now, by
    current.withdrawal_reason = reason
    current.full_clean()
    current.save()
    audit.record(Verb.WITHDRAW, current, by=by, reason=current.withdrawal_reason)
    return current
