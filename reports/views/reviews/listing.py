"""The list of reviews, the newest first."""

from __future__ import annotations

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.tables import Column, Kind, State, TableView
from reports.models import FrozenFigures, Review
from reports.quarters import QuarterSpan
from reports.reviews.standing_filter import StandingFilter, state_filter

FROZEN = State("✓", "Đã chốt số liệu", "ok")
NOT_FROZEN = State("→", "Chưa chốt số liệu", "due")
TAKEN_BACK = State("×", "Đã rút lại", "none")


class ReviewFilter(StandingFilter):
    """Those that stand, unless the withdrawn ones are asked for."""

    tinh_trang = state_filter("Đang có", "Đã rút lại")

    class Meta:
        model = Review
        fields: list[str] = []


def quarters_in_words(review: Review) -> str:
    first, last = review.first_quarter, review.last_quarter
    return str(first) if first == last else str(QuarterSpan((first, last)))


def review_state(review: Review) -> State:
    if review.is_withdrawn:
        return TAKEN_BACK
    return FROZEN if review.last_frozen_at else NOT_FROZEN


def frozen_when(review: Review) -> str:
    """Give when it was frozen the last time."""
    moment = review.last_frozen_at
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment else ""


COLUMNS = (
    Column(
        "ten",
        "Kỳ sơ kết",
        lambda row: row.name,
        sort=("search_key",),
        url=lambda row: reverse("reviews:detail", args=[row.pk]),
        width=48,
    ),
    Column("quy", "Các quý", quarters_in_words, sort=("first_quarter__started_on",), width=28),
    Column(
        "so_lieu",
        "Số liệu đến hết ngày",
        lambda row: row.day,
        kind=Kind.DATE,
        sort=("day",),
        width=14,
    ),
    Column("hop", "Ngày họp", lambda row: row.held_on, kind=Kind.DATE, sort=("held_on",), width=12),
    Column(
        "chot",
        "Tình trạng",
        review_state,
        kind=Kind.STATE,
        sort=(F("last_frozen_at"),),
        detail=frozen_when,
        detail_label="Chốt lúc",
        width=20,
    ),
    Column("so", "Số báo cáo", lambda row: row.document.code if row.document else "", width=16),
)


class ReviewList(TableView):
    """Reviews that had been planned by the day."""

    columns = COLUMNS
    filterset_class = ReviewFilter
    title = "Sơ kết"
    noun = "kỳ sơ kết"
    file_name = "SoKet"
    default_sort = "-so_lieu"
    search_hint = "Tên hội nghị, kỳ sơ kết (không cần dấu)"
    template_name = "reviews/list.html"

    @property
    def heading(self) -> str:
        return "Danh sách kỳ sơ kết"

    def scoped(self):
        reviews = Review.objects.visible_to(self.request.user)
        freezes = FrozenFigures.objects.visible_to(self.request.user)
        last = freezes.filter(review=OuterRef("pk")).order_by("-number")
        return (
            reviews.filter(entered_at__date__lte=self.day)
            .annotate(last_frozen_at=Subquery(last.values("frozen_at")[:1]))
            .select_related("first_quarter", "last_quarter", "document")
        )

    def get_context_data(self, **kwargs):
        may_prepare = allowed(self.request.user, Permission.PREPARE_REVIEWS)
        return super().get_context_data(may_prepare=may_prepare, **kwargs)
