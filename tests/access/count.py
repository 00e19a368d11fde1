"""Counts what is tried (``python -m tests.access``): cells of the table, forms, forged requests."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test.runner import DiscoverRunner

from accounts.enums import Role
from tests.access.foreign import send_foreign
from tests.access.forging import Tally, forge
from tests.access.people import ASKERS, People, make_people
from tests.access.sending import VERBS
from tests.access.trying import address, differing, expected_of, tried
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


def main() -> int:
    table, forged, foreign = Tally(), Tally(), Tally()
    with made() as people:
        for name, url in each_route(people):
            cells = tried(people, url)
            wrong = differing(cells, expected_of(TABLE[name]))
            table.tried["cells"] += len(cells)
            table.faults += [f"{name}: {cell} {how}" for cell, how in wrong.items()]
            if 200 in TABLE[name].get.values():
                forge(forged, [url], people.clients)
            for asker in (Role.OFFICER, Role.ASSISTANT):
                if TABLE[name].get[asker] == 200:
                    send_foreign(foreign, people, asker, url)
    print(*table.faults, *forged.faults, *foreign.faults, sep="\n")
    print(
        f"{len(TABLE)} routes × {len(ASKERS)} askers × {len(VERBS)} verbs: "
        f"{table.tried['cells']} cells, {len(table.faults)} wrong"
    )
    print(f"Forged: {forged}")
    print(f"Keys of others: {foreign.tried.total()} requests, {len(foreign.faults)} faults")
    return int(bool(table.faults or forged.faults or foreign.faults))
