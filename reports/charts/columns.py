"""Columns over time: stacked, divided into shares, or beside one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from reports.charts.data import Dataset, Row, in_words
from reports.charts.drawing import (
    PERCENT_SIGN,
    TICK,
    VALUE,
    WIDTH,
    Box,
    Chart,
    Line,
    title_of,
)
from reports.charts.lettering import Letters, width_of
from reports.charts.scales import Scale, percent_scale, scale_to

HEAD, PLOT, FOOT = 16, 132, 32
FLOOR = HEAD + PLOT
HEIGHT = FLOOR + FOOT
APART = 4  # between two names
MARGIN = 6  # between the words of the axis and the plot
WIDEST, PART_OF_SLOT = 34, 0.72
LOWEST = VALUE + 3  # of a part that has its number written on it


class Kind(Enum):
    """How the numbers of one row stand together."""

    STACKED = "stacked"
    SHARES = "shares"
    BESIDE = "beside"


@dataclass(frozen=True)
class Frame:
    """Where the plot lies, and how wide the place of each row is."""

    kind: Kind
    left: float
    slot: float
    scale: Scale

    @property
    def column(self) -> float:
        """Give how wide a row's columns are together."""
        return round(min(WIDEST, self.slot * PART_OF_SLOT), 2)

    def middle(self, place: int) -> float:
        return round(self.left + self.slot * (place + 0.5), 2)

    def has_room_for(self, value: int) -> bool:
        """Say whether a number can stand above a row: those above all rows, or above none."""
        return width_of(in_words(value), VALUE) <= self.slot

    def heights(self, row: Row) -> list[float]:
        """Give how far down each part of a stack begins, and where the last one ends."""
        ends = self.scale.ends(row.amounts, as_shares=self.kind is Kind.SHARES)
        return [round(FLOOR - end, 2) for end in ends]


def draw_columns(data: Dataset, kind: Kind) -> Chart:
    """Draw the columns of each row, over its short name."""
    frame = frame_of(data, kind)
    has_sums = kind is not Kind.BESIDE and all(frame.has_room_for(row.sum) for row in data.rows)
    note = f"Số trên cột: {data.whole.lower()}" if data.whole and has_sums else ""
    chart = Chart(data, HEIGHT, note, label_size=TICK)
    for tick in frame.scale.ticks:
        y = round(FLOOR - frame.scale.at(tick), 2)
        chart.lines.append(Line(frame.left, y, WIDTH, y))
        text = in_words(tick) + sign_of(kind)
        chart.ticks.append(Letters(text, round(frame.left - MARGIN, 2), y + 4, "end"))
    add = add_beside if kind is Kind.BESIDE else add_stack
    for place, row in enumerate(data.rows):
        add(chart, row, frame.middle(place), frame)
        if has_sums and row.sum:
            write(chart, row.sum, frame.middle(place), frame.heights(row)[-1] - 4, frame.slot)
    chart.labels.extend(names_below(data.rows, frame))
    return chart


def sign_of(kind: Kind) -> str:
    return PERCENT_SIGN if kind is Kind.SHARES else ""


def frame_of(data: Dataset, kind: Kind) -> Frame:
    """Give the plot: what is left beside the words of the axis."""
    scale = percent_scale(PLOT) if kind is Kind.SHARES else scale_to(most_of(data, kind), PLOT)
    left = round(width_of(in_words(scale.top) + sign_of(kind), TICK) + MARGIN, 2)
    return Frame(kind, left, (WIDTH - left) / max(1, len(data.rows)), scale)


def most_of(data: Dataset, kind: Kind) -> int:
    """Give what the highest column stands for."""
    together = max if kind is Kind.BESIDE else sum
    return max((together(row.amounts) for row in data.rows), default=0)


def add_stack(chart: Chart, row: Row, middle: float, frame: Frame) -> None:
    """Add a row's numbers on top of one another."""
    x, heights = round(middle - frame.column / 2, 2), frame.heights(row)
    parts = zip(chart.data.series, row.amounts, heights, heights[1:], strict=False)
    for series, value, bottom, top in parts:
        if not value:
            continue
        height = round(bottom - top, 2)
        title = title_of(row, series, value)
        chart.boxes.append(Box(x, top, frame.column, height, series.look, title))
        if len(row.numbers) > 1 and height >= LOWEST:
            write(chart, value, middle, round(top + height / 2 + 4, 2), frame.column)


def add_beside(chart: Chart, row: Row, middle: float, frame: Frame) -> None:
    """Add a column for each of a row's numbers, the number above."""
    width = round(frame.column / len(row.numbers), 2)
    start = round(middle - frame.column / 2, 2)
    for place, (series, value) in enumerate(zip(chart.data.series, row.amounts, strict=True)):
        if not value:
            continue
        height = frame.scale.at(value)
        x, top = round(start + place * width, 2), round(FLOOR - height, 2)
        title = title_of(row, series, value)
        chart.boxes.append(Box(x, top, width, height, series.look, title))
        room = frame.slot / len(row.numbers)
        write(chart, value, round(x + width / 2, 2), top - 4, room)


def write(chart: Chart, value: int, x: float, y: float, room: float) -> None:
    """Write a number where there is room for it; the table has it anyway."""
    if width_of(in_words(value), VALUE) <= room:
        chart.values.append(Letters(in_words(value), x, y, "middle"))


def names_below(rows: tuple[Row, ...], frame: Frame) -> Iterator[Letters]:
    """Give the short names under the columns, and under the first of each group the group's."""
    free_from = free_for_groups_from = 0.0
    for place, row in enumerate(rows):
        x = frame.middle(place)
        half = width_of(row.short, TICK) / 2
        if row.short and x - half >= free_from:
            yield Letters(row.short, x, FLOOR + 14, "middle")
            free_from = x + half + APART
        is_first = place == 0 or rows[place - 1].group != row.group
        half = width_of(row.group, TICK) / 2
        if is_first and x - half >= free_for_groups_from and x + half <= WIDTH:
            yield Letters(row.group, x, FLOOR + 28, "middle")
            free_for_groups_from = x + half + APART
