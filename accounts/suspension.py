"""Accounts that rest: switched off when not used or when their owner has left, and on again.

Some officers log in once a quarter and so after the 45 days of DOMAIN §5.3: who knows the
password of a resting account has by that asked to use it again; an administrator switches it on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts import audit, clock
from accounts.enums import Role, Suspension, Verb
from accounts.models import AuditEvent, User
from accounts.services import switch

RESTED = "Tài khoản tạm ngừng vì lâu không dùng; mật khẩu đúng, đã ghi nhận đề nghị dùng lại."


def with_last_use(users: models.QuerySet[User]) -> models.QuerySet[User]:
    """Add ``last_used`` to each: the last page asked for, else the last login, else the making."""
    return users.annotate(
        last_used=Greatest(
            Coalesce("seen_at", "created_at"), Coalesce("last_login", "created_at"), "created_at"
        )
    )


def idle(now: dt.datetime) -> list[User]:
    """Give the active accounts not used for ``ACCOUNT_IDLE_DAYS``, longest first.

    One switched on again has as long anew: its owner has to hear of it first.
    """
    limit = now - dt.timedelta(days=settings.ACCOUNT_IDLE_DAYS)
    revived = set(
        AuditEvent.objects.filter(verb=Verb.REACTIVATE, at__gt=limit).values_list(
            "target_key", flat=True
        )
    )
    unused = with_last_use(User.objects.filter(is_active=True)).filter(last_used__lte=limit)
    return [
        user for user in unused.order_by("last_used", "pk") if audit.target_key(user) not in revived
    ]


def suspend_idle(now: dt.datetime) -> list[User]:
    """Switch off the accounts nobody uses, by the system; give those that were."""
    return [
        user
        for user in idle(now)
        if suspend(
            user=user,
            why=Suspension.IDLE,
            reason=f"Không dùng từ {timezone.localtime(user.last_used):%d/%m/%Y}",
        )
    ]


def suspend_left(users: Iterable[User]) -> list[User]:
    """Switch off accounts whose owners have left, by the system; give those that were."""
    return [
        user
        for user in users
        if suspend(user=user, why=Suspension.LEFT, reason="Cán bộ đã thôi công tác")
    ]


@transaction.atomic
def suspend(*, user: User, why: Suspension, reason: str, by: User | None = None) -> bool:
    """Switch an account off; say whether it was: the last administrator stays."""
    # Whoever decides about an administrator waits for whoever else does.
    active = User.objects.select_for_update().filter(is_active=True)
    administrators = list(active.filter(role=Role.ADMIN).order_by("pk"))
    stored = active.filter(pk=user.pk).first()
    if stored is None or administrators == [stored]:
        return False
    switch(stored, on=False, why=why)
    stored.save(update_fields=["is_active", "suspension"])
    audit.record(
        Verb.SUSPEND,
        stored,
        by=by,
        before={"đang hoạt động": True},
        after={"đang hoạt động": False, "lý do ngừng": why.label},
        reason=reason,
    )
    return True


@transaction.atomic
def ask_reactivation(*, user: User) -> None:
    """Keep that the owner of a resting account, who knows its password, wants to use it again."""
    now = clock.now()
    resting = User.objects.filter(pk=user.pk, suspension=Suspension.IDLE)
    first = resting.filter(reactivation_asked_at=None).update(reactivation_asked_at=now)
    after = {"đề nghị dùng lại lúc": f"{timezone.localtime(now):%H:%M %d/%m/%Y}"} if first else {}
    audit.record(Verb.LOGIN_FAILED, user, by=audit.NOBODY, after=after, reason=RESTED)


@transaction.atomic
def reactivate(*, user: User, by: User | None, reason: str) -> bool:
    """Switch an account on again; say whether it was off."""
    stored = User.objects.select_for_update().filter(pk=user.pk, is_active=False).first()
    if stored is None:
        return False
    before = {"đang hoạt động": False, "lý do ngừng": stored.get_suspension_display()}
    switch(stored, on=True)
    stored.save(update_fields=["is_active", "suspension", "reactivation_asked_at"])
    audit.record(
        Verb.REACTIVATE,
        stored,
        by=by,
        before=before,
        after={"đang hoạt động": True},
        reason=reason,
    )
    return True
