"""What is in a database, by its tables: read without models, so that any state can be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from django.db import connection

from config.backup.media import file_columns

ALL = 2**256


class Reading(Protocol):
    """One consistent state of a database."""

    def query(self, sql: str) -> Iterator[tuple]:
        """Give the rows of a query, a few at a time."""

    def tables(self) -> list[str]:
        """Give the names of all tables."""

    def rows(self, table: str) -> Iterator[tuple]:
        """Give every row of a table in any order, as the database writes its values."""


def fingerprint(rows: Iterable[tuple]) -> dict[str, object]:
    """Give how many rows there are and a checksum that does not depend on their order."""
    count = total = 0
    for row in rows:
        digest = hashlib.sha256(repr(row).encode()).digest()
        count, total = count + 1, (total + int.from_bytes(digest)) % ALL
    return {"rows": count, "checksum": f"{total:064x}"}


def fingerprints(reading: Reading) -> dict[str, dict[str, object]]:
    """Give the fingerprint of every table by its name."""
    return {table: fingerprint(reading.rows(table)) for table in sorted(reading.tables())}


def migrations(reading: Reading) -> list[str]:
    """Give the migrations a database has been through: ``app.name``."""
    if "django_migrations" not in reading.tables():
        return []
    rows = reading.query("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [f"{text(app)}.{text(name)}" for app, name in rows]


def chain_head(reading: Reading) -> dict[str, object]:
    """Give the last sealed row of the log: what a restored log must end with, or go on from."""
    if "accounts_auditevent" not in reading.tables():
        return {}
    rows = reading.query(
        "SELECT sequence, seal FROM accounts_auditevent WHERE sequence IS NOT NULL "
        "ORDER BY sequence DESC LIMIT 1"
    )
    return next(({"sequence": number, "seal": text(seal)} for number, seal in rows), {})


def stored_files(reading: Reading) -> Iterator[str]:
    """Give the name of every file some row says it has."""
    tables = set(reading.tables())
    for table, column in file_columns():
        if table in tables:
            for (name,) in reading.query(f'SELECT "{column}" FROM "{table}"'):  # noqa: S608
                if name:
                    yield text(name)


def text(value: str | bytes) -> str:
    """Give text the database gave as text or as bytes."""
    return value.decode() if isinstance(value, bytes) else value


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Let the application work with the database ``name`` for a while, instead of its own."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
