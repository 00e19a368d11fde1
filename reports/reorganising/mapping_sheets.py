"""Finding the mapping in a workbook: its header, whatever the order and the wording, its rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assignments.roster import headings
from assignments.roster.container import WorkbookRefused
from assignments.roster.headers import DEEPEST_HEADER, ROWS_SEARCHED, header_key
from assignments.roster.workbook import BLANK, ERROR, FORMULA, STRUCK, Cell, Grid
from communes.reorganisation.sheet import LABELS, Column, MappingRow, MappingSheet

OLD = re.compile(r"\b(cu|truoc|hien nay|hien tai)\b")
NEW = re.compile(r"\b(moi|sau|nay la)\b")
CODE = re.compile(r"\bma\b")
DISTRICT = re.compile(r"^(ten )?(thuoc )?(huyen|quan|cap huyen|thi xa|thanh pho)\b|\bhuyen( |$)")
# Tried in this order on the header's words without accents; ``None`` is a column not read.
MEANINGS = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        (None, r"(so )?(tt|stt|thu tu)"),
        (None, r"loi( .*)?|dien tich.*|dan so.*|(ngay|so ngay) (nghi quyet|nq|ban hanh|ky).*"),
        (Column.NOTE, r"ghi chu( .*)?"),
        (Column.HEIR, r".*\b(ke thua|don vi chinh|nhan ho so)\b.*"),
        (Column.EXTENT, r".*\b(toan bo|mot phan|phan chuyen|pham vi|muc do)\b.*"),
        (Column.EFFECTIVE, r"(ngay|tu ngay|co hieu luc|hieu luc|thoi diem|ap dung)( .*)?"),
        (Column.RESOLUTION, r"(so )?(hieu )?(nghi quyet|nq|can cu|van ban)( .*)?"),
    )
)
SIDES = {
    OLD: (Column.OLD_CODE, Column.OLD_DISTRICT, Column.OLD_NAME),
    NEW: (Column.NEW_CODE, Column.NEW_DISTRICT, Column.NEW_NAME),
}
LONGEST_SIDE_WORDS = 8
NO_HEADER = "Không tìm thấy dòng tiêu đề có cột “Tên đơn vị cũ” và cột “Tên đơn vị mới”."
DASHES = re.compile(r"[-–—_.\s]*")


@dataclass(frozen=True)
class Header:
    """Where the header stands, and the column of each meaning."""

    top: int
    bottom: int
    columns: dict[Column, int]

    @property
    def is_complete(self) -> bool:
        has_old = Column.OLD_NAME in self.columns or Column.OLD_CODE in self.columns
        return has_old and Column.NEW_NAME in self.columns


def parse(grids: list[Grid]) -> MappingSheet:
    """Read the first visible sheet that has the header of a mapping.

    Raises :class:`WorkbookRefused` when there is none, or no row under it.
    """
    for grid in grids:
        header = find_header(grid)
        if header:
            rows = list(Table(grid, header).rows())
            break
    else:
        raise WorkbookRefused(NO_HEADER)
    if not rows:
        raise WorkbookRefused(f"Trang tính “{grid.title}” không có dòng dữ liệu nào.")
    return MappingSheet(rows=rows, title=grid.title, warnings=[])


def meaning_of(text: str) -> Column | None:
    """Give what a header's words mean."""
    key = header_key(text)
    for meaning, pattern in MEANINGS:
        if pattern.fullmatch(key):
            return meaning
    for side, (code, district, name) in SIDES.items():
        if side.search(key):
            return code if CODE.search(key) else district if DISTRICT.search(key) else name
    return None


def find_header(grid: Grid) -> Header | None:
    """Give the first row that names an old and a new unit, with the rows that belong to it."""
    headers = (read_header(grid, top) for top in sorted(grid.rows)[:ROWS_SEARCHED])
    return next((header for header in headers if header.is_complete), None)


def read_header(grid: Grid, top: int) -> Header:
    """Read the header that would begin at row ``top``; the first column of a meaning counts."""
    bottom = header_bottom(grid, top)
    columns: dict[Column, int] = {}
    for column, text in sorted(header_texts(grid, top, bottom).items()):
        meaning = meaning_of(text)
        if meaning:
            columns.setdefault(meaning, column)
    return Header(top, bottom, columns)


def header_bottom(grid: Grid, top: int) -> int:
    """Give the last row of a header that begins at ``top``.

    Cells merged downwards say how deep it is; "Đơn vị cũ" merged sideways has a row below it.
    """
    starting = [merge for merge in grid.merges if merge.top == top]
    bottom = max([top, *(merge.bottom for merge in starting)])
    if bottom > top:
        return min(bottom, top + DEEPEST_HEADER - 1)
    wide = (grid.cell(top, merge.left).text for merge in starting if merge.width > 1)
    return top + 1 if any(names_side(text) for text in wide) else top


