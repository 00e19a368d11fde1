"""Duty lines with the names of whom and what they are about, and their sums by either."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from assignments.models import Officer
from assignments.tables import State
from communes.lineage import Reading
from communes.models import Commune
from reports.duties.lines import DutyLine, Totals, total
from reports.duties.states import state_of

EVERYWHERE = "Mọi Đảng bộ được giao"


@dataclass(frozen=True)
class NamedLine:
    """One line, with its officer, and its commune unless it is owed whatever the communes.

    ``unit`` is what it counts for: the commune, or the one that stands for it.
    """

    line: DutyLine
    officer: Officer
    commune: Commune | None
    unit: Commune | None
    day: dt.date

    @cached_property
    def totals(self) -> Totals:
        return total([self.line], self.day)

    @property
    def state(self) -> State:
        return state_of(self.totals)

    @property
    def place(self) -> str:
        return self.unit.full_name if self.unit else EVERYWHERE


def named(
    lines: Iterable[DutyLine], day: dt.date, reading: Reading | None = None
) -> list[NamedLine]:
    """Give lines (which somebody may see already) their names, in two queries.

    Without ``reading`` each counts for its own commune.
    """
    lines, heirs = list(lines), reading.heirs if reading else {}
    officers = Officer.objects.in_bulk({line.officer_id for line in lines})
    communes = (
        Commune.objects.select_related("district", "area")
        .defer("boundary")
        .in_bulk({line.commune_id for line in lines} - {None})
    )
    units = communes | {key: heirs[key] for key in communes.keys() & heirs.keys()}
    return [
        NamedLine(
            line,
            officers[line.officer_id],
            communes.get(line.commune_id),
            units.get(line.commune_id),
            day,
        )
        for line in lines
    ]


@dataclass(frozen=True)
class Group:
    """All lines of one officer, or of one commune."""

    lines: list[NamedLine]
    day: dt.date

    @property
    def officer(self) -> Officer:
        return self.lines[0].officer

    @property
    def unit(self) -> Commune | None:
        return self.lines[0].unit

    @cached_property
    def totals(self) -> Totals:
        return total((one.line for one in self.lines), self.day)

    @property
    def state(self) -> State:
        return state_of(self.totals)

    @property
    def communes(self) -> list[Commune]:
        """Give the communes the lines count for, each once."""
        return list({one.unit.pk: one.unit for one in self.lines if one.unit}.values())

    @property
    def officers(self) -> list[Officer]:
        return list({one.officer.pk: one.officer for one in self.lines}.values())

    @property
    def days(self) -> int:
        """Give the longest time answered for: time in post within the quarter."""
        return max(one.line.days for one in self.lines)


def grouped(lines: Iterable[NamedLine], key: Callable[[NamedLine], object]) -> list[Group]:
    """Put lines of one key together; lines whose key is ``None`` are left out."""
    groups: dict[object, list[NamedLine]] = defaultdict(list)
    for line in lines:
        if key(line) is not None:
            groups[key(line)].append(line)
    return [Group(members, members[0].day) for members in groups.values()]
