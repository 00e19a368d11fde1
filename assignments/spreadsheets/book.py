"""The workbook being written: pages with a cursor, every cell by way of :mod:`.cells`.

XlsxWriter works in constant memory here: a row is on disk before the next one is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from io import StringIO
from typing import BinaryIO, Protocol

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

from assignments.spreadsheets import styles
from assignments.spreadsheets.cells import Kind, looks_like_formula, plain_text, storable
from assignments.spreadsheets.formulas import Formula
from assignments.spreadsheets.sheet_names import unique_names
from assignments.spreadsheets.styles import Style
from assignments.spreadsheets.wrapping import height, line_count

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": dict(styles.DEFAULT),
    # Pixels of an ordinary column and row in that font: Excel's measure of widths and heights.
    "default_column_width": 72,
    "default_row_height": 21,
}
MILLIMETRES = 1 / 25.4
# Margins of Party documents (DOMAIN §2.3, L3 and L5).
MARGINS = {
    "left": 30 * MILLIMETRES,
    "right": 15 * MILLIMETRES,
    "top": 20 * MILLIMETRES,
    "bottom": 20 * MILLIMETRES,
}
PAGE_NUMBER = '&C&"Times New Roman,Regular"&13&P'
PAGE_NUMBER_PLACE = {"margin": 10 * MILLIMETRES}

column_letters = cache(xl_col_to_name)


class Writable(Protocol):
    """A sheet that knows how to put itself on a page."""

    name: str

    def write(self, page: Page) -> None: ...


class PlainWorksheet(Worksheet):
    """A worksheet on which all text is text, written a row at a time.

    In constant memory XlsxWriter takes a string like "<r>…</r>" for its own markup and would
    put it into the file as it is.

    What is written is XlsxWriter's byte for byte. It is written here without asking of every cell
    what is never so: a hundred thousand rows of twelve take half the time.
    """

    # Heights of the rows above are what drawings are placed by; a list has none.
    has_drawings = False

    # Cells are told by numbers: nothing to ask of each one whether it was told as "A1".
    write_blank = Worksheet._write_blank
    write_datetime = Worksheet._write_datetime
    write_number = Worksheet._write_number
    write_string = Worksheet._write_string

    def _xml_rich_inline_string(self, string, attributes=()):
        self._xml_inline_string(string, True, attributes)

    def _write_single_row(self, current_row_num=0):
        """Write the row that is done at once, and forget its height: a list may be long."""
        row, file = self.previous_row, self.fh
        self.fh = StringIO()
        super()._write_single_row(current_row_num)
        file.write(self.fh.getvalue())
        self.fh = file
        self.row_info.pop(row, None)
        if not self.has_drawings:
            self.row_sizes.pop(row, None)

    def _write_cell(self, row, col, cell):
        kind = type(cell)
        start = f'<c r="{column_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        if kind is CellStringTuple and is_ordinary(cell.string):
            self.fh.write(f'{start} t="inlineStr"><is><t>{cell.string}</t></is></c>')
        elif kind is CellNumberTuple or kind is CellDatetimeTuple:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        elif kind is CellBlankTuple:
            self.fh.write(f"{start}/>")
        else:
            super()._write_cell(row, col, cell)


def is_ordinary(text: str) -> bool:
    """Say whether a :func:`plain_text` stands in XML as it is: nothing escaped, no blank ends."""
    is_escaped = "&" in text or "<" in text or ">" in text or "_x" in text
    return not is_escaped and text == text.strip()


class Formats:
    """The workbook's formats, each made once."""

    def __init__(self, workbook: Workbook):
        self.workbook = workbook
        self.by_style: dict[tuple, Format] = {}
        self.by_cell: dict[tuple, tuple[Format, Style]] = {}

    def get(self, style: Style) -> Format:
        """Give the format of a style."""
        key = tuple(sorted(style.items()))
        if key not in self.by_style:
            self.by_style[key] = self.workbook.add_format(dict(style))
        return self.by_style[key]

    def get_for(self, value: object, kind: Kind, style: Style) -> Format:
        """Give the format of one data cell; asked for every cell, so answers are kept."""
        quoted = isinstance(value, str) and looks_like_formula(value)
        key = (type(value), quoted, kind, id(style))
        if key not in self.by_cell:
            # The style is kept with its format, or another one might come to have its id.
            self.by_cell[key] = (self.get(styles.data_style(value, kind, style)), style)
        return self.by_cell[key][0]


