"""Filters of the list of petitions. A filter's name and choices are its parameters in the URL."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest

from assignments.unit_filters import UnitFilterSet
from assignments.visits.filters import known_officers
from reports.enums import PetitionSource, PetitionState, Urgency
from reports.figures import PETITIONS
from reports.filters import QuarterFilterSet
from reports.models import CompetentBody, Petition, PetitionField, PetitionMatter
from reports.petitions.ageing import IN_TIME, LATE, answered
from reports.viewpoint import PARAMETER as QUARTER

SETTLED, CLOSED = "co_ket_qua", "ket_thuc"
# Those of the figures, and what needs nothing more.
STANDINGS = [
    ("dang_giai_quyet", "Đang giải quyết"),
    ("chua_qua_han", "Đang giải quyết, chưa quá hạn"),
    ("qua_han", "Quá hạn trả lời"),
    ("chua_chuyen", "Chưa chuyển xử lý"),
    ("can_tra_loi", "Cần trả lời xã"),
    ("trinh", "Cần trình Ban Thường vụ"),
    (SETTLED, "Đã có kết quả"),
    (CLOSED, "Đã kết thúc"),
]


def fields(request: HttpRequest | None) -> QuerySet[PetitionField]:
    if request is None:
        return PetitionField.objects.none()
    return PetitionField.objects.visible_to(request.user)


def bodies(request: HttpRequest | None) -> QuerySet[CompetentBody]:
    if request is None:
        return CompetentBody.objects.none()
    return CompetentBody.objects.visible_to(request.user)


def matters(request: HttpRequest | None) -> QuerySet[PetitionMatter]:
    """Give the matters a link may ask for."""
    if request is None:
        return PetitionMatter.objects.none()
    return PetitionMatter.objects.visible_to(request.user)


def years(request: HttpRequest | None) -> list[tuple[str, str]]:
    """Give the years from the first to the last of the numbers there are, newest first.

    The ends of an index tell them, where each year's own would be read from a million rows.
    """
    if request is None:
        return []
    found = Petition.objects.visible_to(request.user).aggregate(first=Min("year"), last=Max("year"))
    if found["first"] is None:
        return []
    return [(str(year), str(year)) for year in range(found["last"], found["first"] - 1, -1)]


class PetitionFilter(UnitFilterSet, QuarterFilterSet):
    """Which petitions: how they stood on the day, about what, at which body, from where.

    ``can_bo`` and ``nhom`` are for links from other pages and have no control.
    """

    groups_before = "muc_do"

    population = PETITIONS
    narrows_by: tuple[str, ...] = ()  # in a subclass: which of these filters there are

    tinh_trang = filters.ChoiceFilter(
        label="Việc cần làm", choices=STANDINGS, empty_label="Tất cả", method="by_figure"
    )
    trang_thai = filters.ChoiceFilter(
        label="Tình trạng", field_name="state_on", choices=PetitionState, empty_label="Tất cả"
    )
    linh_vuc = filters.ModelChoiceFilter(
        label="Lĩnh vực", field_name="field", queryset=fields, empty_label="Mọi lĩnh vực"
    )
    co_quan = filters.ModelChoiceFilter(
        label="Cơ quan chủ trì",
        field_name="lead_leg__body",
        queryset=bodies,
        empty_label="Mọi cơ quan",
    )
    muc_do = filters.ChoiceFilter(
        label="Mức độ", field_name="urgency", choices=Urgency, empty_label="Tất cả"
    )
    nguon = filters.ChoiceFilter(
        label="Nguồn", field_name="source", choices=PetitionSource, empty_label="Mọi nguồn"
    )
    nam = filters.ChoiceFilter(label="Năm", field_name="year", empty_label="Mọi năm")
    trong_ky = filters.ChoiceFilter(
        label="Trong quý",
        choices=[("neu", "Nêu trong quý"), ("ket_qua", "Có kết quả trong quý")],
        empty_label="Không chọn",
        method="by_figure",
    )
    can_bo = filters.ModelChoiceFilter(
        label="Cán bộ", field_name="officer", queryset=known_officers, widget=forms.HiddenInput
    )
    nhom = filters.ModelChoiceFilter(
        label="Nhóm vấn đề", field_name="matter", queryset=matters, widget=forms.HiddenInput
    )
    # Of the evidence of an evaluation: what was raised in its cycle.
    tu = filters.DateFilter(
        label="Kiến nghị từ ngày",
        field_name="raised_on",
        lookup_expr="gte",
        widget=forms.HiddenInput,
    )
    den = filters.DateFilter(
        label="đến hết ngày", field_name="raised_on", lookup_expr="lte", widget=forms.HiddenInput
    )
    # Of the table of bodies: who answered in the twelve months up to the day, in time or late.
    tra_loi_boi = filters.ModelChoiceFilter(
        label="Cơ quan đã trả lời trong 12 tháng",
        queryset=bodies,
        widget=forms.HiddenInput,
        method="answered_by",
    )
    tra_loi = filters.ChoiceFilter(
        label="Trả lời trong 12 tháng",
        choices=[(IN_TIME, "Đúng hạn"), (LATE, "Sau hạn")],
        widget=forms.HiddenInput,
        method="answered_so",
    )

    class Meta:
        model = Petition
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters[QUARTER] = self.filters.pop(QUARTER)  # after what it belongs to
        if self.narrows_by:
            self.filters = {
                name: self.filters[name] for name in self.narrows_by if name in self.filters
            }
        if "nam" in self.filters:
            self.filters["nam"].extra["choices"] = years(self.request)

    def answered_by(self, rows: QuerySet, name: str, body: CompetentBody) -> QuerySet:
        kept_to = self.form.cleaned_data["tra_loi"]
        return rows.filter(answered(self.request.as_of.day, body, kept_to))

    def answered_so(self, rows: QuerySet, name: str, kept_to: str) -> QuerySet:
        if self.form.cleaned_data["tra_loi_boi"]:
            return rows  # one and the same answer is asked for
        return rows.filter(answered(self.request.as_of.day, None, kept_to))
