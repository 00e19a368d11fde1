"""Petitions by the body that has them: how many, for how long, how those before were answered.

Age is counted per body (DESIGN §4), over more time that it was given too: what another body had
before, or waited for at the commune, is not its present age. Days at a body of the commune are the
commune's own: they are shown as no age.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median_low

from django.db.models import Count, Exists, F, OuterRef, Q

from reports.enums import PetitionAct
from reports.models import CompetentBody, PetitionEvent, PetitionLeg
from reports.models.petition_legs import PetitionLegQuerySet
from reports.models.petitions import PetitionQuerySet
from reports.petitions.standing import open_on

LOOK_BACK = dt.timedelta(days=365)
IN_TIME, LATE = "dung_han", "sau_han"
KEPT_TO = {IN_TIME: Q(ended_on__lte=F("due_on")), LATE: Q(ended_on__gt=F("due_on"))}


@dataclass
class BodyRow:
    """A body with what it has, for how many days each, and how it answered before."""

    body: CompetentBody
    days: list[int] = field(default_factory=list)  # of each petition it has
    overdue: int = 0
    in_time: int = 0
    late: int = 0

    @property
    def held(self) -> int:
        return len(self.days)

    @property
    def has_age(self) -> bool:
        return bool(self.days) and not self.body.is_of_commune

    @property
    def median(self) -> int | None:
        """Give how long it has had the middle one; ``None`` where days are not counted."""
        return median_low(self.days) if self.has_age else None

    @property
    def longest(self) -> int | None:
        return max(self.days) if self.has_age else None


def answered_legs(day: dt.date) -> PetitionLegQuerySet:
    """Give the leading legs that an answer ended in the twelve months up to ``day``."""
    answers = PetitionEvent.objects.filter(
        act=PetitionAct.ANSWER, petition=OuterRef("petition"), happened_on=OuterRef("ended_on")
    )
    # On the answer's day it may have passed from one body to the next before.
    passed_on = PetitionLeg.objects.leading().filter(
        petition=OuterRef("petition"), started_on=OuterRef("ended_on"), pk__gt=OuterRef("pk")
    )
    ended = PetitionLeg.objects.leading().filter(ended_on__gt=day - LOOK_BACK, ended_on__lte=day)
    return ended.filter(Exists(answers), ~Exists(passed_on))


def answered(day: dt.date, body: CompetentBody | None, kept_to: str) -> Q:
    """Give the condition that ``body``, or any, answered a petition in time or late by ``day``.

    ``kept_to`` is :data:`IN_TIME`, :data:`LATE`, or "" for either.
    """
    legs = answered_legs(day).filter(KEPT_TO.get(kept_to, Q()))
    # A year's answers are read once, not looked for petition by petition since the beginning.
    return Q(pk__in=(legs.filter(body=body) if body else legs).order_by().values("petition"))


def bodies_with(
    bodies: Iterable[CompetentBody], petitions: PetitionQuerySet, day: dt.date
) -> list[BodyRow]:
    """Give those of ``bodies`` that have or answered some of ``petitions``, in two queries.

    ``petitions`` are rows of :func:`reports.petitions.columns.with_standing`.
    """
    rows = {body.pk: BodyRow(body) for body in bodies}
    held = petitions.filter(open_on(), lead_leg__isnull=False).order_by()
    columns = ("lead_leg__body", "lead_leg__held_since", "due_on")
    for body, since, due_on in held.values_list(*columns):
        rows[body].days.append((day - since).days)
        rows[body].overdue += due_on < day
    for body, in_time, late in answered_by_each(petitions, day):
        rows[body].in_time, rows[body].late = in_time, late
    return [row for row in rows.values() if row.held or row.in_time or row.late]


def answered_by_each(petitions: PetitionQuerySet, day: dt.date) -> Iterable[tuple[int, int, int]]:
    """Give (body, petitions answered in time, petitions answered late)."""
    legs = answered_legs(day).filter(petition__in=petitions.order_by().values("pk"))
    counts = {
        kept_to: Count("petition", filter=condition, distinct=True)
        for kept_to, condition in KEPT_TO.items()
    }
    grouped = legs.order_by().values("body").annotate(**counts)
    return grouped.values_list("body", IN_TIME, LATE)
