"""Who has failed to log in too often: counted by django-axes, told by us (DOMAIN §5.3).

Three counts of failures, each ended by ``LOCK_HOURS`` without a further one: of an account from
one address (``LOGIN_FAILURES``), of one address over all accounts (``LOGIN_FAILURES_PER_ADDRESS``,
larger: colleagues may share one) and of an account from all addresses
(``LOGIN_FAILURES_PER_ACCOUNT``: an attacker may have many). Neither what was typed for an unknown
name nor anything else of the request is stored. The counts are in the database: all application
servers know them.
"""

from __future__ import annotations

import datetime as dt
import ipaddress

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery, Sum
from django.http import HttpRequest

from accounts import audit, clock
from accounts.enums import Verb
from accounts.middleware import client_address
from accounts.models import User

# Under this all unknown names are counted; no account can have it.
UNKNOWN = "?"


def note_failure(request: HttpRequest, user: User) -> None:
    """Count a failure of ``user`` at a later step than the password (a wrong code)."""
    AxesProxyHandler.user_login_failed(
        sender=note_failure, credentials={"username": user.username}, request=request
    )


def is_locked(request: HttpRequest, username: str) -> bool:
    """Say whether nobody may log in from this address under the name somebody typed."""
    return AxesProxyHandler.is_locked(request, {"username": username})


def counted_address(request: HttpRequest) -> str | None:
    """Give the address failures are counted under; None for what is no address."""
    return known_address(client_address(request))


def known_address(text: str) -> str | None:
    """Give a network address as it is stored; None for what is none."""
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None


def counted_name(request: HttpRequest, credentials: dict | None) -> str:
    """Give the name failures are counted under: the account's own, else :data:`UNKNOWN`."""
    user = User.objects.named((credentials or {}).get("username") or "")
    return user.username if user else UNKNOWN


def recent(now: dt.datetime) -> models.QuerySet[AccessAttempt]:
    """Keep the failures that still count: axes adds up those of one account and address."""
    return AccessAttempt.objects.filter(attempt_time__gt=now - settings.AXES_COOLOFF_TIME)


def counts(username: str, address: str | None, now: dt.datetime) -> dict[str, int]:
    """Count the failures of an account from an address, of the address, of the account."""

    def failures(whose: Q) -> Sum:
        return Sum("failures_since_start", filter=whose, default=0)

    account, place = Q(username=username), Q(ip_address=address)
    return (
        recent(now)
        .filter(account | place)
        .aggregate(
            pair=failures(account & place), address=failures(place), account=failures(account)
        )
    )


def limits(username: str) -> dict[str, int]:
    """Give how many failures lock; all unknown names together are no account."""
    limits = {
        "pair": settings.LOGIN_FAILURES,
        "address": settings.LOGIN_FAILURES_PER_ADDRESS,
        "account": settings.LOGIN_FAILURES_PER_ACCOUNT,
    }
    if username == UNKNOWN:
        del limits["account"]
    return limits


class LoginHandler(AxesDatabaseHandler):
    """Counts in axes' table, keeping of a request its address alone; a lock is told in our log."""

    def is_locked(self, request: HttpRequest, credentials: dict | None = None) -> bool:
        username = counted_name(request, credentials)
        found = counts(username, request.axes_ip_address, request.axes_attempt_time)
        return any(found[which] >= limit for which, limit in limits(username).items())

    def user_login_failed(self, sender, credentials, request=None, **kwargs) -> None:
        """Count one failure; what is tried during a lock neither counts nor prolongs it."""
        if request is None or self.is_locked(request, credentials):
            return
        with transaction.atomic():
            super().user_login_failed(sender, credentials, bare(request), **kwargs)
            tell_of_locks(counted_name(request, credentials), request.axes_ip_address)


def bare(request: HttpRequest) -> HttpRequest:
    """Give a request with the time and address of ``request`` and nothing that anybody typed."""
    kept = HttpRequest()
    kept.axes_updated = True
    kept.axes_attempt_time = request.axes_attempt_time
    kept.axes_ip_address = request.axes_ip_address
    kept.axes_user_agent = kept.axes_path_info = kept.axes_http_accept = ""
    kept.axes_locked_out = False
    return kept


def tell_of_locks(username: str, address: str | None) -> None:
    """Write into the log which locks the failure just counted has closed."""
    found = counts(username, address, clock.now())
    closed = {which for which, limit in limits(username).items() if found[which] == limit}
    whose = User.objects.filter(username=username).first()
    if whose and closed & {"pair", "account"}:
        reach = "mọi địa chỉ" if "account" in closed else f"địa chỉ {address}"
        audit.record(
            Verb.LOCK,
            whose,
            by=None,
            after={"Khóa đăng nhập từ": reach},
            reason=f"{found['account' if 'account' in closed else 'pair']} lần không thành công",
        )
    if "address" in closed:
        audit.record(
            Verb.LOCK,
            f"Địa chỉ {address}",
            by=None,
            reason=f"{found['address']} lần không thành công với các tài khoản",
        )


def with_locks(users: models.QuerySet[User], now: dt.datetime) -> models.QuerySet[User]:
    """Add to each user ``is_locked_out``: from one address at least, they cannot log in."""
    own = recent(now).filter(username=OuterRef("username")).order_by()
    worst = own.order_by("-failures_since_start").values("failures_since_start")[:1]
    total = own.values("username").annotate(total=Sum("failures_since_start")).values("total")
    return users.alias(worst=Subquery(worst), total=Subquery(total)).annotate(
        is_locked_out=models.Case(
            models.When(
                Q(worst__gte=settings.LOGIN_FAILURES)
                | Q(total__gte=settings.LOGIN_FAILURES_PER_ACCOUNT),
                then=True,
            ),
            default=False,
            output_field=models.BooleanField(),
        )
    )


@transaction.atomic
def unlock(*, user: User, by: User | None, reason: str) -> int:
    """Forget the failures of an account, from whatever address; give how many there were."""
    return forget(AccessAttempt.objects.filter(username=user.username), user, by, reason)


@transaction.atomic
def unlock_address(*, address: str, by: User | None, reason: str) -> int:
    """Forget the failures made from an address; give how many there were."""
    attempts = AccessAttempt.objects.filter(ip_address=address)
    return forget(attempts, f"Địa chỉ {address}", by, reason)


def forget(attempts, target: User | str, by: User | None, reason: str) -> int:
    failures = attempts.aggregate(count=Sum("failures_since_start", default=0))["count"]
    attempts.delete()
    audit.record(Verb.UNLOCK, target, by=by, before={"Số lần sai": failures}, reason=reason)
    return failures


def clear_expired(now: dt.datetime) -> int:
    """Delete failures that count no longer; give how many rows there were."""
    rows, _ = AccessAttempt.objects.filter(
        attempt_time__lte=now - settings.AXES_COOLOFF_TIME
    ).delete()
    return rows
