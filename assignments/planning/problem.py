"""The question a plan answers, as plain values: who may follow, what is to be followed, what bars.

A :class:`Problem` knows no database and no solver. It is sorted by key, so that the same facts
read in another order are the same problem and give the same plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
# Who follows what: by commune, the officer, or nobody.
Placing = Mapping[int, "int | None"]
Pair = tuple[int, int]  # officer, commune


class Limit(StrEnum):
    """By what a pair is barred."""

    EXCLUDED = "excluded"
    HOME = "home"
    THERE_ALREADY = "there_already"
    JUST_LEFT = "just_left"
    LEAVING = "leaving"
    KIND = "kind"
    FIXED = "fixed"
    UNNEEDED = "unneeded"


@dataclass(frozen=True)
class Candidate:
    """An officer who may follow communes from the day of the plan on.

    ``capacity`` and ``minimum``: most and fewest communes. ``field``: the body they work in, for
    "same field" (empty: not known). ``former``: communes they followed before, and do not now.
    ``leaves_on``: the known first day they are no longer in post; they get nothing new.
    """

    key: int
    name: str
    group: str = ""
    capacity: int = 3
    minimum: int = 0
    field: str = ""
    former: tuple[int, ...] = ()
    leaves_on: dt.date | None = None


@dataclass(frozen=True)
class Unit:
    """A commune's Party committee to be followed.

    ``needs``: it is to have somebody; else it keeps whom it has, and gets nobody new. ``before``
    is who followed it up to the day (an officer's key), ``holder`` the candidate who still does
    if nothing is done. ``groups``: only officers of these may follow it (empty: any).
    ``place``: the district or area by which neighbours are told (empty: none).
    ``weight``: the work it asks in a year.
    """

    key: int
    name: str
    weight: int = 1
    needs: bool = True
    before: int | None = None
    before_name: str = ""
    before_field: str = ""
    holder: int | None = None
    groups: tuple[str, ...] = ()
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    centre_km: int = 0


@dataclass(frozen=True)
class Bar:
    """A pair that may not be, by which limit, and why in the office's words."""

    candidate: int
    unit: int
    limit: Limit
    reason: str = ""


@dataclass(frozen=True)
class Problem:
    """Who may follow what from the day of the plan on. Build it with :meth:`of`."""

    candidates: tuple[Candidate, ...]
    units: tuple[Unit, ...]
    bars: tuple[Bar, ...] = ()
    fixed: tuple[Pair, ...] = ()

    @classmethod
    def of(
        cls,
        candidates: Iterable[Candidate],
        units: Iterable[Unit],
        bars: Iterable[Bar] = (),
        fixed: Iterable[Pair] = (),
    ) -> Problem:
        """Give the problem of these facts, whatever order they come in."""
        return cls(
            candidates=tuple(sorted(candidates, key=lambda one: one.key)),
            units=tuple(sorted(units, key=lambda one: one.key)),
            bars=tuple(sorted(bars, key=lambda one: (one.unit, one.candidate, one.limit))),
            fixed=tuple(sorted(set(fixed))),
        )

    def keeping(self) -> Problem:
        """Give the problem in which those whose last day is known keep what they have till then.

        Also more than others may have, but not what is asked to be somebody else's.
        """
        kept = {
            one.key: [(one.key, unit.key) for unit in self.held[one.key] if self.may(one, unit)]
            for one in self.candidates
            if one.leaves_on
        }
        candidates = [
            replace(one, capacity=max(one.capacity, len(kept.get(one.key, ()))))
            for one in self.candidates
        ]
        return Problem.of(
            candidates, self.units, self.bars, [*self.fixed, *chain.from_iterable(kept.values())]
        )

    @cached_property
    def candidate(self) -> dict[int, Candidate]:
        return {one.key: one for one in self.candidates}

    @cached_property
    def unit(self) -> dict[int, Unit]:
        return {one.key: one for one in self.units}

    @cached_property
    def barred(self) -> dict[Pair, Bar]:
        return {(one.candidate, one.unit): one for one in self.bars}

    @cached_property
    def fixed_to(self) -> dict[int, int]:
        """Give, by commune, the officer who must follow it."""
        return {unit: candidate for candidate, unit in self.fixed}

    @cached_property
    def present(self) -> dict[int, int | None]:
        """Give who follows what on the day if nothing is done."""
        return {unit.key: unit.holder for unit in self.units}

    @cached_property
    def held(self) -> dict[int, list[Unit]]:
        """Give, by candidate, the communes they follow if nothing is done."""
        held: dict[int, list[Unit]] = {one.key: [] for one in self.candidates}
        for unit in self.units:
            if unit.holder is not None:
                held[unit.holder].append(unit)
        return held

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Give the pairs no limit bars, by commune and officer."""
        return tuple(
            (candidate.key, unit.key)
            for unit in self.units
            for candidate in self.candidates
            if self.may(candidate, unit)
        )

    @cached_property
    def permitted(self) -> dict[int, list[int]]:
        """Give, by commune, the officers no limit bars from it."""
        permitted: dict[int, list[int]] = {unit.key: [] for unit in self.units}
        for candidate, unit in self.pairs:
            permitted[unit].append(candidate)
        return permitted

    def may(self, candidate: Candidate, unit: Unit) -> bool:
        """Say whether nothing bars a pair."""
        return self.limit_on(candidate, unit) is None

    def limit_on(self, candidate: Candidate, unit: Unit) -> Limit | None:
        """Give what bars a pair, or ``None``."""
        if candidate.leaves_on and unit.holder != candidate.key:
            return Limit.LEAVING
        if bar := self.barred.get((candidate.key, unit.key)):
            return bar.limit
        if unit.groups and candidate.group not in unit.groups:
            return Limit.KIND
        if self.fixed_to.get(unit.key, candidate.key) != candidate.key:
            return Limit.FIXED
        if not unit.needs and candidate.key not in (unit.holder, self.fixed_to.get(unit.key)):
            return Limit.UNNEEDED
        return None

    def distance(self, candidate: int, unit: int) -> int:
        """Give the kilometres from a commune to the nearest an officer follows already.

        From the centre of the province where they follow none; 0 where it is not known.
        """
        asked = self.unit[unit]
        others = [one for one in self.held[candidate] if one.key != unit]
        known = [km for one in others if (km := kilometres(asked, one)) is not None]
        return min(known, default=0 if others else asked.centre_km)


def kilometres(one: Unit, other: Unit) -> int | None:
    """Give the whole kilometres between two communes' centres as the crow flies."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    return round(straight_km(one.latitude, one.longitude, other.latitude, other.longitude))


def straight_km(latitude: float, longitude: float, to_latitude: float, to_longitude: float):
    """Give the kilometres between two points of the earth (haversine)."""
    north, east = radians(to_latitude - latitude), radians(to_longitude - longitude)
    chord = sin(north / 2) ** 2
    chord += cos(radians(latitude)) * cos(radians(to_latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord))
