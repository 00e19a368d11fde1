"""``python -m tests.upgrades.upgrade N``: release N's database in this site, then the present.

Run on an empty site of its own (``tests/loss/site.py``); ends with an error when anything of it is
lost, altered or refused.
"""

from __future__ import annotations

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.enums import Role, Suspension  # noqa: E402
from accounts.models import Session, User  # noqa: E402
from tests.upgrades.releases import RELEASES, rows_of  # noqa: E402

# Pages that show what was released first.
PAGES = ["/", "/dang-bo/", "/can-bo/", "/phan-cong/", "/di-co-so/", "/kien-nghi/", "/quan-tri/"]

Rows = dict[str, dict[tuple, dict[str, object]]]


def build(release: str) -> None:
    """Make the tables as the release had them, and fill them."""
    executor = MigrationExecutor(connection)
    state = executor.migrate(list(RELEASES[release].items()))
    known = {
        model._meta.db_table: model for model in state.apps.get_models(include_auto_created=True)
    }
    with transaction.atomic():
        for table, kept in rows_of(release).items():
            fill(known[table], kept["columns"], kept["rows"])
        add_what_samples_lack()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(statement)


def add_what_samples_lack() -> None:
    """Switch an account off, and leave a session in the table in which releases kept them."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET is_active = %s WHERE role = 'assistant'", [False])
        cursor.execute(
            "CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY,"
            " session_data text NOT NULL, expire_date timestamp NOT NULL)"
        )
        cursor.execute("INSERT INTO django_session VALUES ('cu', 'x', '2099-01-01 00:00:00')")


def fill(model: type[models.Model], names: list[str], rows: list[list]) -> None:
    """Insert rows as they are, past the models."""
    fields = {field.column: field for field in model._meta.local_concrete_fields}
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({quoted}) "
            f"VALUES ({marks})",
            [[stored(fields[n], v) for n, v in zip(names, row, strict=True)] for row in rows],
        )


def stored(field: models.Field, value: object) -> object:
    """Give a kept value as both databases take it."""
    if isinstance(value, dict):
        return bytes.fromhex(value["bytes"])
    if isinstance(field, models.BooleanField) and value is not None:
        return bool(value)
    return value


def everything(tables: list[str]) -> Rows:
    """Give all rows: table → key → column → value."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, map(plain, row), strict=True)) for row in cursor.fetchall()]
            found[table] = {(row.get("id") or row[names[0]],): row for row in rows}
    return found


def plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def compare(then: Rows, now: Rows) -> int:
    """Require every row and every value there was; give how many values."""
    count = 0
    for table, rows in then.items():
        assert now[table].keys() >= rows.keys(), f"{table}: rows lost"
        for key, row in rows.items():
            for name, value in row.items():
                assert now[table][key][name] == value, (table, key, name, value)
                count += 1
    return count


def compare_accounts() -> None:
    """Require that who was switched off has a reason, and that everybody logs in once more."""
    reasons = set(User.objects.values_list("is_active", "suspension"))
    assert reasons == {(True, ""), (False, Suspension.BY_ADMIN)}, reasons
    assert not Session.objects.exists()
    assert "django_session" not in connection.introspection.table_names()


def open_pages() -> int:
    """Open the pages every release had, as an administrator; give how many."""
    user = User.objects.filter(role=Role.ADMIN, is_active=True).first()
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    for page in PAGES:
        assert client.get(page, follow=True).status_code == 200, page
    return len(PAGES)


def main(release: str) -> None:
    build(release)
    then = everything(list(rows_of(release)))
    call_command("migrate", verbosity=0)
    connection.check_constraints()
    values = compare(then, everything(list(then)))
    compare_accounts()
    pages = open_pages()
    rows = sum(map(len, then.values()))
    print(f"release {release}: {len(then)} tables, {rows} rows, {values} values, {pages} pages")


if __name__ == "__main__":
    main(sys.argv[1])
