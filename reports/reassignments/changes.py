"""What a plan changes, commune by commune and officer by officer, ready to be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assignments.models import Officer, PlannedRow
from assignments.planning.annex import place_name
from assignments.planning.continuity import WEIGHT_LABELS, reasons
from assignments.planning.problem import Candidate, Placing, Problem, Unit, kilometres


@dataclass(frozen=True)
class Person:
    """An officer as a plan names them."""

    key: int
    name: str


@dataclass(frozen=True)
class Change:
    """Who follows a commune before and after; ``note`` says why it is this one."""

    commune: int
    name: str
    place: str = ""
    before: Person | None = None
    after: Person | None = None
    note: str = ""
    is_manual: bool = False

    @property
    def is_change(self) -> bool:
        return self.before != self.after

    @property
    def title(self) -> str:
        """Give the change in a sentence, for the map and for who hears the page."""
        before = self.before.name if self.before else "chưa có người"
        after = self.after.name if self.after else "chưa có người"
        return f"{self.name}: {before} → {after}" if self.is_change else f"{self.name}: {after}"


def changes_of(
    problem: Problem,
    placing: Placing,
    places: Mapping[int, str],
    by_hand: Collection[int] = (),
) -> list[Change]:
    """Give every commune of ``problem`` with who follows it before, and after ``placing``.

    ``places`` names the district or area of each commune.
    """
    names = {one.key: Person(one.key, one.name) for one in problem.candidates}
    return [
        Change(
            unit.key,
            unit.name,
            places.get(unit.key, ""),
            Person(unit.before, unit.before_name) if unit.before else None,
            names.get(placing.get(unit.key)),
            note_of(problem, unit, placing.get(unit.key)),
            unit.key in by_hand,
        )
        for unit in problem.units
    ]


def recorded(rows: Iterable[PlannedRow]) -> list[Change]:
    """Give the rows of a plan that is not computed any more: applied or dropped."""
    return [
        Change(
            row.commune_id,
            row.commune.full_name,
            place_name(row.commune),
            person_of(row.before),
            person_of(row.after),
            is_manual=row.is_manual,
        )
        for row in rows
    ]


def person_of(officer: Officer | None) -> Person | None:
    return Person(officer.pk, officer.full_name) if officer else None


# --- why it is this officer ----------------------------------------------------------------------


def note_of(problem: Problem, unit: Unit, key: int | None) -> str:
    """Give what speaks for an officer in a commune: what they know of it, and how near they are."""
    if key is None:
        return "" if unit.needs else "Không cần người mới"
    if key == unit.before or key not in problem.candidate:
        return ""
    said = "; ".join(said_for(problem, unit, problem.candidate[key]))
    return said[:1].upper() + said[1:]


def said_for(problem: Problem, unit: Unit, one: Candidate) -> Iterator[str]:
    """Give each reason: was there before, same place, same field, how near, no commune yet."""
    yield from (WEIGHT_LABELS[key] for key in reasons(problem, one.key, unit.key))
    held = [other for other in problem.held[one.key] if other.key != unit.key]
    near = [(km, other.name) for other in held if (km := kilometres(unit, other)) is not None]
    if near:
        km, name = min(near)
        yield f"cách {name} đang phụ trách {km} km"
    if not held:
        yield "chưa phụ trách Đảng bộ nào khác"


# --- officer by officer --------------------------------------------------------------------------


@dataclass
class Load:
    """What an officer follows before and after, and how much work it is."""

    person: Person
    added: list[Change] = field(default_factory=list)
    dropped: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    before: int = 0
    after: int = 0
    is_leaving: bool = False

    @property
    def count_before(self) -> int:
        return len(self.kept) + len(self.dropped)

    @property
    def count_after(self) -> int:
        return len(self.kept) + len(self.added)

    @property
    def has_changed(self) -> bool:
        return bool(self.added or self.dropped)


def loads_of(
    changes: Sequence[Change],
    people: Iterable[Person] = (),
    weights: Mapping[int, int] | None = None,
) -> list[Load]:
    """Give what each of ``people``, and each who leaves, gets and gives up, sorted by what changes.

    ``weights``: the work of each commune in a year; without them each counts one.
    """
    staying = {one.key: Load(one) for one in people}
    found = dict(staying)
    for one in changes:
        weight = (weights or {}).get(one.commune, 1)
        if one.before:
            load = found.setdefault(one.before.key, Load(one.before, is_leaving=True))
            load.before += weight
            (load.dropped if one.is_change else load.kept).append(one)
        if one.after:
            load = found.setdefault(one.after.key, Load(one.after))
            load.after += weight
            if one.is_change:
                load.added.append(one)
    return sorted(found.values(), key=lambda one: (not one.has_changed, one.is_leaving))
