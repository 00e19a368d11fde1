"""The kinds of sheets: an official list with title and signature, and a bare table to fill in."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from assignments.spreadsheets import styles
from assignments.spreadsheets.cells import Kind, storable
from assignments.spreadsheets.formulas import Formula, area_of, cell_at, letters
from assignments.spreadsheets.letterhead import put_letterhead, put_signatures, put_title

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Page

# Excel has 1,048,576 rows; what stands above and below the table needs some.
MAX_ROWS = 1_000_000
CUT_NOTE = f"Danh sách dài hơn {MAX_ROWS:,} dòng, phần sau không ghi vào tệp này.".replace(",", ".")
EMPTY_NOTE = "Danh sách không có dòng nào."
NUMBER_WIDTH = 6
LEAST_WIDTH = 84  # of the whole table, so that the title block has room
ROWS_ABOVE = 7  # the table: letterhead, title, day, blanks and header
FUNCTIONS = {"SUM": sum, "MIN": min, "MEDIAN": statistics.median, "MAX": max}
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class SheetColumn(Protocol):
    """What a sheet asks of a column; ``total`` says that its numbers add up."""

    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def width(self) -> float: ...
    @property
    def total(self) -> bool: ...


@dataclass(frozen=True)
class Field:
    """A column that exists only in a file. ``width`` is in characters."""

    label: str
    kind: Kind = Kind.TEXT
    width: float = 16
    total: bool = False


@dataclass(frozen=True)
class Heading:
    """A row of the table that names the group of rows below it; numbered I, II, III."""

    text: str


@dataclass(frozen=True)
class Footer:
    """A row under the table: a worksheet function over each column that adds up."""

    label: str
    function: str


TOTAL = Footer("Tổng cộng", "SUM")


@dataclass(frozen=True)
class Sheet:
    """One list in the official layout: title block, numbered table, totals, signature.

    ``rows`` are sequences of values, one for each column, with :class:`Heading` rows between
    them when ``grouped``; they are read once, one at a time. ``conditions`` are the filters of
    the list as (label, value); ``remark`` stands beside the day. ``on_behalf`` names the body a
    ``signed`` list is signed for, by ``signer`` in that ``office``. ``tints`` give cells that
    begin with a sign a colour; ``paper`` is Excel's number of a size.
    """

    name: str
    title: str
    day: dt.date
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[object] | Heading]
    conditions: Sequence[tuple[str, str]] = ()
    subtitle: str = ""
    notes: Sequence[str] = ()
    footers: Sequence[Footer] = (TOTAL,)
    signed: bool = True
    on_behalf: str = ""
    office: str = ""
    signer: str = ""
    remark: str = ""
    grouped: bool = False
    paper: int = styles.A4
    tints: Mapping[str, str] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """Give the row (from 0) of the table's first line, as :class:`ListWriter` puts it."""
        return ROWS_ABOVE + bool(self.subtitle) + bool(self.conditions)

    def column(self, label: str) -> int:
        """Give the number of a column on the page."""
        return 1 + [column.label for column in self.columns].index(label)

    def area(self, label: str) -> str:
        """Give the address of all cells of a column, for formulas on any sheet.

        ``rows`` must be a list. An empty table has one row, which says that it is empty.
        """
        rows = range(self.first_row, self.first_row + max(1, len(self.rows)))
        return area_of(self.column(label), rows, self.name)

    def head(self, label: str) -> str:
        """Give the address of a column's header, for formulas of this page."""
        return f"{letters(self.column(label))}${self.first_row}"

    @property
    def numbers(self) -> str:
        """Give the address of the cells that number the rows: as many numbers as records."""
        rows = range(self.first_row, self.first_row + max(1, len(self.rows)))
        return area_of(0, rows, self.name)

    def cell(self, label: str, index: int) -> str:
        """Give the address of a cell by its place in ``rows``, for formulas of the same row."""
        return f"{letters(self.column(label))}{self.first_row + index + 1}"

    def cell_of(self, label: str, index: int) -> str:
        """Give the address of a cell by its place in ``rows``, for formulas on any sheet."""
        return cell_at(self.column(label), self.first_row + index, self.name)

    def cells_of(self, first: str, last: str, index: int) -> str:
        """Give the address of a run of neighbours, for formulas on any sheet."""
        end = f"${letters(self.column(last))}${self.first_row + index + 1}"
        return f"{self.cell_of(first, index)}:{end}"

    def write(self, page: Page) -> None:
        """Write the list on ``page``."""
        ListWriter(page, self).write()


