"""Columns and filters of the list of matters, as of a day."""

from __future__ import annotations

import datetime as dt

import django_filters as filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from assignments.tables import NO_FIGURE, Column, Kind
from reports.models import PetitionMatter
from reports.petitions.by_field import FIGURE_OF
from reports.petitions.filters import fields
from reports.petitions.matters import leads_of
from reports.petitions.summary import number_column

GOING_ON, SETTLED = "dang_giai_quyet", "xong"


class MatterFilter(filters.FilterSet):
    """Which matters: with something still to do or not, of which field."""

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(GOING_ON, "Còn kiến nghị đang giải quyết"), (SETTLED, "Không còn")],
        empty_label="Tất cả",
        method="by_state",
    )
    linh_vuc = filters.ModelChoiceFilter(
        label="Lĩnh vực", field_name="field", queryset=fields, empty_label="Mọi lĩnh vực"
    )

    class Meta:
        model = PetitionMatter
        fields: list[str] = []

    def by_state(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        return rows.filter(open__gt=0) if choice == GOING_ON else rows.filter(open=0)


def matter_address(matter: PetitionMatter) -> str:
    return reverse("petitions:matter_detail", args=[matter.pk])


def its_petitions(matter: PetitionMatter, **query: str) -> str:
    """Give the address of the list of a matter's petitions."""
    return f"{reverse('petitions:list')}?{urlencode({'nhom': matter.pk} | query)}"


def counted(key: str, label: str, **query: str) -> Column:
    return number_column(key, label, lambda row: its_petitions(row, **query), FIGURE_OF[key])


def matter_columns(day: dt.date) -> tuple[Column, ...]:
    """Give the columns as of ``day``."""
    return (
        Column(
            "nhom",
            "Nhóm vấn đề",
            lambda row: row.title,
            sort=("title",),
            url=matter_address,
            detail=lambda row: row.field.name,
            detail_label="Lĩnh vực",
            width=40,
        ),
        counted("communes", "Số Đảng bộ"),
        counted("raised", "Kiến nghị"),
        counted("open", "Đang giải quyết", tinh_trang="dang_giai_quyet"),
        counted("overdue", "Trong đó quá hạn", tinh_trang="qua_han"),
        counted("settled", "Đã có kết quả", tinh_trang="co_ket_qua"),
        Column("co_quan", "Cơ quan chủ trì", lambda row: ", ".join(leads_of(row)), width=36),
        Column(
            "lau_nhat",
            "Chờ lâu nhất (ngày)",
            lambda row: (day - row.open_since).days if row.open_since else None,
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            sort=("open_since",),
            width=11,
        ),
    )
