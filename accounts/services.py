"""Writes that touch accounts: logging in and out, passwords. Each writes its audit row."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.enums import Suspension, Verb
from accounts.models import User


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
    """Switch an account on or off, unsaved; one that is off says why."""
    user.is_active = on
    user.suspension = "" if on else why
    if on:
        user.reactivation_asked_at = None


@transaction.atomic
def set_password(*, user: User, password: str, by: User) -> None:
    """Give ``user`` a new password; one set by somebody else must be changed at the next login."""
    user.set_password(password)
    user.must_change_password = by != user
    user.save(update_fields=["password", "must_change_password"])
    audit.record(Verb.PASSWORD, user, by=by)
