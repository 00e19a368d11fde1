"""Names of worksheets that Excel accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assignments.spreadsheets.cells import cut_to, plain_text

MAX_LENGTH = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\n]+")
NAMELESS = "Trang"
RESERVED = {"history"}  # Excel's own


def sheet_name(text: object) -> str:
    """Give ``text`` without what Excel forbids in a sheet's name, in at most 31 characters."""
    cleaned = " ".join(FORBIDDEN.sub(" ", plain_text(text)).split())
    name = cut_to(cleaned, MAX_LENGTH).strip("' ")
    return f"{name}." if name.lower() in RESERVED else name or NAMELESS


def unique_names(texts: Iterable[object]) -> list[str]:
    """Give a name for each sheet, no two alike in any case: the second gets " (2)"."""
    given: set[str] = set()
    result = []
    for text in texts:
        first = name = sheet_name(text)
        number = 1
        while name.lower() in given:
            number += 1
            tail = f" ({number})"
            name = cut_to(first, MAX_LENGTH - len(tail)).rstrip() + tail
        given.add(name.lower())
        result.append(name)
    return result
