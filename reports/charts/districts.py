"""Duties by district, as a chart: each bar is what is due there, divided into its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reports.charts.bars import draw_bars
from reports.charts.data import Dataset, Look, Number, Row, Series
from reports.charts.drawing import Chart
from reports.duties import Totals
from reports.duties.by_district import Area
from reports.duties.words import DutyWord

LOOKS = (Look.DONE, Look.WAIVED, Look.EXPLAINED, Look.MISSING)

# A number's list: where, and which of the five numbers.
Address = Callable[[Area, DutyWord], str]


def chart_of_districts(
    totals: Mapping[Area, Totals], words: tuple[DutyWord, ...], address: Address
) -> Chart:
    """Draw the areas in the order given; ``words`` are those of the quarter."""
    due, *parts = words

    def number(area: Area, word: DutyWord) -> Number:
        value = word.of(totals[area])
        return Number(value, address(area, word) if value else "")

    rows = tuple(
        Row(area.name, tuple(number(area, word) for word in parts), number(area, due))
        for area in totals
    )
    series = tuple(Series(word.label, look) for word, look in zip(parts, LOOKS, strict=True))
    data = Dataset(
        "huyen",
        "Thực hiện nhiệm vụ theo huyện",
        "Huyện, thị xã, thành phố",
        series,
        rows,
        due.label,
    )
    return draw_bars(data, as_shares=True)
