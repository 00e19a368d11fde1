"""Petitions as other pages tell them: briefly, how each stood on a day and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Prefetch

from assignments.tables import State
from reports.enums import PetitionAct
from reports.models import Petition, PetitionAnswer, PetitionEvent, PetitionQuerySet
from reports.petitions.columns import (
    brief,
    days_left,
    feedback,
    state_badge_of,
    with_standing,
)
from reports.petitions.standing import closed_on, open_on, overdue_on, untold_on

MOST_OPEN, MOST_SETTLED = 50, 10


@dataclass(frozen=True)
class Told:
    """One petition, with its content as a list may show it."""

    petition: Petition
    words: str
    state: State
    next: str  # with whom and until when, or whether the commune knows


@dataclass(frozen=True)
class Overview:
    """The petitions of one place or person on a day: numbers, what is open, what came of others."""

    open: list[Told]
    settled: list[Told]
    counts: dict[str, int]

    @property
    def is_cut(self) -> bool:
        """Say whether there are more than shown."""
        return self.counts["all"] > len(self.open) + len(self.settled)


def overview(rows: PetitionQuerySet, day: dt.date) -> Overview:
    """Give the petitions among ``rows`` as they stood on ``day``: the open ones, the oldest first,

    and the latest with a result, in three queries.
    """
    rows = rows.on(day)
    counts = rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=open_on()),
        overdue=Count("pk", filter=overdue_on(day)),
        untold=Count("pk", filter=untold_on(day)),
        closed=Count("pk", filter=closed_on()),
    )
    still_open = rows.filter(open_on()).order_by("raised_on", "pk")
    settled = rows.exclude(open_on()).order_by("is_closed_on", "-stands_since", "-pk")
    return Overview(told(still_open, day, MOST_OPEN), told(settled, day, MOST_SETTLED), counts)


def told(rows: PetitionQuerySet, day: dt.date, most: int | None = None) -> list[Told]:
    """Give the first of ``rows`` of :meth:`PetitionQuerySet.on` as they stood, in one query."""
    found = with_standing(rows, day).with_parties()[:most]
    return [Told(row, brief(row), state_badge_of(row.state_on), next_of(row, day)) for row in found]


@dataclass(frozen=True)
class Waiting:
    """What a commune waits for: to be told what came of these, and to have these answered."""

    to_tell: list[tuple[Told, PetitionAnswer | None]]
    open: list[Told]


def waiting(rows: PetitionQuerySet, day: dt.date) -> Waiting:
    """Give what is open of ``rows`` and what the commune is to be told, the longest wait first.

    Each with a result comes with its last answer; what repeats another has none of its own.
    """
    events = PetitionEvent.objects.filter(act=PetitionAct.ANSWER, happened_on__lte=day)
    answered = Prefetch(
        "events",
        events.select_related("answer__body").order_by("-happened_on", "-pk"),
        to_attr="answered",
    )
    rows = rows.on(day).filter(open_on() | untold_on(day)).order_by("raised_on", "pk")
    found = told(rows.prefetch_related(answered), day)
    settled = sorted((one for one in found if one.petition.is_untold), key=since)
    return Waiting(
        [(one, last_answer(one.petition)) for one in settled],
        [one for one in found if not one.petition.is_untold],
    )


def since(one: Told) -> dt.date:
    return one.petition.stands_since


def last_answer(petition: Petition) -> PetitionAnswer | None:
    return petition.answered[0].answer if petition.answered else None


def next_of(petition: Petition, day: dt.date) -> str:
    """Say what comes next of a petition :func:`with_standing`."""
    parts = (petition.lead or "", days_left(petition, day))
    return feedback(petition) or ", ".join(part for part in parts if part)
