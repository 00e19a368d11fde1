"""By when the reports of a period are to be handed in, and from when they are closed."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from communes.periods import constraint_sentences
from reports.models import Period

LONGEST = dt.timedelta(days=366)  # after the period's last day: a later year is a slip
TOO_LATE = "Ngày này cách ngày cuối kỳ hơn một năm. Ghi lại cho đúng năm."


def period_of(pk: int) -> Period | None:
    """Give the period of this key, if there is one: periods are nobody's own."""
    return Period.objects.filter(pk=pk).first()


def set_period_dates(
    *, period: Period, due_on: dt.date | None, locked_on: dt.date | None, by: User
) -> Period:
    """Set a period's due day and the day from which its reports are closed; ``None`` clears one.

    What was handed in keeps the day it was judged by (DOMAIN R21). Raises ``ValidationError``.
    """
    with constraint_sentences(Period), transaction.atomic():
        current = Period.objects.select_for_update().get(pk=period.pk)
        before = audit.snapshot(current)
        current.due_on, current.locked_on = due_on, locked_on
        refuse_slips(current)
        current.full_clean()
        old, new = audit.difference(before, audit.snapshot(current))
        if old or new:
            current.save(update_fields=["due_on", "locked_on"])
            audit.record(Verb.CHANGE, current, by=by, before=old, after=new)
    return current


def refuse_slips(period: Period) -> None:
    """Refuse days of another year than can be meant."""
    latest = period.last_day + LONGEST
    slips = {
        name: TOO_LATE
        for name in ("due_on", "locked_on")
        for day in [getattr(period, name)]
        if day and day > latest
    }
    if slips:
        raise ValidationError(slips)
