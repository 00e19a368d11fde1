"""Half-open periods: from ``started_on`` (inclusive) to ``ended_on`` (exclusive, null = open).

The constraint that two periods of one thing do not overlap is one class with one name and one
sentence. PostgreSQL keeps it by an exclusion constraint, SQLite by triggers (DESIGN §2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, OperationalError, models
from django.db.backends.ddl_references import Statement, Table
from django.db.models import F, Q
from django.db.models.sql import Query

CHANGED_MEANWHILE = (
    "Dữ liệu vừa được người khác thay đổi nên chưa ghi được. Tải lại trang rồi làm lại."
)

DEADLOCK = "40P01"  # PostgreSQL's code


def covers(day: dt.date, start: str = "started_on", end: str = "ended_on") -> Q:
    """Give the condition that a row's period contains ``day`` (an open start counts)."""
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day})
    )


def overlaps(
    since: dt.date | None, until: dt.date | None, start: str = "started_on", end: str = "ended_on"
) -> Q:
    """Give the condition that a row's period shares a day with [``since``, ``until``)."""
    condition = Q()
    if until is not None:
        condition &= Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lt": until})
    if since is not None:
        condition &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": since})
    return condition


class NoOverlap(models.BaseConstraint):
    """No two rows equal in ``fields`` and meeting ``condition`` have a day in common.

    Without ``fields`` no two rows of the table have. Rows with a null among ``fields`` never
    conflict, nor do rows that end on the day they start: they have no day. The table must also
    forbid ``end < start`` by a check constraint; here such a row is simply left to that check.
    """

    def __init__(
        self,
        *,
        name: str,
        fields: tuple[str, ...],
        start: str = "started_on",
        end: str = "ended_on",
        condition: Q | None = None,
        violation_error_message: str | None = None,
    ):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields, self.start, self.end = tuple(fields), start, end
        self.condition = condition or Q()

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        kwargs |= {"fields": self.fields, "start": self.start, "end": self.end}
        if self.condition:
            kwargs["condition"] = self.condition
        return path, args, kwargs

    def __eq__(self, other):
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = None

    # --- in the database -------------------------------------------------------------------

    def constraint_sql(self, model, schema_editor):
        """Give the clause inside ``CREATE TABLE`` (PostgreSQL), or queue the triggers (SQLite)."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
            return None
        quoted_name = schema_editor.quote_name(self.name)
        return f"CONSTRAINT {quoted_name} {self._exclusion(model, schema_editor)}"

    def create_sql(self, model, schema_editor):
        """Give ``ALTER TABLE``; on SQLite Django rebuilds the table and never asks."""
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s "
            + self._exclusion(model, schema_editor),
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def remove_sql(self, model, schema_editor):
        return schema_editor._delete_constraint_sql(
            schema_editor.sql_delete_check, model, self.name
        )

    def _columns(self, model) -> list[str]:
        return [model._meta.get_field(name).column for name in self.fields]

    def _period(self, model) -> tuple[str, str]:
        return model._meta.get_field(self.start).column, model._meta.get_field(self.end).column

    def _condition_sql(self, model, schema_editor) -> str:
        if not self.condition:
            return ""
        where = Query(model=model, alias_cols=False).build_where(self.condition)
        compiler = Query(model=model, alias_cols=False).get_compiler(
            connection=schema_editor.connection
        )
        sql, params = where.as_sql(compiler, schema_editor.connection)
        return sql % tuple(schema_editor.quote_value(value) for value in params)

    def _exclusion(self, model, schema_editor) -> str:
        quote = schema_editor.quote_name
        equal = "".join(f"{quote(column)} WITH =, " for column in self._columns(model))
        start, end = map(quote, self._period(model))
        condition = self._condition_sql(model, schema_editor)
        where = f" WHERE ({condition})" if condition else ""
        return f"EXCLUDE USING gist ({equal}daterange({start}, {end}) WITH &&){where}"

    def _triggers(self, model, schema_editor) -> list[Statement]:
        """Give an insert and an update trigger that refuse the row just written if it overlaps."""
        quote = schema_editor.quote_name
        start, end = map(quote, self._period(model))
        condition = self._condition_sql(model, schema_editor)
        rows = "SELECT * FROM %(table)s" + (f" WHERE {condition}" if condition else "")
        equal = "".join(f"AND o.{c} = n.{c} " for c in map(quote, self._columns(model)))
        pk = quote(model._meta.pk.column)
        has_days = f"({{0}}.{start} IS NULL OR {{0}}.{start} IS NOT {{0}}.{end})"
        template = (
            f"CREATE TRIGGER %(name)s AFTER %(event)s ON %(table)s WHEN EXISTS ("
            f"SELECT 1 FROM ({rows}) AS n, ({rows}) AS o "
            f"WHERE n.{pk} = NEW.{pk} AND o.{pk} <> n.{pk} {equal}"
            f"AND COALESCE(o.{start}, '0001-01-01') < COALESCE(n.{end}, '9999-12-31') "
            f"AND COALESCE(n.{start}, '0001-01-01') < COALESCE(o.{end}, '9999-12-31') "
            f"AND {has_days.format('n')} AND {has_days.format('o')}) "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
        )
        return [
            Statement(
                template.replace("%(event)s", event),
                table=Table(model._meta.db_table, quote),
                name=quote(f"{self.name}_{event.lower()}"),
            )
            for event in ("INSERT", "UPDATE")
        ]

    # --- before the database ---------------------------------------------------------------

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """Raise the sentence when ``instance`` overlaps a stored row."""
        columns = [model._meta.get_field(name) for name in (*self.fields, self.start, self.end)]
        if any(column.editable and column.name in (exclude or ()) for column in columns):
            return
        values = {column.name: current_value(column, instance) for column in columns}
        since, until = values[self.start], values[self.end]
        if any(values[name] is None for name in self.fields):
            return
        if since and until and until <= since:
            return
        if not self._applies_to(model, instance, exclude, using):
            return
        others = model._default_manager.using(using).filter(
            self.condition,
            overlaps(since, until, self.start, self.end),
            **{name: values[name] for name in self.fields},
        )
        others = others.exclude(**{self.end: F(self.start)})
        if others.exclude(pk=instance.pk).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.name)

    def _applies_to(self, model, instance, exclude, using) -> bool:
        against = instance._get_field_expression_map(meta=model._meta, exclude=exclude)
        try:
            return self.condition.check(against, using=using)
        except FieldError:
            return False


def current_value(column: models.Field, instance: models.Model) -> object:
    """Give a column's value as it would be saved now (computed columns are computed)."""
    if column.editable:
        return getattr(instance, column.attname)
    return column.pre_save(instance, add=instance._state.adding)


def names_constraint(message: str, constraint: models.BaseConstraint, table: str) -> bool:
    """Say whether a database's error message is about ``constraint``.

    SQLite names the columns of a plain unique constraint, all of them, instead of the constraint.
    """
    if constraint.name in message:
        return True
    columns = getattr(constraint, "fields", ()) if "UNIQUE" in message else ()
    named = message.count(f"{table}.")
    return named == len(columns) > 0 and all(f"{table}.{column}" in message for column in columns)


@contextmanager
def constraint_sentences(*models_written: type[models.Model]) -> Iterator[None]:
    """Turn a constraint the database refused into its Vietnamese sentence.

    Wraps a whole transaction from outside: what validation could not see (another writer got
    there first) becomes the same ``ValidationError`` the form would have shown. So does a deadlock,
    which is how PostgreSQL may end two writers of one exclusion constraint.
    """
    try:
        yield
    except IntegrityError as error:
        message = str(error)
        for model in models_written:
            for constraint in model._meta.constraints:
                if names_constraint(message, constraint, model._meta.db_table):
                    raise ValidationError(
                        constraint.get_violation_error_message(), code=constraint.name
                    ) from error
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile") from error
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) != DEADLOCK:
            raise
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile") from error
