"""How many communes have nobody, day by day."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.http import urlencode

from communes.as_of import PARAMETER as DAY
from reports.charts.columns import Kind, draw_columns
from reports.charts.data import Dataset, Look, Number, Row, Series
from reports.charts.drawing import Chart

EACH = 14  # days from one day named under the columns to the next


def uncovered_address(day: dt.date) -> str:
    """Give the list of the communes that have nobody on ``day``."""
    query = urlencode({"phu_trach": "chua", DAY: day.isoformat()})
    return f"{reverse('reports:commune_list')}?{query}"


def draw(by_day: dict[dt.date, int]) -> Chart:
    """Draw a column for each day."""
    rows = tuple(
        Row(
            f"{day:%d/%m/%Y}",
            (Number(count, uncovered_address(day), has_own_day=True),),
            short=f"{day:%d/%m}" if place % EACH == 0 else "",
        )
        for place, (day, count) in enumerate(by_day.items())
    )
    series = (Series("Đảng bộ chưa có người phụ trách", Look.MISSING),)
    title = "Đảng bộ chưa có người phụ trách từng ngày"
    return draw_columns(Dataset("sap-toi", title, "Ngày", series, rows), Kind.STACKED)
