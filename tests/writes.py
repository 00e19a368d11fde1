"""Every write leaves a row in the log: what one request wrote is watched at the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

WRITE = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)
SAVEPOINT = re.compile(r"(ROLLBACK TO SAVEPOINT|SAVEPOINT) (\S+)", re.IGNORECASE)
LOG = "accounts_auditevent"
OURS = ("accounts_", "communes_", "assignments_", "reports_")

# What is no record of anybody's work, and why no row tells of it.
UNTOLD = {
    # Who is logged in where; logging in and out and ending a session are told.
    "accounts_session": "",
    # One's own way of looking at a list, seen by nobody else.
    "accounts_savedview": "",
    # What somebody has read is their own business (reports/notifications/reading.py).
    "reports_notification": "",
    # An uploaded list nobody has applied: nothing of it is in force, and it says itself who sent it
    # and when. Applying it is told, record by record.
    "assignments_rosterimport": "",
    # Files of a pack, made one by one: that it is begun is told, and its files once it is made.
    "reports_packfile": "",
    # When an account was last used: half of all requests, and the log tells what was done.
    "accounts_user": r'UPDATE "accounts_user" SET "(seen_at|last_login)" = ',
}


@contextmanager
def told_writes(request: str) -> Iterator[None]:
    """Fail when what runs here writes a record and no row of the log; taken back is not written."""
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        note(written, sql)
        return result

    with connection.execute_wrapper(watch):
        yield
    tables = {WRITE.match(sql)[1] for sql in written if WRITE.match(sql)}
    untold = {sql for sql in written if is_record(sql)}
    assert LOG in tables or not untold, f"{request} left no row in the log: {sorted(untold)}"


def note(written: list[str], sql: str) -> None:
    """Keep a write; forget those after a savepoint gone back to."""
    point = SAVEPOINT.match(sql)
    if point and point[1].upper() == "SAVEPOINT":
        written.append(point[2])
    elif point and point[2] in written:
        del written[written.index(point[2]) :]
    elif WRITE.match(sql):
        written.append(sql)


def is_record(sql: str) -> bool:
    """Say whether a statement writes a record the log must tell of."""
    write = WRITE.match(sql)
    if not write or not write[1].startswith(OURS) or write[1] == LOG:
        return False
    return write[1] not in UNTOLD or not re.match(UNTOLD[write[1]], sql)
