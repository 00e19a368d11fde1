"""What a figure is: its words, its sentence, and the query of its members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from reports.viewpoint import Viewpoint

# The parameters whose lists speak of a quarter.
OF_QUARTER = {"thuc_hien", "du_hop"}


@dataclass(frozen=True)
class Population:
    """The records a figure counts among: what may be seen on a day, and the page listing them."""

    visible: Callable[[Viewpoint], QuerySet]
    page: str


@dataclass(frozen=True)
class Figure:
    """One number with its meaning; ``query`` are the list page's parameters for its members.

    What the condition asks of other records it asks of those the user may see: a filter must not
    tell what the list does not show.
    """

    key: str
    label: str
    sentence: str
    population: Population
    condition: Callable[[Viewpoint], Q]
    query: dict[str, str] = field(default_factory=dict)

    def members(self, view: Viewpoint) -> QuerySet:
        """Give the records the figure counts."""
        return self.population.visible(view).filter(self.condition(view))

    def value(self, view: Viewpoint) -> int:
        return self.members(view).count()

    def url(self, view: Viewpoint) -> str:
        """Give the address of its list; one of duties names the quarter where it must."""
        if self.query.keys() & OF_QUARTER:
            return view.address(self.population.page, **self.query)
        address = reverse(self.population.page)
        return f"{address}?{urlencode(self.query)}" if self.query else address
