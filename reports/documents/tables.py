"""Tables of a document: thin borders, the header on every page, no row split (DOMAIN §2.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from assignments.spreadsheets import Heading
from reports.documents import marks

if TYPE_CHECKING:
    from reports.documents.paper import Paper

AFTER = 2  # points of space under a cell's text
MARGIN = 1  # millimetres beside it
LEFT, CENTER, RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: its heading, its width, how a row gives its text."""

    heading: str
    width: float  # millimetres
    value: Callable[[Any], object]
    is_centred: bool = False


def put_table(paper: Paper, columns: Sequence[TableColumn], rows: Iterable[Any | Heading]) -> Table:
    """Add a table of ``rows`` to ``paper``; a :class:`Heading` among them is one wide bold row."""
    table = paper.document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    marks.set_margins(table, Mm(MARGIN))
    for one, column in zip(table.columns, columns, strict=True):
        one.width = Mm(column.width)
    marks.repeat_header(table.rows[0])
    fill(paper, table.rows[0], columns, lambda one: one.heading, is_heading=True)
    for row in rows:
        added = table.add_row()
        marks.keep_whole(added)
        if isinstance(row, Heading):
            put_group(paper, added, row.text)
        else:
            fill(paper, added, columns, lambda one, row=row: one.value(row))
    paper.put("", size=6)
    return table


def fill(
    paper: Paper,
    row: _Row,
    columns: Sequence[TableColumn],
    text: Callable[[TableColumn], object],
    *,
    is_heading: bool = False,
) -> None:
    """Write one row: what ``text`` gives of each column."""
    for cell, column in zip(row.cells, columns, strict=True):
        cell.width = Mm(column.width)
        align = CENTER if is_heading or column.is_centred else LEFT
        put_cell(paper, cell, text(column), align=align, bold=is_heading)


def put_group(paper: Paper, row: _Row, text: str) -> None:
    """Write a row that names the rows below it, over the whole width."""
    cells = row.cells
    wide = cells[0].merge(cells[-1])
    put_cell(paper, wide, text, align=LEFT, bold=True)
    wide.paragraphs[0].paragraph_format.keep_with_next = True


def put_cell(
    paper: Paper, cell: _Cell, value: object, *, align: WD_ALIGN_PARAGRAPH, bold: bool
) -> None:
    marks.drop_paragraphs(cell)
    words = "" if value is None else str(value)
    paper.put(words, where=cell, size=paper.profile.table_size, align=align, after=AFTER, bold=bold)
