"""A storm: writers at once through a real gunicorn with several workers, for some seconds.

    python -m tests.races --writers 16 --seconds 60 [--database postgresql] [--workers 4]

Prints how many acts were done, refused and waited for, and every disagreement between what the
writers were told and what is written. Exit status 1 when there is any.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from argparse import ArgumentParser
from collections import Counter

from tests.races.site import Site, set_up

parser = ArgumentParser(prog="python -m tests.races")
parser.add_argument("--writers", type=int, default=16)
parser.add_argument("--seconds", type=float, default=60)
parser.add_argument("--workers", type=int, default=4)
parser.add_argument("--restarts", type=int, default=0, help="graceful restarts meanwhile")
parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
parser.add_argument("--template", default="", help="an SQLite file already migrated")
arguments = parser.parse_args()
set_up(arguments)

from tests.races.acts import EVERYTHING  # noqa: E402
from tests.races.client import LOST, Client  # noqa: E402
from tests.races.ledger import Ledger, faults  # noqa: E402
from tests.races.world import World, make_world  # noqa: E402


def write(world: World, ledger: Ledger, port: int, until: float, seed: int) -> None:
    """Do one act after the other until the time is over."""
    acts = random.Random(seed)
    while time.monotonic() < until:
        sent = acts.choice(EVERYTHING)(world, port)
        try:
            answer = sent.send()
        except LOST:  # it is being restarted
            answer = None
            time.sleep(0.1)
        ledger.note(sent, answer)


def warm_up(site: Site) -> None:
    """Let each worker read its pages before anything is measured."""
    for _ in range(arguments.workers * 4):
        Client(site.port).wait_for_a_page()


def percentile(values: list[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(int(len(ranked) * share), len(ranked) - 1)] * 1000 if ranked else 0


def in_words(waits: list[float]) -> str:
    """Give how long answers took."""
    half, most = percentile(waits, 0.5), percentile(waits, 0.99)
    return f"p50 {half:6.0f} ms  p99 {most:6.0f} ms  max {max(waits) * 1000:6.0f} ms"


def tell(ledger: Ledger) -> None:
    """Print the numbers."""
    done = Counter(sent.name for sent in ledger.done)
    refused = Counter(sent.name for sent, _ in ledger.refused)
    print(f"{arguments.database}: {arguments.seconds:.0f} s")
    print(f"  {arguments.writers} writers, {arguments.workers} workers")
    print(f"  done {sum(done.values())}, refused {sum(refused.values())}")
    print(f"  busy {len(ledger.busy)}, no answer {len(ledger.maybe)}")
    for name, waits in sorted(ledger.waits.items()):
        counts = f"done {done[name]:5} refused {refused[name]:5}"
        print(f"  {name:13} {counts}  {in_words(waits)}")
    print("  all:", in_words([one for waits in ledger.waits.values() for one in waits]))
    for (name, words), number in Counter(
        (sent.name, words[:150]) for sent, words in ledger.refused
    ).most_common(12):
        print(f"  {number:5} × {name}: {words}")


def main() -> int:
    world, ledger = make_world(officers=12, contests=int(arguments.seconds * 12)), Ledger()
    site = Site(arguments.workers)
    site.start()
    warm_up(site)
    until = time.monotonic() + arguments.seconds
    writers = [
        threading.Thread(target=write, args=(world, ledger, site.port, until, seed))
        for seed in range(arguments.writers)
    ]
    for writer in writers:
        writer.start()
    for _ in range(arguments.restarts):
        time.sleep(arguments.seconds / (arguments.restarts + 1))
        site.restart()
    for writer in writers:
        writer.join()
    site.stop()
    tell(ledger)
    found = [*faults(ledger)]
    print(f"{len(found)} faults", *found[:40], sep="\n  ")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
