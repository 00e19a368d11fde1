"""A site to load: a copy of the database, and gunicorn on it with the settings that are given out.

The copy is made of a template (PostgreSQL; nobody else may be connected to the original for that
moment) or of the file (SQLite), written to, and dropped.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def copied_database(folder: Path) -> Iterator[str]:
    """Point this process at a copy of its database; give the copy's DATABASE_URL."""
    original = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        name = str(folder / "db.sqlite3")
        with closing(connect(original)) as old, closing(connect(name)) as new:
            old.backup(new)
        url = f"sqlite:///{name}"
    else:
        name = f"{original}_load_{os.getpid()}"
        manage_databases(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
        url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    connection.settings_dict["NAME"] = name
    try:
        yield url
    finally:
        connection.close()
        connection.settings_dict["NAME"] = original
        if connection.vendor == "postgresql":
            manage_databases(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage_databases(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@dataclass(frozen=True)
class Used:
    """Seconds of processor: of the application's processes, and of their PostgreSQL's backends."""

    application: float
    database: float

    def __sub__(self, earlier: Used) -> Used:
        return Used(self.application - earlier.application, self.database - earlier.database)


@dataclass(frozen=True)
class Server:
    """A gunicorn that serves."""

    port: int
    process: subprocess.Popen

    @property
    def workers(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(one) for one in listed.split()]

    def used(self) -> Used:
        """Give what has been used so far; a worker that has ended counts in its parent."""
        own = ticks(self.process.pid, ended=True) + sum(map(ticks, self.workers))
        return Used(own / TICKS, sum(map(ticks, backends())) / TICKS)

    def memory(self) -> float:
        """Give the megabytes of all processes, what they share counted once."""
        return sum(map(proportional, [self.process.pid, *self.workers])) / 1000


def ticks(pid: int, *, ended: bool = False) -> int:
    """Give the processor time of a process; with ``ended`` also of its children that are gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return sum(map(int, fields[11 : 15 if ended else 13]))


def proportional(pid: int) -> int:
    """Give the kilobytes of a process, each page divided by the processes that share it."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def backends() -> list[int]:
    """Give the processes that serve this database, our own one left out; none on SQLite."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type LIKE '%backend'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def serving(url: str, folder: Path, options: Sequence[str]) -> Iterator[Server]:
    """Serve the database ``url`` by gunicorn with ``config/gunicorn.py`` and ``options``.

    Its log goes to a file, each request a line, as a service's does.
    """
    env = os.environ | {
        "DATABASE_URL": url,
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(folder),
        "LOG_FORMAT": "json",
        "SESSION_IDLE_MINUTES": "600",
    }
    if not (folder / "static").exists():
        manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(manage, cwd=ROOT, env=env, check=True)
    port = free_port()
    command = [str(BIN / "gunicorn"), "config.wsgi", "--config", "config/gunicorn.py"]
    command += ["--bind", f"127.0.0.1:{port}", *options]
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) as process,
    ):
        try:
            wait_for(process, port)
            yield Server(port, process)
        finally:
            process.terminate()


def wait_for(process: subprocess.Popen, port: int, seconds: float = 30) -> None:
    """Return when the port answers; raise when the process has ended or is too slow."""
    deadline = time.monotonic() + seconds
    while True:
        with socket.socket() as caller:
            if not caller.connect_ex(("127.0.0.1", port)):
                return
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("gunicorn did not start")
        time.sleep(0.1)
