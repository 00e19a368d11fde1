"""Party cells of old units go on in the new one; two of one name are told apart."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from communes.models import Commune, Contact, PartyCell


@dataclass(frozen=True)
class CellMove:
    """A cell that goes on, under ``name`` (without its kind)."""

    cell: PartyCell
    name: str

    @property
    def is_renamed(self) -> bool:
        return self.name != self.cell.name

    @property
    def place(self) -> str:
        """Give where it will be: "Ấp 3 (xã Kế An)"."""
        return f"{self.cell.get_kind_display()} {self.name}"


def cells_of(communes: Iterable[int], day: dt.date) -> list[PartyCell]:
    """Give the cells of ``communes`` that there are on ``day`` or later."""
    not_over = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    rows = PartyCell.objects.filter(not_over, commune__in=communes)
    return list(rows.select_related("commune__district").defer("commune__boundary"))


def contacts_of(communes: Iterable[int], day: dt.date) -> list[Contact]:
    """Give whom one may call in ``communes`` on ``day`` or later."""
    not_over = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    rows = Contact.objects.filter(not_over, commune__in=communes)
    return list(rows.select_related("commune").defer("commune__boundary"))


def going_on(cells: Sequence[PartyCell]) -> list[CellMove]:
    """Give how the cells of one new unit are called: those of one name with their old unit."""
    alike: dict[bytes, list[PartyCell]] = defaultdict(list)
    for cell in cells:
        alike[bytes(cell.sort_key)].append(cell)
    moves = []
    for same in alike.values():
        units = {cell.commune for cell in same}
        for cell in same:
            name = cell.name if len(units) == 1 else f"{cell.name} ({told(cell.commune, units)})"
            moves.append(CellMove(cell, name))
    return moves


def told(unit: Commune, others: Iterable[Commune]) -> str:
    """Name an old unit so that it is told from ``others``: with its district if need be."""
    is_homonym = sum(other.full_name == unit.full_name for other in others) > 1
    district = f", {unit.district.name_in_sentence}" if is_homonym and unit.district else ""
    return f"{unit.name_in_sentence}{district}"
