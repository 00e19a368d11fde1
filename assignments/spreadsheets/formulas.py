"""Calculations a workbook does itself: made of functions and addresses of cells, nothing else.

What people typed never gets into one. Where it decides (a name, a field), the formula refers to
the cell that holds a number or code for it: a criterion like "=a*" would count something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

FUNCTIONS = ("SUM", "MIN", "MEDIAN", "MAX", "COUNT", "COUNTIFS", "SUMIFS", "IF")
ALLOWED = re.compile(
    rf"""(?!=)(?:
        (?:{"|".join(FUNCTIONS)})\(
        | '[^'"]+'!                    # the name of a sheet
        | \$?[A-Z]{{1,3}}\$?[0-9]+   # a cell
        | [0-9.]+
        | "[<>=]*[0-9]*"               # a criterion like ">0", or nothing
        | [:(),+\-*/=<>]
    )+""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Formula:
    """A calculation without its "=", and its result when it was written.

    The result goes into the file with it, for readers that do not calculate. Raises
    ``ValueError`` on anything that is no known function, address or number.
    """

    text: str
    result: int | float | str

    def __post_init__(self) -> None:
        if not ALLOWED.fullmatch(self.text):
            raise ValueError(f"Not made of functions and addresses: {self.text!r}")


def sum_where(numbers: str, *conditions: tuple[str, str]) -> str:
    """Add up the cells of ``numbers`` where, for each condition, an area is as a cell is."""
    return f"SUMIFS({numbers},{joined(conditions)})"


def count_where(*conditions: tuple[str, str]) -> str:
    """Count the rows where, for each condition, an area is as a cell (or a criterion) is."""
    return f"COUNTIFS({joined(conditions)})"


def joined(conditions: Iterable[tuple[str, str]]) -> str:
    return ",".join(f"{area},{cell}" for area, cell in conditions)


def share(part: str, whole: str) -> str:
    """Divide, giving nothing where the whole is nought."""
    return f'IF({whole}=0,"",{part}/({whole}))'


def letters(column: int) -> str:
    """Give a column's name: 0 is "A", 27 "AB"."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name, column = chr(ord("A") + letter) + name, column - 1
    return name


def cell_at(column: int, row: int, sheet: str) -> str:
    """Give the address of one cell of another sheet, row and column counted from 0."""
    return f"'{sheet}'!${letters(column)}${row + 1}"


def area_of(column: int, rows: range, sheet: str = "") -> str:
    """Give the address of a column's cells in ``rows`` (from 0), on this or another sheet.

    One of another sheet stays where it is when the formula is copied or sorted.
    """
    name, first, last = letters(column), rows[0] + 1, rows[-1] + 1
    return f"'{sheet}'!${name}${first}:${name}${last}" if sheet else f"{name}{first}:{name}{last}"
