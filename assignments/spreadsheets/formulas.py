"""Calculations a workbook does itself: made of functions and addresses of cells, nothing else.

What people typed never gets into one. Where it decides (a name, a field), the formula refers to
the cell that holds a number or code for it: a criterion like "=a*" would count something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Names of sheets in quotes, functions, addresses, numbers, operators, and criteria like ">0".
ALLOWED = re.compile(r"(?:'[^'\"]+'!|[A-Z0-9$:(),.+\-*/<>=\" ])+")


@dataclass(frozen=True)
class Formula:
    """A calculation without its "=", and its result when it was written.

    The result goes into the file with it, for readers that do not calculate. Raises
    ``ValueError`` on anything that is no function, address or number.
    """

    text: str
    result: int | float | str

    def __post_init__(self) -> None:
        if not ALLOWED.fullmatch(self.text):
            raise ValueError(f"Not made of functions and addresses: {self.text!r}")


def letters(column: int) -> str:
    """Give a column's name: 0 is "A", 27 "AB"."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name, column = chr(ord("A") + letter) + name, column - 1
    return name


def area_of(column: int, rows: range, sheet: str = "") -> str:
    """Give the address of a column's cells in ``rows`` (from 0), on this or another sheet.

    One of another sheet stays where it is when the formula is copied or sorted.
    """
    name, first, last = letters(column), rows[0] + 1, rows[-1] + 1
    return f"'{sheet}'!${name}${first}:${name}${last}" if sheet else f"{name}{first}:{name}{last}"
