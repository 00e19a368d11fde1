"""The matrix commune × quarter as a workbook, printed on A3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.http import FileResponse

from accounts.models import User
from assignments.spreadsheets import Field, Heading, Kind, Sheet, workbook_response
from assignments.spreadsheets.styles import A3
from reports.duties.states import STATES
from reports.matrix import NOT_THERE, Matrix, make_matrix
from reports.viewpoint import Viewpoint

# What a printed or filtered cell shows by colour as well as by sign.
FILLS = {"ok": "#DCEFE5", "due": "#FBEECB", "why": "#E6E0F2", "short": "#F9DEDB", "none": "#E3E5EC"}
TINTS = {state.sign: FILLS[state.tone] for state in STATES if state.tone in FILLS}
LEGEND = (
    "Chú giải: "
    + "; ".join(f"{state.sign} {state.word.lower()}" for state in STATES)
    + (". Sau dấu là số lần đã làm trên số lần phải làm; số được miễn ghi trong ngoặc.")
)


def matrix_sheet(matrix: Matrix, day: dt.date, conditions: Sequence[tuple[str, str]] = ()) -> Sheet:
    """Give the sheet: a row for each commune under its district or area, a column for each quarter.

    ``conditions`` say under which units it is read.
    """
    quarters = [Field(str(quarter), Kind.STATE, 16) for quarter in matrix.quarters]
    return Sheet(
        name="Ma trận",
        title="Thực hiện nhiệm vụ theo quý",
        subtitle="của cán bộ theo dõi, phụ trách tại các Đảng bộ xã, phường, thị trấn",
        day=day,
        columns=[Field("Đảng bộ xã, phường, thị trấn", width=30), *quarters],
        rows=list(rows(matrix)),
        conditions=conditions,
        notes=[LEGEND, *absent_note(matrix)],
        grouped=bool(matrix.grouping.by),
        paper=A3,
        tints=TINTS,
    )


def absent_note(matrix: Matrix) -> list[str]:
    """Give what a cell outside a unit's own time says, where there is one."""
    states = {cell.state for row in matrix.rows for cell in row.cells}
    return [f"{NOT_THERE.sign} {NOT_THERE.word.lower()}."] if NOT_THERE in states else []


def rows(matrix: Matrix) -> Iterator[list[object] | Heading]:
    for name, members in groupby(matrix.rows, key=lambda row: matrix.grouping.name_of(row.commune)):
        if matrix.grouping.by:
            yield Heading(name.upper())
        for row in members:
            yield [row.name, *(cell.text for cell in row.cells)]


def matrix_response(*, view: Viewpoint, by: User, now: dt.datetime) -> FileResponse:
    """Answer with ``MaTranQuy_<day>.xlsx``; the download is audited."""
    sheet = matrix_sheet(make_matrix(view), view.day, view.reading.conditions)
    return workbook_response(
        [sheet], file_name=f"MaTranQuy_{view.day:%Y-%m-%d}.xlsx", by=by, now=now
    )
