"""Reading an office's list: seconds, rows a second and queries, against the libraries bare.

    python -m bench.imports [--rows 100 1000 10000]     # SQLite, in a temporary folder
    DATABASE_URL=postgres://… python -m bench.imports   # a test database on that server

The databases are the module's own, thrown away at the end: one just large enough for the list, and
one of 105 provinces with 9,500 officers, so that finding who and where is meant is as hard as it
will ever be. Each list has known and new officers, changed and misspelt rows. The floor is
openpyxl reading the same file and one ``bulk_create`` of as many officers and assignments;
django-import-export imports the same people (package of bench/requirements.txt; without it the row
says so). Static files must have been collected (``make bench`` does).
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import io
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

import openpyxl
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from assignments.demo.logins import random_for
from assignments.demo.people import OFFICES, invent_name
from assignments.enums import AssignmentRole, OfficerGroup
from assignments.models import Assignment, Officer, RosterImport
from bench.table import table
from communes.gazetteer import load_communes
from communes.models import Commune, District

SIZES = (100, 1_000, 10_000)
COMMUNES, OFFICERS = 109, 95  # of a province
LARGEST = 105  # provinces: 11,445 communes
START = dt.date(2021, 11, 1)
SEED = 10
BATCH = 500
KNOWN_PAIRS, NEW_PERSON = 3, 6  # of ten rows: recorded already up to here, new people from there
HEADER = (
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Chức vụ, đơn vị công tác",
    "Đảng bộ được phân công theo dõi, phụ trách",
    "Huyện, thị xã, thành phố",
    "Từ ngày",
    "Số quyết định",
    "Điện thoại",
)
HEADERS = (
    "import",
    "communes",
    "rows",
    "seconds",
    "CPU s",
    "rows/s",
    "queries",
    "queries/row",
    "page kB gzip",
)
Line = tuple[object, ...]


@dataclass(frozen=True)
class Measured:
    """What an act took: seconds by the clock and of this process, statements sent."""

    seconds: float
    cpu: float
    queries: int

    def line(self, what: str, rows: int, size: float | None = None) -> Line:
        return (
            *(what, rows, self.seconds, self.cpu, rows / self.seconds),
            *(self.queries, self.queries / rows, size),
        )


def measured(act: Callable[[], object]) -> Measured:
    """Do it once, counting; what an import writes cannot be written again."""
    queries = 0

    def count(execute, *arguments):
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        seconds, cpu = time.perf_counter(), time.process_time()
        act()
        return Measured(time.perf_counter() - seconds, time.process_time() - cpu, queries)


# --- a world of its own -------------------------------------------------------------------------


@contextmanager
def scratch_database() -> Iterator[None]:
    """Have the connection lead to a new database, removed at the end; the configured one rests."""
    configured = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "imports.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(configured, verbosity=0)


def make_world(provinces: int) -> None:
    """Fill the database; of ten communes the first :data:`KNOWN_PAIRS` have their officer."""
    load_communes()
    copy_provinces(provinces)
    count = OFFICERS * provinces
    officers = Officer.objects.bulk_create(invent_officers(count), batch_size=BATCH)
    Assignment.objects.bulk_create(
        (
            Assignment(
                officer=officers[at % count],
                commune=commune,
                role=AssignmentRole.MAIN,
                started_on=START,
            )
            for at, commune in enumerate(Commune.objects.order_by("pk"))
            if at % 10 < KNOWN_PAIRS
        ),
        batch_size=BATCH,
    )


def copy_provinces(provinces: int) -> None:
    """Add the first province's districts, under names of their own, and the communes in them."""
    first = list(District.objects.prefetch_related("communes"))
    for number in range(1, provinces):
        for district in first:
            copy = District.objects.create(
                kind=district.kind,
                name=f"{district.name} {number}",
                code=f"{number}{district.code}",
            )
            Commune.objects.bulk_create(
                Commune(
                    kind=commune.kind,
                    name=commune.name,
                    district=copy,
                    code=f"{number}{commune.code}",
                )
                for commune in district.communes.all()
            )


def invent_officers(count: int, seed: int = SEED) -> list[Officer]:
    """Give officers, not saved; names repeat, with another year or office."""
    rng = random_for(seed, "officers of lists")
    return [
        Officer(
            full_name=invent_name(rng, woman=rng.random() < 0.3),
            birth_year=rng.randint(1960, 1995),
            group=OfficerGroup.SECTOR,
            office=rng.choice(OFFICES[OfficerGroup.SECTOR]),
        )
        for _ in range(count)
    ]


def make_list(rows: int) -> bytes:
    """Give a workbook of a row for each of the first communes."""
    officers, new = list(Officer.objects.order_by("pk")), invent_officers(rows, SEED + 1)
    communes = list(Commune.objects.select_related("district").order_by("pk")[:rows])
    return workbook(
        [new[at] if at % 10 >= NEW_PERSON else officers[at % len(officers)] for at in range(rows)],
        communes,
    )


