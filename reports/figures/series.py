"""Counting figures from several viewpoints (quarter by quarter, say) in one query."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Count, QuerySet, Value

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
    width = max(map(len, groups.values()), default=0)
    rows = [row_of(number, group, width) for number, group in enumerate(groups.values())]
    found = rows[0].union(*rows[1:], all=True) if rows else ()
    members = list(groups.values())
    return {
        one.name: count
        for number, *counts in found
        for one, count in zip(members[number], counts, strict=False)
    }


def group_of(one: Asked) -> Group:
    population, view = one.figure.population, one.view
    return population, view.day, view.since if population.is_of_quarter_when_old else None


def row_of(number: int, group: Sequence[Asked], width: int) -> QuerySet:
    """Give a query of one row: ``number``, then the count of each, filled up with nought."""
    counts = [Count("pk", filter=one.figure.condition(one.view) or None) for one in group]
    columns = counts + [Value(0)] * (width - len(counts))
    named = {f"column_{place}": column for place, column in enumerate(columns)}
    records = group[0].figure.population.counted_in((one.view, one.figure) for one in group)
    rows = records.order_by().values(row_number=Value(number))
    return rows.annotate(**named).values_list("row_number", *named)
