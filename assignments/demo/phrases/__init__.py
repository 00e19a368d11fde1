"""What officers write, in parts to put together: official Vietnamese about invented facts.

A phrase may hold places to fill in: ``{ap}`` a hamlet, ``{so:12-40}`` a whole number between the
two, ``{tl:88-97}`` one with a decimal; the others are in :mod:`assignments.demo.telling`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random

Months = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Phrases:
    """Phrases fit for any time and place, for some months, for what some areas live on."""

    always: tuple[str, ...]
    in_months: Mapping[Months, tuple[str, ...]] = field(default_factory=dict)
    of_area: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_country: Mapping[Months, tuple[str, ...]] = field(default_factory=dict)

    @cache  # noqa: B019 (a handful of module constants)
    def fitting(self, month: int, areas: tuple[str, ...]) -> tuple[str, ...]:
        """Give those fit for a month and an area; what is timely counts twice."""
        seasons = [self.in_months, *([self.in_country] if "country" in areas else [])]
        timely = [
            phrase
            for season in seasons
            for months, phrases in season.items()
            if month in months
            for phrase in phrases
        ]
        local = [phrase for area in areas for phrase in self.of_area.get(area, ())]
        return (*self.always, *local, *timely, *timely)

    def pick(self, rng: Random, month: int, areas: tuple[str, ...], number: int = 1) -> list[str]:
        """Pick ``number`` different ones; fewer when there are not so many."""
        fitting = self.fitting(month, areas)
        return list(dict.fromkeys(rng.sample(fitting, min(number, len(fitting)))))


@dataclass(frozen=True)
class Number:
    """Fills ``{so:12-40}`` with a number drawn between the two, with a comma for decimals."""

    rng: Random
    decimals: bool = False

    def __format__(self, limits: str) -> str:
        low, high = map(int, limits.split("-"))
        if not self.decimals:
            return str(self.rng.randint(low, high))
        return f"{self.rng.randint(low * 10, high * 10) / 10:.1f}".replace(".", ",")