def names_side(text: str) -> bool:
    """Say whether a header stands over all columns of the old units, or of the new."""
    key = header_key(text)
    return key.count(" ") < LONGEST_SIDE_WORDS and any(side.search(key) for side in SIDES)


def header_texts(grid: Grid, top: int, bottom: int) -> dict[int, str]:
    """Give each column its header, of all rows, cells merged sideways counting for each column."""
    spans = {(merge.top, merge.left): merge.right for merge in grid.merges}
    texts: dict[int, list[str]] = defaultdict(list)
    for row in range(top, bottom + 1):
        for column, cell in grid.rows.get(row, {}).items():
            for covered in range(column, spans.get((row, column), column) + 1):
                texts[covered].append(cell.text)
    # The lower row first: "Tên" under "Đơn vị cũ" is "Tên Đơn vị cũ".
    return {column: " ".join(reversed(parts)) for column, parts in texts.items()}


class Table:
    """The rows under a header. Cells merged downwards speak for every row they cover."""

    def __init__(self, grid: Grid, header: Header):
        self.grid, self.header = grid, header
        self.numbers = [number for number in sorted(grid.rows) if number > header.bottom]
        self.merged_from = {
            (row, merge.left): merge.top
            for merge in grid.merges
            if merge.top > header.bottom
            for row in range(merge.top + 1, min(merge.bottom, self.last_row) + 1)
        }

    @property
    def last_row(self) -> int:
        return self.numbers[-1] if self.numbers else 0

    def rows(self) -> Iterator[MappingRow]:
        """Give the mapping's rows; blank ones, headings and signatures are none."""
        district = ""
        for number in self.numbers:
            if self.is_header_again(number):
                continue
            if heading := self.district_heading(number):
                district = heading
            elif self.is_entry(number):
                row = self.read_row(number)
                row.old_district = row.old_district or district
                yield row

    def cell(self, row: int, meaning: Column) -> Cell:
        column = self.header.columns.get(meaning)
        if column is None:
            return BLANK
        own = self.grid.cell(row, column)
        top = self.merged_from.get((row, column))
        return self.grid.cell(top, column) if top is not None and own == BLANK else own

    def read_row(self, number: int) -> MappingRow:
        texts = {str(meaning): self.text(number, meaning) for meaning in LABELS}
        return MappingRow(number, **texts, flaws=self.flaws(number))

    def text(self, row: int, meaning: Column) -> str:
        """Give a cell's text; one of dashes only is empty."""
        text = self.cell(row, meaning).text
        return "" if DASHES.fullmatch(text) else text

    def flaws(self, row: int) -> list[str]:
        """Say which cells hold a formula or an error, or are struck out."""
        words = {
            FORMULA: "chứa công thức",
            ERROR: "báo lỗi Excel",
            STRUCK: "bị gạch ngang",
        }
        return [
            f"ô {label.lower()} {words[flaw]}"
            for meaning, label in LABELS.items()
            if (flaw := self.cell(row, meaning).flaw)
        ]

    # --- which rows are rows ----------------------------------------------------------------

    def is_header_again(self, row: int) -> bool:
        """Say whether the row repeats the header, or numbers its columns."""
        cells = self.grid.rows[row]
        head = self.grid.rows.get(self.header.bottom, {})
        same = [header_key(c.text) == header_key(head.get(n, BLANK).text) for n, c in cells.items()]
        numbers = [cell.text.strip("()") for _, cell in sorted(cells.items())]
        are_counted = len(numbers) > 3 and numbers == [str(n) for n in range(1, len(numbers) + 1)]
        return are_counted or (len(cells) > 1 and all(same))

    def district_heading(self, row: int) -> str:
        """Give the district named by a row that holds nothing else: "II. HUYỆN KẾ SÁCH"."""
        texts = [cell.text for _, cell in sorted(self.grid.rows[row].items())]
        if len(texts) > 1 and headings.numbering_style(texts[0]):
            texts = texts[1:]
        if len(texts) != 1:
            return ""
        heading = headings.read_heading(texts[0])
        return heading.text if heading.kind is headings.HeadingKind.DISTRICT else ""

    def is_entry(self, row: int) -> bool:
        """Say whether the row speaks of a unit. What only looks so is kept, to be refused aloud.

        A row without any old unit is one too, unless it is a total, a list of recipients, a
        signature, or a text alone.
        """
        if self.text(row, Column.OLD_NAME) or self.text(row, Column.OLD_CODE):
            return not self.is_closing(row) or headings.names_commune(self.old(row))
        filled = [m for m in LABELS if m is not Column.NOTE and self.cell(row, m).text]
        return bool(filled) and not self.is_closing(row)

    def old(self, row: int) -> str:
        return self.text(row, Column.OLD_NAME) or self.text(row, Column.OLD_CODE)

    def is_closing(self, row: int) -> bool:
        texts = [cell.text for cell in self.grid.rows[row].values()]
        return any(
            headings.is_closing_line(text) or headings.is_signature(text) or headings.is_total(text)
            for text in texts
        )
