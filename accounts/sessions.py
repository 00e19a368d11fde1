"""Where people are logged in: how long a session lasts unused, and how sessions are ended."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import audit, clock
from accounts.enums import Role, Verb
from accounts.middleware import client_address
from accounts.models import Session, User

# The use of a session, and of an account, is written no more often.
NOTED_EVERY = dt.timedelta(minutes=1)
USER_NOTED_EVERY = dt.timedelta(minutes=10)


def idle_limit(role: str) -> dt.timedelta:
    """Give for how long a session of ``role`` lasts unused (DOMAIN §5.3)."""
    return dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES[role])


def time_left(session: SessionBase, user: User, now: dt.datetime) -> dt.timedelta:
    """Give how long a session lasts if it is not used again; not above nought when it is over."""
    length = dt.timedelta(hours=settings.SESSION_HOURS)
    return min(session.seen_at + idle_limit(user.role), session.began_at + length) - now


def seconds_left(request: HttpRequest) -> int:
    """Give :func:`time_left` of the request's session in whole seconds; 0 for nobody's."""
    if not request.user.is_authenticated or request.session.seen_at is None:
        return 0
    left = time_left(request.session, request.user, clock.now())
    return max(0, int(left.total_seconds()))


def describe(request: HttpRequest) -> None:
    """Write into the request's session, unsaved, from where and with what it is used."""
    request.session.address = client_address(request)
    agent = request.headers.get("User-Agent", "")
    request.session.agent = "".join(filter(str.isprintable, agent))[:200]


def note_use(request: HttpRequest, now: dt.datetime) -> None:
    """Write when the session, and else when its user, was last seen: one statement at most.

    That somebody has just logged in is known anyway.
    """
    user, session = request.user, request.session
    if session.seen_at <= now - NOTED_EVERY:
        describe(request)
        session.seen_at = now
        Session.objects.filter(session_key=session.session_key).update(
            seen_at=now, address=session.address, agent=session.agent
        )
    elif max(filter(None, (user.seen_at, user.last_login)), default=now) <= now - USER_NOTED_EVERY:
        User.objects.filter(pk=user.pk).update(seen_at=now)


# --- naming a session without its key ---------------------------------------------------------


def public_id(session_key: str) -> str:
    """Give by what pages and addresses name a session; nobody finds its key from it."""
    return salted_hmac("accounts.sessions", session_key, algorithm="sha256").hexdigest()[:32]


def named(sessions: models.QuerySet[Session], wanted: str) -> Session | None:
    """Give the one of ``sessions`` that pages name ``wanted``."""
    return next(
        (one for one in sessions if constant_time_compare(public_id(one.session_key), wanted)),
        None,
    )


# --- ending -----------------------------------------------------------------------------------


def end_all(user: User, *, but: str | None = None) -> int:
    """End the sessions of ``user``, but the one of the key ``but``; give how many there were.

    What brings it about (a new password, another role, an account switched off) is what the log
    tells.
    """
    if user.pk is None:
        return 0
    rows, _ = Session.objects.filter(user=user).exclude(session_key=but or "").delete()
    return rows


@transaction.atomic
def end(*, session: Session, by: User) -> None:
    """End one session."""
    Session.objects.filter(pk=session.pk).delete()
    audit.record(Verb.END_SESSION, session.user, by=by, before=about(session))


def about(session: Session) -> dict[str, str]:
    """Give what the log keeps of a session that was ended."""
    return {"Từ địa chỉ": session.address or "không rõ", "Trình duyệt": session.browser}


@transaction.atomic
def end_others(*, user: User, kept: str | None, by: User, reason: str = "") -> int:
    """End all sessions of ``user`` but the one whose key is ``kept``; give how many there were."""
    ended = end_all(user, but=kept)
    if ended:
        audit.record(Verb.END_SESSION, user, by=by, before={"Số phiên": ended}, reason=reason)
    return ended


def clear_ended(now: dt.datetime | None = None) -> int:
    """Delete the rows of sessions that are over; give how many there were."""
    now = now or clock.now()
    over = models.Q(expire_date__lte=now)
    for role in Role.values:
        over |= models.Q(user__role=role, seen_at__lte=now - idle_limit(role))
    rows, _ = Session.objects.filter(over).delete()
    return rows
