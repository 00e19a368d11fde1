"""One quick pass over a sheet's XML, before openpyxl reads its cells.

It finds the last cell that really holds something, so that rows which are only styled (up to
1,048,576 of them) cost nothing afterwards, and what a read-only sheet does not tell: merged
ranges, hidden rows and columns, and text struck out inside a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
VALUE, INLINE, FORMULA = "v", "is", "f"
TRUE, FALSE = {"1", "true"}, {"0", "false"}
# More merged ranges than this is an attack, not a list.
MAX_MERGES = 50_000


@dataclass(frozen=True)
class MergedRange:
    """A merged range, both ends included, numbered from 1 as in the sheet."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def width(self) -> int:
        return self.right - self.left + 1


@dataclass
class Outline:
    """What a sheet holds, without its values."""

    last_row: int = 0
    last_column: int = 0
    merges: list[MergedRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)


def column_number(letters: str) -> int:
    """Give 1 for "A", 27 for "AA"."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def read_range(reference: str) -> MergedRange:
    """Read "B18:B19"; ``ValueError`` when it is no range."""
    corners = [ADDRESS.fullmatch(corner) for corner in reference.split(":")]
    if not corners or len(corners) > 2 or not all(corners):
        raise ValueError(reference)
    first, last = corners[0], corners[-1]
    return MergedRange(int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1]))


class OutlineHandler(ContentHandler):
    """Collects the :class:`Outline` while the parser runs. Names may carry a prefix ("x:row")."""

    def __init__(self):
        super().__init__()
        self.outline = Outline()
        self.row = self.column = 0
        self.holds_something = self.in_value = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.start_cell(attrs.get("r"))
        elif name == VALUE:
            self.in_value = True
        elif name in (INLINE, FORMULA):
            self.holds_something = True
        elif name == "strike" and attrs.get("val") not in FALSE:
            self.outline.struck.add((self.row, self.column))
        elif name == "row":
            self.start_row(attrs)
        elif name == "mergeCell":
            self.add_merge(attrs["ref"])
        elif name == "col" and attrs.get("hidden") in TRUE:
            self.outline.hidden_columns.append(range(int(attrs["min"]), int(attrs["max"]) + 1))

    def characters(self, content: str) -> None:
        if self.in_value and content.strip():
            self.holds_something = True

    def endElement(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == VALUE:
            self.in_value = False
        elif name == "c" and self.holds_something:
            self.outline.last_row = self.row
            self.outline.last_column = max(self.outline.last_column, self.column)

    def start_row(self, attrs: AttributesImpl) -> None:
        """Note the row; rows out of order make a broken sheet, some would be lost."""
        number = int(attrs.get("r", self.row + 1))
        if number <= self.row:
            raise ValueError(f"row {number} after row {self.row}")
        self.row, self.column = number, 0
        if attrs.get("hidden") in TRUE:
            self.outline.hidden_rows.add(number)

    def add_merge(self, reference: str) -> None:
        if len(self.outline.merges) == MAX_MERGES:
            raise ValueError("too many merged ranges")
        self.outline.merges.append(read_range(reference))

    def start_cell(self, address: str | None) -> None:
        match = ADDRESS.fullmatch(address) if address else None
        self.column = column_number(match[1]) if match else self.column + 1
        self.holds_something = False


def read_outline(source: IO[bytes]) -> Outline:
    """Give the outline of one sheet's XML; malformed XML raises what the parser raises."""
    handler = OutlineHandler()
    sax.parse(source, handler, forbid_dtd=True)
    return handler.outline
