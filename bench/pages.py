"""Every page of the site: queries, time, bytes, against its floor and the stock administration.

    DATABASE_URL=postgres://… python -m bench.pages [--only PART]…

The floor of a page, measured in turns with it: its own SELECTs through the bare driver, all rows
fetched, and a bare Django template writing as many table rows and cells as the page has. The shell
is an empty page of the site, asked for in the same way: login, middleware, header, navigation.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import override_settings
from tqdm import tqdm

from accounts.models import User
from assignments.demo.logins import LOGINS
from bench import stock_admin
from bench.routes import routes
from bench.table import table

SECONDS_A_PAGE = 0.5
REPEATS = range(3, 31)  # at least, at most
BARE = (
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>"
    "{% endfor %}</table>"
)
CELL = "Xã Đại Ân 2, 15/7"
# Roles in the order of asking: the first who may see a page is who it is measured for.
ASKERS = ("lanhdao", "vanphong", "canbo", "quantri")
# What an officer sees of these is cut out of everybody's.
SEEN_BY_OFFICERS = ("", "di-co-so/", "kien-nghi/", "thuc-hien/", "bao-cao/", "dang-bo/", "tim/")
HEADERS = (
    *("page", "for", "queries", "ms", "SQL ms", "floor ms", "× floor", "shell ms"),
    *("× (floor + shell)", "kB", "kB gzip"),
)


@dataclass(frozen=True)
class Measured:
    """A page: milliseconds (medians), counts, bytes."""

    address: str
    asker: str
    queries: int
    taken: float
    sql: float
    floor: float
    shell: float
    size: int
    compressed: int

    @property
    def row(self) -> tuple[object, ...]:
        return (
            *(f"`{self.address}`", self.asker, self.queries, self.taken, self.sql, self.floor),
            *(self.taken / self.floor, self.shell, self.taken / (self.floor + self.shell)),
            *(self.size / 1000, self.compressed / 1000),
        )


class Statements:
    """Collects the SELECTs of a request, to be repeated by hand."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Sequence[object] | None]] = []

    def __call__(self, execute, sql, params, many, context):
        self.told.append((sql, params))
        return execute(sql, params, many, context)

    def again(self) -> None:
        """Run them through the driver, without a model, and fetch what they give."""
        with connection.cursor() as cursor:
            bare = cursor.cursor
            for sql, params in self.told:
                if sql.lstrip().startswith(("SELECT", "WITH", "(")):
                    bare.execute(sql, params or None)
                    bare.fetchall()


def milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begun)


def median_of(act: Callable[[], object], repeats: int) -> float:
    return statistics.median(milliseconds(act) for _ in range(repeats))


def clients() -> dict[str, Client]:
    """Give a client logged in as each account of the demonstration."""
    given = {}
    for login in LOGINS:
        client = Client()
        client.force_login(User.objects.get(username=login.username))
        given[login.username] = client
    return given


def measure(client: Client, asker: str, address: str) -> Measured | None:
    """Measure a page; ``None`` when it is no page for this asker."""
    client.get(address)  # what is loaded once is loaded
    statements = Statements()
    with connection.execute_wrapper(statements):
        answer = client.get(address)
    if answer.status_code != 200 or answer.streaming or "html" not in answer["Content-Type"]:
        return None
    page = answer.content.decode()
    rows = bare_rows(page)
    bare = engines["django"].from_string(BARE)
    first = milliseconds(lambda: client.get(address))
    repeats = max(REPEATS.start, min(REPEATS.stop, int(1000 * SECONDS_A_PAGE / first)))
    sql = median_of(statements.again, repeats)
    return Measured(
        address=address,
        asker=asker,
        queries=len(statements.told),
        taken=median_of(lambda: client.get(address), repeats),
        sql=sql,
        floor=sql + median_of(lambda: bare.render({"rows": rows}), repeats),
        shell=median_of(lambda: client.get("/shell/"), min(repeats, 10)),
        size=len(answer.content),
        compressed=len(gzip.compress(answer.content, 6)),
    )


def bare_rows(page: str) -> list[list[str]]:
    """Give as many rows of as many cells as the page has (lines of lists count as rows of two)."""
    cells = [max(len(re.findall(r"<t[dh]\b", row)), 1) for row in page.split("<tr")[1:]]
    return [[CELL] * number for number in cells] + [[CELL, CELL]] * page.count("<li")


def pages(only: Sequence[str]) -> list[tuple[str, str]]:
    """Give who asks for which address: every route, officers' own ones, nothing twice."""
    wanted = []
    for route in routes():
        if route.address and (not only or any(part in route.pattern for part in only)):
            wanted.append(("", route.address))
            if route.pattern in SEEN_BY_OFFICERS:
                wanted.append(("canbo", route.address))
    return wanted


def measure_all(only: Sequence[str]) -> tuple[list[Measured], list[str]]:
    """Measure the pages; give them, and the addresses that are no page for anybody."""
    known = clients()
    measured, others = [], []
    for asker, address in tqdm(pages(only), desc="pages"):
        for one in [asker] if asker else ASKERS:
            if found := measure(known[one], one, address):
                measured.append(found)
                break
        else:
            others.append(address)
    return measured, others


def measure_stock(client: Client) -> list[Measured]:
    """Measure the stock administration's lists of the models the lists show."""
    return [
        found
        for model in stock_admin.LISTS
        if (found := measure(client, "stock admin", stock_admin.address(model)))
    ]


def quiet() -> ExitStack:
    """Serve as in production, but keep no log and ask for no names of hosts."""
    stack = ExitStack()
    logging.disable(logging.CRITICAL)
    stack.enter_context(
        override_settings(ROOT_URLCONF="bench.stock_admin", ALLOWED_HOSTS=["*"], DEBUG=False)
    )
    return stack


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", action="append", default=[], help="part of a route's pattern")
    only = parser.parse_args().only
    with quiet():
        measured, others = measure_all(only)
        stock = [] if only else measure_stock(clients()["quantri"])
    print(table(HEADERS, [one.row for one in measured]))
    if stock:
        print("\nStock administration, the same models:\n")
        print(table(HEADERS, [one.row for one in stock]))
    if others:
        print("\nNo page (files, writes, nothing to show):", *others, file=sys.stderr)


if __name__ == "__main__":
    main()
