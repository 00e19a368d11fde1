"""One request after another, each from a seed of its own, each undone before the next."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, unquote_to_bytes, urlsplit

from django.db import connection, transaction

from accounts.enums import Role
from accounts.models import User
from tests.client import ReadingClient
from tests.fuzz import judging, markup, paths, sending
from tests.fuzz.filling import Filling
from tests.fuzz.site import Site, page_of, route_of
from tests.fuzz.values import Values
from tests.fuzz.watching import watched

ONE_MEGABYTE = 2**20
# So many pages are opened in search of a form.
MOST_PAGES = 6


@dataclass
class Fault:
    """What went wrong, and how to see it again."""

    seed: str
    role: str
    asked: str
    what: str

    def __str__(self) -> str:
        return f"seed {self.seed}, {self.role}, {self.asked}: {self.what}"


@dataclass
class Tally:
    """What was tried, and what came of it."""

    asked: Counter = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)
    forms: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)
    parameters: set[tuple[str, str]] = field(default_factory=set)
    statuses: Counter = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    faults: list[Fault] = field(default_factory=list)

    @property
    def requests(self) -> int:
        return self.asked.total()


class Fuzz:
    """Throws values at a site; the same ``seed`` and turn ask the same thing."""

    def __init__(self, site: Site, users: dict[Role, User], tally: Tally):
        self.site, self.users, self.tally = site, users, tally
        self.cookies = {role: logged_in(user) for role, user in users.items()}
        self.addresses = {
            role: sorted((route, made) for route, made in found.items() if made)
            for role, found in site.addresses.items()
        }

    def turn(self, seed: str) -> None:
        """Ask one thing drawn from ``seed``, judge the answer, undo what it did."""
        rng = Random(seed)
        role = rng.choice(list(self.users))
        way = rng.choices((self.query, self.form, self.path, self.header), (40, 50, 5, 5))[0]
        turn = Turn(seed, role, self.client(role), rng)
        with transaction.atomic():
            try:
                way(turn, *self.drawn(turn))
            except Exception as error:
                self.note(turn, raised(error))
            transaction.set_rollback(True)

    def drawn(self, turn: Turn) -> tuple[str, str]:
        """Draw a route and one of its addresses."""
        route, known = turn.rng.choice(self.addresses[turn.role])
        return route, turn.rng.choice(known)

    def client(self, role: Role) -> ReadingClient:
        client = ReadingClient()
        client.cookies.load(self.cookies[role])
        return client

    def query(self, turn: Turn, route: str, address: str) -> None:
        """Ask for a page with strange parameters."""
        rng, values = turn.rng, Values(turn.rng)
        names = sorted(self.site.parameters[route])
        chosen = rng.sample(names, min(len(names), rng.choice((1, 1, 2, 3, 8))))
        pairs = [(name.encode(), values.any()) for name in chosen]
        if rng.random() < 0.1:
            pairs *= rng.choice((2, 30, 300))
        if rng.random() < 0.1:
            pairs.append((values.short(), values.short()))
        self.tally.parameters |= {(route, name) for name in chosen}
        own = urlsplit(address).query.encode()
        query = own * (rng.random() < 0.3) + b"&" + sending.urlencoded(pairs)
        self.ask(turn, "GET", urlsplit(address).path, query=query[:ONE_MEGABYTE])

    def form(self, turn: Turn, route: str, address: str) -> None:
        """Send a form of a page, filled in; look at the page it leads to."""
        for _ in range(MOST_PAGES):
            if found := self.forms_of(turn, address):
                form = turn.rng.choice(found)
                self.tally.forms.add((route_of(form.action), tuple(sorted(form.fields))))
                self.tally.fields |= {(route_of(form.action), name) for name in form.fields}
                return self.send_form(turn, form)
            route, address = self.drawn(turn)
        return self.query(turn, route, address)

    def forms_of(self, turn: Turn, address: str) -> list[markup.Form]:
        """Open a page; give its forms, but not the one of every page, which ends the session."""
        self.tally.asked["pages read"] += 1
        tree = page_of(turn.client.get(address))
        found = [] if tree is None else markup.forms(tree, address)
        return [
            form
            for form in found
            if form.method == "post" and route_of(form.action) != "accounts:logout"
        ]

    def send_form(self, turn: Turn, form: markup.Form) -> None:
        filling = Filling(form, turn.rng)
        files, pairs = filling.files, filling.pairs
        is_multipart = form.takes_files or bool(files)
        body = sending.multipart(pairs, files) if is_multipart else sending.urlencoded(pairs)
        kind = sending.MULTIPART if is_multipart else sending.URLENCODED
        typed = filling.typed
        if turn.rng.random() < 0.06:
            kind, typed = turn.rng.choice(sending.WRONG_TYPES), {}
        if turn.rng.random() < 0.04:
            body, typed = body[: turn.rng.randrange(len(body) + 1)], {}
        parts = urlsplit(form.action)
        with watched() as written:
            response = self.ask(
                turn, "POST", parts.path, query=parts.query.encode(), body=body, content_type=kind
            )
            run_after_commit()
        if response is None:
            return
        if response.status_code == 200:
            self.note(turn, *judging.faults_of_refusal(response, typed, written))
        self.note(turn, *judging.faults_of_writes(written))
        if written.tables and response.status_code == 302:
            self.look(turn, response.url, form.action)

    def look(self, turn: Turn, *addresses: str) -> None:
        """Open the pages that show what was just written."""
        for address in addresses:
            parts = urlsplit(address)
            path = unquote_to_bytes(parts.path).decode("latin-1")
            self.ask(turn, "GET", path, query=quote(parts.query, safe="=&%+").encode())

    def path(self, turn: Turn, route: str, address: str) -> None:
        self.ask(turn, "GET", paths.bent(urlsplit(address).path, turn.rng))

    def header(self, turn: Turn, route: str, address: str) -> None:
        parts, headers = urlsplit(address), sending.strange_headers(turn.rng)
        method = turn.rng.choice(("GET", "GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE"))
        self.ask(turn, method, parts.path, query=parts.query.encode(), headers=headers)

    def ask(self, turn: Turn, method: str, path: str, **sent):
        """Send a request, time it, judge what every answer must be."""
        turn.asked = f"{method} {path[:100]}?{sent.get('query', b'')[:200].decode('latin-1')}"
        if "body" in sent:
            turn.asked += f" {sent['body'][:600]!r}"
        begun, worked = time.monotonic(), time.process_time()
        response = sending.send(turn.client, method, path, **sent)
        if response.streaming:
            response.getvalue()
        taken, worked = time.monotonic() - begun, time.process_time() - worked
        self.tally.asked[method] += 1
        self.tally.routes.add(route_of(path))
        self.tally.statuses[response.status_code] += 1
        self.tally.slowest = max(self.tally.slowest, (worked, turn.asked[:120]))
        self.note(turn, *judging.faults_of_answer(response))
        if worked > judging.SLOW_SECONDS or taken > judging.STUCK_SECONDS:
            self.note(turn, f"took {taken:.1f} s, {worked:.1f} s of them work")
        return response

    def note(self, turn: Turn, *faults: str) -> None:
        self.tally.faults += [Fault(turn.seed, turn.role, turn.asked, what) for what in faults]


@dataclass
class Turn:
    """One turn: who asks, with which client, from which numbers; what was asked last."""

    seed: str
    role: Role
    client: ReadingClient
    rng: Random
    asked: str = ""


def logged_in(user: User) -> str:
    client = ReadingClient()
    client.force_login(user)
    return client.cookies.output(header="", sep=";")


def raised(error: Exception) -> str:
    """Give the kind of an error, its words, and the last of our lines it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "site-packages" not in f.filename and "/tests/" not in f.filename]
    at = f"{ours[-1].filename.rpartition('main/')[2]}:{ours[-1].lineno}" if ours else "?"
    deepest = frames[-1]
    inside = f"{deepest.filename[-40:]}:{deepest.lineno}"
    return f"{type(error).__name__} at {at} ({inside}): {str(error)[:300]}"


def run_after_commit() -> None:
    """Do what would be done after the commit that never comes."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for _, function, _ in waiting:
        function()


def turns(seed: int) -> Iterator[str]:
    number = 0
    while True:
        yield f"{seed}:{number}"
        number += 1
