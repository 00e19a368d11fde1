"""A freeze in words and numbers."""

from __future__ import annotations

from django.utils import timezone

from communes.dates import short_date
from reports.models import FrozenFigures


def frozen_line(frozen: FrozenFigures) -> str:
    """Give the line printed under every number: "Số liệu chốt lúc 17 giờ 30 ngày 09/5/2023"."""
    moment = timezone.localtime(frozen.frozen_at)
    day = short_date(moment.date())
    return f"Số liệu chốt lúc {moment.hour} giờ {moment.minute:02} ngày {day}"


def frozen_values(frozen: FrozenFigures) -> dict[str, int]:
    """Give every frozen figure's value by key, in one query."""
    return dict(frozen.figures.order_by("position").values_list("key", "value"))