class Page:
    """One worksheet and the row the writer has come to; rows are written downwards only.

    ``now`` and ``author`` are what the document says about itself.
    """

    def __init__(self, worksheet: Worksheet, formats: Formats, now: dt.datetime, author: str):
        self.worksheet, self.formats = worksheet, formats
        self.now, self.author = now, author
        self.row, self.height = 0, 0.0
        self.widths: list[float] = []

    @property
    def last(self) -> int:
        """Give the number of the last column."""
        return len(self.widths) - 1

    def set_widths(self, widths: Sequence[float]) -> None:
        """Give each column its width in characters."""
        self.widths = list(widths)
        for column, width in enumerate(self.widths):
            self.worksheet.set_column(column, column, width)

    def set_up_print(self, paper: int = styles.A4) -> None:
        """Print on ``paper`` landscape, one page wide, numbered in the header's centre."""
        self.worksheet.set_paper(paper)
        self.worksheet.set_landscape()
        self.worksheet.fit_to_pages(1, 0)
        self.worksheet.set_margins(**MARGINS)
        self.worksheet.set_header(PAGE_NUMBER, PAGE_NUMBER_PLACE)
        self.worksheet.center_horizontally()

    def next_row(self, count: int = 1) -> None:
        """Move the cursor down."""
        self.row, self.height = self.row + count, 0.0

    def put(
        self, column: int, value: object, kind: Kind = Kind.TEXT, style: Style = styles.CELL
    ) -> None:
        """Write one cell of the current row. ``style`` is one of :mod:`.styles`."""
        if isinstance(value, Formula):
            self.put_formula(column, value, kind, style)
            return
        value = storable(value, kind)
        cell_format = self.formats.get_for(value, kind, style)
        if value is None:
            self.worksheet.write_blank(self.row, column, None, cell_format)
        elif isinstance(value, str):
            self.worksheet.write_string(self.row, column, value, cell_format)
            self.fit_row(value, style, self.widths[column])
        elif isinstance(value, int | float):
            self.worksheet.write_number(self.row, column, value, cell_format)
        else:
            self.worksheet.write_datetime(self.row, column, value, cell_format)

    def put_formula(
        self, column: int, formula: Formula, kind: Kind = Kind.NUMBER, style: Style = styles.CELL
    ) -> None:
        """Write a calculation with its result."""
        result = storable(formula.result, kind)
        cell_format = self.formats.get_for(result, kind, style)
        self.worksheet.write_formula(
            self.row, column, f"={formula.text}", cell_format, "" if result is None else result
        )

    def ignore_numbers_as_text(self, rows: range) -> None:
        """Tell Excel that codes and telephone numbers are text on purpose."""
        cells = xl_range(rows[0], 0, rows[-1], self.last)
        self.worksheet.ignore_errors({"number_stored_as_text": cells})

    def tint(self, rows: range, tints: Mapping[str, str]) -> None:
        """Fill the cells of ``rows`` whose text begins with a sign in that sign's colour."""
        for sign, colour in tints.items():
            fill = self.formats.get({"bg_color": colour})
            rule = {"type": "text", "criteria": "begins with", "value": sign, "format": fill}
            self.worksheet.conditional_format(rows[0], 1, rows[-1], self.last, rule)

    def put_link(self, column: int, sheet: str, text: str, style: Style = styles.LINK) -> None:
        """Write a link to another sheet of the workbook."""
        target = f"internal:{quote_sheetname(sheet)}!A1"
        link = self.formats.get(style)
        self.worksheet.write_url(self.row, column, target, link, plain_text(text))

    def put_across(self, text: str, style: Style, first: int = 0, last: int | None = None) -> None:
        """Write text over several columns of the current row, the row high enough for it."""
        last = self.last if last is None else last
        text, cell_format = plain_text(text), self.formats.get(style)
        if last > first:
            self.worksheet.merge_range(self.row, first, self.row, last, "", cell_format)
        self.worksheet.write_string(self.row, first, text, cell_format)
        self.fit_row(text, style, sum(self.widths[first : last + 1]))

    def fit_row(self, text: str, style: Style, width: float) -> None:
        """Make the row high enough for ``text``; a row of one ordinary line is left alone."""
        if not style.get("text_wrap"):
            return
        lines = line_count(text, style, width)
        if lines == 1 and "font_size" not in style:
            return
        needed = height(lines, style)
        if needed > self.height:
            self.height = needed
            self.worksheet.set_row(self.row, needed)


def write_workbook(
    file: BinaryIO, sheets: Sequence[Writable], *, now: dt.datetime, author: str
) -> None:
    """Write the sheets to ``file`` as one workbook made by ``author`` at ``now`` (aware).

    Apart from ``now`` the same sheets give the same bytes. An error while rows are fetched goes
    up; what is in ``file`` then is of no use.
    """
    properties = {"author": author, "created": now.astimezone(dt.UTC).replace(tzinfo=None)}
    with Workbook(file, OPTIONS) as workbook:
        workbook.set_properties(properties)
        formats = Formats(workbook)
        for sheet, name in zip(sheets, unique_names(sheet.name for sheet in sheets), strict=True):
            worksheet = workbook.add_worksheet(name, PlainWorksheet)
            sheet.write(Page(worksheet, formats, now, author))
