"""The short table of petitions by field in the report's third chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assignments.spreadsheets import Heading, Sheet
from reports.documents import Paper, TableColumn
from reports.enums import OPEN_STATES, SETTLED_STATES, PetitionState
from reports.reviews.annexes import BY_FIELD, number_of
from reports.reviews.fields import whole_number

TOTAL = "Tổng cộng"


@dataclass(frozen=True)
class FieldLine:
    """One field: how many petitions, how many wait, how many have a result; how many communes."""

    number: int | None
    name: str
    raised: int
    open: int
    settled: int
    communes: int | None


COLUMNS = (
    TableColumn("TT", 11, lambda row: row.number, is_centred=True),
    TableColumn("Lĩnh vực", 66, lambda row: row.name),
    TableColumn("Tổng số kiến nghị", 22, lambda row: whole_number(row.raised), is_centred=True),
    TableColumn("Đang giải quyết", 22, lambda row: whole_number(row.open), is_centred=True),
    TableColumn("Đã có kết quả", 22, lambda row: whole_number(row.settled), is_centred=True),
    TableColumn("Số Đảng bộ", 22, lambda row: row.communes, is_centred=True),
)


def put_field_table(paper: Paper, sheets: dict[str, Sheet]) -> None:
    """Add the table of the frozen list; none where nothing was asked for."""
    sheet = sheets.get(BY_FIELD.sheet)
    lines = field_lines(sheet) if sheet else []
    if lines:
        paper.put_table(COLUMNS, [*lines, total_of(lines)])


def field_lines(sheet: Sheet) -> list[FieldLine]:
    """Give each field of the frozen list with its numbers added up."""
    labels = [column.label for column in sheet.columns]
    rows = [
        dict(zip(labels, row, strict=True)) for row in sheet.rows if not isinstance(row, Heading)
    ]
    return [
        FieldLine(
            number,
            str(row["Lĩnh vực"]),
            number_of(row["Tổng số"]),
            added(row, OPEN_STATES),
            added(row, SETTLED_STATES),
            number_of(row["Số Đảng bộ"]),
        )
        for number, row in enumerate(rows, start=1)
    ]


def added(row: dict[str, object], states: Iterable[PetitionState]) -> int:
    """Add up the numbers of ``states`` in one row."""
    return sum(number_of(row[str(state.label)]) for state in states)


def total_of(lines: list[FieldLine]) -> FieldLine:
    """Give the last row; communes with petitions in several fields are not added up."""
    return FieldLine(
        None,
        TOTAL,
        sum(line.raised for line in lines),
        sum(line.open for line in lines),
        sum(line.settled for line in lines),
        None,
    )
