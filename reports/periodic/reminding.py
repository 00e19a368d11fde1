"""Reminding who has not reported: in the application, once a day at most (DOMAIN R23)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Officer
from communes.dates import short_date
from reports.enums import NotificationKind
from reports.models import Notification, Period
from reports.notifications import notify, users_of
from reports.periodic.expected import Expected

NOBODY = "Không còn ai chưa nộp báo cáo trong các dòng đã chọn."
NOT_ENTITLED = "Chỉ cơ quan tiếp nhận báo cáo mới nhắc nộp."


@dataclass(frozen=True)
class Reminder:
    """What one officer is reminded of: the reports of one period still missing."""

    officer: Officer
    rows: list[Expected]

    @property
    def period(self) -> Period:
        return self.rows[0].period

    @property
    def places(self) -> str:
        return ", ".join(row.place for row in self.rows)

    @property
    def title(self) -> str:
        return f"Nhắc nộp báo cáo {self.period}, hạn nộp {short_date(self.rows[0].line.deadline)}"

    @property
    def standing(self) -> str:
        """Say how the reports stand, without a word of blame."""
        over = max(row.days_overdue for row in self.rows)
        since = f", đã quá hạn {over} ngày" if over else ""
        if all(row.was_returned for row in self.rows):
            return f"được trả lại để bổ sung, chưa nộp lại{since}"
        return f"chưa nộp{since}"

    @property
    def detail(self) -> str:
        """Give the text the officer reads."""
        return (
            f"Báo cáo {self.period} ({self.places}) {self.standing}. "
            "Đề nghị đồng chí hoàn thành và nộp báo cáo; "
            "nếu có lý do chưa nộp được, đề nghị nêu lý do để cơ quan xem xét."
        )

    def key(self, day: dt.date) -> str:
        """Give what names the reminder of a day: the same day's second one is not told again."""
        return f"report:{self.period.pk}:{self.officer.pk}:reminded:{day.isoformat()}"


@dataclass(frozen=True)
class Reminded:
    """Who was told, who had been told that day already, who has no account to be told by."""

    told: list[Officer]
    before: list[Officer]
    unreachable: list[Officer]


def reminders(missing: Iterable[Expected]) -> list[Reminder]:
    """Give one reminder for each officer of ``missing``, in the order they come."""
    by_officer: dict[int, list[Expected]] = defaultdict(list)
    for row in missing:
        by_officer[row.officer.pk].append(row)
    return [Reminder(rows[0].officer, rows) for rows in by_officer.values()]


def remind_missing(
    *, period: Period, missing: Sequence[Expected], by: User, now: dt.datetime
) -> Reminded:
    """Tell the users of each officer of ``missing`` (rows of ``period``) what is not handed in.

    All in one transaction, with one audit row that names who was told. Raises ``ValidationError``
    when nothing is missing, or ``by`` may not remind.
    """
    if not allowed(by, Permission.RECEIVE_REPORTS):
        raise ValidationError(NOT_ENTITLED)
    due = reminders(row for row in missing if row.is_missing and row.period == period)
    if not due:
        raise ValidationError(NOBODY)
    day = timezone.localdate(now)
    with transaction.atomic():
        told_before = officers_told(due, day)
        outcome = Reminded([], [], [])
        for reminder in due:
            if reminder.officer.pk in told_before:
                outcome.before.append(reminder.officer)
            elif users := users_of(reminder.officer):
                tell(users, reminder, now)
                outcome.told.append(reminder.officer)
            else:
                outcome.unreachable.append(reminder.officer)
        if outcome.told:
            audit.record(Verb.REMIND, period, by=by, after={"đã nhắc": names_of(outcome.told)})
    return outcome


def officers_told(due: Iterable[Reminder], day: dt.date) -> set[int]:
    """Give the keys of the officers reminded of the same on ``day`` before."""
    keys = {reminder.key(day): reminder.officer.pk for reminder in due}
    found = Notification.objects.filter(key__in=keys).values_list("key", flat=True)
    return {keys[key] for key in found}


def tell(users: Iterable[User], reminder: Reminder, now: dt.datetime) -> None:
    notify(
        users,
        kind=NotificationKind.REPORT_REMINDED,
        key=reminder.key(timezone.localdate(now)),
        title=reminder.title,
        detail=reminder.detail,
        address=reverse("periodic:inbox"),
        now=now,
    )


def names_of(officers: Iterable[Officer]) -> str:
    return ", ".join(officer.full_name for officer in officers)
