"""Petitions heard at a visit, raised in the same step as the visit is logged (DESIGN §5.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.models import Attendance
from reports.enums import PetitionSource, Urgency
from reports.models import Petition, PetitionField
from reports.petitions.facts import PetitionFacts
from reports.petitions.raising import raise_petition


@dataclass(frozen=True)
class Heard:
    """What was asked for at a visit; ``key`` marks it however often a form is sent."""

    content: str
    field: PetitionField
    beneficiary: str = ""
    urgency: Urgency = Urgency.NORMAL
    has_personal_data: bool = False
    key: UUID | None = None

    def facts(self, attendance: Attendance) -> PetitionFacts:
        """Give it as a petition of the commune, the day and the visit of ``attendance``."""
        visit = attendance.visit
        said = {name: value for name, value in vars(self).items() if name != "key"}
        return PetitionFacts(
            commune=visit.commune,
            raised_on=visit.visited_on,
            source=PetitionSource.VISIT,
            visit=visit,
            **said,
        )


class PetitionRefused(ValidationError):
    """Why one of several petitions is refused: ``number`` says which, ``__cause__`` by whom."""

    def __init__(self, number: int, error: ValidationError):
        self.number = number
        super().__init__(error)


def raise_at_visit(
    *, attendance: Attendance, heard: Mapping[int, Heard], by: User, now: dt.datetime
) -> list[Petition]:
    """Raise what was ``heard`` at the visit of ``attendance``, by its officer, on its day.

    What an earlier sending raised is given and not raised again. The caller holds the transaction.
    Raises :class:`PetitionRefused`, with the number in ``heard`` of what :func:`raise_petition`
    refuses.
    """
    raised = []
    for number, one in heard.items():
        facts, officer = one.facts(attendance), attendance.officer
        try:
            raised.append(
                raise_petition(facts=facts, officer=officer, by=by, now=now, entry_key=one.key)
            )
        except ValidationError as error:
            raise PetitionRefused(number, error) from error
    return raised
