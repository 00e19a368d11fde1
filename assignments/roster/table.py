"""The rows under a header: which are people, and which are headings, repeated headers, totals,

signatures. Nothing is looked up here and nothing is guessed: a row with a name and a commune is
always a row, whatever stands around it.
"""

from __future__ import annotations

import re

from assignments.roster import headings
from assignments.roster.headers import Column, Header, header_key
from assignments.roster.headings import Heading, HeadingStack
from assignments.roster.roster import RosterRow
from assignments.roster.workbook import BLANK, ERROR, FORMULA, STRUCK, Cell, Grid

NAMES = (Column.NAME, Column.NAME_FAMILY, Column.NAME_GIVEN)
# The columns whose cells must not be formulas or errors: all that are read.
READ = tuple(meaning for meaning in Column if meaning is not Column.NUMBER)
# The columns of which a struck-out cell says that the row no longer holds.
TELLING = (*NAMES, Column.COMMUNE, Column.CODE)
LABELS = {
    Column.NAME: "họ và tên",
    Column.NAME_FAMILY: "họ và tên",
    Column.NAME_GIVEN: "họ và tên",
    Column.BIRTH: "năm sinh",
    Column.OFFICE: "chức vụ, đơn vị công tác",
    Column.GROUP: "nhóm cán bộ",
    Column.COMMUNE: "Đảng bộ phụ trách",
    Column.DISTRICT: "huyện, thị xã, thành phố",
    Column.CODE: "mã ĐVHC",
    Column.STARTED: "từ ngày",
    Column.ENDED: "đến ngày",
    Column.DECISION: "số quyết định",
    Column.DECISION_DATE: "ngày quyết định",
    Column.ROLE: "vai trò",
    Column.NOTE: "ghi chú",
    Column.PHONE: "điện thoại",
}
# What an officer's merged rows share.
SHARED = (Column.BIRTH, Column.OFFICE, Column.GROUP, Column.PHONE)
STRUCK_ROW = "dòng bị gạch ngang"
DASHES = re.compile(r"[-–—_.\s]*")


