"""Cold start of the server, memory of its workers, and bytes of every page at its first load.

    DATABASE_URL=… python -m bench.starting [--times 5] [--workers 1 2] [--site http://…]

The server is started as an installation starts it (``config/gunicorn.py``). The floor of the start
is a bare Django site (``bench/bare.py``) under the same gunicorn. Pages are asked for over HTTP by
the accounts of the demonstration, as a browser does that has nothing yet: compressed as served,
with every style, script and picture they name.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import decompress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.conf import settings
from django.core.management import call_command
from tqdm import tqdm

from assignments.demo.logins import working_logins
from bench.routes import routes
from bench.table import table

HEALTH, LOGIN = "/suc-khoe/", "/tai-khoan/dang-nhap/"
SEED = 10  # of the demonstration
ENCODINGS = "gzip, br"
NAMED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="([^"]+)"')
PATIENCE = 60
# The goals of a page, compressed.
MOST_HTML, MOST_BYTES = 100_000, 200_000


# --- starting ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Start:
    """One start: seconds to its first answer and first page, processor, memory of all (kB)."""

    answer: float
    page: float
    processor: float
    memory: int


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def server(application: str, workers: int) -> Iterator[tuple[subprocess.Popen, str]]:
    """Run gunicorn on a port of its own; give it and its address."""
    port = free_port()
    gunicorn = shutil.which("gunicorn", path=f"{Path(sys.executable).parent}:{os.defpath}")
    process = subprocess.Popen(
        [
            *(gunicorn, application, "--config", "config/gunicorn.py", "--log-level", "warning"),
            *("--bind", f"127.0.0.1:{port}", "--workers", str(workers)),
        ],
        env={**os.environ, "REQUEST_LOG": "false"},
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def first_answer(address: str) -> None:
    """Ask until there is an answer, be it a refusal."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            build_opener().open(address).read()
        except HTTPError:
            return
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise TimeoutError(address)


def start(application: str, workers: int, paths: tuple[str, str]) -> Start:
    """Start a server, ask for two pages of it one after the other, stop it."""
    begun, before = time.monotonic(), os.times()
    with server(application, workers) as (process, site):
        seconds = []
        for path in paths:
            first_answer(site + path)
            seconds.append(time.monotonic() - begun)
        memory = sum(map(proportional_kilobytes, with_children(process.pid)))
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return Start(seconds[0], seconds[1], used, memory)


def with_children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [pid, *map(int, told.split())]


def proportional_kilobytes(pid: int) -> int:
    """Give a process's memory, what it shares with others divided among them."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)[1])


def starts(workers: Sequence[int], times: int) -> Iterator[tuple[object, ...]]:
    """Give a row for each server: medians of starts that took turns with the others."""
    servers = [
        (name, application, number, paths)
        for number in workers
        for name, application, paths in (
            ("this site", "config.wsgi", (HEALTH, LOGIN)),
            ("bare Django", "bench.bare", ("/", "/")),
        )
    ]
    made: dict[tuple, list[Start]] = {}
    for _ in tqdm(range(times), desc="starts"):
        for name, application, number, paths in servers:
            made.setdefault((name, number), []).append(start(application, number, paths))
    for (name, number), found in made.items():
        yield (
            *(name, number),
            *(
                statistics.median(getattr(one, part) for one in found)
                for part in ("answer", "page", "processor")
            ),
            statistics.median(one.memory for one in found) / 1024,
        )


START_HEADERS = ("server", "workers", "first answer s", "first page s", "processor s", "memory MB")


# --- bytes ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Got:
    """An answer: what it is, as sent and as read."""

    kind: str
    sent: int
    content: bytes


class Visitor:
    """Somebody's browser that has not been here; what it fetched of files it knows by then."""

    def __init__(self, site: str, username: str = "", password: str = ""):
        self.site, self.files = site, {}
        self.cookies = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))
        if username:
            self.log_in(username, password)

    def log_in(self, username: str, password: str) -> None:
        self.get(LOGIN)
        token = next(c.value for c in self.cookies if c.name == settings.CSRF_COOKIE_NAME)
        fields = {"username": username, "password": password, "csrfmiddlewaretoken": token}
        self.opener.open(self.site + LOGIN, urlencode(fields).encode()).read()
        if settings.SESSION_COOKIE_NAME not in {cookie.name for cookie in self.cookies}:
            raise PermissionError(username)

    def get(self, path: str) -> Got | None:
        """Give an answer as it went over the line; ``None`` for a refusal, or another page."""
        request = Request(self.site + path, headers={"Accept-Encoding": ENCODINGS})  # noqa: S310
        try:
            with self.opener.open(request) as answer:
                sent = answer.read()
                if answer.url != request.full_url:
                    return None
                is_packed = answer.headers.get("Content-Encoding") == "gzip"
                return Got(
                    kind=answer.headers.get_content_type(),
                    sent=len(sent),
                    content=decompress(sent) if is_packed else sent,
                )
        except HTTPError:
            return None

    def bytes_of_files(self, page: str, path: str) -> int:
        """Give the bytes of all files a page names, each counted once."""
        named = {urljoin(path, address) for address in NAMED.findall(page)}
        for address in named - self.files.keys():
            self.files[address] = self.get(address).sent
        return sum(self.files[address] for address in named)


