"""Counting figures from several viewpoints (quarter by quarter, say) in one query."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Value

from reports.figures.defined import Counted, Population
from reports.viewpoint import Viewpoint


class Asked(NamedTuple):
    """A figure as it is asked for from a viewpoint, under a name of the asker's."""

    name: object
    view: Viewpoint
    figure: Counted


# What is counted among the same records: a population as of a day, or since another.
Group = tuple[Population, dt.date, dt.date | None]


def counted(asked: Iterable[Asked]) -> dict[object, int]:
    """Give the values by name, all in one query; the viewpoints are one user's."""
    groups: dict[Group, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[group_of(one)].append(one)
    members = list(groups.values())
    width = max(map(len, members), default=0)
    rows = [row_of(number, group, width) for number, group in enumerate(members)]
    found = dict.fromkeys((one.name for group in members for one in group), 0)
    for number, _, *counts in rows[0].union(*rows[1:], all=True) if rows else ():
        found |= {one.name: n for one, n in zip(members[number], counts, strict=False)}
    return found


def group_of(one: Asked) -> Group:
    population, view = one.figure.population, one.view
    return population, view.day, view.since if population.is_of_quarter_when_old else None


def row_of(number: int, group: Sequence[Asked], width: int) -> QuerySet:
    """Give a query of one row: ``number``, how many were asked, the counts, filled up with nought.

    That all are counted too makes it a sum even where every count is known to be nought.
    """
    counts = [Value(0)] * width
    counts[: len(group)] = [Count("pk", filter=condition_of(one, group)) for one in group]
    named = {f"column_{place}": column for place, column in enumerate(counts)}
    rows = records_of(group).order_by().values(row_number=Value(number))
    return rows.annotate(all=Count("pk"), **named).values_list("row_number", "all", *named)


def records_of(group: Sequence[Asked]) -> QuerySet:
    """Give the records asked whether they count; for a figure alone only those that do.

    The database finds those by their indexes, where it would read all to ask each.
    """
    first = group[0]
    if len(group) == 1:
        return first.figure.members(first.view)
    return first.figure.population.counted_in((one.view, one.figure) for one in group)


def condition_of(one: Asked, group: Sequence[Asked]) -> Q | None:
    return None if len(group) == 1 else one.figure.condition(one.view) or None
