"""Copying, making and changing over an SQLite database: one file."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from config.backup.media import flush_folder
from config.backup.refusals import BackupRefused

MEMBER = "database.sqlite3"
PATIENCE = 60  # seconds
IN_USE = (
    "Cơ sở dữ liệu đang được dùng: hãy dừng ứng dụng (systemctl stop …, hoặc Ctrl-C nơi chạy "
    "make run) rồi khôi phục lại. Chưa thay đổi gì."
)


def live() -> Path:
    """Give the file in use."""
    return Path(connection.settings_dict["NAME"])


class FileReading:
    """What a database file nobody writes to holds."""

    def __init__(self, path: Path):
        self.open = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        self.open.text_factory = bytes  # as stored, well-formed or not

    def query(self, sql: str) -> Iterator[tuple]:
        yield from self.open.execute(sql)

    def tables(self) -> list[str]:
        rows = self.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [name.decode() for (name,) in rows if not name.startswith(b"sqlite_")]

    def rows(self, table: str) -> Iterator[tuple]:
        return self.query(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own name


@contextmanager
def reading(path: str | Path) -> Iterator[FileReading]:
    """Read a database file."""
    found = FileReading(Path(path))
    with closing(found.open):
        yield found


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Path, FileReading]]:
    """Copy the database in use, as it is at one moment, while others go on writing."""
    if not live().is_file():
        raise BackupRefused(f"Chưa có cơ sở dữ liệu {live()}: không có gì để sao lưu.")
    copy = folder / MEMBER
    with (
        closing(sqlite3.connect(live(), timeout=PATIENCE)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    refuse_damaged(copy)
    with reading(copy) as found:
        yield copy, found


def refuse_damaged(path: Path) -> None:
    """Raise when a database file is not whole."""
    try:
        with closing(sqlite3.connect(path)) as opened:
            (answer,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"Tệp cơ sở dữ liệu hỏng: {error}.") from error
    if answer != "ok":
        raise BackupRefused(f"Tệp cơ sở dữ liệu hỏng: {answer}.")


@contextmanager
def made_from(file: Path) -> Iterator[str]:
    """Make a database from a copy beside the one in use; what is left of it is removed."""
    made = live().with_name(f"{live().name}.dang-khoi-phuc")
    made.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    remove(made)
    try:
        shutil.copyfile(file, made)
        made.chmod(0o600)
        refuse_damaged(made)
        yield str(made)
    finally:
        remove(made)


def remove(path: Path) -> None:
    """Remove a database file with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def refuse_in_use() -> None:
    """Raise when another process has the database open."""
    connection.close()
    if live().is_file():
        make_whole(live())


def make_whole(path: Path) -> None:
    """Write everything into the one file; SQLite refuses while somebody else has it open."""
    try:
        with closing(sqlite3.connect(path, timeout=1)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise BackupRefused(IN_USE) from error
    except sqlite3.DatabaseError:
        return  # not a database any more: it is kept aside as it is


def change_over(made: str, stamp: str) -> str:
    """Put the database made in the place of the one in use, in one step; give where that went."""
    refuse_in_use()
    make_whole(Path(made))
    aside = live().with_name(f"{live().name}.truoc-khoi-phuc-{stamp}")
    with open(made, "rb") as file:
        os.fsync(file.fileno())
    is_there = live().is_file()
    if is_there:
        os.link(live(), aside)
    os.replace(made, live())
    flush_folder(live().parent)
    return str(aside) if is_there else ""
