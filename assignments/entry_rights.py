"""For whom and where a user may enter plans, meeting notices and follow-ups.

The office for everybody, officers and who assists them for themselves. Whether the commune was
theirs on the day an entry speaks of is asked again when it is written.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.coverage import ROLE_ORDER
from assignments.models import Assignment, Officer, OfficerQuerySet
from communes.former_units import others_on
from communes.models import Commune
from communes.periods import overlaps


def officers_entered_for(user: User) -> OfficerQuerySet:
    """Give the officers for whom ``user`` may enter something."""
    if allowed(user, Permission.VIEW_ALL):
        return Officer.objects.all()
    return Officer.objects.of_user(user)


def communes_entered_for(
    user: User, *, since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[Commune]:
    """Give the communes that ``user`` may enter something of, for a day in [since, until)."""
    communes = Commune.objects.select_related("district").defer("boundary")
    communes = communes.filter(overlaps(since, until, "established_on", "dissolved_on"))
    if allowed(user, Permission.VIEW_ALL):
        return communes
    own = Assignment.objects.of_user(user).filter(overlaps(since, until))
    return communes.filter(Exists(own.filter(commune=OuterRef("pk"))))


def may_enter(user: User, commune: Commune, day: dt.date) -> bool:
    """Say whether ``user`` may enter what happens in ``commune`` on ``day``."""
    if allowed(user, Permission.VIEW_ALL):
        return commune.exists_on(day)
    return own_officer(user, commune, day) is not None


def own_officer(user: User, commune: Commune, day: dt.date) -> Officer | None:
    """Give the officer of ``user`` who followed ``commune`` on ``day``, the main one first."""
    own = Assignment.objects.of_user(user).active_on(day).filter(commune=commune)
    held = own.select_related("officer").order_by(ROLE_ORDER, "pk").first()
    return held.officer if held else None


def not_theirs(commune: Commune, day: dt.date, user: User) -> str:
    """Say why :func:`may_enter` refuses, and which unit was there where ``commune`` was not."""
    hint = choose_instead(commune, day)
    if allowed(user, Permission.VIEW_ALL):
        return f"{commune} không tồn tại ngày {day:%d/%m/%Y}.{hint}"
    return f"{commune.party_body} không thuộc địa bàn của đồng chí ngày {day:%d/%m/%Y}.{hint}"


def choose_instead(commune: Commune, day: dt.date) -> str:
    """Say which unit to choose for ``day`` where ``commune`` was merged or divided; else ""."""
    others = others_on(commune, day)
    return f" Ngày đó, địa bàn này là {others}: chọn đơn vị của ngày đó." if others else ""
