"""What people say of a petition, of where it goes, and of what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assignments.models import Visit
from communes.models import Commune
from reports.enums import AnswerOutcome, PetitionSource, Urgency
from reports.models import CompetentBody, PeriodicReport, Petition, PetitionField


@dataclass(frozen=True)
class PetitionFacts:
    """What a commune asks for, when and where it was heard."""

    commune: Commune
    raised_on: dt.date
    content: str
    field: PetitionField
    source: PetitionSource
    visit: Visit | None = None
    report: PeriodicReport | None = None
    source_note: str = ""
    beneficiary: str = ""
    urgency: Urgency = Urgency.NORMAL
    has_personal_data: bool = False

    @classmethod
    def of(cls, petition: Petition) -> PetitionFacts:
        """Give what a petition says."""
        return cls(**{name: getattr(petition, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Route:
    """To whom petitions go, by which document; without ``due_on`` each by its field's limit."""

    body: CompetentBody
    on: dt.date
    due_on: dt.date | None = None
    reference: str = ""
    note: str = ""
    coordinating: Sequence[CompetentBody] = ()


@dataclass(frozen=True)
class AnswerFacts:
    """What came of petitions, usually in a document of the body."""

    outcome: AnswerOutcome
    issued_on: dt.date
    content: str
    body: CompetentBody | None = None
    number: str = ""
    roadmap_on: dt.date | None = None
    competent_body: CompetentBody | None = None
