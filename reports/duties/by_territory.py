"""The duty list added up by where it is owed; what is no commune's has a row of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from communes.models import Commune
from reports.duties.lines import DutyLine, Totals, total
from reports.territories import Territory
from reports.viewpoint import Viewpoint


def totals_by_territory(lines: Sequence[DutyLine], view: Viewpoint) -> dict[Territory, Totals]:
    """Add up lines (which somebody may see already) by where they are owed, in one query.

    Every line is counted once, under the unit it counts for.
    """
    found = Commune.objects.select_related("district", "area").defer("boundary")
    communes = found.in_bulk({line.commune_id for line in lines} - {None})
    units = {key: view.reading.unit_of(commune) for key, commune in communes.items()}
    grouped: dict[Territory, list[DutyLine]] = defaultdict(list)
    for line in lines:
        grouped[view.grouping.of(units.get(line.commune_id))].append(line)
    return {place: total(grouped[place], view.day) for place in sorted(grouped)}
