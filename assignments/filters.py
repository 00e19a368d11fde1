"""Filters of the assignment list. A filter's name and choices are its parameters in the URL."""

from __future__ import annotations

import datetime as dt

import django_filters as filters
from django.db.models import Q, QuerySet

from assignments.enums import AssignmentRole, OfficerGroup
from assignments.models import Assignment
from assignments.unit_filters import UnitFilterSet
from communes.periods import covers

IN_FORCE, ENDED, TO_COME, WITHOUT_DECISION, ALL = (
    "hieu_luc",
    "da_thoi",
    "sap_toi",
    "thieu_quyet_dinh",
    "tat_ca",
)


def assignment_state(state: str, day: dt.date) -> Q:
    """Give the condition that an assignment is in ``state`` on ``day``."""
    return {
        IN_FORCE: covers(day),
        ENDED: Q(ended_on__lte=day),
        TO_COME: Q(started_on__gt=day),
        WITHOUT_DECISION: covers(day) & Q(opening_decision__isnull=True),
        ALL: Q(),
    }[state]


class AssignmentFilter(UnitFilterSet):
    """Which assignments: those in force on the day unless asked otherwise."""

    groups_before = "nhom"

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (IN_FORCE, "Đang hiệu lực"),
            (ENDED, "Đã thôi"),
            (TO_COME, "Chưa bắt đầu"),
            (WITHOUT_DECISION, "Chưa ghi quyết định"),
            (ALL, "Tất cả"),
        ],
        empty_label=None,
        method="in_state",
    )
    vai_tro = filters.ChoiceFilter(
        label="Vai trò", field_name="role", choices=AssignmentRole, empty_label="Mọi vai trò"
    )
    nhom = filters.ChoiceFilter(
        label="Nhóm cán bộ",
        field_name="officer__group",
        choices=OfficerGroup,
        empty_label="Mọi nhóm",
    )

    class Meta:
        model = Assignment
        fields: list[str] = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        if not data.get("tinh_trang"):
            data["tinh_trang"] = IN_FORCE
        super().__init__(data, *args, **kwargs)

    def in_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        return rows.filter(assignment_state(state, self.request.as_of.day))
