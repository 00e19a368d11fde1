"""Filters of documents being followed and of how far communes are with one."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q, QuerySet

from assignments.directives import UNTOUCHED
from assignments.enums import FollowUpState
from assignments.models import Directive
from assignments.unit_filters import GroupFilterSet
from communes.models import Commune
from communes.periods import covers

FOLLOWED, PAST_DUE, ENDED, ALL = "dang_theo_doi", "qua_han", "da_thoi", "tat_ca"
NOT_YET = "Chưa đôn đốc"
# How far a commune is, by the parameter in the URL.
STATES = {
    "chua": UNTOUCHED,
    "da_don_doc": FollowUpState.REMINDED,
    "dang_lam": FollowUpState.IN_PROGRESS,
    "vuong_mac": FollowUpState.DIFFICULT,
    "co_ket_qua": FollowUpState.DONE,
}


def state_label(state: str) -> str:
    """Give a state in words."""
    return NOT_YET if state == UNTOUCHED else str(FollowUpState(state).label)


class DirectiveFilter(filters.FilterSet):
    """Which documents: those being followed on the day unless asked otherwise."""

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (FOLLOWED, "Đang theo dõi"),
            (PAST_DUE, "Đang theo dõi, đã quá hạn"),
            (ENDED, "Đã thôi theo dõi"),
            (ALL, "Tất cả"),
        ],
        empty_label=None,
        method="in_state",
    )

    class Meta:
        model = Directive
        fields: list[str] = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        if not data.get("tinh_trang"):
            data["tinh_trang"] = FOLLOWED
        super().__init__(data, *args, **kwargs)

    def in_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        day = self.request.as_of.day
        conditions = {
            FOLLOWED: covers(day),
            PAST_DUE: covers(day) & Q(due_on__lte=day),
            ENDED: Q(ended_on__lte=day),
            ALL: Q(),
        }
        return rows.filter(conditions[state])


class CommuneStateFilter(GroupFilterSet):
    """Which communes: how far they are with the document, of one district."""

    tinh_hinh = filters.ChoiceFilter(
        label="Tình hình",
        choices=[(key, state_label(state)) for key, state in STATES.items()],
        empty_label="Tất cả",
        method="in_state",
    )

    class Meta:
        model = Commune
        fields: list[str] = []

    def in_state(self, rows: QuerySet, name: str, key: str) -> QuerySet:
        state = STATES[key]
        return rows.filter(state__isnull=True) if state == UNTOUCHED else rows.filter(state=state)
