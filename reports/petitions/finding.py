"""Finding petitions by their number or by words: of what is asked, where, of which matter."""

from __future__ import annotations

import re

from communes.lineage import Reading
from reports.models import PetitionQuerySet

CODE = re.compile(r"(?:so\s*|số\s*|#)?0*([0-9]{1,9})\s*/\s*([0-9]{4})", re.IGNORECASE)

LOOKED_AT = (
    "search_key",
    "commune__search_key",
    "commune__district__search_key",
    "field__search_key",
    "matter__search_key",
)


def find_petitions(rows: PetitionQuerySet, query: str, reading: Reading) -> PetitionQuerySet:
    """Keep the one whose number ``query`` is ("05/2026"), else those with all its words."""
    if code := CODE.fullmatch(query.strip()):
        number, year = map(int, code.groups())
        return rows.filter(number=min(number, 2**31 - 1), year=year)
    return reading.search(rows, query, LOOKED_AT)
