"""A server killed in the middle of writes, again and again: nothing it acknowledged is lost.

    python -m tests.races.kills --times 100 [--database postgresql] [--workers 3] [--writers 8]

Writers send forms to a real gunicorn whose whole process group is ended by SIGKILL at random
moments. What was sent without an answer is sent again with the same form key. On PostgreSQL every
fifth kill ends a process of the database as well, which then recovers. Prints the numbers and
every disagreement between what the writers were told and what is written; exit status 1 when there
is any.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import threading
import time
from argparse import ArgumentParser
from collections import Counter

from django.db import Error, connection

from tests.races.site import Site, set_up

parser = ArgumentParser(prog="python -m tests.races.kills")
parser.add_argument("--times", type=int, default=100)
parser.add_argument("--writers", type=int, default=8)
parser.add_argument("--workers", type=int, default=3)
parser.add_argument("--longest", type=float, default=3, help="seconds from a start to its kill")
parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
parser.add_argument("--template", default="", help="an SQLite file already migrated")
parser.add_argument("--seed", type=int, default=1)
arguments = parser.parse_args()
set_up(arguments)

from accounts import clock  # noqa: E402
from assignments.files_check import clear_orphans  # noqa: E402
from tests.races.acts import KILLED, Sent  # noqa: E402
from tests.races.client import LOST, Answer, Client  # noqa: E402
from tests.races.ledger import Ledger, faults  # noqa: E402
from tests.races.world import World, make_world  # noqa: E402

LONG_AFTER = dt.timedelta(days=30)  # files just received are nobody's for a moment


class Writers:
    """Threads that write until they are told to stop, and send again what got no answer."""

    def __init__(self, world: World, port: int, ledger: Ledger):
        self.world, self.port, self.ledger = world, port, ledger
        self.is_over = threading.Event()
        self.again = 0
        self.threads = [
            threading.Thread(target=self.write, args=(seed,)) for seed in range(arguments.writers)
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def finish(self) -> None:
        """Let everybody finish what they are sending."""
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def write(self, seed: int) -> None:
        acts = random.Random(seed)
        while not self.is_over.is_set():
            sent = acts.choice(KILLED)(self.world, self.port)
            self.ledger.note(sent, self.answer_to(sent))

    def answer_to(self, sent: Sent) -> Answer | None:
        """Send a form until it is answered, when it may be sent again; else once."""
        while True:
            try:
                answer = sent.send()
            except LOST:
                time.sleep(0.1)
                if not sent.is_repeatable:
                    return None
                self.again += 1
                continue
            if answer.status == 503 and sent.is_repeatable:
                time.sleep(0.2)
                continue
            return answer


def kill_a_backend() -> None:
    """End one process of PostgreSQL that serves somebody: the database then recovers from it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()"
        )
        others = [pid for (pid,) in cursor.fetchall()]
    if others:
        os.kill(random.choice(others), signal.SIGKILL)
    connection.close()


def wait_for_database(seconds: float = 30) -> None:
    """Wait until the database takes connections again."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            connection.close()
            connection.ensure_connection()
        except Error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def kill_often(site: Site, moments: random.Random) -> None:
    for number in range(arguments.times):
        time.sleep(moments.uniform(0.3, arguments.longest))
        if connection.vendor == "postgresql" and number % 5 == 4:
            kill_a_backend()
            time.sleep(moments.uniform(0, 0.3))
        site.kill()
        wait_for_database()
        site.start()
        Client(site.port).wait_for_a_page()


def tell(ledger: Ledger, writers: Writers, seconds: float) -> None:
    """Print the numbers."""
    done = Counter(sent.name for sent in ledger.done)
    print(f"{arguments.database}: {arguments.times} kills in {seconds:.0f} s")
    print(f"  {arguments.writers} writers, {arguments.workers} workers")
    print("  acknowledged", sum(done.values()), dict(done))
    print(f"  sent again with the same key {writers.again}, refused {len(ledger.refused)}")
    print(f"  without answer, not sent again {len(ledger.maybe)}, busy {len(ledger.busy)}")
    print(f"  files without a row, cleared {clear_orphans(clock.now() + LONG_AFTER)}")


def main() -> int:
    world, ledger = make_world(officers=8, contests=arguments.times * 8), Ledger()
    site, began = Site(arguments.workers), time.monotonic()
    connection.close()
    site.start()
    writers = Writers(world, site.port, ledger)
    writers.start()
    try:
        kill_often(site, random.Random(arguments.seed))
        time.sleep(1)
    finally:
        writers.finish()
        site.stop()
    tell(ledger, writers, time.monotonic() - began)
    found = [*faults(ledger)]
    print(f"{len(found)} faults", *found[:40], sep="\n  ")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
