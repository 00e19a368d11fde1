"""Horizontal stacked bars, each under its own name: for names that are long."""

from __future__ import annotations

from reports.charts.data import Dataset, Row, in_words
from reports.charts.drawing import (
    LABEL,
    PERCENT_SIGN,
    TICK,
    VALUE,
    WIDTH,
    Box,
    Chart,
    Line,
    title_of,
)
from reports.charts.lettering import ELLIPSIS, Letters, broken, width_of
from reports.charts.scales import Scale, percent_scale, scale_to

LINE, BAR, GAP, FOOT = 15, 16, 12, 18
PADDING = 6  # around a number within its part


def draw_bars(data: Dataset, *, as_shares: bool) -> Chart:
    """Draw a bar for each row: as long as its sum, or all alike and divided into shares."""
    scale = percent_scale(WIDTH) if as_shares else scale_to(longest(data), WIDTH)
    chart = Chart(data, height_of(data), note_of(data))
    y = 0.0
    for row in data.rows:
        y = draw_row(chart, row, y, scale, as_shares=as_shares)
    bottom = y - GAP + 4
    for tick in scale.ticks:
        chart.lines.append(Line(scale.at(tick), 0, scale.at(tick), bottom))
    chart.ticks.extend(tick_labels(scale, bottom + 13, PERCENT_SIGN if as_shares else ""))
    return chart


def note_of(data: Dataset) -> str:
    """Say what :func:`tally` gives."""
    if not data.whole:
        return ""
    return f"Số bên phải: {data.series[0].label.lower()}/{data.whole.lower()}"


def longest(data: Dataset) -> int:
    return max((row.sum for row in data.rows), default=0)


def tally(row: Row) -> str:
    """Give the number at the end of a row's name: the whole, or the first part of it."""
    if row.whole is None:
        return in_words(row.sum)
    return f"{in_words(row.amounts[0])}/{in_words(row.whole.value)}"


def name_lines(row: Row) -> list[str]:
    room = WIDTH - width_of(tally(row), LABEL) - 2 * PADDING
    return broken(row.label, room, LABEL)


def height_of(data: Dataset) -> float:
    return sum(LINE * len(name_lines(row)) + BAR + GAP for row in data.rows) - GAP + 4 + FOOT


def draw_row(chart: Chart, row: Row, y: float, scale: Scale, *, as_shares: bool) -> float:
    """Add a row's name, number and bar from ``y`` down; give where the next one begins."""
    names = name_lines(row)
    for number, name in enumerate(names, start=1):
        full = row.label if name.endswith(ELLIPSIS) else ""
        chart.labels.append(Letters(name, 0, y + LINE * number - 5, full=full))
    chart.values.append(Letters(tally(row), WIDTH, y + LINE * len(names) - 5, "end"))
    top = y + LINE * len(names)
    ends = scale.ends(row.amounts, as_shares=as_shares)
    for series, value, start, end in zip(
        chart.data.series, row.amounts, ends, ends[1:], strict=False
    ):
        if not value:
            continue
        title = title_of(row, series, value)
        width = round(end - start, 2)
        chart.boxes.append(Box(start, top, width, BAR, series.look, title))
        if width_of(in_words(value), VALUE) + PADDING <= width:
            middle = round(start + width / 2, 2)
            chart.values.append(Letters(in_words(value), middle, top + BAR - 4, "middle"))
    return top + BAR + GAP


def tick_labels(scale: Scale, y: float, sign: str) -> list[Letters]:
    """Give the words under the ticks; those at the ends stay within the drawing."""
    anchors = ["start", *["middle"] * (len(scale.ticks) - 2), "end"]
    return [
        Letters(in_words(tick) + sign, scale.at(tick), y, anchor)
        for tick, anchor in zip(scale.ticks, anchors, strict=True)
        if width_of(in_words(tick), TICK) <= scale.length / len(scale.ticks)
    ]
