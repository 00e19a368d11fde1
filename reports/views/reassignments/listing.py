"""The list of plans of reassignment, the newest first."""

from __future__ import annotations

import datetime as dt

import django_filters as filters
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.models import ReassignmentPlan
from assignments.officer_field import has_all
from assignments.tables import NO_FIGURE, Column, Kind, State, TableView
from communes import names
from reports.views.reassignments.access import for_who_sees_plans, plans_of

DRAFT, APPLIED, DROPPED = "du_thao", "da_ap_dung", "da_bo"
NOT_CHOSEN = State("○", "Chưa chọn phương án", "due")
CHOSEN = State("→", "Dự thảo", "due")
IN_FORCE = State("✓", "Đã áp dụng", "ok")
TAKEN_BACK = State("×", "Đã bỏ", "none")


def day_of(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def plan_state(plan: ReassignmentPlan, day: dt.date) -> State:
    """Give how a plan stood on ``day``; which variant was chosen is known as it is now only."""
    if plan.withdrawn_at and day_of(plan.withdrawn_at) <= day:
        return TAKEN_BACK
    if plan.applied_at and day_of(plan.applied_at) <= day:
        return IN_FORCE
    return CHOSEN if plan.variant else NOT_CHOSEN


def in_state(state: str, day: dt.date) -> Q:
    """Give the condition that a plan was in ``state`` on ``day``."""
    dropped, applied = Q(withdrawn_at__date__lte=day), Q(applied_at__date__lte=day)
    not_dropped = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__date__gt=day)
    not_applied = Q(applied_at__isnull=True) | Q(applied_at__date__gt=day)
    return {DRAFT: not_dropped & not_applied, APPLIED: applied, DROPPED: dropped}[state]


class ReassignmentFilter(filters.FilterSet):
    """Which plans: all, unless those in one state are asked for."""

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(DRAFT, "Dự thảo"), (APPLIED, "Đã áp dụng"), (DROPPED, "Đã bỏ")],
        empty_label="Tất cả",
        method="by_state",
    )

    class Meta:
        model = ReassignmentPlan
        fields: list[str] = []

    def by_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        return rows.filter(in_state(state, self.request.as_of.day))


def columns_on(day: dt.date) -> tuple[Column, ...]:
    """Give the columns as of ``day``."""
    return (
        Column(
            "ten",
            "Phương án",
            lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("reassignments:detail", args=[row.pk]),
            width=44,
        ),
        Column(
            "tu_ngay",
            "Thực hiện từ ngày",
            lambda row: row.starts_on,
            kind=Kind.DATE,
            sort=("starts_on",),
            width=14,
        ),
        Column(
            "tinh_trang",
            "Tình trạng",
            lambda row: plan_state(row, day),
            kind=Kind.STATE,
            detail=lambda row: str(row.decision or ""),
            detail_label="Quyết định",
            width=20,
        ),
        Column("chon", "Phương án chọn", lambda row: row.get_variant_display(), width=24),
        Column(
            "so_thay_doi",
            "Đảng bộ thay đổi",
            lambda row: row.n_rows,
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            sort=("n_rows",),
            brief=lambda row: row.n_rows or "",
            width=12,
        ),
        Column(
            "so_y_kien",
            "Ý kiến",
            lambda row: row.n_comments,
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            sort=("n_comments",),
            brief=lambda row: row.n_comments or "",
            width=10,
        ),
        Column(
            "lap",
            "Lập ngày",
            lambda row: day_of(row.entered_at),
            kind=Kind.DATE,
            sort=("entered_at",),
            detail=lambda row: row.entered_by.full_name if row.entered_by else "",
            detail_label="Người lập",
            width=14,
        ),
    )


@method_decorator([require_safe, for_who_sees_plans()], name="dispatch")
class ReassignmentList(TableView):
    """Plans drawn up by the day."""

    filterset_class = ReassignmentFilter
    title = "Phương án phân công"
    noun = "phương án"
    file_name = "PhuongAnPhanCong"
    default_sort = "-lap"
    search_hint = "Tên phương án (không cần dấu)"
    template_name = "reassignments/list.html"

    @property
    def columns(self):
        return columns_on(self.day)

    def scoped(self):
        drawn_up = plans_of(self.request).filter(entered_at__date__lte=self.day)
        return drawn_up.annotate(
            n_rows=Count("rows", distinct=True), n_comments=Count("comments", distinct=True)
        ).defer("parameters", "solutions")

    def search(self, rows, query):
        """Keep the plans whose name has every word: there are few, and none has a search key."""
        words = names.search_words(query)
        named = rows.order_by().values_list("pk", "name")
        return rows.filter(
            pk__in=[pk for pk, name in named if has_all(words, names.search_key(name))]
        )

    def get_context_data(self, **kwargs):
        may_edit = allowed(self.request.user, Permission.EDIT_ASSIGNMENTS)
        return super().get_context_data(may_edit=may_edit, **kwargs)
