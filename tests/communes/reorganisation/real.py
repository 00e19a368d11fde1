"""The real chain 109 → 108 → 43, as rows of mappings."""

from __future__ import annotations

import csv
import datetime as dt

from communes.gazetteer import DATA
from communes.models import Commune, Reorganisation
from communes.reorganisation.checking import check
from communes.reorganisation.mapping import Mapping
from communes.reorganisation.sheet import MappingRow
from communes.reorganisation.units import establish
from tests.factories import make_reorganisation

FIRST, SECOND = dt.date(2024, 9, 1), dt.date(2025, 7, 1)


def real_rows(day: dt.date) -> list[MappingRow]:
    """Give the rows of the resolution effective on ``day``; homonyms are told apart by code."""
    with (DATA / "reorganisations.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["effective_date"] == str(day)]
    return [
        MappingRow(
            number,
            old_code=line["old_code"],
            old_name=line["old_name"],
            new_code=line["new_code"],
            new_name=line["new_name"],
            resolution=line["resolution"],
            effective=line["effective_date"],
        )
        for number, line in enumerate(lines, start=2)
    ]


def real_mapping(day: dt.date) -> Mapping:
    """Check the rows of ``day``; districts end with the second event."""
    resolution = "1105/NQ-UBTVQH15" if day == FIRST else "1668/NQ-UBTVQH15"
    return check(
        real_rows(day), effective_on=day, ends_districts=day == SECOND, resolution=resolution
    )


def apply_real(day: dt.date) -> tuple[Reorganisation, dict[str, Commune]]:
    """Apply the real event of ``day``: places and lineage alone."""
    event = make_reorganisation(effective_on=day, ends_districts=day == SECOND)
    return event, establish(real_mapping(day), event)
