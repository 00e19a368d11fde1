"""Lifting what keeps rows from being changed: to empty a test database, and to play the forger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from accounts.only_added import OnlyAdded


def guarded_tables() -> list[str]:
    """Give the tables whose rows are only added."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(constraint, OnlyAdded) for constraint in model._meta.constraints)
    ]


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """Let rows be changed and deleted meanwhile, by whoever uses this database."""
    put_back = lift_sqlite() if connection.vendor == "sqlite" else lift_postgresql()
    try:
        yield
    finally:
        run(put_back)


def lift_postgresql() -> list[str]:
    """Switch the triggers off; give the statements that switch them on."""
    tables = [connection.ops.quote_name(table) for table in guarded_tables()]
    run([f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables])
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]


def lift_sqlite() -> list[str]:
    """Drop the triggers; give the statements that create them again."""
    tables = guarded_tables()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN "
            f"({', '.join(['%s'] * len(tables))})",
            tables,
        )
        found = cursor.fetchall()
    run([f"DROP TRIGGER {connection.ops.quote_name(name)}" for name, _ in found])
    return [sql for _, sql in found]


def run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
