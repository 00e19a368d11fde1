"""Rows that are only ever added: the database itself refuses to change or delete them.

PostgreSQL and SQLite keep it by triggers of the constraint's name, which the refusal gives, so
that it is told by the constraint's sentence (``constraint_sentences``).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.backends.ddl_references import Statement, Table

REFUSED = ("UPDATE", "DELETE")


class OnlyAdded(models.BaseConstraint):
    """No row of the table is changed or deleted.

    ``once`` are columns that may be given a value once, together, where they were empty; nothing
    else of the row changes then. ``released_by`` is a table and how its columns bound those of
    this one (``{column here: column there}``): a row may go that is before, or at the bound for
    numbers counted inclusively, named in ``released_through``.
    """

    def __init__(
        self,
        *,
        name: str,
        once: tuple[str, ...] = (),
        released_by: str = "",
        released_before: Mapping[str, str] | None = None,
        released_through: Mapping[str, str] | None = None,
        violation_error_message: str | None = None,
    ):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.once, self.released_by = tuple(once), released_by
        self.released_before = dict(released_before or {})
        self.released_through = dict(released_through or {})

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        kwargs |= {name: value for name, value in self._terms().items() if value}
        return path, args, kwargs

    def _terms(self) -> dict[str, object]:
        names = ("once", "released_by", "released_before", "released_through")
        return {name: getattr(self, name) for name in names}

    def __eq__(self, other):
        return isinstance(other, OnlyAdded) and self.deconstruct() == other.deconstruct()

    __hash__ = None

    def validate(self, model, instance, exclude=None, using=None):
        """Say nothing of a row that is added; no form changes one."""

    # --- in the database -------------------------------------------------------------------

    def constraint_sql(self, model, schema_editor):
        """Queue the triggers for after ``CREATE TABLE``; there is no clause of their kind."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql.extend(self._sqlite(model, schema_editor))
            self._lift_readers(model._meta.db_table.removeprefix("new__"), schema_editor)
        else:
            schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model, schema_editor):
        """Give PostgreSQL's triggers; on SQLite Django rebuilds the table and never asks."""
        body = (
            f"{self._sealing(schema_editor)}"
            "IF TG_OP = 'DELETE' THEN "
            f"IF {self._released(schema_editor) or 'FALSE'} THEN RETURN OLD; END IF; END IF; "
            f"RAISE EXCEPTION '{self.name}' USING ERRCODE = 'restrict_violation', "
            f"CONSTRAINT = '{self.name}';"
        )
        return Statement(
            "CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger LANGUAGE plpgsql AS "
            f"$body$ BEGIN {body} END $body$; "
            "CREATE TRIGGER %(row)s BEFORE UPDATE OR DELETE ON %(table)s "
            "FOR EACH ROW EXECUTE FUNCTION %(function)s(); "
            "CREATE TRIGGER %(all)s BEFORE TRUNCATE ON %(table)s "
            "FOR EACH STATEMENT EXECUTE FUNCTION %(function)s()",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            **self._names(schema_editor),
        )

    def remove_sql(self, model, schema_editor):
        """Give what takes PostgreSQL's triggers and their function away."""
        return Statement(
            "DROP TRIGGER %(row)s ON %(table)s; DROP TRIGGER %(all)s ON %(table)s; "
            "DROP FUNCTION %(function)s()",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            **self._names(schema_editor),
        )

    def _names(self, schema_editor) -> dict[str, str]:
        quote = schema_editor.quote_name
        return {
            "function": quote(self.name),
            "row": quote(self.name),
            "all": quote(f"{self.name}_truncate"),
        }

    def _sealing(self, schema_editor) -> str:
        """Give the lines that let a row pass whose columns ``once`` were empty and are set.

        The comparison is of the stored bytes, of whatever columns the table has then.
        """
        if not self.once:
            return ""
        columns = [schema_editor.quote_name(column) for column in self.once]
        copied = " ".join(f"OLD.{column} := NEW.{column};" for column in columns)
        return (
            f"IF TG_OP = 'UPDATE' THEN IF {self._were_empty(columns)} THEN {copied} "
            "IF NOT (OLD *<> NEW) THEN RETURN NEW; END IF; END IF; END IF; "
        )

    @staticmethod
    def _were_empty(columns: list[str]) -> str:
        return " AND ".join(f"COALESCE(CAST(OLD.{column} AS TEXT), '') = ''" for column in columns)

    def _released(self, schema_editor) -> str:
        """Give the condition that a row of the other table lets this one go."""
        if not self.released_by:
            return ""
        quote = schema_editor.quote_name
        bounds = [
            f"OLD.{quote(here)} {sign} released.{quote(there)}"
            for sign, columns in (("<", self.released_before), ("<=", self.released_through))
            for here, there in columns.items()
        ]
        return (
            f"EXISTS (SELECT 1 FROM {quote(self.released_by)} AS released "
            f"WHERE {' AND '.join(bounds)})"
        )

    def _sqlite(self, model, schema_editor) -> list[Statement]:
        """Give one trigger for each of UPDATE and DELETE; SQLite has no TRUNCATE."""
        allowed = {
            "UPDATE": self._only_set(model, schema_editor),
            "DELETE": self._released(schema_editor),
        }
        return [
            Statement(
                f"CREATE TRIGGER %(name)s BEFORE {event} ON %(table)s "
                f"WHEN NOT COALESCE({allowed[event] or '0'}, 0) "
                f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
                table=Table(model._meta.db_table, schema_editor.quote_name),
                name=schema_editor.quote_name(f"{self.name}_{event.lower()}"),
            )
            for event in REFUSED
        ]

    @staticmethod
    def _lift_readers(table: str, schema_editor) -> None:
        """Take away until the end the triggers of other tables that read ``table``.

        SQLite refuses to give a rebuilt table its name while such a trigger finds none.
        """
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master "
                "WHERE type = 'trigger' AND tbl_name <> %s AND instr(sql, %s)",
                [table, schema_editor.quote_name(table)],
            )
            readers = cursor.fetchall()
        for name, sql in readers:
            schema_editor.execute(f"DROP TRIGGER {schema_editor.quote_name(name)}", None)
            schema_editor.deferred_sql.append(sql)

    def _only_set(self, model, schema_editor) -> str:
        """Give the condition that ``once`` were empty and every other column is as it was.

        SQLite compares no whole rows: a column added without rebuilding the table is not watched
        (tests/accounts/test_only_added.py says so then).
        """
        if not self.once:
            return ""
        quote = schema_editor.quote_name
        columns = [field.column for field in model._meta.concrete_fields]
        kept = [
            f"NEW.{name} IS OLD.{name}"
            for name in (quote(column) for column in columns if column not in self.once)
        ]
        return " AND ".join([self._were_empty([quote(name) for name in self.once]), *kept])
