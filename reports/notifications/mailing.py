"""Mail of what was told: one letter for each person and run, titles and links only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import User
from reports.enums import NotificationKind
from reports.models import Notification, NotificationRun
from reports.notifications.notices import lines_of

KEPT = dt.timedelta(days=14)  # what is older is no news: it is read in the application
# One run mails at a time. It begins no letter after MAILING; one that has not ended by LEASE has
# died, and the next takes over.
MAILING = dt.timedelta(minutes=50)
LEASE = dt.timedelta(minutes=60)
MOST_UNREACHED = 3  # letters in a row for which the server did not answer at all


@dataclass(frozen=True)
class Letter:
    """What one person is sent."""

    user: User
    notifications: list[Notification]

    @property
    def subject(self) -> str:
        return f"Theo dõi Đảng bộ cấp xã: {len(self.notifications)} thông báo"

    @property
    def body(self) -> str:
        """Give titles with links; of the digest its numbers. Details stay in the application."""
        parts = ["\n".join(told(one)) for one in self.notifications]
        every = f"Tất cả thông báo: {absolute(reverse('notifications:list'))}"
        return "\n\n".join([*parts, every]) + "\n"


def told(notification: Notification) -> Iterator[str]:
    """Give the lines of one notification."""
    yield f"- {notification.title}"
    yield f"  {absolute(notification.address)}"
    if notification.kind == NotificationKind.DIGEST:
        for line in lines_of(notification.detail):
            yield f"  + {line.text}"
            if line.address:
                yield f"    {absolute(line.address)}"


def absolute(address: str) -> str:
    return f"{settings.SITE_ADDRESS}{address}"


def letters(day: dt.date) -> list[Letter]:
    """Give what is to be mailed: told lately, neither mailed nor read, to who has an address."""
    rows = (
        Notification.objects.unsent()
        .unread()
        .filter(noticed_on__gt=day - KEPT, noticed_on__lte=day, user__is_active=True)
        .exclude(user__email="")
        .select_related("user")
        .order_by("user", "-noticed_on", "-pk")
    )
    return [Letter(user, list(found)) for user, found in groupby(rows, key=lambda row: row.user)]


def is_mailing_elsewhere(run: NotificationRun) -> bool:
    """Say whether a run begun before this one may still be mailing."""
    others = NotificationRun.objects.filter(
        pk__lt=run.pk, ended_at__isnull=True, started_at__gt=run.started_at - LEASE
    )
    return others.exists()


def mail(*, run: NotificationRun, now: Callable[[], dt.datetime]) -> list[str]:
    """Send the letters of a run and count them on it; give why some could not be sent.

    No transaction is open while the server is talked to. What is not taken is tried by the next
    run. Each letter is marked at once when the server has taken it: only a process that dies
    between these two lines leaves a letter that the next run sends a second time.
    """
    reasons: list[str] = []
    unreached = 0
    waiting = letters(run.day)
    for number, letter in enumerate(waiting):
        if unreached == MOST_UNREACHED or now() > run.started_at + MAILING:
            run.failed += len(waiting) - number
            reasons.append(f"Còn {len(waiting) - number} thư để lần chạy sau gửi.")
            break
        error = failure_of(letter)
        if error is None:
            mark(letter, now())
            run.emailed += 1
            unreached = 0
        else:
            run.failed += 1
            unreached = 0 if isinstance(error, SMTPException | ValueError) else unreached + 1
            reasons.append(f"Chưa gửi được thư cho {letter.user.username}: {error}")
    return reasons


def failure_of(letter: Letter) -> Exception | None:
    """Send a letter; give what kept it from being taken, ``None`` when it was.

    ``ValueError`` is an address that cannot stand in a header.
    """
    message = EmailMessage(letter.subject, letter.body, to=[letter.user.email])
    try:
        message.send()
    except (OSError, ValueError) as error:
        return error
    return None


def mark(letter: Letter, now: dt.datetime) -> None:
    sent = [one.pk for one in letter.notifications]
    Notification.objects.filter(pk__in=sent).update(emailed_at=now)
