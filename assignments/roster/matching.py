"""Who the people of a roster are: officers already known, or new ones.

An officer is known by name + year of birth + office. What a row leaves out is no contradiction,
what it says differently is: a namesake of another year or office stays another person. Only the
commune's own present officer, of the same name and year, may have changed office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assignments.models import Officer
from assignments.roster.people import office_key
from assignments.roster.reading import Reading
from communes import names

NEW = "new"
# No more namesakes than this are named in a sentence.
MOST_NAMED = 3


@dataclass(frozen=True)
class Identity:
    """The three things an officer is known by, in comparable form."""

    birth_year: int | None
    party_office: str
    office: str

    @classmethod
    def of(cls, record: Officer | Reading, birth_year: int | None) -> Identity:
        return cls(birth_year, office_key(record.party_office), office_key(record.office))

    @property
    def position(self) -> str:
        return f"{self.party_office} {self.office}".strip()

    @property
    def is_complete(self) -> bool:
        return self.birth_year is not None and bool(self.position)

    def equals(self, other: Identity) -> bool:
        return self.birth_year == other.birth_year and self.position == other.position

    def same_year(self, other: Identity) -> bool:
        return self.birth_year == other.birth_year or None in (self.birth_year, other.birth_year)

    def same_office(self, other: Identity) -> bool:
        """Say whether the offices agree as far as given; a Party office may be left out."""
        if self.position == other.position or not self.position or not other.position:
            return True
        one_party_office = not self.party_office or not other.party_office
        return bool(self.office) and self.office == other.office and one_party_office

    def agrees(self, other: Identity) -> bool:
        return self.same_year(other) and self.same_office(other)


@dataclass
class Person:
    """Somebody the roster names, in one row or several. The rows never change once used."""

    readings: list[Reading]
    communes: set[int] = field(default_factory=set)
    officer: Officer | None = None
    reason: str = ""
    options: list[Officer] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @cached_property
    def name_key(self) -> str:
        return names.match_key(self.readings[0].name)

    @cached_property
    def best(self) -> Reading:
        """Give the reading that says most: with an office and a year of birth."""
        return max(self.readings, key=lambda r: (bool(r.position), r.birth_year is not None))

    @cached_property
    def birth_year(self) -> int | None:
        return next((r.birth_year for r in self.readings if r.birth_year), None)

    @cached_property
    def identity(self) -> Identity:
        return Identity.of(self.best, self.birth_year)

    @property
    def label(self) -> str:
        return f"{self.best.name} ({self.birth_year})" if self.birth_year else self.best.name

    @property
    def first_row(self) -> int:
        return self.readings[0].row

    def choice(self, choices: Mapping[str, str]) -> str:
        """Give what the user chose for any of this person's rows, or an empty text."""
        chosen = (choices.get(officer_choice_key(r.row)) for r in self.readings)
        return next((str(value) for value in chosen if value), "")


def officer_choice_key(row: int) -> str:
    """Give the key under which the choice of a row's officer is kept."""
    return f"{row}.officer"


