"""Counting figures, of all populations in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Case, Model, QuerySet, Value, When

from reports.figures.defined import Counted, Figure, Population
from reports.figures.registry import FIGURES, figures_of
from reports.figures.series import Asked, counted
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
    asked, result = [], {}
    for key, figure in figures.items():
        if not isinstance(figure, Counted):
            result[key] = figure.value(view)
        elif figure.population in fetched:
            result[key] = held_by(fetched[figure.population], figure)
        else:
            asked.append(Asked(key, view, figure))
    result |= counted(asked)
    return {key: result[key] for key in figures}


def held_by(rows: Sequence[Model], figure: Counted) -> int:
    """Count in how many of ``rows``, fetched :func:`with_figures`, a figure holds."""
    return sum(getattr(row, f"in_{figure.key}") for row in rows)
