"""Telling the commune what came of its petition, which closes it; opening it again; notes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from communes.periods import constraint_sentences
from reports.enums import PETITION_MOVES, PetitionAct
from reports.models import Petition, PetitionEvent
from reports.petitions.events import Deed, held, take_up, write
from reports.petitions.telling import tell_of

TABLES = (Petition, PetitionEvent)


def tell_commune(
    *,
    petition: Petition,
    on: dt.date,
    note: str,
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> Petition:
    """Note that the commune was told what came of its petition, to whom and how (DOMAIN R28).

    Only this closes it. What repeats it stays open to be told as well.
    """
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held([petition])[petition.pk]
        deed = Deed(PetitionAct.TELL, by, now, on=on, note=note)
        standing = take_up(current, deed, edition)
        write(current, deed, standing, told_on=on)
    return current


def reopen_petition(
    *,
    petition: Petition,
    on: dt.date,
    note: str,
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> Petition:
    """Open a settled petition again, for a reason: it is new, to be routed anew."""
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held([petition])[petition.pk]
        deed = Deed(PetitionAct.REOPEN, by, now, on=on, note=note)
        standing = take_up(current, deed, edition)
        state = PETITION_MOVES[PetitionAct.REOPEN].target
        tell_of(write(current, deed, standing, state=state, told_on=None, duplicate_of=None))
    return current


def add_note(*, petition: Petition, note: str, by: User, now: dt.datetime) -> Petition:
    """Add words to a petition's history, in whatever state it is."""
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held([petition])[petition.pk]
        deed = Deed(PetitionAct.NOTE, by, now, note=note)
        tell_of(write(current, deed, take_up(current, deed, None)))
    return current
