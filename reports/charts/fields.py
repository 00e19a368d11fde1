"""Petitions by field and how they stand, as a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reports.charts.bars import draw_bars
from reports.charts.data import Dataset, Look, Number, Row, Series
from reports.charts.drawing import Chart
from reports.petitions.by_field import FieldRow

# Parts of what was raised.
PARTS = (
    ("settled", Series("Đã có kết quả", Look.DONE)),
    ("in_time", Series("Đang giải quyết, chưa quá hạn", Look.WAIVED)),
    ("overdue", Series("Đang giải quyết, quá hạn", Look.MISSING)),
)


def chart_of_fields(rows: Iterable[FieldRow], address: Callable[[FieldRow, str], str]) -> Chart:
    """Draw the fields in the order given; ``address(row, key)`` is a number's list."""

    def number(row: FieldRow, key: str) -> Number:
        value = getattr(row, key)
        return Number(value, address(row, key) if value else "")

    made = (
        Row(
            row.field.name,
            tuple(number(row, key) for key, _ in PARTS),
            number(row, "raised"),
        )
        for row in rows
    )
    series = tuple(series for _, series in PARTS)
    data = Dataset(
        "linh-vuc", "Kiến nghị theo lĩnh vực", "Lĩnh vực", series, tuple(made), "Kiến nghị"
    )
    return draw_bars(data, as_shares=False)
