"""``python -m tests.accounts.chain_numbers [ROWS]``: how fast the log is sealed and checked.

Writes to a throw-away database of the kind DATABASE_URL names (tests/with_postgresql).
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time

import django

WRITES = 200


def main(rows: int) -> None:
    """Print rows sealed and checked a second, a write's milliseconds, and the page's."""
    from accounts import audit, chain
    from accounts.chain_check import Check
    from accounts.enums import Verb

    events = (
        audit.event(
            Verb.CHANGE,
            f"Cán bộ {number}",
            by="Nguyễn Văn An",
            before={"họ tên": "Lê Thị Bình", "năm sinh": 1970},
            after={"họ tên": "Lê Thị Bích", "năm sinh": 1971},
            reason="Ghi sai",
        )
        for number in range(rows)
    )
    insert = audit.AuditEvent.objects.bulk_create
    insert(events, batch_size=500)
    print(f"{rows} rows: {rows / timed(chain.seal_committed):,.0f} sealed a second")
    check = Check()
    took = timed(lambda: list(check.damage()))
    assert check.rows == rows
    print(f"{rows} rows: {rows / took:,.0f} checked a second, at most {memory()} MB in use")
    with_seal = [timed(lambda: audit.record(Verb.EXPORT, "x", by=None)) for _ in range(WRITES)]
    bare = [timed(lambda: insert([audit.event(Verb.EXPORT, "x", by=None)])) for _ in range(WRITES)]
    print(
        f"a row written and sealed: {milliseconds(with_seal)} ms; "
        f"written alone: {milliseconds(bare)} ms (median of {WRITES})"
    )


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def milliseconds(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f}"


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0)
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
