"""What the Standing Committee looks at: petitions stuck too long, worst first (DOMAIN R27)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F
from django.db.models.functions import Coalesce

from accounts.models import User
from reports.enums import PetitionAct
from reports.models import Petition, PetitionEvent
from reports.models.petitions import PetitionQuerySet
from reports.petitions.columns import with_standing
from reports.petitions.standing import escalated_on

UNROUTED = "Chưa chuyển cơ quan nào"
LAST_NOTES = 3


@dataclass(frozen=True)
class Stuck:
    """A petition, for how many days it has not moved, by how many it is overdue, what was said."""

    petition: Petition
    days: int
    overdue: int
    notes: Sequence[PetitionEvent]


@dataclass(frozen=True)
class Group:
    """What one body has, the longest first; those of one matter stand together."""

    body: str
    stuck: list[Stuck]


def escalated(user: User, day: dt.date) -> PetitionQuerySet:
    """Give the petitions of ``day`` that go to the Standing Committee, the longest first.

    Those of one body follow each other, the body with the longest first.
    """
    rows = Petition.objects.visible_to(user).standing().on(day)
    rows = with_standing(rows, day).filter(escalated_on(day)).with_parties()
    since = Coalesce(F("lead_leg__held_since"), F("stands_since"))
    return rows.annotate(since=since).order_by("since", "raised_on", "pk")


def by_body(stuck: Iterable[Stuck]) -> list[Group]:
    """Group by body, in the order in which each comes first; within it likewise by matter."""
    bodies: dict[str, list[Stuck]] = defaultdict(list)
    for one in stuck:
        bodies[one.petition.lead or UNROUTED].append(one)
    return [Group(body, by_matter(rows)) for body, rows in bodies.items()]


def by_matter(stuck: Sequence[Stuck]) -> list[Stuck]:
    """Put what is of one matter together, where its longest stands; the order stays otherwise."""
    first: dict[int, int] = {}
    for place, one in enumerate(stuck):
        if one.petition.matter_id:
            first.setdefault(one.petition.matter_id, place)
    places = enumerate(stuck)
    ranked = sorted(places, key=lambda pair: first.get(pair[1].petition.matter_id, pair[0]))
    return [one for _, one in ranked]


def with_notes(petitions: Sequence[Petition], user: User, day: dt.date) -> list[Stuck]:
    """Give petitions of :func:`escalated` with what was last said of each up to ``day``."""
    notes = PetitionEvent.objects.visible_to(user).filter(
        act=PetitionAct.NOTE, happened_on__lte=day, petition__in=[one.pk for one in petitions]
    )
    notes = notes.select_related("by").order_by("petition", "-happened_on", "-pk")
    said = {key: list(rows)[:LAST_NOTES] for key, rows in groupby(notes, key=of_petition)}
    return [
        Stuck(
            petition,
            (day - petition.since).days,
            max((day - petition.due_on).days, 0) if petition.due_on else 0,
            said.get(petition.pk, []),
        )
        for petition in petitions
    ]


def of_petition(event: PetitionEvent) -> int:
    return event.petition_id
