"""Filters of the list of waivers. A filter's name and choices are its parameters in the URL."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from assignments.enums import DutyKind
from assignments.unit_filters import UnitFilterSet
from assignments.visits.filters import known_officers
from reports.enums import WaiverEffect
from reports.filters import quarters
from reports.models import Waiver
from reports.viewpoint import Viewpoint
from reports.waivers.columns import ACCEPTED, REFUSED, WAITING, WITHDRAWN
from reports.waivers.standing import in_state

STATES = {"cho": WAITING, "chap_nhan": ACCEPTED, "khong": REFUSED, "da_rut": WITHDRAWN}


class WaiverFilter(UnitFilterSet):
    """Which waivers: how they stood on the day, of which quarter, for which duty, where.

    ``can_bo`` is for links from other pages and has no control of its own.
    """

    groups_before = "can_bo"

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(key, state.word) for key, state in STATES.items()],
        empty_label="Tất cả",
        method="by_state",
    )
    ky = filters.ChoiceFilter(label="Quý", empty_label="Mọi quý", method="of_quarter")
    nhiem_vu = filters.ChoiceFilter(
        label="Nhiệm vụ", field_name="duty_kind", choices=DutyKind, empty_label="Mọi nhiệm vụ"
    )
    de_nghi = filters.ChoiceFilter(
        label="Đề nghị", field_name="effect", choices=WaiverEffect, empty_label="Tất cả"
    )
    can_bo = filters.ModelChoiceFilter(
        label="Cán bộ", field_name="officer", queryset=known_officers, widget=forms.HiddenInput
    )

    class Meta:
        model = Waiver
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["ky"].extra["choices"] = quarters(self.request)

    def by_state(self, rows: QuerySet, name: str, choice: str) -> QuerySet:
        return rows.filter(in_state(choice, self.request.as_of.day))

    def of_quarter(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        """Keep the waivers of periods that end within the quarter, the quarter itself included."""
        quarter = next(one for one in Viewpoint.of(self.request).quarters if one.code == code)
        return rows.filter(
            period__ended_on__gt=quarter.started_on, period__ended_on__lte=quarter.ended_on
        )
