"""Duties by district or area, as a chart: a bar is what is due there, divided into its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reports.charts.bars import draw_bars
from reports.charts.data import Dataset, Look, Number, Row, Series
from reports.charts.drawing import Chart
from reports.duties import Totals
from reports.duties.words import DutyWord
from reports.territories import Grouping, Territory

LOOKS = (Look.DONE, Look.WAIVED, Look.EXPLAINED, Look.MISSING)

# A number's list: where, and which of the five numbers.
Address = Callable[[Territory, DutyWord], str]


def chart_of_territories(
    totals: Mapping[Territory, Totals],
    words: tuple[DutyWord, ...],
    address: Address,
    grouping: Grouping,
) -> Chart:
    """Draw the territories in the order given; ``words`` are those of the quarter."""
    due, *parts = words

    def number(place: Territory, word: DutyWord) -> Number:
        value = word.of(totals[place])
        return Number(value, address(place, word) if value else "")

    rows = tuple(
        Row(place.name, tuple(number(place, word) for word in parts), number(place, due))
        for place in totals
    )
    series = tuple(Series(word.label, look) for word, look in zip(parts, LOOKS, strict=True))
    data = Dataset(
        "dia-ban",
        f"Thực hiện nhiệm vụ theo {grouping.word}",
        grouping.heading,
        series,
        rows,
        due.label,
    )
    return draw_bars(data, as_shares=True)
