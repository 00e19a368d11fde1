"""What a figure is: its words, its sentence, and the query of its members."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from assignments.enums import DutyKind
from communes.names import without_accents
from reports.duties import DutyLine, Totals
from reports.duties.words import OVERDUE, DutyWord
from reports.viewpoint import PARAMETER, Viewpoint

NOT_IN_A_FIELD = re.compile(r"[^a-z0-9]+")


def other_quarter(view: Viewpoint) -> dict[str, str]:
    """Give the parameter that names the quarters looked at, unless they are the day's own."""
    return {PARAMETER: view.quarter.code} if view.is_other_quarter else {}


@dataclass(frozen=True)
class Population:
    """The records a figure counts among: what may be seen on a day, and the page listing them.

    ``within`` gives the parameters by which that page is asked for the quarters looked at;
    ``is_of_quarter_when_old``: under the old units it is another population in other quarters.
    ``of_quarters`` is what all figures of quarters ask of a record, for one that grows with
    history: who counts only such figures reads no more than those quarters.
    """

    visible: Callable[[Viewpoint], QuerySet]
    page: str
    within: Callable[[Viewpoint], dict[str, str]] = other_quarter
    is_of_quarter_when_old: bool = False
    of_quarters: Callable[[Viewpoint], Q] | None = None

    def counted_in(self, asked: Iterable[tuple[Viewpoint, Counted]]) -> QuerySet:
        """Give the records that figures can count, each from its viewpoint (all of one day)."""
        asked = list(asked)
        rows = self.visible(asked[0][0])
        if self.of_quarters is None or not all(figure.is_of_quarter for _, figure in asked):
            return rows
        return rows.filter(reduce(or_, (self.of_quarters(view) for view, _ in asked)))


@dataclass(frozen=True)
class Figure:
    """One number with its meaning.

    ``label`` means it wherever it stands; ``short`` is what stands under the figure it is a part
    of. ``of`` is the key of that figure (its denominator), ``waived`` of the one told along with
    that share. ``excludes`` says in a sentence who or what is not counted though one might think
    so; ``excluded`` are the keys of the figures that count those. ``name`` are the words of its
    field where the label's change with a setting.
    """

    key: str
    label: str
    sentence: str
    of: str = dataclasses.field(default="", kw_only=True)
    waived: str = dataclasses.field(default="", kw_only=True)
    excludes: str = dataclasses.field(default="", kw_only=True)
    excluded: tuple[str, ...] = dataclasses.field(default=(), kw_only=True)
    short: str = dataclasses.field(default="", kw_only=True)
    name: str = dataclasses.field(default="", kw_only=True)

    @property
    def field(self) -> str:
        """Give its name in templates of documents and in addresses: "can_bo_dang_phu_trach"."""
        return NOT_IN_A_FIELD.sub("_", without_accents(self.name or self.label)).strip("_")

    @property
    def part_label(self) -> str:
        """Give its words under the figure it is a part of."""
        return self.short or self.label

    def amounts(self, view: Viewpoint) -> dict[str, int]:
        """Give how much each member adds to the value, by the member's key."""
        raise NotImplementedError

    def value(self, view: Viewpoint) -> int:
        return sum(self.amounts(view).values())

    def url(self, view: Viewpoint) -> str:
        """Give the address of the list of what it counts."""
        raise NotImplementedError


@dataclass(frozen=True)
class Counted(Figure):
    """A number of records, each a member that adds one.

    What the condition asks of other records it asks of those the user may see: a filter must not
    tell what the list does not show.
    """

    population: Population
    condition: Callable[[Viewpoint], Q]
    query: dict[str, str] = dataclasses.field(default_factory=dict)
    is_of_quarter: bool = dataclasses.field(default=False, kw_only=True)

    def members(self, view: Viewpoint) -> QuerySet:
        """Give the records the figure counts."""
        return self.population.visible(view).filter(self.condition(view))

    def amounts(self, view: Viewpoint) -> dict[str, int]:
        return {str(key): 1 for key in self.members(view).order_by().values_list("pk", flat=True)}

    def value(self, view: Viewpoint) -> int:
        return self.members(view).count()

    def url(self, view: Viewpoint) -> str:
        """Give the address of its list, which names the quarters where it speaks of them."""
        population = self.population
        names_quarter = self.is_of_quarter or (view.is_old and population.is_of_quarter_when_old)
        within = population.within(view) if names_quarter else {}
        query = self.query | within | view.named_reading
        address = reverse(population.page)
        return f"{address}?{urlencode(query)}" if query else address


@dataclass(frozen=True)
class Summed(Figure):
    """A sum over the duty list of the quarters looked at; each line adds its own number."""

    word: DutyWord
    kind: DutyKind | None = None  # of every duty where none is named

    def amount(self, line: DutyLine, day: dt.date) -> int:
        """Give what a line adds."""
        return line.overdue(day) if self.word is OVERDUE else self.word.of(line)

    def amounts(self, view: Viewpoint) -> dict[str, int]:
        return {
            line.key: amount
            for line in view.lines
            if self.kind in (None, line.duty.kind) and (amount := self.amount(line, view.day))
        }

    def value(self, view: Viewpoint) -> int:
        """Give it from the sums by kind: many figures, one pass over the lines."""
        return self.word.of(view.totals.get(self.kind, Totals()) if self.kind else view.whole)

    def url(self, view: Viewpoint) -> str:
        kind = self.kind.value if self.kind else ""
        return view.address("reports:duty_list", nhiem_vu=kind, ket_qua=self.word.choice)
