"""Counts what is tried (``python -m tests.access``): cells of the table, forms, forged requests."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test.runner import DiscoverRunner

from accounts.enums import Role
from tests.access.foreign import send_foreign
from tests.access.forging import Tally, forge
from tests.access.people import ASKERS, People, make_people
from tests.access.sending import VERBS
from tests.access.test_admin import ROUTES as ADMIN_ROUTES
from tests.access.test_admin import admin_address, expected
from tests.access.trying import EVERY_CELL, Cells, address, differing, expected_of, tried
from tests.test_access import TABLE


@contextmanager
def made() -> Iterator[People]:
    """Give everybody who asks, in a database that is dropped afterwards."""
    logging.disable(logging.CRITICAL)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        with transaction.atomic():
            yield make_people()
            transaction.set_rollback(True)
    finally:
        runner.teardown_databases(databases)


def each_route(people: People) -> Iterator[tuple[str, str]]:
    """Give each route of the table with an address of it; what is done there is undone."""
    for name, row in TABLE.items():
        with transaction.atomic():
            people.stay()
            yield name, address(name, row, people, people.own)
            transaction.set_rollback(True)


def each_admin_route(people: People) -> Iterator[tuple[str, str]]:
    """Give each route of the admin likewise."""
    for name in ADMIN_ROUTES:
        with transaction.atomic():
            people.stay()
            yield name, admin_address(name)
            transaction.set_rollback(True)


def try_pages(tally: Tally, people: People) -> str:
    """Ask every route of the table as everybody with every verb."""
    for name, url in each_route(people):
        compare(tally, name, tried(people, url, EVERY_CELL), expected_of(TABLE[name]))
    return of_cells(len(TABLE), tally)


def try_admin(tally: Tally, people: People) -> str:
    """Ask every route of the admin likewise."""
    for name, url in each_admin_route(people):
        compare(tally, name, tried(people, url, EVERY_CELL), expected(name))
    return of_cells(len(ADMIN_ROUTES), tally)


def try_forging(tally: Tally, people: People) -> str:
    """Forge the forms of every page, as everybody who was not shown them."""
    for name, url in each_route(people):
        if 200 in TABLE[name].get.values():
            forge(tally, [url], people.clients)
    return str(tally)


def try_foreign(tally: Tally, people: People) -> str:
    """Send every form of the officer and assistant with every key of others."""
    for name, url in each_route(people):
        for asker in (Role.OFFICER, Role.ASSISTANT):
            if TABLE[name].get[asker] == 200:
                with transaction.atomic():
                    send_foreign(tally, people, asker, url)
                    transaction.set_rollback(True)
    sent = tally.tried.total()
    return f"{len(tally.forms)} forms, {sent} requests, {len(tally.faults)} faults"


# What is tried, by what is printed of it.
PARTS: dict[str, Callable[[Tally, People], str]] = {
    "Pages": try_pages,
    "Forged": try_forging,
    "Keys of others": try_foreign,
    "Admin": try_admin,
}


def compare(tally: Tally, name: str, got: Cells, wanted: Cells) -> None:
    tally.tried["cells"] += len(got)
    tally.faults += [f"{name}: {cell} {how}" for cell, how in differing(got, wanted).items()]


def of_cells(routes: int, tally: Tally) -> str:
    return (
        f"{routes} routes × {len(ASKERS)} askers ({len(Role)} roles) × {len(VERBS)} verbs: "
        f"{tally.tried['cells']} cells, {len(tally.faults)} wrong"
    )


def main() -> int:
    faults = 0
    with made() as people:
        for what, part in PARTS.items():
            tally = Tally()
            summary = part(tally, people)
            print(*tally.faults, f"{what}: {summary}", sep="\n", flush=True)
            faults += len(tally.faults)
    return int(faults > 0)
