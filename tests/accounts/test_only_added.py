"""The log's rows are only added: the database itself refuses, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, AuditTrim
from accounts.models.audit import ONLY_ADDED
from accounts.only_added import OnlyAdded
from communes.periods import constraint_sentences
from tests.only_added import guarded_tables

EVENTS, TRIMS = AuditEvent._meta.db_table, AuditTrim._meta.db_table
MOMENT = dt.datetime(2023, 5, 9, 8, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

needs_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE"
)


def row(**columns) -> AuditEvent:
    [event] = AuditEvent.objects.bulk_create(
        [audit.event(Verb.EXPORT, "Danh sách", by=None, **columns)]
    )
    return event


def sealed(sequence: int = 1, **columns) -> AuditEvent:
    return row(sequence=sequence, seal=f"{sequence:064}", **columns)


def trim(before: dt.datetime, last_sequence: int = 1) -> AuditTrim:
    return AuditTrim.objects.create(
        before=before, last_sequence=last_sequence, last_seal="0" * 64, rows=1
    )


def everything_through_django(model: type[models.Model]) -> models.QuerySet:
    """Give a queryset that knows nothing of rows only added."""
    return models.QuerySet(model)


def refused(statement: str, *params, name: str = "accounts_auditevent_only_added") -> None:
    with (
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, params)


COLUMNS = [
    field.column for field in AuditEvent._meta.concrete_fields if field.name not in {"id", "at"}
]


@pytest.mark.parametrize("column", [*COLUMNS, "id", "at"])
def test_no_column_of_a_sealed_row_changes(db, column):
    event = sealed()
    given = {"id": "id + 1", "sequence": "sequence + 1", "at": f"'{MOMENT:%Y-%m-%d %H:%M:%S}'"}
    value = given.get(column, """'{"a": 1}'""")
    refused(f"UPDATE {EVENTS} SET {column} = {value}")
    assert AuditEvent.objects.get().seal == event.seal


def test_an_unchanged_row_is_not_written_again(db):
    sealed()
    refused(f"UPDATE {EVENTS} SET actor = actor")


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in {"sequence", "seal"}])
def test_while_sealing_nothing_else_changes(db, column):
    row()
    refused(f"""UPDATE {EVENTS} SET sequence = 1, seal = 'a', {column} = '{{"a": 1}}'""")


def test_the_seal_is_set_once(db):
    row()
    everything_through_django(AuditEvent).update(sequence=1, seal="a")
    refused(f"UPDATE {EVENTS} SET seal = 'b'")
    refused(f"UPDATE {EVENTS} SET sequence = NULL, seal = ''")


def test_every_column_is_watched(db):
    """A column added without rebuilding the table is not in SQLite's trigger: rebuild it then."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL compares whole rows")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'accounts_auditevent_only_added_update'"
        )
        [sql] = cursor.fetchone()
    assert [name for name in COLUMNS if f'OLD."{name}"' not in sql] == []


def test_rows_are_not_deleted(db):
    sealed()
    row()
    refused(f"DELETE FROM {EVENTS}")
    with pytest.raises(IntegrityError), transaction.atomic():
        everything_through_django(AuditEvent).all()._raw_delete("default")
    assert AuditEvent.objects.count() == 2


def test_a_row_is_not_replaced(db):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has REPLACE")
    event = sealed()
    columns = ", ".join(["id", "at", *COLUMNS])
    refused(f"INSERT OR REPLACE INTO {EVENTS} ({columns}) SELECT {columns} FROM {EVENTS}")
    assert AuditEvent.objects.get().pk == event.pk


@needs_postgresql
@pytest.mark.parametrize("table", [EVENTS, TRIMS])
def test_tables_are_not_truncated(db, table):
    refused(f"TRUNCATE {table}", name=f"{table}_only_added")


@pytest.mark.parametrize("statement", [f"UPDATE {TRIMS} SET rows = 2", f"DELETE FROM {TRIMS}"])
def test_a_trim_stays(db, statement):
    trim(MOMENT)
    refused(statement, name="accounts_audittrim_only_added")


def test_what_a_trim_covers_may_go(db):
    old, young = sealed(1, at=MOMENT - DAY), sealed(2, at=MOMENT)
    trim(MOMENT)
    everything_through_django(AuditEvent).filter(pk=old.pk)._raw_delete("default")
    refused(f"DELETE FROM {EVENTS}")
    assert AuditEvent.objects.get() == young


@pytest.mark.parametrize(
    "columns", [{"at": MOMENT}, {"at": MOMENT - DAY, "sequence": 2, "seal": "b"}]
)
def test_what_is_younger_or_later_in_the_chain_than_the_trim_stays(db, columns):
    sealed(**{"sequence": 1, **columns}) if "seal" not in columns else row(**columns)
    trim(MOMENT)
    refused(f"DELETE FROM {EVENTS}")


def test_an_unsealed_row_stays_whatever_is_trimmed(db):
    row(at=MOMENT - DAY)
    trim(MOMENT)
    refused(f"DELETE FROM {EVENTS}")


@pytest.mark.parametrize("model", [AuditEvent, AuditTrim])
def test_the_refusal_is_a_sentence(db, model):
    sealed()
    trim(MOMENT)
    with (
        pytest.raises(ValidationError) as refusal,
        constraint_sentences(model),
        transaction.atomic(),
    ):
        everything_through_django(model).all()._raw_delete("default")
    assert refusal.value.messages == [ONLY_ADDED]


def test_both_tables_are_guarded():
    assert guarded_tables() == [EVENTS, TRIMS]


@pytest.mark.parametrize("model", [AuditEvent, AuditTrim])
def test_the_constraint_comes_back_from_a_migration_as_it_was(model):
    [constraint] = [each for each in model._meta.constraints if isinstance(each, OnlyAdded)]
    _, _, arguments = constraint.deconstruct()
    assert OnlyAdded(**arguments) == constraint
    assert constraint.clone() == constraint
    assert constraint != OnlyAdded(name="khac")


# --- through migrations --------------------------------------------------------------------------


def rebuild(model: type[models.Model]) -> None:
    """Do what a later migration may do to a table."""
    with connection.schema_editor() as editor:
        if connection.vendor == "sqlite":
            editor._remake_table(model)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [AuditEvent, AuditTrim])
def test_triggers_survive_the_rebuilding_of_either_table(model):
    sealed(1, at=MOMENT - DAY)
    sealed(2)
    rebuild(model)
    refused(f"DELETE FROM {EVENTS}")
    trim(MOMENT)
    refused(f"DELETE FROM {TRIMS}", name="accounts_audittrim_only_added")
    everything_through_django(AuditEvent).filter(sequence=1)._raw_delete("default")
    refused(f"UPDATE {EVENTS} SET actor = 'khác'")


@pytest.mark.django_db(transaction=True)
def test_migrations_take_the_triggers_away_and_bring_them_back():
    event = row()
    try:
        call_command("migrate", "accounts", "0007", verbosity=0)
        everything_through_django(AuditEvent).update(reason="sửa")
    finally:
        call_command("migrate", "accounts", verbosity=0)
    assert AuditEvent.objects.get(pk=event.pk).reason == "sửa"
    refused(f"DELETE FROM {EVENTS}")
