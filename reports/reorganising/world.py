"""What hangs on the old units of a mapping, read once: what is previewed, digested and applied."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Model, Value

from assignments.models import Assignment
from communes.models import Commune, Contact, PartyCell
from communes.reorganisation.mapping import Mapping, NewUnit
from reports.reorganising.cells import CellMove, cells_of, contacts_of, going_on
from reports.reorganising.journal import values_of
from reports.reorganising.records import LATE, Late
from reports.reorganising.seats import Seat, assignments_of, seats_of


@dataclass(frozen=True)
class LateRow:
    """A record that moves, as far as the preview needs it."""

    late: Late
    pk: int
    commune: int
    cell: int | None

    @property
    def label(self) -> str:
        return str(self.late.model._meta.verbose_name)


@dataclass(frozen=True)
class World:
    """What hangs on the old units of ``mapping`` on the effective day, and later."""

    mapping: Mapping
    assignments: tuple[Assignment, ...]
    cells: tuple[PartyCell, ...]
    contacts: tuple[Contact, ...]
    late: tuple[LateRow, ...]

    @classmethod
    def of(cls, mapping: Mapping) -> World:
        """Read it, in a handful of queries."""
        keys, day = [unit.pk for unit in mapping.old_units], mapping.effective_on
        return cls(
            mapping,
            tuple(assignments_of(keys, day)),
            tuple(cells_of(keys, day)),
            tuple(contacts_of(keys, day)),
            tuple(late_rows(keys, day)),
        )

    @property
    def day(self) -> dt.date:
        return self.mapping.effective_on

    @cached_property
    def seats(self) -> dict[str, list[Seat]]:
        """Give the seats of every new unit, by its key."""
        by_old = grouped(self.assignments)
        return {
            unit.key: seats_of(
                (row for source in unit.sources for row in by_old[source.old.pk]),
                self.day,
                [old.pk for old in unit.main_sources],
            )
            for unit in self.mapping.new_units
        }

    @cached_property
    def cell_moves(self) -> dict[str, list[CellMove]]:
        """Give how the cells of every new unit go on, by its key."""
        by_old = grouped(self.cells)
        return {
            unit.key: going_on([cell for old in unit.main_sources for cell in by_old[old.pk]])
            for unit in self.mapping.new_units
        }

    def contacts_in(self, unit: NewUnit) -> list[Contact]:
        """Give whom one could call in the old units whose records ``unit`` keeps."""
        keys = {old.pk for old in unit.main_sources}
        return [contact for contact in self.contacts if contact.commune_id in keys]

    def late_in(self, unit: NewUnit) -> list[LateRow]:
        """Give the records that move to ``unit``."""
        keys = {old.pk for old in unit.main_sources}
        return [row for row in self.late if row.commune in keys]

    def digest(self) -> str:
        """Give a checksum of all this, and of what the mapping means now."""
        text = json.dumps(list(self.parts()), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def parts(self) -> Iterator[object]:
        yield self.mapping.to_json()
        for unit in self.mapping.old_units:
            yield [unit.pk, unit.full_name, unit.code, unit.district_id]
        for row in sorted(self.assignments, key=lambda row: row.pk):
            officer = row.officer
            yield [values_of(row), officer.full_name, str(officer.joined_on), str(officer.left_on)]
        for one in sorted((*self.cells, *self.contacts), key=lambda one: (one._meta.label, one.pk)):
            yield [one._meta.label, values_of(one)]
        yield sorted([row.label, row.pk, row.commune, row.cell] for row in self.late)


def grouped(rows: Iterable[Assignment | PartyCell]) -> dict[int, list]:
    """Give rows by their commune."""
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.commune_id].append(row)
    return found


def late_rows(communes: list[int], day: dt.date) -> Iterator[LateRow]:
    """Give the records of ``communes`` that are of ``day`` or later, in one query."""
    if not communes:
        return
    lots = [
        late.of(communes, day)
        .order_by()
        .annotate(
            lot=Value(number),
            named_cell=F("cell") if late.cell else Value(None, PartyCell._meta.pk),
        )
        .values_list("lot", "pk", "commune", "named_cell")
        for number, late in enumerate(LATE)
    ]
    for number, *values in lots[0].union(*lots[1:], all=True):
        yield LateRow(LATE[number], *values)


def clashes(mapping: Mapping) -> list[str]:
    """Give a sentence for late records that could not stand beside each other in one new unit."""
    heirs = {old.pk: mapping.main_heir(old).key for old in mapping.old_units}
    found = []
    for late in LATE:
        alike: dict[tuple, list[int]] = defaultdict(list)
        for key, commune, *same in standing(late, mapping) if late.once else ():
            alike[heirs[commune], *same].append(key)
        clashing = [key for keys in alike.values() if len(keys) > 1 for key in keys]
        rows = late.model._base_manager.select_related("commune", "officer").in_bulk(clashing)
        found += [
            clash_sentence([rows[key] for key in keys]) for keys in alike.values() if len(keys) > 1
        ]
    return found


def standing(late: Late, mapping: Mapping) -> Iterable[tuple]:
    """Give key, unit and what may be there once, of the late records not taken back."""
    keys = [old.pk for old in mapping.old_units]
    rows = late.of(keys, mapping.effective_on).filter(withdrawn_at__isnull=True)
    return rows.values_list("pk", "commune", *late.once)


def clash_sentence(rows: Sequence[Model]) -> str:
    told = "; ".join(f"{row} ({row.commune.name_in_sentence})" for row in rows)
    return f"Sau sắp xếp sẽ trùng nhau: {told}. Rút lại hoặc sửa ngày một bên rồi áp dụng."


def heir_of(mapping: Mapping, made: dict[str, Commune]) -> dict[int, Commune]:
    """Give, by old unit, the one established that keeps its records."""
    return {old.pk: made[mapping.main_heir(old).key] for old in mapping.old_units}
