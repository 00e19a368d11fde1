"""The whole benchmark: makes its worlds, measures every part, writes docs/performance.md's tables.

    make bench                     # tests/with_postgresql python -m bench
    make bench SIZES="1 10"        # without the nation
    make bench PARTS="pages files" # some parts only

Each part is a command of its own, so that none is measured in the memory of another. A table is
put between the two comments in the page that name its part.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import environ
import psycopg2

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
PARTS = ("pages", "files", "imports", "serving", "starting")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[1, 10, 100])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    asked = parser.parse_args()
    write("machine", machine())
    worlds = {size: world(size) for size in asked.sizes}
    province = worlds[min(worlds)]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if "pages" in asked.parts:
            measure_pages(worlds, folder)
        for part in asked.parts:
            if part != "pages":
                write(part, told(province, f"bench.{part}"))


def measure_pages(worlds: dict[int, str], folder: str) -> None:
    """Measure the pages in each world, and in the smallest one on SQLite."""
    for size, address in worlds.items():
        write(f"pages ×{size}", told(address, "bench.pages"))
    copied = f"sqlite:///{folder}/world.sqlite3"
    told(copied, "bench.copying", worlds[min(worlds)])
    write("pages ×1 on SQLite", told(copied, "bench.pages"))


def world(size: int) -> str:
    """Make a world in a database of its own; give its address."""
    given = os.environ["DATABASE_URL"]
    address = f"{given.rpartition('/')[0]}/world_{size}"
    server = environ.Env.db_url_config(given)
    known = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    connection = psycopg2.connect(
        dbname=server["NAME"], **{name: server[key] for name, key in known.items() if server[key]}
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE world_{size}")
    connection.close()
    told(address, "bench.world", str(size))
    return address


def told(address: str, module: str, *arguments: str) -> str:
    """Run a part on a database, showing its progress; give what it printed."""
    print(f"--- {module} {' '.join(arguments)}", file=sys.stderr, flush=True)
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def machine() -> str:
    """Tell what was measured on."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {system}, Python {python}, commit {commit}."


def write(part: str, text: str) -> None:
    """Put a part's result between the comments of the page that name it."""
    begin, end = f"<!-- {part} -->\n", f"<!-- end of {part} -->"
    before, found, rest = PAGE.read_text().partition(begin)
    if not found:
        raise LookupError(f"{PAGE.name} has no place for {part}.")
    after = rest.partition(end)[2]
    PAGE.write_text(f"{before}{begin}\n{text.strip()}\n\n{end}{after}")


if __name__ == "__main__":
    main()
