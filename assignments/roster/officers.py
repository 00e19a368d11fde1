"""What the roster says of an officer, as values of :class:`Officer`."""

from __future__ import annotations

from assignments.enums import OfficerGroup
from assignments.models import Officer
from assignments.roster.matching import Identity, Person


def new_officer(person: Person, rank: int) -> Officer:
    """Make the officer a new person will be, not saved; ``rank`` keeps the list's order."""
    best = person.best
    return Officer(
        full_name=best.name,
        birth_year=person.birth_year,
        group=next((r.group for r in person.readings if r.group_is_given), OfficerGroup.SECTOR),
        party_office=best.party_office,
        office=best.office,
        phone=next((r.phone for r in person.readings if r.phone), ""),
        protocol_rank=rank,
    )


def changed_values(person: Person, officer: Officer) -> dict[str, object]:
    """Give the fields of a known officer that the list fills in or says differently.

    What the list leaves out stays as it is; a year of birth is never replaced.
    """
    values = position_values(person, officer)
    if person.birth_year and officer.birth_year is None:
        values["birth_year"] = person.birth_year
    for reading in reversed(person.readings):
        if reading.group_is_given:
            values["group"] = reading.group
        if reading.phone:
            values["phone"] = reading.phone
    return {name: value for name, value in values.items() if value != getattr(officer, name)}


def position_values(person: Person, officer: Officer) -> dict[str, object]:
    """Give the offices when they differ, or the Party office alone when only that was missing."""
    best = person.best
    listed, known = person.identity, Identity.of(officer, officer.birth_year)
    if not listed.position or listed.position == known.position:
        return {}
    if not known.position or not listed.same_office(known):
        return {"party_office": best.party_office, "office": best.office}
    return {"party_office": best.party_office} if not known.party_office else {}
