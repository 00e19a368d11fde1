"""The numbers a chart draws and the table beside it shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Look(Enum):
    """How a series looks: its class in the style sheet, and the strokes laid over its ground.

    Strokes, on a square of eight units, tell series apart where there is no colour.
    """

    DONE = "done", ""
    WAIVED = "waived", "M2 2h.01M6 6h.01"
    EXPLAINED = "explained", "M-1 1L1-1M0 8L8 0M7 9L9 7"
    MISSING = "missing", "M0 0L8 8M0 8L8 0"
    FIRST = "first", ""
    SECOND = "second", "M-1 1L1-1M0 8L8 0M7 9L9 7"
    THIRD = "third", "M0 2H8M0 6H8"
    FOURTH = "fourth", "M2 2h.01M6 6h.01"
    FIFTH = "fifth", "M2 0V8M6 0V8"

    @property
    def name_of_class(self) -> str:
        return self.value[0]

    @property
    def strokes(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class Series:
    """One kind of number: its words, how it looks."""

    label: str
    look: Look


@dataclass(frozen=True)
class Number:
    """How many, and the list of exactly these; "" where there is none.

    ``has_own_day``: the address names the day it speaks of, whatever day is looked at.
    """

    value: int
    address: str = ""
    has_own_day: bool = False


@dataclass(frozen=True)
class Row:
    """One thing the chart has a bar or column for, with a number for each series.

    ``whole`` is what the numbers are parts of; ``short`` and ``group`` stand under a column where
    there is no room for the label: "II" and "2023".
    """

    label: str
    numbers: tuple[Number, ...]
    whole: Number | None = None
    short: str = ""
    group: str = ""

    @property
    def amounts(self) -> tuple[int, ...]:
        return tuple(number.value for number in self.numbers)

    @property
    def sum(self) -> int:
        return sum(self.amounts)

    @property
    def all_numbers(self) -> tuple[Number, ...]:
        """Give the row of the table: the whole first, where there is one."""
        return ((self.whole,) if self.whole else ()) + self.numbers


@dataclass(frozen=True)
class Dataset:
    """What a chart and its table show.

    ``key`` is its name in the page, ``rows_are`` heads the column of the rows' labels, ``whole``
    that of what the numbers are parts of.
    """

    key: str
    title: str
    rows_are: str
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    whole: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to draw."""
        return not any(row.sum for row in self.rows)

    @property
    def heads(self) -> list[str]:
        """Give the words over the numbers of the table."""
        return [*([self.whole] if self.whole else []), *(one.label for one in self.series)]

    @property
    def table(self) -> list[tuple[Row, list[tuple[str, Number]]]]:
        """Give the rows of the table, each number with the words over it."""
        return [(row, list(zip(self.heads, row.all_numbers, strict=True))) for row in self.rows]

    @property
    def sums(self) -> list[int]:
        """Give each series added up over the rows."""
        return [sum(values) for values in zip(*(row.amounts for row in self.rows), strict=True)]

    @property
    def sum(self) -> int:
        return sum(self.sums)

    @property
    def summary(self) -> str:
        """Tell in one sentence what is added up."""
        parts = (
            f"{one.label.lower()} {in_words(value)}"
            for one, value in zip(self.series, self.sums, strict=True)
        )
        return f"{self.title}: {'; '.join(parts)}."


def in_words(number: int) -> str:
    """Give a whole number with "." between thousands."""
    return f"{number:,}".replace(",", ".")
