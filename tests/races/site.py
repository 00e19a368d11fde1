"""A real gunicorn with several workers on a database of its own, started, stopped and killed."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from argparse import Namespace
from contextlib import closing, suppress
from pathlib import Path
from sqlite3 import connect

import django
from django.core.management import call_command

from tests.browser.site import BIN, ROOT, free_port, wait_for


def set_up(arguments: Namespace) -> Path:
    """Point this process at a migrated database of its own and set Django up; give its folder.

    ``arguments.database`` is "sqlite" or "postgresql"; ``arguments.template`` names an SQLite file
    already migrated, which saves the migrations.
    """
    if arguments.database == "postgresql" and "DATABASE_URL" not in os.environ:
        command = ["tests/with_postgresql", sys.executable, *sys.orig_argv[1:]]
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    folder = tempfile.mkdtemp(prefix="races-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if arguments.database == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
        if arguments.template:
            copy(arguments.template, f"{folder}/db.sqlite3")
    os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.races.settings"}
    django.setup()
    call_command("migrate", verbosity=0)
    return Path(folder)


def copy(source: str, target: str) -> None:
    """Copy an SQLite database that others may have open."""
    with closing(connect(source)) as old, closing(connect(target)) as new:
        old.backup(new)


class Site:
    """The server: one process group, so that a kill leaves nothing of it."""

    def __init__(self, workers: int, threads: int = 4):
        self.port = free_port()
        self.command = [
            *(str(BIN / "gunicorn"), "tests.races.wsgi", "--preload", "--no-control-socket"),
            *("--bind", f"127.0.0.1:{self.port}", "--log-level", "critical"),
            *("--workers", str(workers), "--threads", str(threads), "--graceful-timeout", "30"),
        ]
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.process = subprocess.Popen(self.command, cwd=ROOT, start_new_session=True)
        wait_for(self.process, self.port)

    def kill(self) -> None:
        """End every process of the server at once, in whatever it is doing."""
        self.end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to finish what it is doing and end."""
        self.process.terminate()
        self.process.wait(timeout=60)

    def end(self, with_signal: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, with_signal)
        self.process.wait(timeout=60)

    def restart(self) -> None:
        """Stop the server gracefully and start it again."""
        self.stop()
        self.start()
