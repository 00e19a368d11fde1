"""A checked mapping: which old unit goes, wholly or in part, into which new one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from communes.enums import CommuneKind, Extent
from communes.models import Commune, District


@dataclass(frozen=True)
class Source:
    """An old unit of a new one; ``is_main`` says that its records go along."""

    old: Commune
    extent: Extent
    is_main: bool
    row: int


@dataclass(frozen=True)
class NewUnit:
    """A unit to be established. ``key`` is its name within the mapping, fit for an URL or a form.

    The same workbook gives the same keys, whatever the order of its rows.
    """

    key: str
    kind: CommuneKind
    name: str
    code: str
    district: District | None
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.kind.label} {self.name}"

    @property
    def main_sources(self) -> list[Commune]:
        """Give the old units whose records it keeps."""
        return [source.old for source in self.sources if source.is_main]

    def to_json(self) -> dict:
        return {
            "key": self.key,
            "kind": self.kind.value,
            "name": self.name,
            "code": self.code,
            "district": self.district.pk if self.district else None,
            "sources": [
                {"old": source.old.pk, "extent": source.extent.value, "is_main": source.is_main}
                for source in self.sources
            ],
        }


@dataclass(frozen=True)
class Refusal:
    """Why a row, or with row 0 the whole mapping, cannot be applied."""

    row: int
    reason: str

    def __str__(self) -> str:
        return f"Dòng {self.row}: {self.reason}" if self.row else self.reason


@dataclass(frozen=True)
class Mapping:
    """What a workbook says, checked against the units of the day.

    With any of ``refusals`` nothing may be applied; ``new_units`` then are those that could be
    read. ``warnings`` are sentences to look at. Order is by place, not by row.
    """

    effective_on: dt.date
    ends_districts: bool
    new_units: tuple[NewUnit, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def is_sound(self) -> bool:
        return not self.refusals

    @property
    def lines(self) -> list[tuple[NewUnit, Source]]:
        """Give what the resolution says, line by line: (new unit, old unit with its extent)."""
        return [(unit, source) for unit in self.new_units for source in unit.sources]

    @property
    def old_units(self) -> list[Commune]:
        """Give the units that will be no more, each once."""
        return list({source.old.pk: source.old for _, source in self.lines}.values())

    def heirs(self, old: Commune) -> list[NewUnit]:
        """Give the new units ``old`` goes into, the main one first."""
        found = [(not s.is_main, unit) for unit, s in self.lines if s.old.pk == old.pk]
        return [unit for _, unit in sorted(found, key=lambda pair: pair[0])]

    def main_heir(self, old: Commune) -> NewUnit:
        """Give the new unit that keeps the records of ``old`` (of a sound mapping)."""
        return self.heirs(old)[0]

    def of_row(self, row: int) -> list[str]:
        """Give the reasons why ``row`` was refused."""
        return [refusal.reason for refusal in self.refusals if refusal.row == row]

    def to_json(self) -> dict:
        """Give what is to be applied, to be compared (or digested) before it is."""
        return {
            "effective_on": self.effective_on.isoformat(),
            "ends_districts": self.ends_districts,
            "new_units": [unit.to_json() for unit in self.new_units],
        }
