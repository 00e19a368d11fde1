"""Copying, making and changing over a PostgreSQL database with the server's own tools."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from config.backup.refusals import BackupRefused

MEMBER = "database.pgdump"
DEBIAN = "/usr/lib/postgresql"
IN_USE = (
    "Cơ sở dữ liệu đang được dùng ({count} kết nối): hãy dừng ứng dụng trên mọi máy chủ "
    "(systemctl stop …) rồi khôi phục lại. Chưa thay đổi gì."
)
LETTING_GO = 5  # seconds a closed connection may take to be gone


class SnapshotReading:
    """What the database holds at the moment its transaction began."""

    def query(self, sql: str) -> Iterator[tuple]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql)
            yield from cursor

    def tables(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            return [name for (name,) in cursor.fetchall()]

    def rows(self, table: str) -> Iterator[tuple]:
        return self.query(f'SELECT t::text FROM "{table}" AS t')  # noqa: S608 - its own name


@contextmanager
def snapshot() -> Iterator[SnapshotReading]:
    """Read the database as it is now, whatever others write meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield SnapshotReading()


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Path, SnapshotReading]]:
    """Dump the database as it is at one moment, while others go on writing."""
    copy = folder / MEMBER
    with snapshot() as found:
        ((exported,),) = found.query("SELECT pg_export_snapshot()")
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
            f"--snapshot={exported}", f"--file={copy}", "--dbname={name}")  # fmt: skip
        copy.chmod(0o600)
        yield copy, found


@contextmanager
def reading(name: str) -> Iterator[SnapshotReading]:
    """Read the database the application is pointed at."""
    with snapshot() as found:
        yield found


def run(program: str, *arguments: str) -> None:
    """Run one of the server's tools on the database in use; the password goes by environment."""
    settings = connection.settings_dict
    named, environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
    where = named[1:-1] if settings["NAME"] else named[1:]  # the database's name comes last
    arguments = [given.format(name=settings["NAME"]) for given in arguments]
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [tool(program), "--no-password", *where, *arguments],
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupRefused(f"{program} không chạy được: {done.stderr.strip()[-500:]}")


def tool(program: str) -> str:
    """Give the path of a client tool at least as new as the server; refuses where there is none."""
    connection.ensure_connection()
    needed = connection.pg_version // 10_000
    found = [shutil.which(program), *map(str, Path(DEBIAN).glob(f"*/bin/{program}"))]
    versions = {version(path): path for path in found if path}
    fitting = [number for number in versions if number >= needed]
    if fitting:
        return versions[min(fitting)]
    older = f"máy chỉ có bản {max(versions)}" if versions else "máy chưa có"
    raise BackupRefused(
        f"Cần {program} bản {needed} trở lên, {older}. "
        f"Cài trước: apt install postgresql-client-{needed}"
    )


def version(path: str) -> int:
    """Give the main version of a client tool."""
    said = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [path, "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"(\d+)(\.\d+)*", said)
    return int(found[1]) if found else 0


@contextmanager
def made_from(file: Path) -> Iterator[str]:
    """Make a database from a dump beside the one in use; what is left of it is removed."""
    own = connection.settings_dict["NAME"]
    made = f"{own[:40]}_dang_khoi_phuc"
    create(made)
    try:
        run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error",
            "--single-transaction", f"--dbname={made}", str(file))  # fmt: skip
        yield made
    finally:
        connection.close()
        drop(made)


def create(name: str) -> None:
    """Make an empty database that sorts and encodes like the one in use."""
    drop(name)
    quoted = connection.ops.quote_name
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database "
                "WHERE datname = current_database()"
            )
            encoding, collate, ctype = cursor.fetchone()
            cursor.execute(
                f"CREATE DATABASE {quoted(name)} TEMPLATE template0 "
                "ENCODING %s LC_COLLATE %s LC_CTYPE %s",
                [encoding, collate, ctype],
            )
    except DatabaseError as error:
        raise BackupRefused(
            "Không tạo được cơ sở dữ liệu để khôi phục vào. Tài khoản PostgreSQL của ứng dụng cần "
            "quyền: ALTER ROLE … CREATEDB; và cơ sở dữ liệu trong DATABASE_URL phải có sẵn "
            f"({str(error).strip()}). Chưa thay đổi gì."
        ) from error


def drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


def refuse_in_use() -> None:
    """Raise when anybody else is connected to the database, and stays so.

    The server lets go of a connection a moment after its client has; its own cleaning is nobody.
    """
    for _ in range(LETTING_GO):
        if not (count := others_connected()):
            return
        time.sleep(1)
    raise BackupRefused(IN_USE.format(count=count))


def others_connected() -> int:
    """Count the clients connected to the database besides this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


def change_over(made: str, stamp: str) -> str:
    """Give the database made the name of the one in use, in one step; give that one's new name."""
    own = connection.settings_dict["NAME"]
    aside = f"{own[:40]}_truoc_{re.sub(r'[^0-9]', '_', stamp)}"
    quoted = connection.ops.quote_name
    refuse_in_use()
    connection.close()
    try:
        with connection._nodb_cursor() as cursor:
            # One message is one transaction: both names change or none.
            cursor.execute(
                f"ALTER DATABASE {quoted(own)} RENAME TO {quoted(aside)}; "
                f"ALTER DATABASE {quoted(made)} RENAME TO {quoted(own)}"
            )
    except DatabaseError as error:
        raise BackupRefused(
            f"Không đổi được tên cơ sở dữ liệu ({str(error).strip()}): ứng dụng còn chạy, hoặc "
            "tài khoản PostgreSQL không phải chủ cơ sở dữ liệu. Chưa thay đổi gì."
        ) from error
    return aside
