"""How petitions stand on a day, for rows of ``Petition.objects…on(day)``.

Every figure, list and notice about petitions asks these conditions, so they cannot disagree.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from communes.periods import covers
from reports.enums import OPEN_STATES, SETTLED_STATES, BodyLevel, PetitionState
from reports.models import PetitionEvent, PetitionLeg


def open_on() -> Q:
    """Give the condition that somebody still has to act on a petition."""
    return Q(state_on__in=OPEN_STATES)


def settled_on() -> Q:
    """Give the condition that there was a result, whether the commune had been told or not."""
    return Q(state_on__in=SETTLED_STATES)


def closed_on() -> Q:
    """Give the condition that the commune had been told what came of it."""
    return Q(is_closed_on=True)


def overdue_on(day: dt.date) -> Q:
    """Give the condition that the leading body had it past the due date."""
    return open_on() & Q(Exists(overdue_legs(day)))


def in_time_on(day: dt.date) -> Q:
    """Give the condition that somebody has to act on it and nobody is late yet."""
    return open_on() & ~Q(Exists(overdue_legs(day)))


def overdue_legs(day: dt.date):
    return PetitionLeg.objects.overdue_on(day).filter(petition=OuterRef("pk"))


def new_for_longer_than(days: int, day: dt.date) -> Q:
    """Give the condition that nobody had routed it for more than ``days`` days.

    Since it was raised, or opened again.
    """
    return Q(state_on=PetitionState.NEW, stands_since__lt=day - dt.timedelta(days=days))


def unrouted_on(day: dt.date) -> Q:
    """Give the condition that a new petition had waited for a body too long."""
    return new_for_longer_than(settings.PETITION_ROUTE_DAYS, day)


def untold_on(day: dt.date) -> Q:
    """Give the condition that there was a result and the commune had not been told.

    What repeats another petition has its result when that one has; what has been opened again
    since no longer says which one it repeated, and is not counted.
    """
    main_has_result = Exists(
        PetitionEvent.objects.filter(
            covers(day, "happened_on", "superseded_on"),
            petition=OuterRef("duplicate_of"),
            state__in=SETTLED_STATES,
        )
    )
    has_result = ~Q(state_on=PetitionState.DUPLICATE) | Q(main_has_result)
    return settled_on() & Q(is_closed_on=False) & has_result


def untold_long_on(day: dt.date) -> Q:
    """Give the condition that it was :func:`untold_on` for longer than the office sets."""
    since = day - dt.timedelta(days=settings.PETITION_TELL_DAYS)
    return untold_on(day) & Q(stands_since__lt=since)


def escalated_on(day: dt.date) -> Q:
    """Give the condition that a petition is for the Standing Committee to see (DOMAIN R27).

    Overdue, and longer with one body than the office sets, days at the commune not counted; or
    new for so long.
    """
    days = settings.PETITION_ESCALATION_DAYS
    began_before = day - dt.timedelta(days=days)
    stuck = (
        overdue_legs(day).filter(held_since__lt=began_before).exclude(body__level=BodyLevel.COMMUNE)
    )
    return (open_on() & Q(Exists(stuck))) | new_for_longer_than(days, day)
