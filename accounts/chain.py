"""The chain of the log: each committed row gets a number and a seal over itself and the row before.

A seal is an HMAC, so whoever can write to the database but does not know the key cannot make one.
Sealing is a short transaction of its own after the commit of the writes: nobody waits for it, and
what one sealing has missed the next one catches up.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from accounts.models import AuditEvent, AuditTrim

SALT = "accounts.chain"
BATCH = 1_000  # rows sealed in one transaction
LOCK = 0x6E68_6174_6B79  # PostgreSQL's number for "somebody is sealing"
EPOCH, MICROSECOND = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.timedelta(microseconds=1)
COLUMNS = [field.attname for field in AuditEvent._meta.concrete_fields if field.name != "seal"]
TABLE = AuditEvent._meta.db_table


class Head(NamedTuple):
    """A place in the chain: the number of a row and its seal."""

    sequence: int
    seal: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.seal}"


START = Head(0, "")


def keys() -> list[bytes]:
    """Give the key that seals, then those under which earlier rows may have been sealed."""
    given = [settings.AUDIT_KEY, *settings.AUDIT_KEY_FALLBACKS]
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [salted_hmac(SALT, "", secret=each, algorithm="sha256").digest() for each in secrets]
    return [*(key.encode() for key in given if key), *derived]


def canonical(values: Sequence[object]) -> bytes:
    """Give the bytes of a row, its values in the order of :data:`COLUMNS`, seal left out.

    What is empty is left out: a column added later leaves the seals of older rows as they are.
    """
    told = {
        name: (value - EPOCH) // MICROSECOND if isinstance(value, dt.datetime) else value
        for name, value in zip(COLUMNS, values, strict=True)
        if value not in (None, "", {})
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def seal_of(previous: str, values: Sequence[object], key: bytes) -> str:
    """Give the seal of a row whose predecessor in the chain has the seal ``previous``."""
    return hmac.digest(key, previous.encode() + b"\n" + canonical(values), "sha256").hex()


def anchor() -> Head:
    """Give from where the chain can be followed: its start, or the end of the last trim."""
    last = AuditTrim.objects.order_by("-last_sequence").first()
    return Head(last.last_sequence, last.last_seal) if last else START


def head() -> Head:
    """Give the last sealed row's number and seal: noted elsewhere, it shows a tail cut off."""
    sealed = AuditEvent.objects.filter(sequence__isnull=False).order_by("-sequence")
    last = sealed.values_list("sequence", "seal").first()
    return Head(*last) if last else anchor()


# --- sealing -------------------------------------------------------------------------------------


def seal_after_commit() -> None:
    """Have what this transaction adds sealed once it is committed, whatever comes of the sealing.

    Once asked for is enough: what the transaction's outermost part keeps, it keeps with this.
    """
    if not any(entry[1] is seal_committed for entry in connection.run_on_commit):
        transaction.on_commit(seal_committed, robust=True)


def seal_committed() -> int:
    """Seal every committed row; give how many.

    Where somebody else is sealing, they look once more when they are done, and find these rows.
    """
    sealed = 0
    while waiting().exists():
        done = seal_batch()
        if not done:
            break
        sealed += done
    return sealed


def waiting():
    """Give the rows that have no seal yet."""
    return AuditEvent.objects.filter(sequence__isnull=True)


def seal_batch() -> int:
    """Seal the next rows in the order of their ids; none while somebody else is sealing.

    On SQLite a transaction is alone from its beginning.
    """
    with transaction.atomic():
        if not is_alone():
            return 0
        rows = waiting().order_by("pk").values_list(*COLUMNS)[:BATCH]
        sealed = list(sealing(rows, head()))
        store(sealed)
    return len(sealed)


def is_alone() -> bool:
    """Say whether no other transaction is sealing; none will until this one ends."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def sealing(rows: Sequence[Sequence[object]], last: Head) -> Iterator[tuple[int, int, str]]:
    """Give (id, number, seal) of rows put behind ``last``."""
    key = keys()[0]
    at_id, at_sequence = COLUMNS.index("id"), COLUMNS.index("sequence")
    previous = last.seal
    for sequence, row in enumerate(rows, last.sequence + 1):
        values = list(row)
        values[at_sequence] = sequence
        previous = seal_of(previous, values, key)
        yield values[at_id], sequence, previous


def store(sealed: Sequence[tuple[int, int, str]]) -> None:
    """Write numbers and seals, one statement for all."""
    if not sealed:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"UPDATE {TABLE} SET sequence = %s, seal = %s WHERE id = %s",
                [(sequence, seal, pk) for pk, sequence, seal in sealed],
            )
        else:
            cursor.execute(
                f"UPDATE {TABLE} AS event SET sequence = given.sequence, seal = given.seal "
                "FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS given(id, sequence, seal) "
                "WHERE event.id = given.id",
                [list(column) for column in zip(*sealed, strict=True)],
            )
