"""Similar petitions of many communes in one matter, to be handled and answered together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from communes.periods import constraint_sentences
from reports.enums import PetitionAct
from reports.models import Petition, PetitionEvent, PetitionMatter
from reports.petitions.answering import taken_up
from reports.petitions.events import Deed, held, take_up, write

NO_PETITION = "Chưa chọn kiến nghị nào."
TABLES = (Petition, PetitionEvent)


def group_petitions(
    *, petitions: Sequence[Petition], matter: PetitionMatter, by: User, now: dt.datetime
) -> list[Petition]:
    """Put petitions into a matter, from another one too; give those that were not in it yet.

    All or none.
    """
    if not petitions:
        raise ValidationError(NO_PETITION)
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held(petitions).values()
        joining = [petition for petition in current if petition.matter_id != matter.pk]
        deed = Deed(PetitionAct.GROUP, by, now, note=matter.title)
        standing = taken_up(joining, deed, {})
        for petition in joining:
            write(petition, deed, standing[petition.pk], matter=matter)
    return joining


def ungroup_petition(*, petition: Petition, note: str, by: User, now: dt.datetime) -> Petition:
    """Take a petition out of its matter."""
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held([petition])[petition.pk]
        deed = Deed(PetitionAct.UNGROUP, by, now, note=note)
        write(current, deed, take_up(current, deed, None), matter=None)
    return current
