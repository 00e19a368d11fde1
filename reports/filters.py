"""Filters of the lists of communes and officers; the conditions are those of the figures."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet

from assignments.enums import OfficerGroup
from assignments.filters import districts
from assignments.models import Officer
from communes.enums import CommuneKind
from communes.models import Commune
from reports.figures import FIGURES


class FigureFilterSet(filters.FilterSet):
    """Filters whose choices are figures: each keeps exactly the members of its figure."""

    def by_figure(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        asked = {name: choice}
        figure = next(figure for figure in FIGURES.values() if figure.query == asked)
        return rows.filter(figure.condition(self.request.user, self.request.as_of.day))


class CommuneFilter(FigureFilterSet):
    """Which communes: covered or not, of one district, of one kind."""

    phu_trach = filters.ChoiceFilter(
        label="Người phụ trách",
        choices=[("co", "Đã có người"), ("chua", "Chưa có người"), ("sap_trong", "Sắp trống")],
        empty_label="Tất cả",
        method="by_figure",
    )
    huyen = filters.ModelChoiceFilter(
        label="Huyện, thị xã, thành phố",
        field_name="district",
        queryset=districts,
        empty_label="Mọi huyện",
    )
    loai = filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=CommuneKind, empty_label="Mọi loại"
    )

    class Meta:
        model = Commune
        fields: list[str] = []


class OfficerFilter(FigureFilterSet):
    """Which officers: active, left, ever assigned; of one group; with many communes."""

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            ("dang_phu_trach", "Đang phụ trách"),
            ("da_thoi", "Đã thôi"),
            ("da_phan_cong", "Đã từng được phân công"),
            ("can_ket_thuc", "Cần kết thúc phân công"),
        ],
        empty_label="Tất cả",
        method="by_figure",
    )
    nhom = filters.ChoiceFilter(
        label="Nhóm cán bộ", field_name="group", choices=OfficerGroup, empty_label="Mọi nhóm"
    )
    so_dang_bo = filters.ChoiceFilter(
        label="Số Đảng bộ phụ trách",
        choices=[("tu_hai", "Từ hai trở lên"), ("vuot_muc", "Vượt mức nhắc")],
        empty_label="Không chọn",
        method="by_figure",
    )

    class Meta:
        model = Officer
        fields: list[str] = []
