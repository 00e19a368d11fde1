"""Pages of Excel charts, each with the cells it is drawn from above it.

Read in print without colour: each series has a pattern of its own and stands in the table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from assignments.spreadsheets import styles
from assignments.spreadsheets.cells import Kind
from assignments.spreadsheets.formulas import Formula, area_of, cell_at
from assignments.spreadsheets.letterhead import put_letterhead, put_title

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Page

NOTHING = "Chưa có số liệu."
FONT = {"name": "Times New Roman", "size": 12, "color": "#000000"}
NAMES_WIDTH, NUMBER_WIDTH, COLUMNS = 40, 25, 5
SCALE = 78  # per cent: so many columns are one page wide
PIXELS_WIDE, PIXELS_HIGH = 1_140, 400
ROW_PIXELS = 21
# Told apart on paper without colour, in this order; the first is one colour throughout.
FILLS = (
    {"pattern": "dark_upward_diagonal", "fg_color": "#1F4E79", "bg_color": "#1F4E79"},
    {"pattern": "wide_upward_diagonal", "fg_color": "#1F4E79", "bg_color": "#FFFFFF"},
    {"pattern": "percent_50", "fg_color": "#595959", "bg_color": "#FFFFFF"},
    {"pattern": "large_grid", "fg_color": "#C55A11", "bg_color": "#FFFFFF"},
    {"pattern": "percent_5", "fg_color": "#7F7F7F", "bg_color": "#FFFFFF"},
)


@dataclass(frozen=True)
class Chart:
    """Numbers of several series for each of some names, stacked: as columns or as ``bars``.

    A row is a name and one number, or calculation, for each of ``series``.
    """

    title: str
    names: str  # what the rows are
    series: Sequence[str]
    rows: Sequence[Sequence[str | int | Formula]]
    bars: bool = False


@dataclass(frozen=True)
class ChartPage:
    """Charts under one title, each on a printed page of its own."""

    name: str
    title: str
    day: dt.date
    charts: Sequence[Chart]
    subtitle: str = ""
    remark: str = ""

    def write(self, page: Page) -> None:
        page.worksheet.has_drawings = True
        page.set_up_print()
        page.worksheet.set_print_scale(SCALE)
        page.set_widths([NAMES_WIDTH, *[NUMBER_WIDTH] * (COLUMNS - 1)])
        put_letterhead(page)
        put_title(page, self.title, self.subtitle, self.day, self.remark)
        page.next_row()
        ends = [0, *(self.write_chart(page, chart) for chart in self.charts)]
        page.worksheet.set_h_pagebreaks([end for _, end in pairwise(ends)][:-1])

    def write_chart(self, page: Page, chart: Chart) -> int:
        """Write the table and the chart under it; give the row after them."""
        page.put_across(chart.title, styles.SUBTITLE)
        page.next_row()
        first = write_table(page, chart)
        if chart.rows:
            page.next_row()
            shape = drawn(page, chart, range(first, page.row - 1))
            page.worksheet.insert_chart(page.row, 0, shape, {"object_position": 3})
            page.next_row(PIXELS_HIGH // ROW_PIXELS + 2)
        else:
            page.put_across(NOTHING, styles.NOTE)
            page.next_row(2)
        return page.row


def write_table(page: Page, chart: Chart) -> int:
    """Write header and rows; give the row of the first."""
    for number, label in enumerate((chart.names, *chart.series)):
        page.put(number, label, style=styles.HEAD)
    page.next_row()
    first = page.row
    for row in chart.rows:
        for number, value in enumerate(row):
            page.put(number, value, Kind.NUMBER if number else Kind.TEXT)
        page.next_row()
    return first


def drawn(page: Page, chart: Chart, rows: range):
    """Give the chart of the table's ``rows``."""
    kind = "bar" if chart.bars else "column"
    shape = page.formats.workbook.add_chart({"type": kind, "subtype": "stacked"})
    sheet = page.worksheet.get_name()
    for number in range(1, len(chart.series) + 1):
        shape.add_series(
            {
                "name": f"={cell_at(number, rows[0] - 1, sheet)}",
                "categories": f"={area_of(0, rows, sheet)}",
                "values": f"={area_of(number, rows, sheet)}",
                "pattern": FILLS[(number - 1) % len(FILLS)],
                "border": {"color": "#000000", "width": 0.75},
                "gap": 60 if chart.bars else 150,
            }
        )
    set_up(shape, chart)
    return shape


def set_up(shape, chart: Chart) -> None:
    """Write title, axes and legend in the letters of the page."""
    shape.set_title({"name": chart.title, "name_font": FONT | {"bold": True, "size": 13}})
    shape.set_legend({"position": "bottom", "font": FONT})
    names = {"num_font": FONT}
    numbers = {"num_font": FONT, "num_format": "#,##0", "major_gridlines": {"visible": True}}
    if chart.bars:  # the first name on top, the numbers at the foot all the same
        names |= {"reverse": True, "crossing": "max"}
    shape.set_x_axis(numbers if chart.bars else names)
    shape.set_y_axis(names if chart.bars else numbers)
    shape.set_size({"width": PIXELS_WIDE, "height": PIXELS_HIGH})
    shape.set_chartarea({"border": {"color": "#808080"}})