def workbook(people: Sequence[Officer], communes: Sequence[Commune]) -> bytes:
    """Write a list as Excel does, with shared texts: of ten rows the last has a slip."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_row(0, 0, HEADER)
        for line, (officer, commune) in enumerate(zip(people, communes, strict=True), start=1):
            kind = (line - 1) % 10
            cells = (
                line,
                officer.full_name,
                officer.birth_year,
                officer.office,
                f"{commune}{'h' if kind == 9 else ''}",
                str(commune.district),
                f"{START:%d/%m/%Y}",
                "512-QĐ/TU, ngày 25/10/2021",
                f"0912{line:06}" if kind == 0 else "",
            )
            sheet.write_row(line, 0, cells)
    return file.getvalue()


# --- what is measured ---------------------------------------------------------------------------


def measure(sizes: Sequence[int] = SIZES) -> list[Line]:
    """Give the table's lines: each list in a world of its size, then in the largest."""
    worlds = {
        (rows, provinces)
        for rows in sizes
        for provinces in (min(rows // COMMUNES + 1, LARGEST), LARGEST)
    }
    return [line for rows, provinces in sorted(worlds) for line in measure_list(rows, provinces)]


def measure_list(rows: int, provinces: int) -> list[Line]:
    """Give the lines of one list, from a database made for it."""
    if rows > COMMUNES * provinces:
        raise ValueError(f"no {rows} communes in {provinces} provinces")
    with scratch_database(), override_settings(ALLOWED_HOSTS=["testserver"]):
        make_world(provinces)
        content = make_list(rows)
        lines = [*of_roster(clerk(), rows, content), *floors(rows, content)]
        if provinces < LARGEST:  # what does not look at the world is measured once
            lines += ecosystem(rows)
    return [(what, COMMUNES * provinces, *others) for what, *others in lines]


def clerk() -> Client:
    client = Client()
    user = User.objects.create(username="vanphong", role=Role.OFFICE, must_change_password=False)
    client.force_login(user)
    return client


def of_roster(client: Client, rows: int, content: bytes) -> Iterator[Line]:
    """Upload, see the preview, apply: each a request through the whole application."""
    client.get(reverse("assignments:import_list"))  # what is loaded once is loaded
    upload = measured(partial(send, client, content))
    kept = RosterImport.objects.latest("pk")
    address = reverse("assignments:import_preview", args=[kept.pk])
    answers = []
    page = measured(lambda: answers.append(client.get(address)))
    apply = measured(partial(client.post, reverse("assignments:import_apply", args=[kept.pk])))
    kept.refresh_from_db()
    if not kept.applied_at:
        raise RuntimeError("the list was not applied")
    yield upload.line("list: upload and check", rows)
    yield page.line("list: page of the preview", rows, len(gzip.compress(answers[0].content)) / 1e3)
    yield apply.line("list: apply", rows)


def send(client: Client, content: bytes) -> None:
    file = SimpleUploadedFile("danh-sach.xlsx", content)
    answer = client.post(reverse("assignments:import_list"), {"file": file})
    if answer.status_code != 302:
        raise RuntimeError("the list was not read")


def floors(rows: int, content: bytes) -> Iterator[Line]:
    """The same file read bare, and as many rows written bare and taken back."""
    yield measured(lambda: read_bare(content)).line("floor: openpyxl reads it", rows)
    yield measured(lambda: write_bare(rows)).line("floor: bulk_create of it", rows)


def read_bare(content: bytes) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return list(book.active.iter_rows(values_only=True))


def write_bare(rows: int) -> None:
    """Add an officer and an assignment for each row, in the fewest statements."""
    with transaction.atomic():
        officers = Officer.objects.bulk_create(invent_officers(rows, SEED + 2))
        communes = Commune.objects.order_by("pk")[:rows]
        Assignment.objects.bulk_create(
            Assignment(
                officer=officer, commune=commune, role=AssignmentRole.SUPPORT, started_on=START
            )
            for officer, commune in zip(officers, communes, strict=True)
        )
        transaction.set_rollback(True)


def ecosystem(rows: int) -> Iterator[Line]:
    """django-import-export: people alone, by name, without matching, in one transaction."""
    what = "django-import-export: people alone"
    if not find_spec("import_export"):
        yield (f"{what} (not installed)", rows, *[None] * 6)
        return
    from import_export.resources import modelresource_factory
    from tablib import Dataset

    people = invent_officers(rows, SEED + 3)
    fields = ("id", "full_name", "birth_year", "group", "office")
    data = Dataset(headers=fields)
    for officer in people:
        data.append(["", *(getattr(officer, name) for name in fields[1:])])
    resource = modelresource_factory(Officer)()
    for act, dry_run in (("preview", True), ("apply", False)):
        run = partial(resource.import_data, data, dry_run=dry_run, raise_errors=True)
        yield measured(run).line(f"{what}, {act}", rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().rows
    logging.disable(logging.CRITICAL)
    print(table(HEADERS, measure(sizes)))


if __name__ == "__main__":
    main()
