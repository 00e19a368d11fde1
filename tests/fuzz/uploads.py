"""Reads spoilt files by every reader of uploads, in a process that may take little.

    python -m tests.fuzz.uploads --mutants 300 --seed 1

Every real file has bytes changed so many times; each result goes through every reader there is,
whatever its kind. A reader takes the file or refuses it in a sentence, within seconds and within
``MEMORY``: beyond it the system refuses memory and the run fails.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from assignments.attachments import accept  # noqa: E402
from assignments.roster.container import WorkbookRefused  # noqa: E402
from assignments.roster.workbook import read_workbook  # noqa: E402
from assignments.uploads import check_scan  # noqa: E402
from reports.reorganising.mapping_files import read_mapping  # noqa: E402
from reports.word_templates.services import accept_template  # noqa: E402
from tests.assignments.attachments.hostile import HOSTILE  # noqa: E402
from tests.fuzz.files import damaged, real_files  # noqa: E402
from tests.fuzz.hostile_files import HOSTILE_BOOKS, HOSTILE_TEMPLATES  # noqa: E402
from tests.reports.word_templates.words import offered  # noqa: E402

MEGABYTE = 2**20
MEMORY = 600 * MEGABYTE  # more than the process has when it begins
SECONDS = 5.0

READERS: dict[str, Callable[[str, bytes], object]] = {
    "attachment": lambda name, content: accept(SimpleUploadedFile(name, content)),
    "scan of a decision": lambda name, content: check_scan(SimpleUploadedFile(name, content)),
    "roster": lambda name, content: read_workbook(content),
    "mapping of units": lambda name, content: read_mapping(content),
    "template": lambda name, content: accept_template(SimpleUploadedFile(name, content), offered()),
}


def samples(mutants: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Give (what it is, name, content): hostile files as they are, real ones spoilt."""
    for what, (name, content) in {**HOSTILE, **HOSTILE_BOOKS, **HOSTILE_TEMPLATES}.items():
        yield what, name, content
    for extension, content in real_files().items():
        for turn in range(mutants):
            rng = Random(f"{seed}:{extension}:{turn}")
            yield f"{extension} {seed}:{turn}", f"tep.{extension}", damaged(content, rng)


def limit_memory() -> None:
    """Let the process have so much more memory than it has now."""
    with open("/proc/self/statm", encoding="ascii") as sizes:
        now = int(sizes.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))


def tried(reader: Callable[[str, bytes], object], name: str, content: bytes) -> str:
    """Give how a reader ended: "taken", "refused", or what went wrong."""
    begun = time.process_time()
    try:
        reader(name, content)
        end = "taken"
    except (ValidationError, WorkbookRefused):
        end = "refused"
    except Exception as error:
        end = f"{type(error).__name__}: {str(error)[:200]}"
    taken = time.process_time() - begun
    return end if taken < SECONDS else f"{end}, after {taken:.1f} s"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    offered()
    real_files()
    limit_memory()
    ends, faults = Counter(), 0
    for what, name, content in samples(asked.mutants, asked.seed):
        for reader, read in READERS.items():
            end = tried(read, name, content)
            ends[end if end in ("taken", "refused") else "fault"] += 1
            if end not in ("taken", "refused"):
                print(f"{what}, as {reader}: {end}", flush=True)
                faults += 1
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{ends.total()} files read: {dict(ends)}; at most {most} MB in memory")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