def group_people(readings: Iterable[Reading]) -> list[Person]:
    """Give the people of a roster in order of appearance.

    Rows equal in name, year and office are one person; a row that leaves something out joins
    the one person of that name it agrees with. Where there are several, it cannot be told.
    """
    by_key: dict[tuple, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_key[reading.key].append(reading)
    by_name: dict[str, list[Person]] = defaultdict(list)
    for own in by_key.values():
        person = Person(own)
        by_name[person.name_key].append(person)
    people = [person for namesakes in by_name.values() for person in join_incomplete(namesakes)]
    return sorted(people, key=lambda person: person.first_row)


def join_incomplete(namesakes: list[Person]) -> list[Person]:
    """Join those who lack a year or an office to the one complete person they agree with."""
    complete = [person for person in namesakes if person.identity.is_complete]
    joined: dict[int, list[Person]] = defaultdict(list)
    alone = []
    for person in namesakes:
        if person.identity.is_complete:
            continue
        agreeing = [c for c in complete if c.identity.agrees(person.identity)]
        if len(agreeing) == 1:
            joined[agreeing[0].first_row].append(person)
            continue
        alone.append(person)
        if agreeing:
            person.reason = (
                f"chưa rõ là đồng chí {person.best.name} nào trong các dòng {rows_of(agreeing)}"
            )
    people = [join(person, joined[person.first_row]) for person in complete] + alone
    warn_of_namesakes(people)
    return people


def join(person: Person, others: list[Person]) -> Person:
    """Give one person with the rows of all."""
    if not others:
        return person
    readings = [reading for one in (person, *others) for reading in one.readings]
    warning = f"các dòng {rows_of([person, *others])} hiểu là cùng một đồng chí"
    return Person(sorted(readings, key=lambda reading: reading.row), warnings=[warning])


def warn_of_namesakes(people: list[Person]) -> None:
    """Point out that people of one name in one list are different people."""
    for person in people if len(people) > 1 else ():
        others = [other for other in people[: MOST_NAMED + 1] if other is not person]
        person.warnings.append(f"trùng họ tên với đồng chí khác ở dòng {rows_of(others)}")


def rows_of(people: list[Person]) -> str:
    rows = ", ".join(str(person.first_row) for person in people[:MOST_NAMED])
    return f"{rows}, …" if len(people) > MOST_NAMED else rows


class Matcher:
    """Finds the officers people are, among all known."""

    def __init__(
        self,
        officers: Iterable[Officer],
        current: Mapping[int, set[int]],
        choices: Mapping[str, str],
    ):
        """``current`` gives, by commune key, the keys of the officers following it then."""
        self.by_name: dict[str, list[Officer]] = defaultdict(list)
        self.identities: dict[int, Identity] = {}
        for officer in officers:
            self.by_name[names.match_key(officer.full_name)].append(officer)
        self.current, self.choices = current, choices
        self.taken: set[int] = set()

    def match(self, people: list[Person]) -> None:
        """Set each person's officer, or leave ``None`` for somebody new, or say what is unclear.

        The surest matches go first, so that nobody else is given an officer who is plainly meant
        by another row.
        """
        waiting = [person for person in people if not person.reason or person.choice(self.choices)]
        for step in (self.by_choice, self.by_identity, self.by_commune, self.by_agreement):
            waiting = [person for person in waiting if not step(person)]
        for person in waiting:
            self.warn_of_known_namesakes(person)

    def candidates(self, person: Person) -> list[Officer]:
        return [o for o in self.by_name[person.name_key] if o.pk not in self.taken]

    def identity(self, officer: Officer) -> Identity:
        """Give what an officer is known by; of most nobody asks."""
        if officer.pk not in self.identities:
            self.identities[officer.pk] = Identity.of(officer, officer.birth_year)
        return self.identities[officer.pk]

    def take(self, person: Person, officer: Officer) -> bool:
        person.officer = officer
        self.taken.add(officer.pk)
        return True

    def by_choice(self, person: Person) -> bool:
        """Follow what the user chose for one of the person's rows."""
        chosen = person.choice(self.choices)
        if not chosen:
            return False
        person.reason = ""
        if chosen == NEW:
            return True
        officers = [o for o in self.by_name[person.name_key] if str(o.pk) == chosen]
        return self.take(person, officers[0]) if officers else False

    def by_identity(self, person: Person) -> bool:
        """Take the one officer equal in name, year and office."""
        equal = [
            officer
            for officer in self.candidates(person)
            if self.identity(officer).equals(person.identity)
        ]
        if len(equal) > 1:
            equal = [o for o in equal if self.follows_one_of(o, person)] or equal
        return self.settle(person, equal)

    def by_commune(self, person: Person) -> bool:
        """Take the present officer of one of the person's communes, whatever the office."""
        present = [
            officer
            for officer in self.candidates(person)
            if self.follows_one_of(officer, person)
            and self.identity(officer).same_year(person.identity)
        ]
        return self.settle(person, present)

    def by_agreement(self, person: Person) -> bool:
        """Take the one officer nothing in the row contradicts."""
        agreeing = [
            officer
            for officer in self.candidates(person)
            if self.identity(officer).agrees(person.identity)
        ]
        return self.settle(person, agreeing)

    def settle(self, person: Person, officers: list[Officer]) -> bool:
        """Take the only officer there is; several are for the user to choose from."""
        if not officers:
            return False
        if len(officers) == 1:
            return self.take(person, officers[0])
        described = "; ".join(officer_label(officer) for officer in officers)
        person.reason = f"chưa rõ là đồng chí nào trong hồ sơ: {described}"
        person.options = officers
        return True

    def follows_one_of(self, officer: Officer, person: Person) -> bool:
        return any(officer.pk in self.current.get(commune, ()) for commune in person.communes)

    def warn_of_known_namesakes(self, person: Person) -> None:
        for officer in self.by_name[person.name_key][:MOST_NAMED]:
            person.warnings.append(f"trùng họ tên với đồng chí {officer_label(officer)}")


def officer_label(officer: Officer) -> str:
    return f"{officer}, {officer.position}" if officer.position else str(officer)
