"""Counting figures, of all populations in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Case, Count, Model, QuerySet, Value, When

from reports.figures.defined import Counted, Figure, Population
from reports.figures.registry import FIGURES, figures_of
from reports.viewpoint import Viewpoint


def with_figures(
    rows: QuerySet,
    population: Population,
    view: Viewpoint,
    figures: Iterable[Figure] | None = None,
) -> QuerySet:
    """Annotate records of a population with which of its figures each is counted in.

    Of all its figures, or of those among ``figures``.
    """
    asked = {figure.key for figure in (FIGURES.values() if figures is None else figures)}
    return rows.annotate(
        **{
            f"in_{figure.key}": Case(When(condition, then=True), default=False)
            if (condition := figure.condition(view))
            else Value(True)
            for figure in figures_of(population)
            if figure.key in asked
        }
    )


def values(
    view: Viewpoint,
    figures: Iterable[Figure] | None = None,
    fetched: Mapping[Population, Sequence[Model]] | None = None,
) -> dict[str, int]:
    """Give figures' values by key, in one query and one duty list.

    ``fetched`` are whole populations already fetched :func:`with_figures`: no query for those.
    """
    asked_for = FIGURES.values() if figures is None else figures
    figures, fetched = {figure.key: figure for figure in asked_for}, fetched or {}
    by_population: dict[Population, list[Counted]] = {}
    asked, result = {}, {}
    for figure in figures.values():
        if isinstance(figure, Counted):
            by_population.setdefault(figure.population, []).append(figure)
        else:
            result[figure.key] = figure.value(view)
    for population, members in by_population.items():
        if population in fetched:
            result |= counted(fetched[population], members)
        else:
            asked[population] = members
    result |= aggregated(view, asked)
    return {key: result[key] for key in figures}


def aggregated(view: Viewpoint, asked: Mapping[Population, Sequence[Counted]]) -> dict[str, int]:
    """Count the figures of whole populations by key, all in one query."""
    groups = list(asked.values())
    width = max(map(len, groups), default=0)
    rows = [row_of(view, number, group, width) for number, group in enumerate(groups)]
    found = rows[0].union(*rows[1:], all=True) if rows else ()
    return {
        figure.key: count
        for number, _, *counts in found
        for figure, count in zip(groups[number], counts, strict=False)
    }


def row_of(view: Viewpoint, number: int, group: Sequence[Counted], width: int) -> QuerySet:
    """Give a query of one row: ``number``, then the count of each figure, filled up with nought.

    All records are counted too: of noughts known beforehand the database would make no sum.
    """
    counts = [Count("pk", filter=figure.condition(view) or None) for figure in group]
    columns = counts + [Value(0)] * (width - len(counts))
    named = {f"column_{place}": column for place, column in enumerate(columns)}
    records = group[0].population.counted_in((view, figure) for figure in group)
    rows = records.order_by().values(row_number=Value(number))
    return rows.annotate(all=Count("pk"), **named).values_list("row_number", "all", *named)


def counted(rows: Sequence[Model], figures: Iterable[Counted]) -> dict[str, int]:
    """Count in how many of ``rows``, fetched :func:`with_figures`, each figure holds."""
    return {figure.key: sum(getattr(row, f"in_{figure.key}") for row in rows) for figure in figures}
