"""The sheet that explains, item by item, what is not as it was when the figures were frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import capfirst

from assignments.spreadsheets import Field, Formula, Kind, Sheet
from assignments.spreadsheets.formulas import sum_where

if TYPE_CHECKING:
    from reports.freezing import Changes
    from reports.freezing.changes import FigureChange
    from reports.freezing.explaining import Item
    from reports.history import Change

MOST_CAUSES = 5  # of one item; the page of the freeze has them all
NOT_IN_LOG = "Không thấy trong nhật ký; xem các tham số đã khác ở dưới."
CODE = Field("Mã CT", Kind.CODE, 8)
FROZEN, NOW = Field("Lúc chốt", Kind.NUMBER, 9), Field("Hiện nay", Kind.NUMBER, 9)
BEFORE, AFTER = Field("Trước", Kind.NUMBER, 8), Field("Sau", Kind.NUMBER, 8)
DIFFERENCE = Field("Chênh lệch", Kind.NUMBER, 9)
NOTES = (
    "Hiện nay = lúc chốt + tổng các chênh lệch của chỉ tiêu (công thức theo mã chỉ tiêu). "
    "Hiện nay: cùng ngày và cùng các quý với lúc chốt, theo dữ liệu khi lập tệp này."
)


@dataclass(frozen=True)
class Line:
    """One item of a changed figure; ``None`` where there is only something to say of it."""

    code: str
    figure: FigureChange
    item: Item | None


def changes_sheet(changes: Changes, day: dt.date) -> Sheet:
    """List what changed since a freeze: figure, item, before, after, and what the log says."""
    lines = list(lines_of(changes.figures))
    sheet = Sheet(
        name="Thay đổi sau khi chốt",
        title="Thay đổi sau khi chốt số liệu",
        day=day,
        columns=[
            Field("Chỉ tiêu", width=30),
            CODE,
            FROZEN,
            NOW,
            Field("Nội dung thay đổi", width=40),
            BEFORE,
            AFTER,
            DIFFERENCE,
            Field("Vì sao, do ai, lúc nào (theo nhật ký)", width=56),
        ],
        rows=lines,
        notes=[NOTES, *parameter_notes(changes)],
        signed=False,
    )
    return replace(sheet, rows=[row(line, index, sheet) for index, line in enumerate(lines)])


def lines_of(figures: Sequence[FigureChange]) -> Iterator[Line]:
    for number, figure in enumerate(figures, start=1):
        for item in figure.items or [None]:
            yield Line(f"CT{number:02}", figure, item)


def row(line: Line, index: int, sheet: Sheet) -> list[object]:
    figure, item = line.figure, line.item
    told = [
        capfirst(figure.label),
        line.code,
        figure.before,
        value_now(figure, index, sheet),
    ]
    if item is None:
        return [*told, None, None, None, None, figure.note]
    before, after = (sheet.cell(field.label, index) for field in (BEFORE, AFTER))
    difference = Formula(f"{after}-{before}", item.difference)
    reasons = causes(item.causes, figure.note)
    return [*told, item.name.words, item.before, item.after, difference, reasons]


def value_now(figure: FigureChange, index: int, sheet: Sheet) -> Formula | int | None:
    """Give the value now, calculated from the frozen one and the listed differences."""
    if not figure.items or not figure.is_explained:
        return figure.after
    same = sheet.area(CODE.label), sheet.cell(CODE.label, index)
    frozen = sheet.cell(FROZEN.label, index)
    return Formula(f"{frozen}+{sum_where(sheet.area(DIFFERENCE.label), same)}", figure.after)


def causes(found: Sequence[Change], note: str) -> str:
    """Say what the log has of one item: when, who, what, why."""
    told = [cause(one) for one in found[:MOST_CAUSES]]
    more = len(found) - len(told)
    told += [f"… và {more} dòng nhật ký khác"] if more else []
    told += [note] if note else []
    return "\n".join(told) or NOT_IN_LOG


def cause(change: Change) -> str:
    event = change.event
    when = f"{timezone.localtime(event.at):%H:%M %d/%m/%Y}"
    told = f"{when}, {event.actor}: {event.get_verb_display()} – {event.target}"
    return f"{told} ({event.reason})" if event.reason else told


def parameter_notes(changes: Changes) -> list[str]:
    """Say what else the figures depend on that is not as it was, and how many did not change."""
    told = [
        f"{label} – lúc chốt: {before or 'không có'}; hiện nay: {after or 'không còn'}."
        for label, before, after in changes.parameters
    ]
    return [*told, f"Không thay đổi: {changes.unchanged} chỉ tiêu."]
