"""One run: what is due on a day, less what was told before, written once whoever else runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from reports.models import Notification, NotificationRun
from reports.notifications.audience import Audience
from reports.notifications.notices import Notice
from reports.notifications.rules import RULES
from reports.notifications.telling import notification

MOST_KEYS = 500  # of one query


class Telling(NamedTuple):
    """One notice for one of its users."""

    user: User
    notice: Notice


def due(day: dt.date) -> list[Notice]:
    """Give all there is to tell on ``day``, told before or not."""
    audience = Audience.read()
    return list(chain.from_iterable(rule(day, audience) for rule in RULES))


def untold(notices: Iterable[Notice]) -> list[Telling]:
    """Give who was not told of what yet, each once."""
    wanted = {
        (user.pk, notice.key): Telling(user, notice) for notice in notices for user in notice.users
    }
    told = set(chain.from_iterable(map(already_told, in_parts({key for _, key in wanted}))))
    return [telling for key, telling in wanted.items() if key not in told]


def in_parts(keys: Iterable[str]) -> Iterator[list[str]]:
    keys = iter(keys)
    while some := list(islice(keys, MOST_KEYS)):
        yield some


def already_told(keys: list[str]) -> Iterable[tuple[int, str]]:
    return Notification.objects.filter(key__in=keys).values_list("user", "key")


def tell(*, day: dt.date, now: dt.datetime) -> NotificationRun:
    """Write what is due on ``day`` and was not told; give the run, still open for mailing.

    Two runs at once: the second waits at the first row ever written of the runs (on SQLite at the
    transaction) and then finds everything told. The unique key holds whatever happens.
    """
    notices = due(day)
    run = NotificationRun.objects.create(day=day, started_at=now)
    with transaction.atomic():
        NotificationRun.objects.select_for_update().earliest("pk")
        fresh = untold(notices)
        Notification.objects.bulk_create(
            [notification(user, notice, day=day, now=now) for user, notice in fresh],
            ignore_conflicts=True,
            batch_size=MOST_KEYS,
        )
        run.written = len(fresh)
        run.save(update_fields=["written"])
    return run


def finish(*, run: NotificationRun, now: dt.datetime) -> None:
    """Close a run: everything it was to do is done or will be done by the next one."""
    run.ended_at = now
    run.save(update_fields=["ended_at", "emailed", "failed"])
