"""The end of every login, in one step or two: the session, the log, what its owner should know."""

from __future__ import annotations

import datetime as dt

import django_otp
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.models import Device

from accounts import audit, clock, password_age, services, sessions
from accounts.enums import Verb
from accounts.middleware import client_address
from accounts.models import AuditEvent, User

# What others, or failures, have done to an account since its owner was last here.
NEWS = (Verb.SECOND_FACTOR, Verb.PASSWORD, Verb.LOCK, Verb.UNLOCK, Verb.REACTIVATE)


@transaction.atomic
def complete(request: HttpRequest, user: User, *, device: Device | None = None) -> None:
    """Log ``user`` in, all steps being done; ``device`` is what took the code."""
    now = clock.now()
    told = news(user, client_address(request))
    login(request, user)
    request.session.begin()
    sessions.describe(request)
    User.objects.filter(pk=user.pk).update(seen_at=now)
    if device is not None:
        django_otp.login(request, device)
    services.note_login(user)
    for level, sentence in told:
        messages.add_message(request, level, sentence)
    if warning := password_age.warning(user, now):
        messages.warning(request, warning)


def news(user: User, address: str) -> list[tuple[int, str]]:
    """Give level and sentence of each thing to tell at the login from ``address``.

    When and from where the last login was, so that its owner notices one that was not theirs, and
    what has been done to the account since.
    """
    own = AuditEvent.objects.filter(target_key=audit.target_key(user))
    last = own.filter(verb=Verb.LOGIN).order_by("-at", "-pk").first()
    if last is None:
        return []
    since = own.filter(at__gt=last.at, verb__in=(*NEWS, Verb.LOGIN_FAILED)).order_by("at", "pk")
    return [last_login(last, address), *done_since(list(since[:50]), user)]


def last_login(last: AuditEvent, address: str) -> tuple[int, str]:
    sentence = f"Lần đăng nhập trước: {moment(last.at)}, từ địa chỉ {last.address or 'không rõ'}."
    if last.address == address:
        return messages.INFO, sentence
    return messages.WARNING, (
        f"{sentence} Lần này từ một địa chỉ khác: {address or 'không rõ'}. Lần trước không phải "
        "đồng chí đăng nhập thì hãy đổi mật khẩu và báo người quản trị hệ thống."
    )


def done_since(events: list[AuditEvent], user: User) -> list[tuple[int, str]]:
    """Give a sentence for the failed logins and one for each thing somebody else has done."""
    failed = sum(event.verb == Verb.LOGIN_FAILED for event in events)
    told = [f"Từ lần đó có {failed} lần đăng nhập không thành công."] if failed else []
    told += [
        f"{event.get_verb_display()}: {event.actor}, {moment(event.at)}"
        f"{', ' + event.reason if event.reason else ''}."
        for event in events
        if event.verb in NEWS and event.actor != str(user)
    ]
    return [(messages.WARNING, sentence) for sentence in told]


def moment(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"
