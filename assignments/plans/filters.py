"""Filters of the lists of plans and of meeting notices, and the order they have unasked."""

from __future__ import annotations

import datetime as dt

import django_filters as filters
from django import forms
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import OrderBy

from assignments.entry_rights import officers_entered_for
from assignments.enums import NoticeReply, VisitKind
from assignments.forms import date_options
from assignments.models import Assignment, MeetingNotice, NoticeAnswer, VisitPlan
from assignments.unit_filters import UnitFilterSet
from assignments.visits.filters import known_officers
from communes.periods import covers

COMING, DONE, PASSED, CALLED_OFF = "sap_toi", "da_di", "qua_ngay", "da_bo"
UNANSWERED, CANCELLED = "chua", "da_huy"
REPLIES = {
    "se_du": NoticeReply.ATTENDS,
    "khong_du": NoticeReply.CANNOT,
    "cu_nguoi": NoticeReply.DELEGATES,
}


def first_of_quarter(day: dt.date) -> dt.date:
    """Give the first day of the calendar quarter of ``day``."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def coming_first(column: str, day: dt.date) -> tuple[OrderBy, OrderBy]:
    """Give the order of what is to come from ``day`` on, soonest first, then the latest past."""
    to_come = Case(When(**{f"{column}__gte": day}, then=F(column)))
    return to_come.asc(nulls_last=True), F(column).desc()


def plan_state(state: str, day: dt.date) -> Q:
    """Give the condition that a plan is in ``state`` on ``day``; "" is any but called off."""
    called_off = Q(withdrawn_at__isnull=False)
    carried_out = Q(
        carried_out_by__isnull=False,
        carried_out_by__withdrawn_at__isnull=True,
        carried_out_by__visit__visited_on__lte=day,
    )
    return {
        "": ~called_off,
        COMING: ~called_off & ~carried_out & Q(planned_on__gte=day),
        DONE: ~called_off & carried_out,
        PASSED: ~called_off & ~carried_out & Q(planned_on__lt=day),
        CALLED_OFF: called_off,
    }[state]


class PlanFilter(UnitFilterSet):
    """Which plans: from the present quarter on unless another day is asked for.

    ``can_bo`` is for links from other pages and has no control of its own.
    """

    groups_before = "can_bo"

    tu = filters.DateFilter(field_name="planned_on", lookup_expr="gte", **date_options("Từ ngày"))
    den = filters.DateFilter(
        field_name="planned_on", lookup_expr="lte", **date_options("Đến hết ngày")
    )
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (COMING, "Sắp tới"),
            (DONE, "Đã đi"),
            (PASSED, "Quá ngày, chưa đi"),
            (CALLED_OFF, "Đã bỏ"),
        ],
        empty_label="Tất cả",
        method="in_any_state",
    )
    viec = filters.ChoiceFilter(
        label="Việc", field_name="kind", choices=VisitKind, empty_label="Mọi việc"
    )
    can_bo = filters.ModelChoiceFilter(
        label="Cán bộ", field_name="officer", queryset=known_officers, widget=forms.HiddenInput
    )

    class Meta:
        model = VisitPlan
        fields: list[str] = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        if not data.get("tu"):
            data["tu"] = f"{first_of_quarter(kwargs['request'].as_of.day):%d/%m/%Y}"
        super().__init__(data, *args, **kwargs)

    def filter_queryset(self, rows: QuerySet) -> QuerySet:
        """Keep what stands, unless what was called off is asked for."""
        condition = plan_state(self.form.cleaned_data["tinh_trang"], self.request.as_of.day)
        return super().filter_queryset(rows.filter(condition))

    def in_any_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        return rows  # filter_queryset has seen to it


class NoticeFilter(UnitFilterSet):
    """Which meetings: of which days, where, how answered; called off ones apart."""

    tu = filters.DateFilter(field_name="held_on", lookup_expr="gte", **date_options("Từ ngày"))
    den = filters.DateFilter(
        field_name="held_on", lookup_expr="lte", **date_options("Đến hết ngày")
    )
    tra_loi = filters.ChoiceFilter(
        label="Trả lời",
        choices=[
            (UNANSWERED, "Chưa phản hồi"),
            *((key, reply.label) for key, reply in REPLIES.items()),
            (CANCELLED, "Cuộc họp đã hủy"),
        ],
        empty_label="Tất cả",
        method="answered",
    )

    class Meta:
        model = MeetingNotice
        fields: list[str] = []

    def filter_queryset(self, rows: QuerySet) -> QuerySet:
        """Keep what stands, unless what was called off is asked for."""
        is_off = self.form.cleaned_data["tra_loi"] == CANCELLED
        return super().filter_queryset(rows.filter(withdrawn_at__isnull=not is_off))

    def answered(self, rows: QuerySet, name: str, key: str) -> QuerySet:
        """Keep what an invited officer of the user answered so, or has not answered."""
        officers = officers_entered_for(self.request.user)
        if key == UNANSWERED:
            return rows.unanswered_by(officers)
        if key == CANCELLED:
            return rows
        invited = Assignment.objects.filter(
            covers(OuterRef("notice__held_on")),
            commune=OuterRef("notice__commune"),
            officer=OuterRef("officer"),
        )
        answers = NoticeAnswer.objects.filter(Exists(invited), officer__in=officers.values("pk"))
        return rows.filter(Exists(answers.filter(notice=OuterRef("pk"), reply=REPLIES[key])))
