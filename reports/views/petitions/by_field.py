"""Petitions by field: how many communes ask for what, and how far it is."""

from __future__ import annotations

from assignments.tables import Column
from reports.charts.fields import chart_of_fields
from reports.models import PetitionField
from reports.petitions.by_field import FIGURE_OF, STANDINGS, FieldRow, rows_of, total_of
from reports.petitions.summary import SummaryFilter, number_column
from reports.views.petitions.summaries import SummaryTable

LABELS = {
    "communes": "Số Đảng bộ",
    "raised": "Kiến nghị",
    "open": "Đang giải quyết",
    "overdue": "Trong đó quá hạn",
    "settled": "Đã có kết quả",
    "told": "Trong đó đã trả lời xã",
}


class ByField(SummaryTable):
    """Fields that have petitions; those most communes ask for first."""

    filterset_class = SummaryFilter
    title = "Kiến nghị theo lĩnh vực"
    noun = "lĩnh vực"
    file_name = "KienNghiTheoLinhVuc"
    default_sort = "-communes"
    template_name = "petitions/by_field.html"

    @property
    def columns(self):
        name = Column("linh_vuc", "Lĩnh vực", lambda row: row.field.name, width=34)
        return (name, *(self.number(key) for key in LABELS))

    def number(self, key: str) -> Column:
        is_sum = key != "communes"  # a commune may ask for things of several fields
        return number_column(
            key, LABELS[key], lambda row: self.of_field(row, key), FIGURE_OF[key], total=is_sum
        )

    def of_field(self, row: FieldRow, key: str = "raised") -> str:
        return self.address(linh_vuc=row.field.pk, **STANDINGS[key])

    def rows_made(self) -> list[FieldRow]:
        fields = PetitionField.objects.visible_to(self.request.user)
        rows = rows_of(fields, self.petitions, self.day, self.reading)
        return sorted(rows, key=lambda row: row.raised, reverse=self.sort[1])

    def sums(self) -> list[tuple[str, int, str, str]]:
        """Give each number of all fields together, with its list and its figure."""
        total = total_of(self.petitions, self.day, self.reading)
        return [
            (label, getattr(total, key), self.address(**STANDINGS[key]), FIGURE_OF[key])
            for key, label in LABELS.items()
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            sums=self.sums(),
            chart=chart_of_fields(self.object_list, self.of_field),
            **kwargs,
        )
