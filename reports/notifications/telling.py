"""Writing notifications, and whom they go to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator

from accounts.enums import Permission, Role
from accounts.models import User
from accounts.permissions import ROLE_PERMISSIONS
from assignments.models import Officer
from reports.enums import NotificationKind
from reports.models import Notification
from reports.notifications.notices import Notice

LONGEST_TITLE = 300


def notify(
    users: Iterable[User],
    *,
    kind: NotificationKind,
    key: str,
    title: str,
    address: str,
    now: dt.datetime,
    detail: str = "",
) -> None:
    """Tell each of ``users`` once, inside the caller's transaction.

    ``key`` names the thing (and its stage, where it has several): who was told of it before is
    not told again. ``address`` is the path that opens it. The title goes into mail: it names no
    person and tells no content of a petition.
    """
    notice = Notice(tuple(users), kind, key, title, address, detail)
    day = timezone.localdate(now)
    Notification.objects.bulk_create(
        [notification(user, notice, day=day, now=now) for user in notice.users],
        ignore_conflicts=True,
    )


def notification(user: User, notice: Notice, *, day: dt.date, now: dt.datetime) -> Notification:
    """Give what tells ``user`` of ``notice``, not written yet."""
    return Notification(
        user=user,
        kind=notice.kind,
        key=notice.key,
        title=Truncator(notice.title).chars(LONGEST_TITLE),
        detail=notice.detail,
        address=notice.address,
        noticed_on=day,
        created_at=now,
    )


def users_of(officer: Officer) -> list[User]:
    """Give who acts for an officer: the officer, and who assists them."""
    themselves = Q(officer=officer) & ~Q(role=Role.ASSISTANT)
    assistants = Q(assisted_officers=officer, role=Role.ASSISTANT)
    return list(User.objects.filter(themselves | assistants, is_active=True).distinct())


def office_users() -> list[User]:
    """Give who handles petitions and receives reports."""
    return with_permission(Permission.HANDLE_PETITIONS)


def who_see_all() -> list[User]:
    """Give who reads the weekly digest: leaders and the office."""
    return with_permission(Permission.COMMENT)


def with_permission(permission: Permission) -> list[User]:
    roles = [role for role, held in ROLE_PERMISSIONS.items() if permission in held]
    return list(User.objects.filter(role__in=roles, is_active=True))
