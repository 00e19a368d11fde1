"""Drafts of reorganisations in tests, as the office would make them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from communes.models import Commune, Reorganisation
from communes.reorganisation.sheet import MappingRow, MappingSheet
from reports.reorganising.applying import apply_reorganisation
from reports.reorganising.drafts import Draft, begin, choose
from tests.factories import DAY

# What a line of a mapping says: (old unit, new unit in words, more columns).
Line = tuple[Commune, str, dict[str, str]]


def merge(*old: Commune, into: str) -> list[Line]:
    """Give the lines that merge ``old`` into one."""
    return [(unit, into, {}) for unit in old]


def divide(old: Commune, *parts: str) -> list[Line]:
    """Give the lines that divide ``old``; the first part keeps its records."""
    return [
        (old, part, {"extent": "Một phần", "heir": "x" if number == 0 else ""})
        for number, part in enumerate(parts)
    ]


def draft_of(lines: Iterable[Line], by: User, *, on: dt.date = DAY, **facts) -> Reorganisation:
    """Make the draft of a mapping."""
    rows = [
        MappingRow(
            number,
            old_name=unit.full_name,
            old_code=unit.code,
            old_district=str(unit.district or ""),
            new_name=name,
            **more,
        )
        for number, (unit, name, more) in enumerate(lines, start=2)
    ]
    defaults = {"resolution": "1105/NQ-UBTVQH15", "subject": "", "ends_districts": False}
    return begin(
        file_name="bang.xlsx",
        sheet=MappingSheet(rows),
        effective_on=on,
        by=by,
        **defaults | facts,
    )


def take_proposals(event: Reorganisation, by: User, **changed: str) -> Draft:
    """Save what is proposed, but ``changed`` fates by officer's key; units may be left empty."""
    draft = Draft.of(event)
    choices = {}
    for one in draft.units:
        seats = {key: fate.value for key, fate in one.fates.items()}
        for seat in one.seats:
            seats[seat.key] = changed.get(f"o{seat.officer.pk}", seats[seat.key])
        choices[one.unit.key] = {"seats": seats, "empty": True}
    return choose(reorganisation=event, choices=choices, by=by)


def applied(lines: Iterable[Line], by: User, *, on: dt.date = DAY, **changed: str):
    """Make a draft, take the proposals but ``changed``, apply it."""
    event = draft_of(lines, by, on=on)
    take_proposals(event, by, **changed)
    return apply_reorganisation(reorganisation=event, by=by)


def heir(event: Reorganisation, old: Commune) -> Commune:
    """Give the new unit that keeps the records of ``old``."""
    return event.successions.get(old=old, is_main=True).new
