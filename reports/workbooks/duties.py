"""Sheets of duties: every line of the quarters, and live sums of them by officer and by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from assignments.enums import COVERING_ROLES, DutyKind
from assignments.models import Assignment, Officer
from assignments.spreadsheets import Field, Formula, Kind, Sheet
from assignments.spreadsheets.formulas import share, sum_where
from assignments.spreadsheets.styles import A3
from reports.duties import Totals, total
from reports.duties.named import Group, NamedLine, grouped
from reports.duties.states import state_of
from reports.duties.stretches import Stretch, days_within, merged
from reports.duties.words import DutyWord
from reports.models import Period
from reports.workbooks.communes import (
    OFFICER,
    POSITION,
    other_unit_cells,
    other_unit_columns,
)
from reports.workbooks.facts import Facts

# Two officers may have one name; sums go by this.
CODE = Field("Mã CB", Kind.CODE, 8)
DUTY = Field("Nhiệm vụ", width=31)
QUARTER = Field("Quý", Kind.STATE, 12)
STATE = Field("Tình trạng", Kind.STATE, 21)
RATE = Field("Tỷ lệ", Kind.SHARE, 9)
RATE_NOTE = (
    "Tỷ lệ: số đã làm trên số phải làm sau khi trừ số được miễn. Các số là công thức tính từ "
    "trang “Nhiệm vụ” theo mã cán bộ (Mã CB)."
)


def code_of(officer: Officer) -> str:
    """Give what tells an officer from another of the same name."""
    return f"CB{officer.pk:03}"


def number_columns(facts: Facts) -> list[Field]:
    """Give the columns of the five numbers, in the words of the quarters."""
    return [Field(word.label, Kind.NUMBER, 9, total=True) for word in facts.view.words]


def about(facts: Facts) -> str:
    """Name the quarters under a sheet's title."""
    return str(facts.quarter or "Chưa có kỳ tính nào")


# --- every line ---------------------------------------------------------------------------------


def lines_sheet(facts: Facts) -> Sheet:
    """List every duty line; what is missing is calculated from the other four numbers."""
    sheet = Sheet(
        name="Nhiệm vụ",
        title="Nhiệm vụ của từng cán bộ",
        subtitle=about(facts),
        day=facts.day,
        columns=[
            replace(OFFICER, width=22),
            CODE,
            Field("Đảng bộ", width=24),
            DUTY,
            Field("Kỳ", Kind.STATE, 12),
            QUARTER,
            Field("Số ngày", Kind.NUMBER, 8),
            *number_columns(facts),
            Field("Hạn", Kind.DATE, 12),
            STATE,
            *other_unit_columns(facts),
        ],
        rows=(),
        notes=[
            "Số ngày: cán bộ giữ địa bàn trong kỳ. Dòng không phải làm lần nào cho biết vì sao "
            "người đến muộn, thôi sớm không bị tính."
        ],
        signed=False,
        paper=A3,
    )
    rows = [line_row(one, index, sheet, facts) for index, one in enumerate(facts.lines)]
    return replace(sheet, rows=rows)


def line_row(one: NamedLine, index: int, sheet: Sheet, facts: Facts) -> list[object]:
    *known, missing = facts.view.words
    cells = (sheet.cell(word.label, index) for word in known)
    return [
        one.officer.full_name,
        code_of(one.officer),
        one.place,
        one.line.duty.get_kind_display(),
        str(one.line.period),
        str(facts.quarter_of(one.line)),
        one.line.days,
        *(word.of(one.line) for word in known),
        Formula("-".join(cells), missing.of(one.line)),
        one.line.deadline,
        one.state,
        *other_unit_cells(facts, one.commune),
    ]


# --- sums ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sums:
    """Writes the five numbers and the rate of rows that add up lines of another sheet.

    ``keys`` are the columns, of the same label on both sheets, in which a line must be as the row.
    """

    lines: Sheet
    words: Sequence[DutyWord]
    keys: Sequence[Field]

    def cells(self, sheet: Sheet, index: int, totals: Totals) -> list[Formula]:
        """Give the formulas of one row of ``sheet``, with the results they have now."""
        same = [(self.lines.area(key.label), sheet.cell(key.label, index)) for key in self.keys]
        numbers = [
            Formula(sum_where(self.lines.area(word.label), *same), word.of(totals))
            for word in self.words
        ]
        return [*numbers, self.rate(sheet, index, totals)]

    def rate(self, sheet: Sheet, index: int, totals: Totals) -> Formula:
        due, done, waived, *_ = (sheet.cell(word.label, index) for word in self.words)
        owed = totals.due - totals.waived
        return Formula(share(done, f"{due}-{waived}"), totals.done / owed if owed else "")


