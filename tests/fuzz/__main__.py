"""Throws generated values at every form and every parameter for as long as asked.

    python -m tests.fuzz --seconds 600 --seed 1
    python -m tests.fuzz --world records --again 1:4711     one turn once more

Prints what was tried and every fault with the seed that shows it; exit status 1 when there is one.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from tests.browser.pages import routes  # noqa: E402
from tests.fuzz.engine import Fuzz, Tally, turns  # noqa: E402
from tests.fuzz.site import admin_routes, explored, known  # noqa: E402
from tests.fuzz.world import WORLDS, world  # noqa: E402

# Records of every kind are known by their makers, the demonstration's are found by following links.
FINDING = {"records": known, "demonstration": explored}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--turns", type=int, default=10**9)
    parser.add_argument("--world", choices=[*WORLDS, ""], default="")
    parser.add_argument("--again", default="", help="one turn, as a fault names it")
    return parser.parse_args()


def run(asked: argparse.Namespace, name: str, seconds: float, tally: Tally) -> set[str]:
    """Fuzz one world for so long; give the routes it has."""
    with world(name) as (users, address):
        site = FINDING[name](users, address)
        fuzz, seen = Fuzz(site, users, tally), 0
        deadline = time.monotonic() + seconds
        for seed in [asked.again] if asked.again else islice(turns(asked.seed), asked.turns):
            if time.monotonic() > deadline:
                break
            fuzz.turn(seed)
            for fault in tally.faults[seen:]:
                print(f"{name}: {fault}", flush=True)
            seen = len(tally.faults)
        return site.routes()


def report(tally: Tally, found: set[str]) -> None:
    ours = {*routes(), *admin_routes()}
    print(f"{tally.requests} requests: {dict(tally.asked)}; answers {dict(tally.statuses)}")
    print(f"{len(tally.routes & ours)} of {len(ours)} routes asked")
    print(f"without an address: {sorted(ours - found)}")
    print(
        f"{len({route for route, _ in tally.forms})} routes with forms, {len(tally.forms)} forms, "
        f"{len(tally.fields)} fields, {len(tally.parameters)} parameters of addresses"
    )
    print(f"slowest {tally.slowest[0]:.2f} s: {tally.slowest[1]}")
    print(f"{len(tally.faults)} faults")


def main() -> int:
    asked, tally, found = arguments(), Tally(), set()
    names = [asked.world] if asked.world else list(WORLDS)
    logging.disable(logging.CRITICAL)  # refusals are what is asked for
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for name in names:
            found |= run(asked, name, asked.seconds / len(names), tally)
    finally:
        teardown_databases(databases, verbosity=0)
    report(tally, found)
    return int(bool(tally.faults))


if __name__ == "__main__":
    sys.exit(main())
