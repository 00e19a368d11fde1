"""Between the two steps of a login: whose password was right, for five minutes, in the session.

Nobody is logged in by it. It is void once the password, the role or the account has changed.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.auth import load_backend
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.session_store import UNCLAIMED

KEY = "pending_login"


def hold(request: HttpRequest, user: User, *, target: str, now: dt.datetime) -> None:
    """Remember under a new session key that ``user`` gave the password and wants ``target``."""
    request.session.flush()
    request.session[KEY] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "backend": user.backend,
        "at": now.timestamp(),
        "next": target,
    }


def held(request: HttpRequest, now: dt.datetime) -> User | None:
    """Give who is between the two steps, with the backend that took the password."""
    kept = request.session.get(KEY)
    if not kept or now.timestamp() - kept["at"] > UNCLAIMED.total_seconds():
        return None
    user = load_backend(kept["backend"]).get_user(kept["user"])
    if user is None or not constant_time_compare(user.get_session_auth_hash(), kept["hash"]):
        return None
    user.backend = kept["backend"]
    return user


def target(request: HttpRequest) -> str:
    """Give the page wanted, which was found safe when it was kept."""
    return request.session.get(KEY, {}).get("next", "")


def drop(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(KEY, None)
