"""What both kinds of chart are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.charts.data import Dataset, Look, Row, Series, in_words
from reports.charts.lettering import Letters

# As wide as the content of the narrowest phone: there letters are as large as beside the chart.
WIDTH = 340
LABEL, VALUE, TICK = 12.5, 11, 10.5  # font sizes
PERCENT_SIGN = "%"


@dataclass(frozen=True)
class Box:
    """A part of a bar or column; ``title`` tells the number in full."""

    x: float
    y: float
    width: float
    height: float
    look: Look
    title: str


@dataclass(frozen=True)
class Line:
    """A line across the drawing at a tick."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Chart:
    """A drawing of a dataset: what is laid over one another, the first at the bottom.

    ``note`` says which numbers stand on it, where that does not go without saying.
    """

    data: Dataset
    height: float
    note: str = ""
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    labels: list[Letters] = field(default_factory=list)  # names of rows
    values: list[Letters] = field(default_factory=list)  # numbers on and beside the boxes
    ticks: list[Letters] = field(default_factory=list)
    width: float = WIDTH
    label_size: float = LABEL
    value_size: float = VALUE
    tick_size: float = TICK


def title_of(row: Row, series: Series, value: int) -> str:
    """Tell a number in full: "Quý II/2023 – Đã làm: 17/21"."""
    of = f"/{in_words(row.whole.value)}" if row.whole else ""
    return f"{row.label} – {series.label}: {in_words(value)}{of}"
