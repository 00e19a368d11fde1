"""Petitions by the body that has them: how many, for how long, how it answered before."""

from __future__ import annotations

from assignments.tables import NO_FIGURE, Column, Kind
from reports.models import CompetentBody
from reports.petitions.ageing import IN_TIME, LATE, BodyRow, bodies_with
from reports.petitions.summary import BodyFilter, number_column
from reports.views.petitions.summaries import SummaryTable

# The figure each number is a slice of.
FIGURE_OF = {
    "held": "petitions_open",
    "overdue": "petitions_overdue",
    "in_time": "petitions_answered_in_time",
    "late": "petitions_answered_late",
}


class Ageing(SummaryTable):
    """Bodies that have petitions on the day or answered some before; most overdue first."""

    filterset_class = BodyFilter
    title = "Kiến nghị theo cơ quan"
    noun = "cơ quan"
    file_name = "KienNghiTheoCoQuan"
    default_sort = "-overdue"
    template_name = "petitions/ageing.html"

    @property
    def columns(self):
        return (
            Column(
                "co_quan",
                "Cơ quan chủ trì",
                lambda row: row.body.name,
                detail=lambda row: row.body.get_level_display(),
                detail_label="Cấp",
                width=36,
            ),
            self.held("held", "Đang xử lý", "dang_giai_quyet"),
            self.held("overdue", "Trong đó quá hạn", "qua_han"),
            self.days("median", "Số ngày xử lý (trung vị)"),
            self.days("longest", "Lâu nhất (ngày)"),
            self.answered("in_time", "Trả lời đúng hạn trong 12 tháng", IN_TIME),
            self.answered("late", "Trả lời sau hạn trong 12 tháng", LATE),
        )

    def held(self, key: str, label: str, standing: str) -> Column:
        """Give a number of the petitions a body has."""

        def address(row: BodyRow) -> str:
            return self.address(co_quan=row.body.pk, tinh_trang=standing)

        return number_column(key, label, address, FIGURE_OF[key], total=True)

    def days(self, key: str, label: str) -> Column:
        """Give a number of days; none for bodies of communes."""
        return Column(
            key,
            label,
            lambda row: getattr(row, key),
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            sort=(key,),
            width=11,
        )

    def answered(self, key: str, label: str, kept_to: str) -> Column:
        """Give a number of the petitions a body answered."""

        def address(row: BodyRow) -> str:
            return self.address(tra_loi_boi=row.body.pk, tra_loi=kept_to)

        return number_column(key, label, address, FIGURE_OF[key])

    def rows_made(self) -> list[BodyRow]:
        bodies = CompetentBody.objects.visible_to(self.request.user)
        rows = bodies_with(bodies, self.petitions, self.day)
        return sorted(rows, key=lambda row: row.held, reverse=self.sort[1])
