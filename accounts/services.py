"""Writes that touch accounts: logging in and out, passwords. Each writes its audit row."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count

from accounts import audit, clock, sessions
from accounts.enums import Suspension, Verb
from accounts.models import User

CHANGED_MEANWHILE = "Mật khẩu vừa được đổi ở nơi khác nên chưa đổi. Đăng nhập lại rồi đổi."


def note_login(user: User) -> None:
    """Record that ``user`` has logged in."""
    audit.record(Verb.LOGIN, user, by=user)


def note_failed_login(typed: str) -> None:
    """Record that somebody who typed ``typed`` for a user name was refused.

    A name that no account has is not kept: people type their password into the wrong box.
    """
    known = User.objects.named(typed)
    audit.record(
        Verb.LOGIN_FAILED, known or "Tên đăng nhập không có trong hệ thống", by=audit.NOBODY
    )


def note_logout(user: User) -> None:
    """Record that ``user`` has logged out."""
    audit.record(Verb.LOGOUT, user, by=user)


def switch(user: User, *, on: bool, why: Suspension = Suspension.BY_ADMIN) -> None:
    """Switch an account on or off, unsaved; one that is off says why and is logged in nowhere."""
    user.is_active = on
    user.suspension = "" if on else why
    if on:
        user.reactivation_asked_at = None
    else:
        sessions.end_all(user)


def remember(user: User) -> None:
    """Keep the password about to be replaced, and no more than ``PASSWORD_HISTORY`` in all."""
    if user.password and user.has_usable_password():
        user.former_passwords.create(password=user.password)
    forget_old_passwords(user)


def clear_old_passwords() -> int:
    """Delete former passwords beyond ``PASSWORD_HISTORY`` of all users, when it was made less."""
    many = User.objects.annotate(former=Count("former_passwords"))
    return sum(
        forget_old_passwords(user) for user in many.filter(former__gt=settings.PASSWORD_HISTORY)
    )


def forget_old_passwords(user: User) -> int:
    """Delete former passwords beyond ``PASSWORD_HISTORY``; give how many they were."""
    kept = user.former_passwords.values_list("pk", flat=True)[: settings.PASSWORD_HISTORY]
    rows, _ = user.former_passwords.exclude(pk__in=list(kept)).delete()
    return rows


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None) -> None:
    """Give ``user`` a new password; one set by somebody else must be changed at the next login.

    ``by=None`` is the server's console. Raises when it is one's own and was changed since ``user``
    was read: who changed it then knows the one that counts.
    """
    stored = User.objects.select_for_update().get(pk=user.pk)
    if by == user and stored.password != user.password:
        raise ValidationError(CHANGED_MEANWHILE)
    remember(user)
    user.set_password(password)
    user.must_change_password = by != user
    user.password_changed_at = clock.now()
    user.save(
        update_fields=[
            "password",
            "password_stands_alone",
            "must_change_password",
            "password_changed_at",
        ]
    )
    sessions.end_all(user)
    audit.record(Verb.PASSWORD, user, by=by)
