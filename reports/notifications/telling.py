"""Writing notifications, and whom they go to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import ROLE_PERMISSIONS
from assignments.models import Officer
from reports.enums import NotificationKind
from reports.models import Notification

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
    not told again. ``address`` is the path that opens it.
    """
    Notification.objects.bulk_create(
        [
            Notification(
                user=user,
                kind=kind,
                key=key,
                title=Truncator(title).chars(LONGEST_TITLE),
                detail=detail,
                address=address,
                noticed_on=timezone.localdate(now),
                created_at=now,
            )
            for user in users
        ],
        ignore_conflicts=True,
    )


def users_of(officer: Officer) -> list[User]:
    """Give who acts for an officer: the officer, and who assists them."""
    condition = Q(officer=officer) | Q(assisted_officers=officer)
    return list(User.objects.filter(condition, is_active=True).distinct())


def office_users() -> list[User]:
    """Give who handles petitions and receives reports."""
    return with_permission(Permission.HANDLE_PETITIONS)


def who_see_all() -> list[User]:
    """Give who reads the weekly digest: leaders and the office."""
    return with_permission(Permission.COMMENT)


def with_permission(permission: Permission) -> list[User]:
    roles = [role for role, held in ROLE_PERMISSIONS.items() if permission in held]
    return list(User.objects.filter(role__in=roles, is_active=True))
