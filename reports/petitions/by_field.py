"""Petitions by field: how many communes ask for what, and how far it is (DOMAIN R30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from communes.lineage import Reading
from reports.models import PetitionField
from reports.models.petitions import PetitionQuerySet
from reports.petitions.standing import closed_on, open_on, overdue_on, settled_on


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many petitions there are, how they stand, and how many communes raised them."""

    raised: int
    open: int
    overdue: int
    settled: int
    told: int
    communes: int

    @property
    def in_time(self) -> int:
        """Give how many are open and not overdue."""
        return self.open - self.overdue


@dataclass(frozen=True, kw_only=True)
class FieldRow(Tally):
    """A field with the numbers of its petitions."""

    field: PetitionField


# Each number's list: what the list of petitions is asked for.
STANDINGS = {
    "raised": {},
    "open": {"tinh_trang": "dang_giai_quyet"},
    "in_time": {"tinh_trang": "chua_qua_han"},
    "overdue": {"tinh_trang": "qua_han"},
    "settled": {"tinh_trang": "co_ket_qua"},
    "told": {"tinh_trang": "ket_thuc"},
    "communes": {},
}


# The figure each number is a slice of.
FIGURE_OF = {
    "raised": "petitions",
    "open": "petitions_open",
    "overdue": "petitions_overdue",
    "settled": "petitions_settled",
    "told": "petitions_closed",
    "communes": "communes_petitioning",
}


def tallies(day: dt.date, reading: Reading) -> dict[str, Count]:
    """Give what counts petitions of :meth:`PetitionQuerySet.on`; communes, not petitions, last.

    A commune is the unit that a petition counts for.
    """
    return {
        "raised": Count("pk", distinct=True),
        "open": counted(open_on()),
        "overdue": counted(overdue_on(day)),
        "settled": counted(settled_on()),
        "told": counted(closed_on()),
        "communes": Count(reading.key(), distinct=True),
    }


def counted(condition: Q) -> Count:
    return Count("pk", filter=condition, distinct=True)


def total_of(petitions: PetitionQuerySet, day: dt.date, reading: Reading) -> Tally:
    """Give the numbers of all ``petitions``: a commune that asks for several things is one."""
    return Tally(**petitions.order_by().aggregate(**tallies(day, reading)))


def rows_of(
    fields: Iterable[PetitionField], petitions: PetitionQuerySet, day: dt.date, reading: Reading
) -> list[FieldRow]:
    """Give the fields that have petitions with their numbers, in one query.

    In the order of ``fields``.
    """
    grouped = petitions.order_by().values("field").annotate(**tallies(day, reading))
    found = {row.pop("field"): row for row in grouped}
    return [FieldRow(field=field, **found[field.pk]) for field in fields if field.pk in found]
