"""``python -m tests.loss.times``: seconds and megabytes of a backup and a restore.

Of the demonstration on a site of its own, with ``--files`` attachments of ``--size`` kilobytes
beside it; on PostgreSQL under ``tests/with_postgresql``.
"""

from __future__ import annotations

import argparse
import os
import resource
import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyrage.x25519 import Identity

from tests.loss.site import Site


def timed(word: str, work: Callable[[], object]) -> object:
    """Do ``work`` and print how long it took."""
    began = time.monotonic()
    given = work()
    print(f"  {word:<28}{time.monotonic() - began:7.1f} s", flush=True)
    return given


def add_files(site: Site, count: int, kilobytes: int) -> None:
    folder = site.media / "do-thoi-gian"
    folder.mkdir(parents=True, exist_ok=True)
    content = secrets.token_bytes(kilobytes * 1024)
    for number in range(count):
        (folder / f"{number}.pdf").write_bytes(content)


def measure(site: Site, word: str, key: Identity | None) -> None:
    """Back up, prove, lose everything, restore."""
    print(word)
    environment = {"BACKUP_KEY": str(key.to_public())} if key else {}
    arguments = []
    if key:
        (site.folder / "key").write_text(str(key))
        arguments = ["--key", str(site.folder / "key")]
    backup = timed("backup, read back", lambda: site.back_up(**environment))
    print(f"  {'size':<28}{backup.stat().st_size / 2**20:7.1f} MB")
    timed("verify_backup", lambda: site.manage("verify_backup", str(backup), *arguments))
    before = site.files()
    site.wipe()
    timed(
        "restore after losing all", lambda: site.manage("restore", str(backup), "--yes", *arguments)
    )
    assert site.files() == before
    backup.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=0)
    parser.add_argument("--size", type=int, default=300, help="kilobytes of each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="times-") as folder:
        site = Site(Path(folder), os.environ.get("DATABASE_URL", ""))
        try:
            timed("making the site", site.fill)
            add_files(site, given.files, given.size)
            rows = sum(map(len, site.tables().values()))
            print(f"  {len(site.tables())} tables, {rows} rows, {len(site.files())} files")
            measure(site, "plain", None)
            measure(site, "encrypted", Identity.generate())
        finally:
            site.remove()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory of any command   {most:7.1f} MB")


if __name__ == "__main__":
    main()