class Table:
    """The rows under a header, with merged cells filled downwards."""

    def __init__(self, grid: Grid, header: Header):
        self.grid, self.header = grid, header
        self.numbers = [number for number in sorted(grid.rows) if number > header.bottom]
        last = max([*header.texts, *(column for row in grid.rows.values() for column in row)])
        self.all_columns = range(1, last + 1)
        self.merged_from = self.find_merged_cells()
        self.present = [meaning for meaning in READ if meaning in header.columns]
        self.headings = HeadingStack()
        self.warnings: list[str] = []
        self.after_signature = False

    def find_merged_cells(self) -> dict[tuple[int, int], int]:
        """Give, for each cell of a range merged downwards, the row the range begins in."""
        present = set(self.numbers)
        return {
            (row, merge.left): merge.top
            for merge in self.grid.merges
            if merge.top > self.header.bottom
            for row in present.intersection(range(merge.top + 1, merge.bottom + 1))
        }

    # --- cells ------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """Give a cell, from the top of its merged range where it stands inside one."""
        own = self.grid.cell(row, column)
        top = self.merged_from.get((row, column))
        return self.grid.cell(top, column) if top is not None and own == BLANK else own

    def columns_of(self, meaning: Column) -> list[int]:
        return self.header.columns.get(meaning, [])

    def texts(self, row: int, meaning: Column) -> list[str]:
        """Give the texts of a meaning's columns; a cell of dashes only is empty."""
        cells = (self.cell(row, column).text for column in self.columns_of(meaning))
        return [text for text in cells if text and not DASHES.fullmatch(text)]

    def text(self, row: int, meaning: Column) -> str:
        """Give the one text of a meaning: offices joined by commas, else the first there is."""
        texts = self.texts(row, meaning)
        return ", ".join(texts) if meaning is Column.OFFICE else next(iter(texts), "")

    def name(self, row: int) -> str:
        cells = (self.cell(row, column).text for column in self.header.name_columns)
        return " ".join(text for text in cells if not DASHES.fullmatch(text))

    def place(self, row: int) -> str:
        """Give what names the commune: its text, or its code."""
        return self.text(row, Column.COMMUNE) or self.text(row, Column.CODE)

    def person_row(self, row: int) -> int:
        """Give the row in which the merged cell that holds the row's name begins."""
        return self.merged_from.get((row, self.header.name_columns[0]), row)

    # --- which rows are rows ----------------------------------------------------------------

    def read_rows(self) -> list[RosterRow]:
        """Give the roster's rows in sheet order."""
        last = self.last_full_row()
        return [
            self.read_row(number) for number in self.numbers if self.is_entry(number, number > last)
        ]

    def last_full_row(self) -> int:
        """Give the last row with a name and a commune that is not a signature or a total."""
        full = (
            number
            for number in reversed(self.numbers)
            if self.name(number)
            and self.place(number)
            and not self.is_total(number)
            and not self.is_closing(number)
        )
        return next(full, 0)

    def is_entry(self, row: int, after_data: bool) -> bool:
        """Say whether ``row`` is somebody's row; headings are noted on the way.

        After the last full row, and after a signature block, only what still reads like an
        entry counts: a running number, a year, or the name of a commune.
        """
        if self.is_repeated_header(row):
            self.after_signature = False
            return False
        if self.is_column_numbers(row):
            return False
        if self.is_total(row) or self.is_continued(row):
            return False
        if self.is_closing(row):
            self.after_signature = True
            return False
        if self.note_heading(row, after_data):
            return False
        after_data = after_data or self.after_signature
        if self.name(row) and self.place(row):
            return not self.after_signature or self.reads_like_entry(row) or self.has_details(row)
        if self.name(row):
            return self.has_details(row) or not after_data
        if self.place(row):
            return self.reads_like_entry(row) or not after_data
        return self.is_incomplete(row, after_data)

    def is_incomplete(self, row: int, after_data: bool) -> bool:
        """Say whether a row without name and commune still is somebody's; warn when skipped."""
        details = self.has_details(row)
        if details and self.running_number(row):
            return not after_data
        if details and not after_data:
            self.warnings.append(f"Dòng {row}: không có họ tên và Đảng bộ, không đọc.")
        return False

    def running_number(self, row: int) -> bool:
        return any(text.rstrip(".)").isdecimal() for text in self.texts(row, Column.NUMBER))

    def has_details(self, row: int) -> bool:
        """Say whether the row has a year of birth or an office of its own."""
        return bool(self.text(row, Column.BIRTH) or self.text(row, Column.OFFICE)) or (
            bool(self.name(row)) and self.running_number(row)
        )

    def reads_like_entry(self, row: int) -> bool:
        return (
            self.running_number(row)
            or bool(self.text(row, Column.BIRTH))
            or headings.names_commune(self.place(row))
        )

    def is_repeated_header(self, row: int) -> bool:
        """Say whether the row repeats the header, or its second row, after a page break."""
        cells = self.grid.rows[row]
        lines = [
            self.grid.rows.get(line, {}) for line in range(self.header.top, self.header.bottom + 1)
        ]
        return len(cells) > 1 and all(
            header_key(cell.text) in {header_key(line.get(column, BLANK).text) for line in lines}
            for column, cell in cells.items()
        )

    def is_column_numbers(self, row: int) -> bool:
        """Say whether the row numbers the columns: "1 2 3" or "(1) (2) (3)", "A B 1 2"."""
        texts = [cell.text for _, cell in sorted(self.grid.rows[row].items())]
        plain = [re.sub(r"[()\s.]", "", text) for text in texts]
        return len(plain) > 2 and all(re.fullmatch(r"\d{1,2}|[A-Z]", text) for text in plain)

    def is_continued(self, row: int) -> bool:
        """Say whether the row only goes on inside cells merged from above, commune included."""
        if self.person_row(row) == row:
            return False
        columns = [*self.columns_of(Column.COMMUNE), *self.columns_of(Column.CODE)]
        return not any(self.grid.cell(row, column).text for column in columns)

    def is_total(self, row: int) -> bool:
        """Say whether the row counts: "Tổng cộng: 95", "Danh sách này có 95 đồng chí"."""
        cells = self.grid.rows[row]
        counts = headings.is_total(cells[min(cells)].text) or headings.is_total(self.name(row))
        commune = self.text(row, Column.COMMUNE)
        return counts and (headings.is_count(commune) or not headings.names_commune(commune))

    def is_closing(self, row: int) -> bool:
        """Say whether the row belongs to a list of recipients or to a signature."""
        commune = self.text(row, Column.COMMUNE)
        if self.running_number(row) or headings.names_commune(commune):
            return False
        if self.text(row, Column.BIRTH):
            return False
        cells = self.grid.rows[row]
        return headings.is_signature(commune) or any(
            headings.is_closing_line(text) for text in (cells[min(cells)].text, self.name(row))
        )

    def note_heading(self, row: int, after_data: bool) -> bool:
        """Take a heading row into account and say that it is one."""
        heading = self.read_heading(row, after_data)
        if heading is None:
            return False
        self.headings.push(heading)
        return True

    def read_heading(self, row: int, after_data: bool) -> Heading | None:
        """Read a row that holds one text, with or without its number in the first column."""
        cells = self.grid.rows[row]
        numbering = ""
        columns = sorted(cells)
        number_columns = self.columns_of(Column.NUMBER)
        if len(columns) > 1 and columns[0] in number_columns:
            numbering, columns = cells[columns[0]].text, columns[1:]
        text = cells[columns[0]].text
        counts = [cells[column].text for column in columns[1:]]
        if not all(headings.is_count(count) for count in counts):
            return None
        heading = headings.read_heading(text, numbering)
        is_numbered = numbering.rstrip(".)").isdecimal()
        wide = self.width(row, columns[0]) > 2
        if columns[0] in self.columns_of(Column.COMMUNE) and is_numbered:
            return None
        if columns[0] in self.columns_of(Column.OFFICE) and not wide:
            return None
        if heading.is_certain:
            return heading
        if counts or is_numbered or after_data:
            return None
        in_table = columns[0] in (*self.header.name_columns, *self.columns_of(Column.COMMUNE))
        return heading if heading.numbering or wide or not in_table else None

    def width(self, row: int, column: int) -> int:
        spans = (m.width for m in self.grid.merges if (m.top, m.left) == (row, column))
        return next(spans, 1)

    # --- one row ----------------------------------------------------------------------------

    def read_row(self, row: int) -> RosterRow:
        """Give what ``row`` says. What is blank in a merged officer's row stands in its first."""
        person = self.person_row(row)
        values = {
            meaning: self.text(row, meaning) for meaning in self.present if meaning not in NAMES
        }
        for meaning in SHARED:
            if values.get(meaning) == "":
                values[meaning] = self.text(person, meaning)
        return RosterRow(
            number=row,
            person=person,
            name=self.name(row),
            **{str(meaning): text for meaning, text in values.items()},
            group_heading=self.headings.group,
            district_heading=self.headings.district,
            other_headings=self.headings.others,
            hidden=row in self.grid.hidden_rows,
            flaws=self.flaws(row),
            cells=[self.cell(row, column).text for column in self.all_columns],
        )

    def flaws(self, row: int) -> list[str]:
        """Say which cells that matter hold a formula or an error, or are struck out."""
        found = []
        for meaning in self.present:
            flaws = {self.cell(row, column).flaw for column in self.columns_of(meaning)}
            if FORMULA in flaws:
                found.append(f"ô {LABELS[meaning]} chứa công thức")
            if ERROR in flaws:
                found.append(f"ô {LABELS[meaning]} báo lỗi Excel")
            if STRUCK in flaws and meaning in TELLING:
                found.append(STRUCK_ROW)
        return list(dict.fromkeys(found))
