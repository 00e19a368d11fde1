"""Days and moments of the invented province."""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.utils import timezone

DAY = dt.timedelta(days=1)
SATURDAY = 5
# (day, month) on which nobody goes anywhere.
HOLIDAYS = ((1, 1), (30, 4), (1, 5), (2, 9))


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """Give that time of that day in the office's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, time))


def days_between(since: dt.date, until: dt.date) -> list[dt.date]:
    """Give the days from ``since`` up to, not including, ``until``."""
    return [since + number * DAY for number in range((until - since).days)]


def is_working(day: dt.date) -> bool:
    return day.weekday() < SATURDAY and (day.day, day.month) not in HOLIDAYS


@cache
def working_days(since: dt.date, until: dt.date) -> list[dt.date]:
    """Give the working days from ``since`` up to, not including, ``until``."""
    return [day for day in days_between(since, until) if is_working(day)]
