"""A figure as it is told: its value with what it is a part of and who is not counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.http import urlencode

from assignments.tables import EXPORT
from communes.templatetags.office import grouped
from reports.figures.counting import values
from reports.figures.defined import Figure, Summed
from reports.figures.registry import FIGURES
from reports.viewpoint import Viewpoint


@dataclass(frozen=True)
class Told:
    """A figure at a viewpoint; ``values`` hold its own and those :func:`named_by` it."""

    figure: Figure
    view: Viewpoint
    values: Mapping[str, int]

    @property
    def value(self) -> int:
        return self.values[self.figure.key]

    @property
    def address(self) -> str:
        """Give the list of what it counts."""
        return self.figure.url(self.view)

    @property
    def file(self) -> str:
        """Give the Excel file of that list, as of the day."""
        asked = urlencode({EXPORT: "xlsx"})
        return f"{self.address}{'&' if '?' in self.address else '?'}{asked}"

    @property
    def page(self) -> str:
        """Give the page that explains it."""
        return self.view.address("figures:detail", self.figure.field)

    def other(self, key: str) -> Told:
        return Told(FIGURES[key], self.view, self.values)

    @property
    def whole(self) -> Told | None:
        """Give its denominator; ``None`` when it is a part of nothing."""
        return self.other(self.figure.of) if self.figure.of else None

    @property
    def excluded(self) -> list[Told]:
        """Give the figures that count those it does not."""
        return [self.other(key) for key in self.figure.excluded]

    @property
    def share(self) -> str:
        """Give the rate with its denominator: "17/21 (2 miễn)"; "" when it is a part of nothing."""
        return fraction(self.figure, self.values) if self.figure.of else ""


def fraction(figure: Figure, values: Mapping[str, int]) -> str:
    """Give a figure's rate with its denominator and what was waived: "17/21 (2 miễn)"."""
    waived = values[figure.waived] if figure.waived else 0
    share = f"{grouped(values[figure.key])}/{grouped(values[figure.of])}"
    return f"{share} ({grouped(waived)} miễn)" if waived else share


def named_by(figures: Iterable[Figure]) -> list[Figure]:
    """Give figures and those they name: denominators, what is waived, who is not counted."""
    keys = {
        key: None
        for figure in figures
        for key in (figure.key, figure.of, figure.waived, *figure.excluded)
        if key
    }
    return [FIGURES[key] for key in keys]


def told(view: Viewpoint, figures: Iterable[Figure]) -> list[Told]:
    """Give figures as they are told, counted together."""
    figures = list(figures)
    found = values(view, named_by(figures))
    return [Told(figure, view, found) for figure in figures]


def parts_of(figure: Figure) -> list[Figure]:
    """Give the figures that are a part of ``figure``; of a sum of all duties, each kind's."""
    parts = [other for other in FIGURES.values() if other.of == figure.key]
    if isinstance(figure, Summed) and figure.kind is None:
        parts += [
            other
            for other in FIGURES.values()
            if isinstance(other, Summed) and other.kind and other.word is figure.word
        ]
    return parts