@dataclass(frozen=True)
class Load:
    """The first load of a page, in bytes."""

    path: str
    asker: str
    raw: int
    html: int
    files: int

    @property
    def row(self) -> tuple[object, ...]:
        sizes = (self.raw, self.html, self.files, self.html + self.files)
        return (f"`{self.path}`", self.asker, *(size / 1000 for size in sizes))

    @property
    def is_heavy(self) -> bool:
        return self.html > MOST_HTML or self.html + self.files > MOST_BYTES


LOAD_HEADERS = ("page", "for", "HTML kB", "HTML sent kB", "files sent kB", "first load kB")


def loads(site: str) -> list[Load]:
    """Give every page as whoever has most of it sees it, the heaviest first."""
    visitors = {
        login.username: Visitor(site, login.username, password)
        for login, password in working_logins(SEED)
        if password
    }
    visitors["–"] = Visitor(site)
    paths = sorted({route.address for route in routes() if route.address})
    found = [
        max(seen, key=lambda load: load.html)
        for path in tqdm(paths, desc="pages")
        if (seen := list(seen_by(visitors, path)))
    ]
    return sorted(found, key=lambda load: load.html + load.files, reverse=True)


def seen_by(visitors: dict[str, Visitor], path: str) -> Iterator[Load]:
    for name, visitor in visitors.items():
        got = visitor.get(path)
        if got is None:
            continue
        if got.kind != "text/html":
            return  # a file: not for others either
        files = visitor.bytes_of_files(got.content.decode(), path)
        yield Load(path, name, len(got.content), got.sent, files)


@contextmanager
def site_at(given: str) -> Iterator[str]:
    """Give the address of the site: the one given, or of a server of our own."""
    if given:
        yield given.rstrip("/")
        return
    with server("config.wsgi", 1) as (_, site):
        first_answer(site + HEALTH)
        yield site


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5, help="starts of each server")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--site", default="", help="a site that runs already")
    parser.add_argument("--heaviest", type=int, default=20, help="pages that are shown")
    given = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    if given.times:
        print(table(START_HEADERS, starts(given.workers, given.times)), end="\n\n")
    with site_at(given.site) as site:
        found = loads(site)
    heavy = sum(load.is_heavy for load in found)
    print(table(LOAD_HEADERS, [load.row for load in found[: given.heaviest]]))
    print(f"\n{len(found)} pages, {heavy} above {MOST_HTML} of HTML or {MOST_BYTES} of all.")


if __name__ == "__main__":
    main()