@dataclass(frozen=True)
class BareSheet:
    """A table with its header in row 1 and nothing else, to be corrected and uploaded again."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[object]]

    def write(self, page: Page) -> None:
        """Write the table on ``page``; each value stays of the type it has."""
        page.set_up_print()
        page.set_widths([column.width for column in self.columns])
        put_header(page, [column.label for column in self.columns])
        for row in self.rows:
            for number, value in enumerate(row):
                page.put(number, value)
            page.next_row()
        page.ignore_numbers_as_text(range(page.row + 1))


def put_header(page: Page, labels: Sequence[str]) -> None:
    """Write the header row: it stays on the screen and is repeated on each printed page."""
    for number, label in enumerate(labels):
        page.put(number, label, Kind.TEXT, styles.HEAD)
    page.worksheet.repeat_rows(page.row)
    page.worksheet.freeze_panes(page.row + 1, 0)
    page.next_row()


def roman(number: int) -> str:
    """Give 4 as "IV"."""
    text = ""
    for value, digits in ROMAN:
        text, number = text + digits * (number // value), number % value
    return text


def table_widths(columns: Sequence[SheetColumn]) -> list[float]:
    """Give the widths of the number column and the others, stretched if they are too few."""
    widths = [column.width for column in columns]
    stretch = max(1.0, (LEAST_WIDTH - NUMBER_WIDTH) / sum(widths))
    return [NUMBER_WIDTH, *(width * stretch for width in widths)]


class ListWriter:
    """Writes one :class:`Sheet` from top to bottom."""

    def __init__(self, page: Page, sheet: Sheet):
        self.page, self.sheet = page, sheet
        # Column number on the sheet → its numbers, where they add up.
        self.numbers: dict[int, list[float]] = {
            number: [] for number, column in enumerate(sheet.columns, start=1) if column.total
        }
        self.written = self.groups = 0

    def write(self) -> None:
        self.page.set_up_print(self.sheet.paper)
        self.page.set_widths(table_widths(self.sheet.columns))
        put_letterhead(self.page)
        sheet = self.sheet
        put_title(self.page, sheet.title, sheet.subtitle, sheet.day, sheet.remark)
        self.write_conditions()
        self.write_table()
        if sheet.signed:
            put_signatures(self.page, sheet.on_behalf, sheet.office, sheet.signer)

    def write_conditions(self) -> None:
        """Write in words what narrows the list, and leave a line free."""
        if self.sheet.conditions:
            words = "; ".join(f"{label}: {value}" for label, value in self.sheet.conditions)
            self.page.put_across(f"Lọc theo – {words}", styles.REMARK)
            self.page.next_row()
        self.page.next_row()

    def write_table(self) -> None:
        """Write header, rows, totals and notes."""
        header = self.page.row
        put_header(self.page, ["TT", *(column.label for column in self.sheet.columns)])
        is_cut = self.write_rows()
        rows = range(header + 1, self.page.row)
        if not self.sheet.grouped:
            self.page.worksheet.autofilter(header, 0, self.page.row - 1, self.page.last)
        if rows:
            self.page.ignore_numbers_as_text(rows)
            self.page.tint(rows, self.sheet.tints)
            self.write_footers(rows)
        self.write_notes(rows, is_cut)

    def write_rows(self) -> bool:
        """Write the rows; say whether there were more than a sheet can hold."""
        rows = iter(self.sheet.rows)
        for row in islice(rows, MAX_ROWS):
            if isinstance(row, Heading):
                self.write_heading(row)
            else:
                self.write_row(row)
            self.page.next_row()
        return next(rows, None) is not None

    def write_row(self, row: Sequence[object]) -> None:
        self.written += 1
        self.page.put(0, self.written, Kind.YEAR)
        for number, (column, value) in enumerate(
            zip(self.sheet.columns, row, strict=True), start=1
        ):
            self.page.put(number, value, column.kind)
            if number in self.numbers:
                self.keep_number(number, value)

    def keep_number(self, number: int, value: object) -> None:
        """Remember a number for the totals, as the worksheet function will count it."""
        stored = storable(value.result if isinstance(value, Formula) else value, Kind.NUMBER)
        if isinstance(stored, int | float):
            self.numbers[number].append(stored)

    def write_heading(self, heading: Heading) -> None:
        self.groups += 1
        self.page.put(0, roman(self.groups), Kind.TEXT, styles.GROUP_NUMBER)
        self.page.put(1, heading.text, Kind.TEXT, styles.GROUP)
        for number in range(2, self.page.last + 1):
            is_last = number == self.page.last
            self.page.put(number, None, Kind.TEXT, styles.GROUP_END if is_last else styles.GROUP)

    def write_footers(self, rows: range) -> None:
        """Write the totals below the columns that have them, if any has."""
        for footer in self.sheet.footers if any(self.numbers.values()) else ():
            self.page.put(0, None, Kind.TEXT, styles.STRONG)
            self.page.put(1, footer.label, Kind.TEXT, styles.STRONG)
            for number in range(2, self.page.last + 1):
                self.write_total(number, footer, rows)
            self.page.next_row()

    def write_total(self, number: int, footer: Footer, rows: range) -> None:
        if self.numbers.get(number):
            result = FUNCTIONS[footer.function](self.numbers[number])
            cells = area_of(number, rows)
            formula = Formula(f"{footer.function}({cells})", result)
            self.page.put(number, formula, Kind.NUMBER, styles.STRONG)
        else:
            self.page.put(number, None, Kind.TEXT, styles.STRONG)

    def write_notes(self, rows: range, is_cut: bool) -> None:
        """Write what the reader has to know about the table."""
        notes = [*self.sheet.notes]
        notes += [CUT_NOTE] if is_cut else [] if rows else [EMPTY_NOTE]
        for note in notes:
            self.page.put_across(note, styles.NOTE)
            self.page.next_row()
