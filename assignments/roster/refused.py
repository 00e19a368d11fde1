"""The refused rows as a table to be corrected and uploaded again.

Each row stands on its own: what it took from merged cells, headings, the title block or the
import itself is written into it.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import groupby

from assignments.enums import OfficerGroup
from assignments.roster.headers import Column, header_key
from assignments.roster.plan import Item, Plan, State
from assignments.roster.roster import Roster, RosterRow
from assignments.roster.table import STRUCK_ROW
from communes.place_texts import read_districts

ERROR_HEADER = "Lỗi (xóa cột này trước khi nạp lại)"
# What a row may owe to its surroundings, and the header of the column that then says it.
CONTEXT = {
    Column.DISTRICT: "Huyện, thị xã, thành phố",
    Column.GROUP: "Nhóm cán bộ",
    Column.STARTED: "Từ ngày",
    Column.DECISION: "Số quyết định",
}


def refused_table(
    roster: Roster, plan: Plan, default_date: dt.date
) -> tuple[list[str], list[list[str]]]:
    """Give (headers, rows) of the refused rows, in sheet order, the reason in the last column.

    Columns and cells are the original ones. Of a cell with several communes only the refused
    ones remain; an error column left in from an earlier round is dropped.
    """
    table = RefusedTable(roster, plan, default_date)
    return [*table.headers, ERROR_HEADER], table.lines()


class RefusedTable:
    """The columns of the table: the sheet's own, and those its rows' surroundings call for."""

    def __init__(self, roster: Roster, plan: Plan, default_date: dt.date):
        self.roster, self.default_date = roster, default_date
        rows = {row.number: row for row in roster.rows}
        self.entries = [
            (rows[number], list(items))
            for number, items in groupby(plan.items, key=lambda item: item.row)
        ]
        self.kept = [
            index
            for index, header in enumerate(roster.headers)
            if header_key(header) != header_key(ERROR_HEADER)
        ]
        self.added = [
            column
            for column in CONTEXT
            if column not in roster.columns
            and any(self.context(row, items)[column] for row, items in self.entries)
        ]

    @property
    def headers(self) -> list[str]:
        own = [self.roster.headers[index] for index in self.kept]
        return [*own, *(CONTEXT[column] for column in self.added)]

    def lines(self) -> list[list[str]]:
        lines = (self.line(row, items) for row, items in self.entries)
        return [line for line in lines if line]

    def context(self, row: RosterRow, items: list[Item]) -> dict[Column, str]:
        """Give what the row's surroundings say, by column."""
        decision, signed_on = self.roster.decision_number, self.roster.signed_on
        return {
            Column.DISTRICT: items[0].district_heading,
            Column.GROUP: OfficerGroup(row.group_heading).label if row.group_heading else "",
            Column.STARTED: f"{self.default_date:%d/%m/%Y}",
            Column.DECISION: f"{decision}, ngày {signed_on:%d/%m/%Y}" if signed_on else decision,
        }

    def line(self, row: RosterRow, items: list[Item]) -> list[str]:
        """Give one line of the table; an empty one when nothing of the row was refused."""
        refused = [item for item in items if item.state is State.REFUSED]
        if not refused:
            return []
        cells, context = list(row.cells), self.context(row, items)
        for column, text in context.items():
            if column in self.roster.columns:
                index = self.roster.columns[column][0] - 1
                cells[index] = cells[index] or text
        if len(refused) < len(items):
            self.keep_only(cells, row, refused)
        if STRUCK_ROW in row.flaws and Column.COMMUNE in self.roster.columns:
            # The stroke does not come along; uploaded as it is, the row must be refused again.
            cells[self.roster.columns[Column.COMMUNE][0] - 1] += " (gạch ngang)"
        reasons = " ".join(dict.fromkeys(item.reason for item in refused))
        return [
            *(cells[index] for index in self.kept),
            *(context[column] for column in self.added),
            reasons,
        ]

    def keep_only(self, cells: list[str], row: RosterRow, refused: list[Item]) -> None:
        """Leave the refused communes in their cell, with their districts and codes."""
        indexes = [item.index for item in refused]
        districts = [district.text for district in read_districts(row.district)]
        kept = {
            Column.COMMUNE: [item.commune_label for item in refused],
            Column.DISTRICT: chosen(districts, indexes),
            Column.CODE: chosen(re.findall(r"[^\s,;]+", row.code), indexes),
        }
        for column, texts in kept.items():
            if column in self.roster.columns:
                cells[self.roster.columns[column][0] - 1] = "\n".join(texts)


def chosen(parts: list[str], indexes: list[int]) -> list[str]:
    """Give the parts of the chosen communes; one part alone is for all of them."""
    if len(parts) < 2:
        return parts
    return [parts[index] for index in indexes if index < len(parts)]
