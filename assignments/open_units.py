"""Which communes' pages somebody may open: those of the day, and the units these came of."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import clock
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.coverage import communes_visible_to
from assignments.models import Assignment
from communes.models import Commune
from communes.periods import covers


def communes_open_to(user: User, day: dt.date) -> QuerySet[Commune]:
    """Give the communes whose page ``user`` may open on ``day``: also those that were before.

    A unit that is no more stays open to who sees all, and to who follows on the day a unit that
    came of it or of a part of it.
    """
    begun = Q(established_on__isnull=True) | Q(established_on__lte=day)
    communes = Commune.objects.filter(begun)
    if allowed(user, Permission.VIEW_ALL):
        return communes
    known_on = min(day, clock.today())  # what is entered ahead of its day opens nothing
    inherited = (
        Assignment.objects.of_user(user)
        .active_on(day)
        .filter(
            covers(known_on, "commune__origins__started_on", "commune__origins__ended_on"),
            commune__origins__old=OuterRef("pk"),
        )
    )
    is_visible = Q(pk__in=communes_visible_to(user, day).values("pk"))
    return communes.filter(is_visible | Q(Exists(inherited)))
