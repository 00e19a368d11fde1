"""Filters of the list of tasks. A filter's name and choices are its parameters in the URL."""

from __future__ import annotations

import datetime as dt

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from assignments.visits.filters import known_officers
from reports.models import CompetentBody, Conclusion, ConclusionTask

UNDONE, OVERDUE, DONE, WITHDRAWN, ALL = "chua_xong", "qua_han", "xong", "da_rut", "tat_ca"


def bodies(request: HttpRequest | None) -> QuerySet[CompetentBody]:
    """Give every body, one that has ended included: it may have tasks."""
    if request is None:
        return CompetentBody.objects.none()
    return CompetentBody.objects.visible_to(request.user)


def conclusions(request: HttpRequest | None) -> QuerySet[Conclusion]:
    """Give the notices a link may ask for."""
    return Conclusion.objects.visible_to(request.user) if request else Conclusion.objects.none()


def in_state(state: str, day: dt.date) -> Q:
    """Give the condition that a task was in ``state`` on ``day``."""
    withdrawn, done = Q(withdrawn_at__isnull=False), Q(done_on__isnull=False, done_on__lte=day)
    return {
        UNDONE: ~withdrawn & ~done,
        OVERDUE: ~withdrawn & ~done & Q(due_on__lt=day),
        DONE: ~withdrawn & done,
        WITHDRAWN: withdrawn,
        ALL: ~withdrawn,
    }[state]


class TaskFilter(filters.FilterSet):
    """Which tasks: those not done yet unless asked otherwise, whose, of which notice.

    ``can_bo`` and ``ket_luan`` are for links from other pages and have no control of their own.
    """

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (UNDONE, "Chưa hoàn thành"),
            (OVERDUE, "Quá hạn"),
            (DONE, "Đã hoàn thành"),
            (ALL, "Tất cả"),
            (WITHDRAWN, "Đã rút lại"),
        ],
        empty_label=None,
        method="by_state",
    )
    co_quan = filters.ModelChoiceFilter(
        label="Cơ quan thực hiện", field_name="body", queryset=bodies, empty_label="Mọi cơ quan"
    )
    can_bo = filters.ModelChoiceFilter(
        label="Cán bộ", field_name="officer", queryset=known_officers, widget=forms.HiddenInput
    )
    ket_luan = filters.ModelChoiceFilter(
        label="Kết luận",
        field_name="conclusion",
        queryset=conclusions,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = ConclusionTask
        fields: list[str] = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        if not data.get("tinh_trang"):
            data["tinh_trang"] = UNDONE
        super().__init__(data, *args, **kwargs)

    def by_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        return rows.filter(in_state(state, self.request.as_of.day))
