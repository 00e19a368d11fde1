"""Petitions as other pages tell them: briefly, how each stood on a day and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assignments.tables import State
from reports.models import Petition, PetitionQuerySet
from reports.petitions.columns import (
    brief,
    days_left,
    feedback,
    state_badge_of,
    with_standing,
)


@dataclass(frozen=True)
class Told:
    """One petition, with its content as a list may show it."""

    petition: Petition
    words: str
    state: State
    next: str  # with whom and until when, or whether the commune knows


def told(rows: PetitionQuerySet, day: dt.date) -> list[Told]:
    """Give ``rows`` of :meth:`PetitionQuerySet.on` as they stood on ``day``, in one query."""
    found = with_standing(rows, day).with_parties()
    return [Told(row, brief(row), state_badge_of(row.state_on), next_of(row, day)) for row in found]


def next_of(petition: Petition, day: dt.date) -> str:
    """Say what comes next of a petition :func:`with_standing`."""
    parts = (petition.lead or "", days_left(petition, day))
    return feedback(petition) or ", ".join(part for part in parts if part)
