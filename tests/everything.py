"""Runs every check and test, whatever fails, and says at the end what passed: ``make test``.

What this machine lacks is skipped and named in the last lines; with ``CI=true`` a lack is a
failure. Exit status: 0 when nothing failed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import find_chromium  # noqa: E402
from tests.libreoffice import LACKING as NO_LIBREOFFICE  # noqa: E402
from tests.libreoffice import find_libreoffice  # noqa: E402

CI = os.environ.get("CI", "").lower() == "true"
# What tests/with_postgresql answers on a machine without a PostgreSQL server.
UNAVAILABLE = 69
NO_POSTGRESQL = "no PostgreSQL server on this machine (apt install postgresql)"
NO_CHROMIUM = "no Chromium on the PATH (apt install chromium)"
PYTEST_SUMMARY = re.compile(r"^=+ .*\b(passed|failed|errors?|skipped|no tests ran)\b.* in .*=+$")


@dataclass
class Part:
    """One check: its name, its command, and what the machine lacks for it ("" if nothing)."""

    name: str
    command: list[str]
    lack: str = ""


@dataclass
class Outcome:
    """How a part ended, with pytest's own summary line where there is one."""

    part: Part
    word: str
    remark: str = ""


def pytest(*arguments: str) -> list[str]:
    return ["pytest", "--color=no", "-r", "fEs", *arguments]


def parts() -> list[Part]:
    """Give every part in the order of running: the quick ones first."""
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    ordinary = pytest("-n", "2", "-m", "not browser and not libreoffice", "tests")
    return [
        Part("lint", ["ruff", "check", "."]),
        Part("format", ["ruff", "format", "--check", "."]),
        Part("import contracts", ["lint-imports", "--no-cache", "--no-logo"]),
        Part("templates", ["djade", "--check", "--target-version", "5.2", *templates]),
        Part("migrations complete", ["python", "manage.py", "makemigrations", "--check"]),
        Part("system check", ["python", "manage.py", "check", "--fail-level", "WARNING"]),
        Part("tests on SQLite", ordinary),
        Part("tests on PostgreSQL", ["tests/with_postgresql", *ordinary]),
        Part(
            "tests with LibreOffice",
            pytest("-m", "libreoffice", "tests"),
            lack="" if find_libreoffice() else NO_LIBREOFFICE,
        ),
        Part(
            "tests in Chromium",
            pytest("-m", "browser", "tests/browser"),
            lack="" if find_chromium() else NO_CHROMIUM,
        ),
    ]


def environment(scratch: str) -> dict[str, str]:
    """Give an environment that leaves the site's own database and files alone."""
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "VAR_DIR": scratch,
        "DATABASE_URL": f"sqlite:///{scratch}/db.sqlite3",
        "PYTHONUNBUFFERED": "1",
    }


def run(part: Part, env: dict[str, str]) -> Outcome:
    """Run one part, showing its output, and judge it."""
    print(f"\n--- {part.name}: {' '.join(part.command)}"[:160], flush=True)
    if part.lack:
        return missing(part, part.lack)
    status, summary = show(part.command, env)
    if status == UNAVAILABLE and part.command[0] == "tests/with_postgresql":
        return missing(part, NO_POSTGRESQL)
    return Outcome(part, "failed" if status else "passed", summary)


def show(command: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Run a command, passing its output on; give its exit status and pytest's summary line."""
    summary = ""
    with subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            if PYTEST_SUMMARY.match(line.strip()):
                summary = line.strip()
    return process.returncode, summary


def missing(part: Part, lack: str) -> Outcome:
    """Judge a part that cannot run here."""
    return Outcome(part, "failed" if CI else "skipped", lack)


def closing(outcomes: list[Outcome]) -> Iterator[str]:
    """Give the last lines: each part with its outcome, then how many failed."""
    yield "\n--- summary"
    for outcome in outcomes:
        yield f"{outcome.word:8}{outcome.part.name}"
        if outcome.remark:
            yield outcome.remark if outcome.remark.startswith("=") else f"        {outcome.remark}"
    counts = dict.fromkeys(("passed", "failed", "skipped"), 0)
    for outcome in outcomes:
        counts[outcome.word] += 1
    yield ", ".join(f"{number} parts {word}" for word, number in counts.items() if number)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="test-site-") as scratch:
        env = environment(scratch)
        outcomes = [run(part, env) for part in parts()]
    print(*closing(outcomes), sep="\n", flush=True)
    return int(any(outcome.word == "failed" for outcome in outcomes))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
