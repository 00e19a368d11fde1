"""Filters of the lists of communes and officers; the conditions are those of the figures."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpRequest

from assignments.enums import OfficerGroup
from assignments.models import Officer
from assignments.unit_filters import GroupFilterSet
from communes.enums import CommuneKind
from communes.models import Commune
from reports.duties.states import DONE, EXCUSED, NOT_DUE, OPEN, OVERDUE
from reports.figures import COMMUNES, OFFICERS, Population, figures_of
from reports.viewpoint import PARAMETER as QUARTER
from reports.viewpoint import Viewpoint


class FigureFilterSet(filters.FilterSet):
    """Filters whose choices are figures: each keeps exactly the members of its figure.

    Figures of different populations may share a parameter and a choice.
    """

    population: Population

    def by_figure(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        asked = {name: choice}
        figure = next(figure for figure in figures_of(self.population) if figure.query == asked)
        return rows.filter(figure.condition(Viewpoint.of(self.request)))


def quarters(request: HttpRequest | None) -> list[tuple[str, str]]:
    """Give the quarters one can ask for, newest first; several in a row while looked at."""
    return Viewpoint.of(request).offered if request else []


class QuarterFilterSet(FigureFilterSet):
    """Filters some of whose choices speak of the quarters looked at."""

    ky = filters.ChoiceFilter(label="Quý", empty_label="Quý của ngày xem", method="at_quarter")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters[QUARTER].extra["choices"] = quarters(self.request)

    def at_quarter(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        """Keep all rows: the quarter is what the other filters and the columns speak of."""
        return rows


class CommuneFilter(GroupFilterSet, QuarterFilterSet):
    """Which communes: covered or not, of one district or area, of one kind."""

    population = COMMUNES
    groups_before = "loai"

    phu_trach = filters.ChoiceFilter(
        label="Người phụ trách",
        choices=[("co", "Đã có người"), ("chua", "Chưa có người"), ("sap_trong", "Sắp trống")],
        empty_label="Tất cả",
        method="by_figure",
    )
    thuc_hien = filters.ChoiceFilter(
        label="Thực hiện trong quý",
        choices=[
            ("du", DONE.word),
            ("con_viec", OPEN.word),
            ("co_ly_do", EXCUSED.word),
            ("qua_han", OVERDUE.word),
            ("chua_tinh", NOT_DUE.word),
        ],
        empty_label="Tất cả",
        method="by_figure",
    )
    du_hop = filters.ChoiceFilter(
        label="Dự họp Ban Chấp hành",
        choices=[
            ("chua", "Chưa được dự"),
            ("co_ly_do", "Chưa được dự, có lý do"),
            ("chua_ro", "Chưa được dự, chưa rõ lý do"),
        ],
        empty_label="Tất cả",
        method="by_figure",
    )
    den_xa = filters.ChoiceFilter(
        label="Cán bộ đến trong quý",
        choices=[("chua", "Chưa có ai đến"), ("co", "Đã có người đến")],
        empty_label="Tất cả",
        method="by_figure",
    )
    kien_nghi = filters.ChoiceFilter(
        label="Kiến nghị",
        choices=[("co", "Đã nêu kiến nghị")],
        empty_label="Tất cả",
        method="by_figure",
    )
    loai = filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=CommuneKind, empty_label="Mọi loại"
    )

    class Meta:
        model = Commune
        fields: list[str] = []


class OfficerFilter(QuarterFilterSet):
    """Which officers: active, left, ever assigned; of one group; with many communes."""

    population = OFFICERS

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

    thuc_hien = filters.ChoiceFilter(
        label="Thực hiện trong quý",
        choices=[
            ("con_viec", OPEN.word),
            ("qua_han", OVERDUE.word),
            ("hai_quy", "Hai quý liền chưa dự sinh hoạt chi bộ"),
        ],
        empty_label="Tất cả",
        method="by_figure",
    )

    di_co_so = filters.ChoiceFilter(
        label="Đi cơ sở trong quý",
        choices=[("phu_trach", "Có phụ trách Đảng bộ"), ("chua", "Chưa đi cơ sở")],
        empty_label="Tất cả",
        method="by_figure",
    )

    class Meta:
        model = Officer
        fields: list[str] = []
