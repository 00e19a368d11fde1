"""Counting figures: in one query for each population."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Case, Count, Model, QuerySet, Value, When

from reports.figures.defined import Figure, Population
from reports.figures.registry import FIGURES
from reports.viewpoint import Viewpoint


def with_figures(rows: QuerySet, population: Population, view: Viewpoint) -> QuerySet:
    """Annotate records of a population with which of its figures each is counted in."""
    return rows.annotate(
        **{
            f"in_{figure.key}": Case(When(condition, then=True), default=False)
            if (condition := figure.condition(view))
            else Value(True)
            for figure in FIGURES.values()
            if figure.population is population
        }
    )


def values(
    view: Viewpoint,
    figures: Iterable[Figure] | None = None,
    fetched: Mapping[Population, Sequence[Model]] | None = None,
) -> dict[str, int]:
    """Give figures' values by key, in one query for each population and one duty list.

    ``fetched`` are whole populations already fetched :func:`with_figures`: no query for those.
    """
    figures, fetched = list(figures or FIGURES.values()), fetched or {}
    by_population: dict[Population, list[Figure]] = {}
    for figure in figures:
        by_population.setdefault(figure.population, []).append(figure)
    result = {}
    for population, members in by_population.items():
        if population in fetched:
            result |= counted(fetched[population], members)
        else:
            counts = {
                figure.key: Count("pk", filter=figure.condition(view) or None) for figure in members
            }
            result |= population.visible(view).aggregate(**counts)
    return {figure.key: result[figure.key] for figure in figures}


def counted(rows: Sequence[Model], figures: Iterable[Figure]) -> dict[str, int]:
    """Count in how many of ``rows``, fetched :func:`with_figures`, each figure holds."""
    return {figure.key: sum(getattr(row, f"in_{figure.key}") for row in rows) for figure in figures}
