"""What a user was told, as they read it, and that they have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from reports.models import Notification
from reports.notifications.notices import Line, lines_of

MOST_COUNTED = 99


def with_unread(users: QuerySet[User]) -> QuerySet[User]:
    """Annotate users with how many notifications each has not read (``unread``)."""
    rows = Notification.objects.unread().filter(user=OuterRef("pk")).order_by()
    counted = rows.values("user").annotate(count=Count("pk")).values("count")
    return users.annotate(unread=Coalesce(Subquery(counted), 0))


def unread_label(user: User) -> str:
    """Give how many notifications wait for a user read :func:`with_unread`: "7", "99+" or ""."""
    if user.unread > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(user.unread or "")


@dataclass(frozen=True)
class Told:
    """One notification, its detail in lines."""

    record: Notification
    lines: list[Line]


@dataclass(frozen=True)
class DayTold:
    """What was told on one day."""

    day: dt.date
    told: list[Told]


def by_day(rows: Iterable[Notification]) -> list[DayTold]:
    """Put notifications, sorted by day, together by day."""
    return [
        DayTold(day, [Told(row, lines_of(row.detail)) for row in found])
        for day, found in groupby(rows, key=lambda row: row.noticed_on)
    ]


def read_one(*, notification: Notification, now: dt.datetime) -> None:
    """Mark as read; the first time stays."""
    Notification.objects.filter(pk=notification.pk).unread().update(read_at=now)


def read_all(*, by: User, until: dt.date, now: dt.datetime) -> int:
    """Mark as read what ``by`` was told up to ``until``; give how many.

    What somebody has read is their own business: no row of the audit log tells of it.
    """
    rows = Notification.objects.visible_to(by).unread().filter(noticed_on__lte=until)
    return rows.update(read_at=now)
