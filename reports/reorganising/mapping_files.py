"""The mapping workbook as a file: offered to be filled in, read back, given back with reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assignments.roster.workbook import read_workbook
from assignments.spreadsheets import Field, Kind, styles
from communes.dates import short_date
from communes.reorganisation.mapping import Mapping
from communes.reorganisation.sheet import LABELS, Column, MappingSheet
from communes.reorganisation.template import (
    ERROR_LABEL,
    EXAMPLE,
    EXTENT_CHOICES,
    INSTRUCTIONS,
    refused_rows,
    template_rows,
)
from reports.reorganising.mapping_sheets import parse

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Page

SHEET_NAME, HELP_NAME, REFUSED_NAME = "Bảng đối chiếu", "Hướng dẫn", "Bảng đối chiếu có lỗi"
CODES = (Column.OLD_CODE, Column.NEW_CODE)
WIDTHS = {
    Column.OLD_CODE: 10,
    Column.OLD_NAME: 26,
    Column.OLD_DISTRICT: 24,
    Column.EXTENT: 14,
    Column.NEW_CODE: 10,
    Column.NEW_NAME: 26,
    Column.NEW_DISTRICT: 24,
    Column.HEIR: 10,
    Column.RESOLUTION: 20,
    Column.EFFECTIVE: 14,
    Column.NOTE: 30,
}
FIELDS = [
    Field(label, Kind.CODE if column in CODES else Kind.TEXT, WIDTHS[column])
    for column, label in LABELS.items()
]


@dataclass(frozen=True)
class MappingTable:
    """A page with the mapping's table, ``title`` lines above it, a choice for the extent."""

    name: str
    rows: Sequence[Sequence[str]]
    title: Sequence[str] = ()
    columns: Sequence[Field] = field(default=tuple(FIELDS))

    def write(self, page: Page) -> None:
        page.set_up_print()
        page.set_widths([column.width for column in self.columns])
        for line in self.title:
            page.put_across(line, styles.NOTE)
            page.next_row()
        self.write_table(page)

    def write_table(self, page: Page) -> None:
        header = page.row
        for number, column in enumerate(self.columns):
            page.put(number, column.label, Kind.TEXT, styles.HEAD)
        page.worksheet.repeat_rows(header)
        page.worksheet.freeze_panes(header + 1, 0)
        page.next_row()
        for row in self.rows:
            for number, (column, value) in enumerate(zip(self.columns, row, strict=True)):
                page.put(number, value, column.kind)
            page.next_row()
        page.ignore_numbers_as_text(range(page.row + 1))
        self.offer_extents(page, header + 1)

    def offer_extents(self, page: Page, first: int) -> None:
        """Let Excel offer the two extents; what else is typed is only warned of."""
        column = list(LABELS).index(Column.EXTENT)
        choice = {"validate": "list", "source": list(EXTENT_CHOICES), "error_type": "warning"}
        page.worksheet.data_validation(first, column, max(page.row, first), column, choice)


def template_sheets(day: dt.date) -> list[MappingTable]:
    """Give the workbook to fill in: every unit of ``day`` on one sheet, how to fill it in on two.

    The rows are of the day before the change: ``day`` is the last day of the old units.
    """
    title = [f"BẢNG ĐỐI CHIẾU ĐƠN VỊ HÀNH CHÍNH CẤP XÃ (các đơn vị có ngày {short_date(day)})"]
    return [
        MappingTable(SHEET_NAME, template_rows(day), title),
        MappingTable(HELP_NAME, EXAMPLE, [*INSTRUCTIONS, "Ví dụ (không nạp trang này):"]),
    ]


def read_mapping(content: bytes) -> MappingSheet:
    """Read an uploaded workbook; raises ``WorkbookRefused`` with a sentence for the user.

    What is read is kept as ``sheet.to_json()`` in ``Reorganisation.mapping``.
    """
    return parse(read_workbook(content))


def refused_sheets(sheet: MappingSheet, mapping: Mapping) -> list[MappingTable]:
    """Give all rows with the reasons beside them, and above what concerns the whole mapping."""
    columns = [*FIELDS, Field(ERROR_LABEL, width=60)]
    rows = refused_rows(sheet, mapping)
    return [MappingTable(REFUSED_NAME, rows, mapping.of_row(0), columns)]
