"""The day a page speaks of: ``?ngay=2023-05-09``, today when absent (DESIGN §2)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from accounts import clock

PARAMETER = "ngay"
EARLIEST = dt.date(1945, 1, 1)
LATEST = dt.date(2100, 12, 31)
ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
OFFICE_DAY = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")


@dataclass(frozen=True)
class AsOf:
    """The day asked for; ``error`` is the sentence to show when the parameter was unreadable."""

    day: dt.date
    today: dt.date
    error: str = ""

    @property
    def is_today(self) -> bool:
        return self.day == self.today


def parse_day(text: str) -> dt.date | None:
    """Read ``2023-05-09`` or ``9/5/2023``; ``None`` when it is no date between 1945 and 2100."""
    written = ISO_DAY.fullmatch(text.strip()) or OFFICE_DAY.fullmatch(text.strip())
    if not written:
        return None
    try:
        day = dt.date(*(int(written[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def read_as_of(text: str, today: dt.date) -> AsOf:
    """Give the day ``text`` names: today when empty; today and a sentence when unreadable."""
    if not text.strip():
        return AsOf(today, today)
    day = parse_day(text)
    if day is None:
        return AsOf(today, today, f"Không đọc được ngày “{text[:20]}”; đang xem tại hôm nay.")
    return AsOf(day, today)


class AsOfMiddleware:
    """Puts :class:`AsOf` on every request as ``request.as_of``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.as_of = read_as_of(request.GET.get(PARAMETER, ""), clock.today())
        return self.get_response(request)
