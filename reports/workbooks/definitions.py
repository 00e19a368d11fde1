"""The sheet that says what every figure means."""

from __future__ import annotations

from django.utils.text import capfirst

from assignments.spreadsheets import Field, Kind, Sheet
from reports.figures import FIGURES, Figure
from reports.workbooks.cover import INSTEAD, SHEET_OF
from reports.workbooks.facts import Facts


def definitions_sheet(facts: Facts) -> Sheet:
    """Give every figure's meaning, what it leaves out, what it is a part of, and its value."""
    return Sheet(
        name="Định nghĩa",
        title="Định nghĩa các chỉ tiêu",
        subtitle=str(facts.quarter or ""),
        day=facts.day,
        columns=[
            Field("Chỉ tiêu", width=34),
            Field("Số lượng", Kind.NUMBER, 9),
            Field("Định nghĩa", width=50),
            Field("Không tính", width=30),
            Field("Trong tổng số", width=24),
            Field("Trang", Kind.STATE, 14),
        ],
        rows=[definition_row(figure, facts) for figure in FIGURES.values()],
        signed=False,
        notes=["Màn hình, tệp này và các danh sách tải về dùng chung những định nghĩa trên."],
    )


def definition_row(figure: Figure, facts: Facts) -> list[object]:
    whole = FIGURES[figure.of].label if figure.of else None
    return [
        capfirst(figure.label),
        facts.values[figure.key],
        figure.sentence,
        figure.excludes or None,
        whole and f"{capfirst(whole)}: {facts.values[figure.of]}",
        sheet_of(figure, facts),
    ]


def sheet_of(figure: Figure, facts: Facts) -> str | None:
    """Name the sheet with a figure's members, if there is one."""
    name = SHEET_OF.get(figure.key)
    return name if facts.grouping.is_by_district else INSTEAD.get(name, name)
