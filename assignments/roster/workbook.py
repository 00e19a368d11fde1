"""From the bytes of an .xlsx to grids of plain cell texts with their sheet row numbers."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assignments.archives import UNREADABLE
from assignments.roster.container import BROKEN, Limits, WorkbookRefused, check_container
from assignments.roster.outline import MergedRange, Outline, read_outline
from communes import names

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.read_only import ReadOnlyCell

FORMULA, ERROR, STRUCK = "formula", "error", "struck"
ERROR_VALUES = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}


@dataclass(frozen=True, slots=True)
class Cell:
    """The text a cell shows, and what is wrong with it: a formula, an error, struck out."""

    text: str
    flaw: str = ""


BLANK = Cell("")


@dataclass
class Grid:
    """One sheet: its non-empty cells by row and column number, both counted from 1."""

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[MergedRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        return self.rows.get(row, {}).get(column, BLANK)

    def hides_column(self, column: int) -> bool:
        return any(column in hidden for hidden in self.hidden_columns)


def read_workbook(content: bytes, limits: Limits | None = None) -> list[Grid]:
    """Give the visible sheets of a workbook, in order, the empty ones left out.

    Raises :class:`WorkbookRefused` with a sentence for the user when the file is not a sound,
    unprotected .xlsx within ``limits``, or shows no sheet with anything in it.
    """
    limits = limits or Limits.from_settings()
    check_container(content, limits)
    try:
        grids = [grid for grid in visible_grids(content, limits) if grid.rows]
    except WorkbookRefused:
        raise
    except (*UNREADABLE, *formula_errors()) as error:
        raise WorkbookRefused(BROKEN) from error
    if not grids:
        raise WorkbookRefused("Tệp không có trang tính nào có nội dung đang hiển thị.")
    return grids


def formula_errors() -> tuple[type[Exception], ...]:
    """Give what openpyxl raises of its own on a malformed formula or address."""
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import TranslatorError
    from openpyxl.utils.exceptions import CellCoordinatesException

    return TokenizerError, TranslatorError, CellCoordinatesException


def visible_grids(content: bytes, limits: Limits) -> Iterator[Grid]:
    import openpyxl

    with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        # openpyxl warns of styles and extensions it drops; none of them is read here.
        warnings.simplefilter("ignore")
        book: Workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, keep_links=False, rich_text=True
        )
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            with archive.open(sheet._worksheet_path) as source:
                outline = read_outline(source)
            check_extent(sheet.title, outline, limits)
            yield read_grid(sheet, outline, limits)
        book.close()


def check_extent(title: str, outline: Outline, limits: Limits) -> None:
    """Refuse a sheet whose contents reach further than ``limits``."""
    if outline.last_row > limits.rows:
        raise WorkbookRefused(
            f"Trang tính “{title}” có nội dung đến dòng {outline.last_row}; "
            f"chỉ nhận {limits.rows} dòng. Xóa các dòng thừa rồi nạp lại."
        )
    if outline.last_column > limits.columns:
        raise WorkbookRefused(
            f"Trang tính “{title}” có nội dung đến cột thứ {outline.last_column}; "
            f"chỉ nhận {limits.columns} cột. Xóa các cột thừa rồi nạp lại."
        )


def read_grid(sheet, outline: Outline, limits: Limits) -> Grid:
    """Read a sheet's cells up to the last that holds something."""
    grid = Grid(
        title=sheet.title,
        merges=outline.merges,
        hidden_rows=outline.hidden_rows,
        hidden_columns=outline.hidden_columns,
    )
    if not outline.last_row:
        return grid
    rows = sheet.iter_rows(max_row=outline.last_row, max_col=outline.last_column)
    for number, cells in enumerate(rows, start=1):
        read = {
            column: cell
            for column, source in enumerate(cells, start=1)
            if source.value is not None
            and (cell := read_cell(source, (number, column) in outline.struck)) != BLANK
        }
        if read:
            check_lengths(sheet.title, number, read, limits)
            grid.rows[number] = read
    return grid


def check_lengths(title: str, row: int, cells: dict[int, Cell], limits: Limits) -> None:
    """Refuse a sheet with a cell longer than ``limits``: it is not a list of people."""
    for column, cell in cells.items():
        if len(cell.text) > limits.cell_characters:
            raise WorkbookRefused(
                f"Trang tính “{title}”, dòng {row}, cột thứ {column}: "
                f"ô dài hơn {limits.cell_characters} ký tự."
            )


def read_cell(source: ReadOnlyCell, is_partly_struck: bool) -> Cell:
    """Give one cell's text and its flaw. A text that begins with "=" counts as a formula."""
    text = plain_text(source.value)
    if source.data_type == "f" or text.startswith("="):
        return Cell(text or "=", FORMULA)
    if source.data_type == "e" or text in ERROR_VALUES:
        return Cell(text, ERROR)
    if text and (is_partly_struck or is_struck(source)):
        return Cell(text, STRUCK)
    return Cell(text)


def plain_text(value: object) -> str:
    """Give a value as people read it: whole numbers without ".0", dates as dd/mm/yyyy."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    # "_x000D_" is how some programs write the carriage return of a line break.
    return names.normalise_lines(str(value).replace("_x000D_", "\n"))


def is_struck(source: ReadOnlyCell) -> bool:
    """Say whether the cell, or a part of its text, is struck out."""
    if source.font.strike:
        return True
    parts = source.value if isinstance(source.value, list) else ()
    return any(getattr(getattr(part, "font", None), "strike", False) for part in parts)
