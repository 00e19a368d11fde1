"""The page of charts, drawn from cells that take their numbers from the other sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assignments.spreadsheets import Formula, Sheet
from assignments.spreadsheets.charts import Chart, ChartPage
from reports.enums import PetitionState
from reports.workbooks.communes import BY_AREA, BY_DISTRICT
from reports.workbooks.petitions import STATES

# Columns of the sheet by field that are one series; each is a run of neighbours.
GROUPS = {
    "Mới": (PetitionState.NEW, PetitionState.NEW),
    "Đang giải quyết": (PetitionState.ROUTED, PetitionState.IN_PROGRESS),
    "Đã giải quyết, giải trình": (PetitionState.RESOLVED, PetitionState.ANSWERED),
    "Kết quả khác": (PetitionState.UNDER_RESOURCED, PetitionState.DUPLICATE),
}
NUMBERS_OF_QUARTER = slice(2, 6)  # of the sheet by quarter: done, waived, explained, missing


PLACES = (BY_DISTRICT, BY_AREA)
QUARTERS, FIELDS = "Theo quý", "Kiến nghị theo lĩnh vực"


def may_be_drawn(sheets: Mapping[str, Sheet]) -> bool:
    """Say whether the lists the charts are drawn from are among ``sheets``."""
    return sheets.keys() >= {QUARTERS, FIELDS} and not sheets.keys().isdisjoint(PLACES)


def charts_page(sheets: Mapping[str, Sheet], remark: str = "") -> ChartPage:
    """Give the charts of a workbook's ``sheets`` (by name)."""
    quarters = sheets[QUARTERS]
    return ChartPage(
        name="Biểu đồ",
        title="Biểu đồ",
        subtitle=quarters.subtitle,
        day=quarters.day,
        remark=remark,
        charts=[
            duties_chart(quarters),
            petitions_chart(sheets[FIELDS]),
            places_chart(next(sheets[name] for name in PLACES if name in sheets)),
        ],
    )


def duties_chart(sheet: Sheet) -> Chart:
    labels = [column.label for column in sheet.columns][NUMBERS_OF_QUARTER]
    return Chart("Nhiệm vụ theo quý", "Quý", labels, taken(sheet, labels))


def places_chart(sheet: Sheet) -> Chart:
    labels = ["Đã có người phụ trách", "Chưa có người phụ trách"]
    place = sheet.columns[0].label
    title = f"Đảng bộ có người phụ trách theo {place.lower()}"
    return Chart(title, place, labels, taken(sheet, labels), bars=True)


def taken(sheet: Sheet, labels: Sequence[str]) -> list[list[str | Formula]]:
    """Give the first column of each row and, from the columns of ``labels``, its numbers."""
    return [
        [row[0], *(one_cell(sheet, label, index) for label in labels)]
        for index, row in enumerate(sheet.rows)
    ]


def one_cell(sheet: Sheet, label: str, index: int) -> Formula:
    return Formula(sheet.cell_of(label, index), result(sheet, label, index))


def result(sheet: Sheet, label: str, index: int) -> int:
    value = sheet.rows[index][sheet.column(label) - 1]
    return value.result if isinstance(value, Formula) else value


def petitions_chart(sheet: Sheet) -> Chart:
    rows = [
        [row[0], *(group_of_cells(sheet, index, *group) for group in GROUPS.values())]
        for index, row in enumerate(sheet.rows)
    ]
    return Chart("Kiến nghị theo lĩnh vực và tình trạng", "Lĩnh vực", list(GROUPS), rows, bars=True)


def group_of_cells(sheet: Sheet, index: int, first: PetitionState, last: PetitionState) -> Formula:
    """Add up the neighbouring states of a field from ``first`` to ``last``."""
    labels = [state.label for state in STATES]
    labels = labels[labels.index(first.label) : labels.index(last.label) + 1]
    area = sheet.cells_of(labels[0], labels[-1], index)
    return Formula(f"SUM({area})", sum(result(sheet, label, index) for label in labels))
