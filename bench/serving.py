"""Requests in a second, and how long they take, with many people at work at the same time.

    DATABASE_URL=postgres://… python -m bench.serving [--people 1 4 16 64] [--seconds 20]
        [--variants "sync 2" …] [--rate 10] [--keep]

Starts gunicorn by itself on a copy of the database (bench/site.py), where people of a working day
(bench/day.py) load it (bench/load.py says how latencies are to be read). Client and server share
the machine: what the client used is a column. Whatever is not the expected answer is an error.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.db import connection

from bench.day import Day, make_day
from bench.load import Asked, Crowd
from bench.site import Server, Used, copied_database, serving
from bench.table import table

WARM_UP = 5.0
PEOPLE = (1, 4, 16, 64)
# Options of gunicorn beside config/gunicorn.py; "threads" as `make run` gives them.
VARIANTS = {
    "sync 1": ("--workers", "1"),
    "sync 2": ("--workers", "2"),
    "sync 3": ("--workers", "3"),
    "sync 4": ("--workers", "4"),
    "threads 1 × 4": ("--workers", "1", "--threads", "4"),
    "threads 2 × 4": ("--workers", "2", "--threads", "4"),
}
USUAL = ("sync 1", "sync 2", "threads 2 × 4")
SUMMARY = (
    *("gunicorn", "people", "answers/s", "p50 ms", "p95 ms", "p99 ms", "longest ms", "errors"),
    *("app CPU ms", "PostgreSQL CPU ms", "client CPU ms", "processors busy", "MB"),
)
BY_GROUP = ("page group", "answers", "answers/s", "p50 ms", "p95 ms", "p99 ms", "errors")


@dataclass(frozen=True)
class Loaded:
    """What a crowd saw in so many seconds, and what was used meanwhile."""

    variant: str
    people: int
    seconds: float
    asked: list[Asked]
    used: Used
    client: float
    megabytes: float

    @property
    def row(self) -> tuple[object, ...]:
        number = max(len(self.asked), 1)
        used = (self.used.application, self.used.database, self.client)
        return (
            *(self.variant, self.people, len(self.asked) / self.seconds),
            *percentiles(self.asked, 0.5, 0.95, 0.99, 1),
            self.errors.total(),
            *(1000 * seconds / number for seconds in used),
            *(sum(used) / self.seconds, self.megabytes),
        )

    @property
    def errors(self) -> Counter[tuple[str, str]]:
        """Count what went wrong, by page group and kind."""
        return Counter((one.group, one.error) for one in self.asked if one.error)

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Give a row for each page group."""
        ranked = sorted(self.asked, key=lambda one: one.group)
        for group, asked in itertools.groupby(ranked, key=lambda one: one.group):
            those = [*asked]
            yield (
                *(group, len(those), len(those) / self.seconds),
                *percentiles(those, 0.5, 0.95, 0.99),
                sum(bool(one.error) for one in those),
            )


def percentiles(asked: Sequence[Asked], *shares: float) -> list[float]:
    """Give by how many milliseconds these shares of all had been answered."""
    ranked = sorted(one.seconds for one in asked) or [0.0]
    return [1000 * ranked[min(int(share * len(ranked)), len(ranked) - 1)] for share in shares]


def load(
    server: Server, day: Day, variant: str, people: int, seconds: float, **how: object
) -> Loaded:
    """Let a crowd act; count what fell due after the warm-up."""
    crowd, marks = Crowd(people, day.act, server.port, **how), []

    def watch() -> None:
        for pause in (WARM_UP, seconds):
            time.sleep(pause)
            marks.append((time.perf_counter(), server.used(), time.process_time()))

    crowd.run(WARM_UP + seconds, watch)
    (began, before, ours_before), (ended, after, ours_after) = marks
    return Loaded(
        variant=variant,
        people=people,
        seconds=ended - began,
        asked=[one for one in crowd.asked if began <= one.due < ended],
        used=after - before,
        client=ours_after - ours_before,
        megabytes=server.memory(),
    )


def measure(
    variants: Sequence[str] = USUAL,
    people: Sequence[int] = PEOPLE,
    seconds: float = 20,
    **how: object,
) -> Iterator[Loaded]:
    """Load each variant with each number of people; the database copied once."""
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder = Path(name)
        with copied_database(folder) as url:
            day = make_day()
            for variant in variants:
                with serving(url, folder, VARIANTS[variant]) as server:
                    for number in people:
                        yield load(server, day, variant, number, seconds, **how)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, nargs="+", default=PEOPLE, help="at the same time")
    parser.add_argument("--seconds", type=float, default=20, help="of each, after the warm-up")
    parser.add_argument("--variants", nargs="+", choices=VARIANTS, default=USUAL)
    parser.add_argument("--rate", type=float, default=0, help="acts begun in a second (open model)")
    parser.add_argument("--keep", action="store_true", help="browsers keep their connection")
    parser.add_argument("--groups", type=int, default=16, help="people of the table by group")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    how = {"rate": asked.rate, "keep": asked.keep}
    all_loaded = [*measure(asked.variants, asked.people, asked.seconds, **how)]
    print(f"{connection.vendor}; load average {os.getloadavg()[0]:.1f}\n")
    print(table(SUMMARY, [one.row for one in all_loaded]))
    for one in all_loaded:
        for (group, error), number in one.errors.items():
            print(f"\n{one.variant}, {one.people} people: {number} × {group}: {error}")
    for one in all_loaded:
        if one.people == asked.groups or len(all_loaded) == 1:
            print(f"\n{one.variant}, {one.people} people:\n")
            print(table(BY_GROUP, one.rows()))


if __name__ == "__main__":
    main()