def performance_sheet(facts: Facts, lines: Sheet) -> Sheet:
    """Add up the duties of each officer, with the load they carried."""
    groups = by_officer(facts.lines)
    sheet = Sheet(
        name="Thực hiện",
        title="Thực hiện nhiệm vụ của từng cán bộ",
        subtitle=about(facts),
        day=facts.day,
        columns=[
            OFFICER,
            CODE,
            POSITION,
            Field("Số Đảng bộ", Kind.NUMBER, 9),
            Field("Số ngày giữ địa bàn", Kind.NUMBER, 10),
            *number_columns(facts),
            RATE,
            STATE,
        ],
        rows=(),
        notes=[
            f"{RATE_NOTE} Số Đảng bộ, số ngày: đã giữ ở vai trò phụ trách chính hoặc tạm thời "
            "trong kỳ, tính đến hết ngày xem."
        ],
    )
    sums, load = Sums(lines, facts.view.words, [CODE]), Load(facts)
    return replace(
        sheet,
        rows=[
            [
                group.officer.full_name,
                code_of(group.officer),
                group.officer.position,
                *load.of(group.officer),
                *sums.cells(sheet, index, group.totals),
                group.state,
            ]
            for index, group in enumerate(groups)
        ],
    )


def by_officer(lines: Iterable[NamedLine]) -> list[Group]:
    """Give the lines of each officer, by tên, đệm, họ."""
    groups = grouped(lines, lambda one: one.officer.pk)
    return sorted(groups, key=lambda one: (bytes(one.officer.sort_key), one.officer.pk))


class Load:
    """How many communes each officer had within the quarters up to the day, for how many days."""

    def __init__(self, facts: Facts):
        self.held: dict[int, list[Assignment]] = defaultdict(list)
        self.whole = whole(facts)
        for officer in facts.officers:
            covering = (row for row in officer.begun if row.role in COVERING_ROLES)
            self.held[officer.pk] = [row for row in covering if self.days([row])]

    def of(self, officer: Officer) -> tuple[int, int]:
        """Give an officer's number of communes and of days."""
        rows = self.held[officer.pk]
        return len({row.commune_id for row in rows}), self.days(rows)

    def days(self, rows: Iterable[Assignment]) -> int:
        until = self.whole[1]
        stretches = merged((row.started_on, row.ended_on or until) for row in rows)
        return days_within(stretches, self.whole)


def whole(facts: Facts) -> Stretch:
    """Give the days of the quarters until the end of the day looked at."""
    if facts.quarter is None:
        return facts.day, facts.day
    return facts.quarter.started_on, min(facts.quarter.ended_on, facts.day + timedelta(days=1))


def by_kind_sheet(facts: Facts, lines: Sheet) -> Sheet:
    """Add up the duties of each officer for each kind, to be sorted and filtered."""
    sheet = Sheet(
        name="Từng loại nhiệm vụ",
        title="Thực hiện từng loại nhiệm vụ",
        subtitle=about(facts),
        day=facts.day,
        columns=[OFFICER, CODE, DUTY, *number_columns(facts), RATE, STATE],
        rows=(),
        notes=[RATE_NOTE],
    )
    groups = [
        group
        for kind in DutyKind
        for group in by_officer(one for one in facts.lines if one.line.duty.kind == kind)
    ]
    sums = Sums(lines, facts.view.words, [CODE, DUTY])
    return replace(
        sheet,
        rows=[
            [
                group.officer.full_name,
                code_of(group.officer),
                group.lines[0].line.duty.get_kind_display(),
                *sums.cells(sheet, index, group.totals),
                group.state,
            ]
            for index, group in enumerate(groups)
        ],
    )


def by_quarter_sheet(facts: Facts, lines: Sheet) -> Sheet:
    """Add up the duties of each quarter."""
    sheet = Sheet(
        name="Theo quý",
        title="Thực hiện nhiệm vụ theo từng quý",
        subtitle=about(facts),
        day=facts.day,
        columns=[QUARTER, *number_columns(facts), RATE, STATE],
        rows=(),
        notes=["Nhiệm vụ theo tháng, nửa năm hoặc năm tính vào quý có ngày cuối của kỳ."],
    )
    sums = Sums(lines, facts.view.words, [QUARTER])
    totals = [totals_of(facts, quarter) for quarter in facts.quarters]
    return replace(
        sheet,
        rows=[
            [str(quarter), *sums.cells(sheet, index, totals[index]), state_of(totals[index])]
            for index, quarter in enumerate(facts.quarters)
        ],
    )


def totals_of(facts: Facts, quarter: Period) -> Totals:
    lines = (one.line for one in facts.lines if one.line.period.ends_within(quarter))
    return total(lines, facts.day)
