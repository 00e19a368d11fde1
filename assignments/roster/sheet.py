"""From the grids of a workbook to the roster in it."""

from __future__ import annotations

from assignments.roster.container import WorkbookRefused
from assignments.roster.dates import find_decision
from assignments.roster.headers import Header, find_header
from assignments.roster.roster import Roster
from assignments.roster.table import Table
from assignments.roster.workbook import Grid


def parse(grids: list[Grid]) -> Roster:
    """Read the first visible sheet that has a recognisable header.

    Raises :class:`WorkbookRefused` when no header is found or no row follows it.
    """
    grid, header = find_header(grids)
    table = Table(grid, header)
    rows = table.read_rows()
    if not rows:
        raise WorkbookRefused(f"Trang tính “{grid.title}” không có dòng dữ liệu nào.")
    decision = find_decision(title_block(grid, header))
    number, signed_on = decision or ("", None)
    return Roster(
        sheet_title=grid.title,
        headers=[header.texts.get(column, "") for column in table.all_columns],
        columns={str(meaning): list(columns) for meaning, columns in header.columns.items()},
        rows=rows,
        decision_number=number,
        decision_date=signed_on.isoformat() if signed_on else "",
        warnings=[*sheet_warnings(grids, grid), *table.warnings],
    )


def sheet_warnings(grids: list[Grid], read: Grid) -> list[str]:
    """Say when only one of several sheets was read."""
    if len(grids) == 1:
        return []
    others = ", ".join(f"“{grid.title}”" for grid in grids if grid is not read)
    return [f"Chỉ đọc trang tính “{read.title}”; không đọc {others}."]


def title_block(grid: Grid, header: Header) -> str:
    """Give the texts above the header in reading order."""
    return " ".join(
        cell.text
        for row, cells in sorted(grid.rows.items())
        if row < header.top
        for _, cell in sorted(cells.items())
    )
