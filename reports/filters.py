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


class CommuneFilter(filters.FilterSet):
    """Which communes: covered or not, of one district, of one kind."""

    phu_trach = filters.ChoiceFilter(
        label="Người phụ trách",
        choices=[("co", "Đã có người"), ("chua", "Chưa có người"), ("sap_trong", "Sắp trống")],
        empty_label="Tất cả",
        method="by_coverage",
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

    FIGURE = {
        "co": "communes_covered",
        "chua": "communes_uncovered",
        "sap_trong": "communes_ending",
    }

    class Meta:
        model = Commune
        fields: list[str] = []

    def by_coverage(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        figure = FIGURES[self.FIGURE[choice]]
        return rows.filter(figure.condition(self.request.user, self.request.as_of.day))


class OfficerFilter(filters.FilterSet):
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

    FIGURE = {
        "dang_phu_trach": "officers_active",
        "da_thoi": "officers_left",
        "da_phan_cong": "officers_assigned",
        "can_ket_thuc": "officers_departed",
        "tu_hai": "officers_multiple",
        "vuot_muc": "officers_overloaded",
    }

    class Meta:
        model = Officer
        fields: list[str] = []

    def by_figure(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        figure = FIGURES[self.FIGURE[choice]]
        return rows.filter(figure.condition(self.request.user, self.request.as_of.day))
