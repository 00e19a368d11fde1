"""Who stands for whom on which days: successions joined over any number of events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communes.models import Descent, Succession


@dataclass(frozen=True)
class Step:
    """One edge: on ``day`` the records, or some of the land, of ``old`` went to ``new``."""

    day: dt.date
    old: int
    new: int
    is_main: bool


def steps() -> list[Step]:
    """Give the edges of all applied reorganisations, the earliest first."""
    rows = Succession.objects.order_by("reorganisation__effective_on", "pk").values_list(
        "reorganisation__effective_on", "old", "new", "is_main"
    )
    return [Step(*row) for row in rows]


def descents(edges: Iterable[Step]) -> Iterator[Descent]:
    """Give, for every old unit, who stands for it from when to when, over all later events."""
    leaving: dict[int, list[Step]] = defaultdict(list)
    for edge in edges:
        leaving[edge.old].append(edge)
    for old in leaving:
        # Several ways may lead to one heir: it is the main one if any of them is.
        found: dict[tuple[int, dt.date], bool] = {}
        for edge in heirs(old, leaving):
            found[edge.new, edge.day] = found.get((edge.new, edge.day), False) or edge.is_main
        for (new, day), is_main in found.items():
            until = leaving[new][0].day if new in leaving else None
            yield Descent(old_id=old, new_id=new, started_on=day, ended_on=until, is_main=is_main)


def heirs(old: int, leaving: dict[int, list[Step]], *, is_main: bool = True) -> Iterator[Step]:
    """Give whoever came to stand for ``old``, directly or later, with the day it began.

    ``is_main``: whether the way that led here carries the records.
    """
    for edge in leaving.get(old, ()):
        carries = is_main and edge.is_main
        yield Step(edge.day, old, edge.new, carries)
        yield from heirs(edge.new, leaving, is_main=carries)


def rebuild() -> None:
    """Write the descents anew from the successions; call within the transaction that changed them.

    Derived rows alone: nothing refers to them.
    """
    Descent.objects.all().delete()
    Descent.objects.bulk_create(descents(steps()))
