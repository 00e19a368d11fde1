"""A clock for nights: the command run for some of them, and who was told what, when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import timezone

from reports.models import Notification
from reports.notifications.nightly import tell

# (user name, key of the thing and its stage) → the day it was told.
Told = dict[tuple[str, str], dt.date]


def days(since: dt.date, until: dt.date) -> Iterator[dt.date]:
    """Give each day from ``since`` up to and including ``until``."""
    for number in range((until - since).days + 1):
        yield since + dt.timedelta(days=number)


def at_night(day: dt.date) -> dt.datetime:
    """Give the hour at which the command is run."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(5, 30)))


def run(day: dt.date) -> int:
    """Run the command's work for one day; give how many notices it wrote."""
    return tell(day=day, now=at_night(day)).written


def told() -> Told:
    """Give all that was told, the weekly digest apart."""
    rows = Notification.objects.exclude(kind="digest")
    return {
        (name, key): day
        for name, key, day in rows.values_list("user__username", "key", "noticed_on")
    }


def keys_told(since: dt.date, until: dt.date | None = None) -> set[tuple[str, str]]:
    """Run every night from ``since`` to ``until``; give who was told what."""
    for day in days(since, until or since):
        run(day)
    return set(told())


def first_run_within(stretch: tuple[dt.date, dt.date], runs: Iterable[dt.date]) -> dt.date | None:
    """Give the first night of ``runs`` within a stretch, last day included."""
    since, until = stretch
    return min((day for day in runs if since <= day <= until), default=None)
