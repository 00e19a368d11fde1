"""Several writers at once, each a thread with a connection of its own."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection

from assignments.bulk import RowErrors

REFUSALS = (ValidationError, IntegrityError, OperationalError, RowErrors)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act in a thread, all let go at one moment; give its result or what it raised."""
    results: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            start.wait(timeout=30)
            results[number] = acts[number]()
        except REFUSALS as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def wait_for_the_other(barrier: threading.Barrier) -> None:
    """Wait a second for the other writer; where only one may write at a time, go on alone."""
    with contextlib.suppress(threading.BrokenBarrierError):
        barrier.wait(timeout=1)
