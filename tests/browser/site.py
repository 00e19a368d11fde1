"""A site of its own for the browser: real gunicorn, collected files, the demonstration world."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
START_SECONDS = 30


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running_site(folder: Path) -> Iterator[str]:
    """Serve a freshly seeded site whose files are in ``folder``; give its address."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        # One login for each role serves the whole run.
        "SESSION_IDLE_MINUTES": "240",
        "REQUEST_LOG": "false",
    }
    for command in (["migrate"], ["seed_demo"], ["collectstatic", "--noinput"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    port = free_port()
    gunicorn = [str(BIN / "gunicorn"), "config.wsgi", "--config", "config/gunicorn.py"]
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    options += ["--log-level", "warning"]
    with subprocess.Popen([*gunicorn, *options], cwd=ROOT, env=env) as server:
        try:
            wait_for(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(server: subprocess.Popen, port: int) -> None:
    """Return when the server answers; raise when it has ended or is too slow."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("gunicorn did not start")
        time.sleep(0.1)
