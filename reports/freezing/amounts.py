"""Every figure's members at once: one query for each population, one duty list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reports.figures import FIGURES, Counted, Population, with_figures
from reports.viewpoint import Viewpoint

Amounts = dict[str, dict[str, int]]


def all_amounts(view: Viewpoint) -> Amounts:
    """Give, for every registered figure, how much each member adds to it by the member's key."""
    result: Amounts = {}
    counted: dict[Population, list[str]] = defaultdict(list)
    for key, figure in FIGURES.items():
        if isinstance(figure, Counted):
            counted[figure.population].append(key)
        else:
            result[key] = figure.amounts(view)
    for population, keys in counted.items():
        result |= members_of(population, keys, view)
    return {key: result[key] for key in FIGURES}


def members_of(population: Population, keys: Sequence[str], view: Viewpoint) -> Amounts:
    """Give the members of a population's figures, all read in one query."""
    found: Amounts = {key: {} for key in keys}
    rows = with_figures(population.visible(view).order_by(), population, view)
    for pk, *is_in in rows.values_list("pk", *(f"in_{key}" for key in keys)):
        for key, is_member in zip(keys, is_in, strict=True):
            if is_member:
                found[key][str(pk)] = 1
    return found
