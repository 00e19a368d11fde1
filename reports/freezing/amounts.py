"""Every figure's members at once: one query for all records, one duty list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from django.db.models import QuerySet, Value

from reports.figures import FIGURES, Counted, Population, figures_of, with_figures
from reports.viewpoint import Viewpoint

Amounts = dict[str, dict[str, int]]


def all_amounts(view: Viewpoint) -> Amounts:
    """Give, for every registered figure, how much each member adds to it by the member's key."""
    result: Amounts = {}
    populations: dict[Population, None] = {}
    for key, figure in FIGURES.items():
        if isinstance(figure, Counted):
            populations[figure.population] = None
        else:
            result[key] = figure.amounts(view)
    result |= members_of(list(populations), view)
    return {key: result[key] for key in FIGURES}


def members_of(populations: Sequence[Population], view: Viewpoint) -> Amounts:
    """Give the members of the figures of ``populations``, all read in one query."""
    keys = [[figure.key for figure in figures_of(one)] for one in populations]
    width = max(map(len, keys))
    rows = [
        marked(number, population, keys[number], width, view)
        for number, population in enumerate(populations)
    ]
    found: Amounts = {key: {} for of_one in keys for key in of_one}
    # Row by row as they come: of a nation there are millions.
    for pk, number, *is_in in rows[0].union(*rows[1:], all=True).iterator():
        member = str(pk)
        for key in compress(keys[number], is_in):
            found[key][member] = 1
    return found


def marked(
    number: int, population: Population, keys: Sequence[str], width: int, view: Viewpoint
) -> QuerySet:
    """Give a population's records as (key, ``number``, in which figures), filled up with no."""
    filled = {f"filled_{place}": Value(False) for place in range(width - len(keys))}
    records = population.counted_in((view, FIGURES[key]) for key in keys)
    rows = records.order_by().annotate(population_number=Value(number))
    rows = with_figures(rows, population, view).annotate(**filled)
    return rows.values_list("pk", "population_number", *(f"in_{key}" for key in keys), *filled)
