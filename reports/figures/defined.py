"""What a figure is: its words, its sentence, and the query of its members."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from assignments.enums import DutyKind
from communes.names import without_accents
from reports.duties.words import DutyWord
from reports.viewpoint import Viewpoint

# The parameters whose lists speak of a quarter.
OF_QUARTER = {"thuc_hien", "du_hop"}
NOT_IN_A_FIELD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Population:
    """The records a figure counts among: what may be seen on a day, and the page listing them."""

    visible: Callable[[Viewpoint], QuerySet]
    page: str


@dataclass(frozen=True)
class Figure:
    """One number with its meaning.

    ``label`` means it wherever it stands; ``short`` is what stands under the figure it is a part
    of. ``of`` is the key of that figure (its denominator); ``excludes`` says in a sentence who or
    what is not counted though one might think so. ``name`` are the words of its field where the
    label's change with a setting.
    """

    key: str
    label: str
    sentence: str
    of: str = dataclasses.field(default="", kw_only=True)
    excludes: str = dataclasses.field(default="", kw_only=True)
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

    def members(self, view: Viewpoint) -> QuerySet:
        """Give the records the figure counts."""
        return self.population.visible(view).filter(self.condition(view))

    def amounts(self, view: Viewpoint) -> dict[str, int]:
        return {str(key): 1 for key in self.members(view).order_by().values_list("pk", flat=True)}

    def value(self, view: Viewpoint) -> int:
        return self.members(view).count()

    def url(self, view: Viewpoint) -> str:
        """Give the address of its list; one of duties names the quarter where it must."""
        if self.query.keys() & OF_QUARTER:
            return view.address(self.population.page, **self.query)
        address = reverse(self.population.page)
        return f"{address}?{urlencode(self.query)}" if self.query else address


@dataclass(frozen=True)
class Summed(Figure):
    """A sum over the duty list of the quarters looked at; each line adds its own number."""

    word: DutyWord
    kind: DutyKind | None = None  # of every duty where none is named

    def amounts(self, view: Viewpoint) -> dict[str, int]:
        return {
            line.key: self.word.of(line)
            for line in view.lines
            if self.kind in (None, line.duty.kind) and self.word.of(line)
        }

    def url(self, view: Viewpoint) -> str:
        kind = self.kind.value if self.kind else ""
        return view.address("reports:duty_list", nhiem_vu=kind, ket_qua=self.word.choice)
