"""A site of its own, worked with as an administrator does: by ``manage.py`` and nothing else."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests.everything import ROOT


class Site:
    """One folder, one database: SQLite's file in the folder, or one made in the server named."""

    def __init__(self, folder: Path, server: str = ""):
        """``server``: ``DATABASE_URL`` of any database of the PostgreSQL server to use."""
        self.folder, self.server = folder, server if server.startswith("postgres") else ""
        self.name = f"loss_{os.getpid()}_{folder.name}".replace("-", "_").lower()[:40]
        self.url = f"sqlite:///{folder}/db.sqlite3"
        if self.server:
            self.url = f"{self.server.rpartition('/')[0]}/{self.name}"
            self.make_database()

    @property
    def is_postgresql(self) -> bool:
        return bool(self.server)

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess:
        """Run Python on this site; give how it ended."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            check=False,
        )

    def environment(self, **more: str) -> dict[str, str]:
        own = {"VAR_DIR": str(self.folder), "DATABASE_URL": self.url}
        return os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | own | more

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a command that must succeed; give what it said."""
        done = self.run("manage.py", *arguments, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refusal(self, *arguments: str, **environment: str) -> str:
        """Run a command that must be refused with a sentence; give it."""
        done = self.run("manage.py", *arguments, **environment)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def fill(self) -> None:
        """Put the demonstration in, and something into every table it leaves empty."""
        self.manage("migrate", "--verbosity=0")
        self.manage("seed_demo")
        filled = self.run("-m", "tests.loss.fill")
        assert filled.returncode == 0, filled.stderr

    def back_up(self, **environment: str) -> Path:
        """Make a backup; give its file."""
        self.manage("backup", **environment)
        return max(self.backups.glob("sao-luu_*"), key=lambda path: path.stat().st_mtime)

    def wipe(self) -> None:
        """Lose everything but the backups."""
        shutil.rmtree(self.media)
        if self.is_postgresql:
            self.drop_databases()
            self.make_database()
        else:
            for path in self.folder.glob("db.sqlite3*"):
                path.unlink()

    # --- as the database itself tells it --------------------------------------------------------

    def open(self, name: str = ""):
        """Open the site's database past the application (or another of its server)."""
        if self.is_postgresql:
            parts = urlsplit(self.url)
            host = parts.hostname or parts.path.rpartition("/")[0]
            return psycopg2.connect(
                host=host, dbname=name or self.name, user=parts.username or os.environ.get("PGUSER")
            )
        return sqlite3.connect(self.folder / "db.sqlite3")

    def tables(self) -> dict[str, list[tuple]]:
        """Give every row of every table, sorted."""
        with closing(self.open()) as opened:
            cursor = opened.cursor()
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                if self.is_postgresql
                else "SELECT name FROM sqlite_master "
                "WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            )
            return {name: self.rows(cursor, name) for (name,) in cursor.fetchall()}

    @staticmethod
    def rows(cursor, table: str) -> list[tuple]:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        return sorted(tuple(zip(names, map(repr, map(plain, row)), strict=True)) for row in cursor)

    def files(self) -> dict[str, bytes]:
        """Give every attachment with its bytes."""
        return {
            str(path.relative_to(self.media)): path.read_bytes()
            for path in self.media.rglob("*")
            if path.is_file() and not path.relative_to(self.media).parts[0].startswith(".")
        }

    def execute(self, *statements: str) -> None:
        """Change the database past the application."""
        with closing(self.open()) as opened:
            for statement in statements:
                opened.cursor().execute(statement)
            opened.commit()

    # --- databases of a server ------------------------------------------------------------------

    def on_server(self, *statements: str) -> list[tuple]:
        """Run statements outside any of the site's databases; give the last one's rows."""
        with closing(self.open("postgres")) as opened:
            opened.autocommit = True
            cursor = opened.cursor()
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def make_database(self) -> None:
        self.on_server(f'CREATE DATABASE "{self.name}"')

    def databases(self) -> list[str]:
        """Give the site's database, those kept aside, those left over."""
        found = self.on_server(f"SELECT datname FROM pg_database WHERE datname LIKE '{self.name}%'")
        return [name for (name,) in found]

    def drop_databases(self) -> None:
        for name in self.databases():
            self.on_server(f'DROP DATABASE "{name}" WITH (FORCE)')

    def remove(self) -> None:
        """Leave nothing on the server."""
        if self.is_postgresql:
            self.drop_databases()


def plain(value: object) -> object:
    """Give a value that compares: PostgreSQL gives bytes as a view of memory."""
    return bytes(value) if isinstance(value, memoryview) else value
