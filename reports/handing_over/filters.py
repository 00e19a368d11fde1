"""Filter of the list of hand-overs."""

from __future__ import annotations

import datetime as dt

import django_filters as filters
from django.conf import settings
from django.db.models import Q, QuerySet

from reports.enums import HandoverState
from reports.models import Handover

UNDER_WAY, LATE, NOBODY, OFFERED = "chua_xong", "qua_han", "chua_co_nguoi", "cho_nhan"
DONE, ALL = "da_xong", "tat_ca"


def in_state(key: str, day: dt.date) -> Q:
    """Give the condition that a hand-over stood so on ``day``."""
    settled = Q(settled_on__lte=day)
    open_still = Q(settled_on__isnull=True) | Q(settled_on__gt=day)
    somebody = Q(incoming__isnull=False, incoming__started_on__lte=day)
    late_since = day - dt.timedelta(days=settings.HANDOVER_DAYS)
    return {
        UNDER_WAY: open_still,
        LATE: open_still & somebody & Q(outgoing__ended_on__lt=late_since),
        NOBODY: open_still & Q(outgoing__ended_on__lte=day) & ~somebody,
        OFFERED: Q(state=HandoverState.OFFERED),
        DONE: settled,
        ALL: Q(),
    }[key]


class HandoverFilter(filters.FilterSet):
    """Which hand-overs: those not settled unless asked otherwise."""

    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (UNDER_WAY, "Chưa xong"),
            (LATE, "Quá thời hạn, đã có người nhận"),
            (NOBODY, "Đã thôi, chưa có người nhận"),
            (OFFERED, "Chờ người nhận"),
            (DONE, "Đã xong"),
            (ALL, "Tất cả"),
        ],
        empty_label=None,
        method="standing_so",
    )

    class Meta:
        model = Handover
        fields: list[str] = []

    def __init__(self, data, *args, **kwargs):
        data = data.copy()
        if not data.get("tinh_trang"):
            data["tinh_trang"] = UNDER_WAY
        super().__init__(data, *args, **kwargs)

    def standing_so(self, rows: QuerySet, name: str, key: str) -> QuerySet:
        return rows.filter(in_state(key, self.request.as_of.day))
