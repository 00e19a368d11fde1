"""Asking one address with one verb: what comes back, and what was written meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.urls import reverse

from tests.client import ReadingClient

LOGIN = "to the login page"
VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
READING = ("get", "head")
# What no page of ours takes, whoever asks.
REFUSED_VERBS = ("put", "patch", "delete", "options")
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
# A session remembers when it was last used; the log remembers who read what.
BOOKKEEPING = ("accounts_session", "accounts_auditevent")


@contextmanager
def watched(ignored: tuple[str, ...] = BOOKKEEPING) -> Iterator[list[str]]:
    """Collect the statements that write to any table but ``ignored``."""
    written: list[str] = []

    def look(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found and found[1] not in ignored:
            written.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written


def ask(client: ReadingClient, verb: str, url: str, body: dict | None = None) -> object:
    """Give the status, or :data:`LOGIN` for a redirect to either of the login addresses."""
    sent = {"khong_co": "1"} if body is None else body
    response = getattr(client, verb)(url, sent if verb == "post" else None)
    if response.streaming:
        list(response.streaming_content)  # a file is closed once it has been read
    target = response.get("Location", "").partition("?")[0]
    is_login = target in (reverse("accounts:login"), reverse("admin:login"))
    return LOGIN if is_login else response.status_code
