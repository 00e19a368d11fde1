"""One going to the base as it is invented, before it is told and entered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assignments.enums import VisitKind, VisitOutcome
from assignments.models import Officer
from communes.models import Commune, PartyCell


@dataclass(frozen=True)
class Going:
    """Who went where, when and what for; the first officer's is the event."""

    day: dt.date
    commune: Commune
    kind: VisitKind
    officers: tuple[Officer, ...]
    outcome: VisitOutcome = VisitOutcome.HELD
    cell: PartyCell | None = None
    cell_name: str = ""
    waits: bool = False  # an assistant entered it, nobody has confirmed it
    mistake: str = ""  # why it was taken back
