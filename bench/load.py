"""Browsers that load a site: each request timed, each error kept, nothing followed by itself.

Two ways of asking. Closed: so many people, each asks again as soon as the answer is there; its
latencies hold for that many people waiting at the same time and for no other number. Open: so many
acts begin in a second whatever becomes of those before; a latency counts from when the act was
due, so that what a slow answer held up is not left out. Threads and ``http.client``: 0.3 ms of
processor a request, against 15 and more of the site's; nothing to install.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from random import Random
from urllib.parse import urlencode

from django.conf import settings

TOKEN = "a" * 32  # a cookie and a field that agree are what the site asks of a form
TIMEOUT = 120
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Asked:
    """One request: of which group, when it was due, how long it took, what went wrong ("")."""

    group: str
    due: float
    seconds: float
    error: str = ""


@dataclass(frozen=True)
class Answer:
    """What the site said; nothing when it did not."""

    status: int = 0
    page: str = ""
    location: str = ""

    def value(self, name: str) -> str:
        """Give what a hidden field of the page holds."""
        found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', self.page)
        return unescape(found[1]) if found else ""

    @property
    def refusal(self) -> str:
        """Give the first sentence of the page that says why not."""
        found = re.search(r'class="(?:notice-error|invalid-feedback)[^>]*>(.*?)</', self.page, re.S)
        return " ".join(unescape(found[1]).split()) if found else ""


@dataclass
class Browser:
    """Somebody's browser, logged in; ``keep`` holds the connection open between requests."""

    port: int
    session: str = ""
    keep: bool = False
    due: float | None = None
    asked: list[Asked] = field(default_factory=list)
    line: HTTPConnection | None = None

    def get(self, group: str, path: str) -> Answer:
        return self.ask(group, "GET", path, [200])

    def post(
        self, group: str, path: str, fields: Mapping[str, object], done: Sequence[int] = (302,)
    ) -> Answer:
        """Send a form; an answer whose status is none of ``done`` is an error."""
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
        return self.ask(group, "POST", path, done, body)

    def ask(
        self, group: str, verb: str, path: str, expected: Sequence[int], body: bytes | None = None
    ) -> Answer:
        due, self.due = self.due or time.perf_counter(), None
        try:
            answer = self.send(verb, path, body)
            error = "" if answer.status in expected else f"{verb} {answer.status} {answer.refusal}"
        except (OSError, HTTPException) as lost:
            answer, error = Answer(), f"{verb} {type(lost).__name__}"
        self.asked.append(Asked(group, due, time.perf_counter() - due, error))
        if error or not self.keep:
            self.hang_up()
        return answer

    def send(self, verb: str, path: str, body: bytes | None) -> Answer:
        self.line = self.line or HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        cookie = f"{settings.CSRF_COOKIE_NAME}={TOKEN}; "
        cookie += f"{settings.SESSION_COOKIE_NAME}={self.session}"
        headers = {"Cookie": cookie, "User-Agent": "bench", "Accept-Encoding": "identity"}
        self.line.request(verb, path, body, headers | (FORM if body else {}))
        given = self.line.getresponse()
        page = given.read().decode(errors="replace")
        return Answer(given.status, page, given.headers.get("Location", ""))

    def hang_up(self) -> None:
        if self.line:
            self.line.close()
            self.line = None


Act = Callable[[Browser, Random], None]


class Crowd:
    """So many people who act at the same time, each in a thread."""

    def __init__(self, people: int, act: Act, port: int, *, rate: float = 0, keep: bool = False):
        self.browsers = [Browser(port, keep=keep) for _ in range(people)]
        self.act, self.rate = act, rate
        self.turns = itertools.count()
        self.until = 0.0

    def run(self, seconds: float, during: Callable[[], None]) -> None:
        """Let them act for so long; ``during`` is called meanwhile, and may take its time."""
        began = time.perf_counter()
        self.until = began + seconds
        with ThreadPoolExecutor(len(self.browsers)) as threads:
            lives = [
                threads.submit(self.live, browser, seed, began)
                for seed, browser in enumerate(self.browsers)
            ]
            during()
        for life in lives:
            life.result()  # a mistake of the benchmark ends it

    def live(self, browser: Browser, seed: int, began: float) -> None:
        chance = Random(seed)  # noqa: S311 (nothing here is secret)
        while (due := self.next_due(began)) < self.until:
            time.sleep(max(0.0, due - time.perf_counter()))
            browser.due = due
            self.act(browser, chance)
        browser.hang_up()

    def next_due(self, began: float) -> float:
        """Give when the next act is due: at once, or when its turn is at the rate asked for."""
        return began + next(self.turns) / self.rate if self.rate else time.perf_counter()

    @property
    def asked(self) -> list[Asked]:
        return [one for browser in self.browsers for one in browser.asked]
