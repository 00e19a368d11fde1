"""What an event is, and what one officer says of it, as values that forms and services pass on."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from assignments.enums import MassOrganisation, VisitKind, VisitOutcome
from assignments.models import Attendance, Visit
from communes.models import Commune, PartyCell

EVENT = ("commune_id", "visited_on", "kind", "outcome", "cell_id", "cell_name")


@dataclass(frozen=True)
class VisitFacts:
    """The event itself: where, when, what for, and whether it took place."""

    commune: Commune
    visited_on: dt.date
    kind: VisitKind
    outcome: VisitOutcome = VisitOutcome.HELD
    cell: PartyCell | None = None
    cell_name: str = ""

    @classmethod
    def of(cls, visit: Visit) -> VisitFacts:
        """Give the facts of a visit as it is written."""
        return cls(**{column.name: getattr(visit, column.name) for column in fields(cls)})


@dataclass(frozen=True)
class Account:
    """What one officer says of a visit; each text a column of the attendance."""

    met: str = ""
    findings: str = ""
    economy: str = ""
    defence: str = ""
    politics: str = ""
    promised: str = ""
    area_change: str = ""
    organisations: Mapping[MassOrganisation, str] = field(default_factory=dict)

    @classmethod
    def of(cls, attendance: Attendance) -> Account:
        """Give the account as it is written."""
        notes = {note.organisation: note.note for note in attendance.organisation_notes.all()}
        return cls(
            **{name: getattr(attendance, name) for name in cls.columns()}, organisations=notes
        )

    @classmethod
    def columns(cls) -> list[str]:
        """Give the names of the texts that are columns of an attendance."""
        return [text.name for text in fields(cls) if text.name != "organisations"]


def version(attendance: Attendance) -> str:
    """Give a mark of what is written of an attendance: another one as soon as that changes."""
    account = Account.of(attendance)
    said = [
        *(getattr(attendance.visit, name) for name in EVENT),
        *(getattr(account, name) for name in Account.columns()),
        *sorted(f"{organisation}:{note}" for organisation, note in account.organisations.items()),
        attendance.confirmed_at,
    ]
    return hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:16]
