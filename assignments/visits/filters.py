"""Filters of the list of visits. A filter's name and choices are its parameters in the URL."""

from __future__ import annotations

from collections.abc import Callable

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.enums import MassOrganisation, VisitKind, VisitOutcome
from assignments.forms import date_options
from assignments.models import (
    Attendance,
    AttendanceQuerySet,
    MassOrganisationNote,
    Officer,
)
from assignments.unit_filters import UnitFilterSet

CONFIRMED, WAITING, WITHDRAWN = "da", "cho", "rut"
STATES: dict[str, Callable[[AttendanceQuerySet], AttendanceQuerySet]] = {
    CONFIRMED: lambda rows: rows.confirmed(),
    WAITING: lambda rows: rows.unconfirmed(),
    WITHDRAWN: lambda rows: rows.filter(withdrawn_at__isnull=False),
}
OPINIONS = {
    "kinh_te": ("economy", "Kinh tế - xã hội"),
    "quoc_phong": ("defence", "Quốc phòng - an ninh"),
    "chinh_tri": ("politics", "Xây dựng hệ thống chính trị"),
}


def known_officers(request: HttpRequest | None) -> QuerySet[Officer]:
    """Give the officers whose visits a link may ask for."""
    return Officer.objects.visible_to(request.user) if request else Officer.objects.none()


class AttendanceFilter(UnitFilterSet):
    """Which attendances: of which days, where, for what, saying what; taken back ones apart.

    ``can_bo`` is for links from other pages and has no control of its own.
    """

    unit_path = "visit__commune"
    groups_before = "viec"

    tu = filters.DateFilter(
        field_name="visit__visited_on", lookup_expr="gte", **date_options("Từ ngày")
    )
    den = filters.DateFilter(
        field_name="visit__visited_on", lookup_expr="lte", **date_options("Đến hết ngày")
    )
    viec = filters.ChoiceFilter(
        label="Việc", field_name="visit__kind", choices=VisitKind, empty_label="Mọi việc"
    )
    ket_qua = filters.ChoiceFilter(
        label="Kết quả", field_name="visit__outcome", choices=VisitOutcome, empty_label="Tất cả"
    )
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (CONFIRMED, "Đã xác nhận"),
            (WAITING, "Chờ xác nhận"),
            (WITHDRAWN, "Đã rút lại"),
        ],
        empty_label="Tất cả",
        method="in_state",
    )
    nhap_sau = filters.ChoiceFilter(
        label="Lúc nhập",
        choices=[("co", "Nhập sau ngày đi")],
        empty_label="Tất cả",
        method="entered_late",
    )
    y_kien = filters.ChoiceFilter(
        label="Có ý kiến về",
        choices=[(key, label) for key, (_, label) in OPINIONS.items()],
        empty_label="Không chọn",
        method="with_opinion",
    )
    doan_the = filters.ChoiceFilter(
        label="Có tình hình đoàn thể",
        choices=MassOrganisation,
        empty_label="Không chọn",
        method="with_note",
    )
    can_bo = filters.ModelChoiceFilter(
        label="Cán bộ", field_name="officer", queryset=known_officers, widget=forms.HiddenInput
    )

    class Meta:
        model = Attendance
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not allowed(self.request.user, Permission.VIEW_ALL):
            state = self.form.fields["tinh_trang"]
            state.choices = [choice for choice in state.choices if choice[0] != WITHDRAWN]

    def filter_queryset(self, rows: AttendanceQuerySet) -> AttendanceQuerySet:
        """Keep what stands, unless a state is asked for."""
        rows = super().filter_queryset(rows)
        return rows if self.form.cleaned_data["tinh_trang"] else rows.standing()

    def in_state(self, rows: AttendanceQuerySet, name: str, state: str) -> AttendanceQuerySet:
        return STATES[state](rows)

    def entered_late(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        return rows.filter(entered_at__date__gt=F("visit__visited_on"))

    def with_opinion(self, rows: QuerySet, name: str, key: str) -> QuerySet:
        field, _ = OPINIONS[key]
        return rows.exclude(**{field: ""})

    def with_note(self, rows: QuerySet, name: str, organisation: str) -> QuerySet:
        notes = MassOrganisationNote.objects.filter(
            attendance=OuterRef("pk"), organisation=organisation
        )
        return rows.filter(Exists(notes))
