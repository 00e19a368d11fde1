"""Making the plan: reading the rows, finding people, communes and decisions, comparing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from assignments.roster.comparing import Comparer, changes_of
from assignments.roster.container import WorkbookRefused
from assignments.roster.decisions import DecisionBook
from assignments.roster.matching import (
    NEW,
    Matcher,
    Person,
    group_people,
    officer_choice_key,
    officer_label,
)
from assignments.roster.officers import changed_values, new_officer
from assignments.roster.plan import Change, Choice, Item, Plan, State
from assignments.roster.reading import Reading, read_row
from assignments.roster.records import Records
from assignments.roster.roster import Roster
from communes.finding import Found, commune_label
from communes.place_texts import DistrictText, PlaceText


def plan_roster(
    roster: Roster, *, default_date: dt.date, choices: Mapping[str, str] | None = None
) -> Plan:
    """Say what applying ``roster`` would do, from the data as they are now.

    ``default_date`` is the start where a row gives none; ``choices`` are the user's answers for
    items that could not be told, by the key of their :class:`Choice`. Four queries, however
    long the roster. Raises :class:`WorkbookRefused` when no commune is recorded at all.
    """
    readings = [read_row(row, default_date) for row in roster.rows]
    return Planner(roster, readings, choices or {}).plan()


@dataclass
class Entry:
    """One place named in one row, on the way to an item."""

    reading: Reading
    index: int
    found: Found
    label: str

    @property
    def key(self) -> str:
        return f"{self.reading.row}.{self.index}"


class Planner:
    """Builds one plan. Items come out in sheet order; earlier rows have the first claim."""

    def __init__(self, roster: Roster, readings: list[Reading], choices: Mapping[str, str]):
        self.roster, self.readings, self.choices = roster, readings, choices
        self.records = Records(min(reading.started_on for reading in readings))
        if not self.records.gazetteer.by_pk:
            raise WorkbookRefused("Chưa có danh mục xã, phường, thị trấn (lệnh load_communes).")
        sound = [reading for reading in readings if not reading.errors]
        self.decisions = DecisionBook(self.records.decisions, roster, sound)
        self.entries = {reading.row: self.entries_of(reading) for reading in sound}
        self.person_of: dict[int, Person] = {}
        self.officer_values: dict[int, dict[str, object]] = {}
        self.officer_changes: dict[int, list[Change]] = {}
        self.comparer = Comparer(self.records, self.decisions, self.officer_changes)
        self.match_people(sound)

    def plan(self) -> Plan:
        items = [item for reading in self.readings for item in self.items_of(reading)]
        accepted = [item.assignment for item in items if item.assignment]
        officers = {a.officer.pk: a.officer for a in accepted if a.officer.pk}
        decisions = {id(a.opening_decision) for a in accepted}
        return Plan(
            items=items,
            warnings=[*self.roster.warnings, *undecided_warning(items)],
            changed_officers={
                officers[pk]: values
                for pk, values in self.officer_values.items()
                if values and pk in officers
            },
            changed_assignments=self.comparer.changed_assignments,
            dated_decisions={
                decision: day
                for decision, day in self.decisions.dated.items()
                if id(decision) in decisions
            },
        )

    # --- communes -----------------------------------------------------------------------------

    def entries_of(self, reading: Reading) -> list[Entry]:
        """Look up every place a row names, or its code when it names none."""
        gazetteer = self.records.gazetteer
        places = gazetteer.sort_out_bare_names(reading.places, reading.started_on)
        if not places:
            return [
                Entry(reading, index, gazetteer.find_code(code, reading.started_on), f"mã {code}")
                for index, code in enumerate(reading.codes)
            ]
        return [self.entry(reading, index, place) for index, place in enumerate(places)]

    def entry(self, reading: Reading, index: int, place: PlaceText) -> Entry:
        chosen = self.records.gazetteer.by_pk.get(
            to_int(self.choices.get(f"{reading.row}.{index}"))
        )
        found = Found(chosen) if chosen else self.find(reading, index, place)
        return Entry(reading, index, found, place.label)

    def find(self, reading: Reading, index: int, place: PlaceText) -> Found:
        row_district = nth(reading.districts, index) or self.heading_district(reading)
        code = nth(reading.codes, index) or ""
        if place.district and reading.districts and self.districts_differ(place, row_district):
            return Found(reason=f"{place.label} không khớp cột huyện “{row_district.text}”")
        return self.records.gazetteer.find(place, row_district, code, reading.started_on)

    def heading_district(self, reading: Reading) -> DistrictText | None:
        """Give the district a heading names; one that may be something else only if known."""
        known = (h for h in reading.other_headings if self.records.gazetteer.district(h))
        return next(known, reading.heading)

    def districts_differ(self, place: PlaceText, row_district: DistrictText) -> bool:
        gazetteer = self.records.gazetteer
        beside, column = gazetteer.district(place.district), gazetteer.district(row_district)
        return beside is not None and column is not None and beside != column

    # --- people -------------------------------------------------------------------------------

    def match_people(self, sound: list[Reading]) -> None:
        people = group_people(sound)
        current: dict[int, set[int]] = defaultdict(set)
        for person in people:
            for reading in person.readings:
                self.person_of[reading.row] = person
                for entry in self.entries[reading.row]:
                    if commune := entry.found.commune:
                        person.communes.add(commune.pk)
                        current[commune.pk] |= self.records.officers_of(
                            commune.pk, reading.started_on
                        )
        Matcher(self.records.officers, current, self.choices).match(people)
        for rank, person in enumerate(people, start=self.next_rank()):
            if person.officer is None and not person.reason:
                person.officer = new_officer(person, rank)
            elif person.officer:
                self.compare_officer(person)

    def next_rank(self) -> int:
        return max((officer.protocol_rank or 0 for officer in self.records.officers), default=0) + 1

    def compare_officer(self, person: Person) -> None:
        """Note what the list says of a known officer that is not recorded so."""
        values = changed_values(person, person.officer)
        self.officer_changes[person.officer.pk] = changes_of(person.officer, values)
        self.officer_values[person.officer.pk] = values

    # --- items --------------------------------------------------------------------------------

    def items_of(self, reading: Reading) -> list[Item]:
        if reading.errors:
            item = Item(reading.row, 0, officer_label=reading.name)
            items = [item.refuse("; ".join(reading.errors))]
        else:
            items = [self.item(entry) for entry in self.entries[reading.row]]
        heading = self.heading_district(reading)
        for item in items:
            item.district_heading = heading.text if heading else ""
        return items

    def item(self, entry: Entry) -> Item:
        reading, person = entry.reading, self.person_of[entry.reading.row]
        item = Item(
            reading.row,
            entry.index,
            officer_label=person.label,
            commune_label=entry.label,
            started_on=reading.started_on,
            role=reading.role,
            warnings=[*reading.warnings, *person.warnings],
        )
        commune = entry.found.commune
        if commune is None:
            item.choice = commune_choice(entry)
            return item.refuse(entry.found.reason)
        item.commune, item.commune_label = commune, commune_label(commune)
        item.warnings += [entry.found.warning] if entry.found.warning else []
        if person.reason:
            item.choice = officer_choice(reading.row, person)
            return item.refuse(person.reason)
        return self.comparer.compare(item, reading, person.officer, commune)


def nth(parts: list, index: int):
    """Give the part for the ``index``-th commune: its own, or the only one there is."""
    if len(parts) == 1:
        return parts[0]
    return parts[index] if index < len(parts) else None


def to_int(value: object) -> int | None:
    return int(str(value)) if value is not None and str(value).isdecimal() else None


def commune_choice(entry: Entry) -> Choice | None:
    options = tuple((str(unit.pk), commune_label(unit)) for unit in entry.found.options)
    return Choice(entry.key, options) if options else None


def officer_choice(row: int, person: Person) -> Choice | None:
    options = [(str(officer.pk), officer_label(officer)) for officer in person.options]
    if not options:
        return None
    return Choice(officer_choice_key(row), (*options, (NEW, "Người khác, chưa có hồ sơ")))


def undecided_warning(items: list[Item]) -> list[str]:
    """Point out, once, assignments that would be recorded without a decision."""
    count = sum(item.state is State.NEW and not item.decision_label for item in items)
    return [f"{count} phân công mới chưa ghi quyết định."] if count else []
