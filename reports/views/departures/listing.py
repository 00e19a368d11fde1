"""The list of hand-overs, with the departures to come above it."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from assignments.models import Departure
from assignments.tables import NO_FIGURE, Column, Kind, TableView
from assignments.unit_columns import unit_columns
from communes.lineage import Reading
from reports.handing_over.filters import HandoverFilter
from reports.handing_over.states import handover_state
from reports.models import Handover

SEARCHED = (
    "outgoing__officer__search_key",
    "outgoing__commune__search_key",
    "incoming__officer__search_key",
)


def waited(handover: Handover, day: dt.date) -> int | None:
    """Give for how many days a hand-over that is not settled has been under way."""
    is_settled = handover.settled_on is not None and handover.settled_on <= day
    days = (day - handover.outgoing.ended_on).days
    return None if is_settled or days < 0 else days


def handover_columns(reading: Reading) -> tuple[Column, ...]:
    """Give the columns of the list as of the day of ``reading``."""
    day = reading.day
    return (
        *unit_columns(
            reading,
            commune=lambda row: row.outgoing.commune,
            path="outgoing__commune",
            address=lambda row: reverse("departures:handover", args=[row.pk]),
            width=26,
        ),
        Column(
            "nguoi_giao",
            "Người giao",
            lambda row: row.outgoing.officer.full_name,
            sort=("outgoing__officer__sort_key",),
            url=lambda row: reverse("reports:officer_detail", args=[row.outgoing.officer_id]),
            detail=lambda row: row.outgoing.get_end_reason_display(),
            detail_label="Lý do thôi",
            is_detail_internal=True,
            width=26,
        ),
        Column(
            "thoi_tu",
            "Thôi từ ngày",
            lambda row: row.outgoing.ended_on,
            kind=Kind.DATE,
            sort=("outgoing__ended_on",),
            width=12,
        ),
        Column(
            "nguoi_nhan",
            "Người nhận",
            lambda row: row.incoming.officer.full_name if row.incoming else "chưa có người nhận",
            sort=("incoming__officer__sort_key",),
            detail=lambda row: row.incoming.get_role_display() if row.incoming else "",
            detail_label="Vai trò người nhận",
            width=26,
        ),
        Column("tinh_trang", "Tình trạng", lambda row: handover_state(row, day), kind=Kind.STATE),
        Column(
            "so_ngay",
            "Đã chờ (ngày)",
            lambda row: waited(row, day),
            kind=Kind.NUMBER,
            figure=NO_FIGURE,
            width=10,
        ),
    )


class HandoverList(TableView):
    """Hand-overs not settled by the day, the oldest first."""

    filterset_class = HandoverFilter
    title = "Thôi, bàn giao"
    noun = "hồ sơ bàn giao"
    file_name = "BanGiao"
    default_sort = "thoi_tu"
    search_hint = "Tên cán bộ, xã (gõ không dấu cũng được)"
    template_name = "departures/list.html"
    reads_units = True

    @property
    def columns(self):
        return handover_columns(self.reading)

    @property
    def heading(self) -> str:
        return "Danh sách hồ sơ bàn giao địa bàn"

    def scoped(self):
        return Handover.objects.visible_to(self.request.user).with_parties()

    def search(self, rows, query):
        return self.reading.search(rows, query, SEARCHED, "outgoing__commune")

    def get_context_data(self, **kwargs):
        coming = Departure.objects.visible_to(self.request.user).standing()
        coming = coming.filter(leaves_on__gt=self.day).select_related("officer", "decision")
        return super().get_context_data(coming=coming.order_by("leaves_on", "pk"), **kwargs)
