"""Writing .xlsx: seconds, rows a second and memory against the bare writer and other writers.

    [DATABASE_URL=postgres://…] python -m bench.files [--rows 100000] [--repeats 3]

Every case runs in a process of its own, in turns, and the medians are told. Seconds are the
processor's (of this process: the database's own are in the clock's seconds alone). Memory is what
the process came to need above what it had after writing ten rows; Linux only.

"From memory" rows are made one at a time and cost nothing but their making, told as a case.
"From the database" the list of petitions is downloaded as a user does it, in a transaction taken
back; its floor is the bare writer fed with the same query's values as plain tuples.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import importlib.util
import json
import logging
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import BinaryIO
from unittest import mock
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.test import Client
from django.test.utils import override_settings
from tqdm import tqdm
from xlsxwriter import Workbook

from accounts import clock
from accounts.models import User
from assignments.spreadsheets import Field, Kind, Sheet
from assignments.spreadsheets.book import write_workbook
from assignments.tables import EXPORT_CHUNK
from bench.table import table
from reports.models import Petition
from reports.petitions.columns import with_standing
from reports.views.petitions.listing import PetitionList

ROWS = 100_000
A_FEW = 10
DAY = dt.date(2026, 1, 5)
NOW = dt.datetime(2026, 1, 5, 2, tzinfo=dt.UTC)
NOTE = "Đảng ủy xã đã họp chi bộ, đề nghị hỗ trợ kinh phí sửa tuyến đường liên ấp {}, hạn {} tháng"
FIELDS = (
    Field("Mã", Kind.CODE, 10),
    Field("Đảng bộ", width=24),
    Field("Huyện", width=26),
    Field("Cán bộ", width=24),
    Field("Ngày", Kind.DATE, 12),
    Field("Nội dung", width=52),
    Field("Lĩnh vực", width=22),
    Field("Tình trạng", Kind.STATE, 20),
    Field("Cơ quan chủ trì", width=26),
    Field("Hạn", Kind.DATE, 12),
    Field("Số ngày", Kind.NUMBER, 10),
    Field("Ghi chú", width=20),
)
FORMATS = {
    dt.date: {"num_format": "dd/mm/yyyy", "align": "center"},
    int: {"num_format": "#,##0", "align": "right", "indent": 1},
    str: {"text_wrap": True, "align": "left"},
    type(None): {"align": "left"},
}
HEADERS = ("writer", "seconds", "clock", "rows/s", "× bare", "MB above", "MB in all", "file kB")
OF_PETITIONS = (
    *("number", "content", "raised_on", "urgency", "source", "source_note", "beneficiary"),
    *("commune__name", "commune__district__name", "field__name", "officer__full_name"),
    *("matter__title", "state_on", "lead", "due_on", "stands_since", "year", "told_on"),
)
PLAIN = 7  # the first of them are columns of the row itself


def sample(count: int) -> Iterator[tuple[object, ...]]:
    """Give rows as lists have them: names that come again, texts that do not, empty cells."""
    for number in range(count):
        yield (
            f"{number % 900:04}/2026",
            f"Xã Thạnh Thới {number % 109}",
            f"Huyện Mỹ Xuyên {number % 11}",
            f"Nguyễn Thị Thanh {number % 95}",
            DAY - dt.timedelta(days=number % 3650),
            NOTE.format(number, number % 12),
            "Giao thông nông thôn",
            "Đang giải quyết",
            "Sở Xây dựng",
            DAY + dt.timedelta(days=number % 60) if number % 3 else None,
            number % 400,
            None,
        )


def made_only(file: BinaryIO, rows: Iterator[tuple]) -> None:
    """Write nothing: what making the rows costs every other case too."""
    for _ in rows:
        pass


def ours(file: BinaryIO, rows: Iterator[tuple]) -> None:
    """Write the rows as the lists of the application do."""
    sheet = Sheet(name="Danh sách", title="Danh sách", day=DAY, columns=FIELDS, rows=rows)
    write_workbook(file, [sheet], now=NOW, author="Người lập")


def bare(file: BinaryIO, rows: Iterator[tuple]) -> None:
    """Write with XlsxWriter alone: a format for each type, no title, no heights of rows."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        page = book.add_worksheet()
        of_type = {
            kind: book.add_format({"border": 1, "valign": "vcenter", **style})
            for kind, style in FORMATS.items()
        }
        write = {
            dt.date: page.write_datetime,
            int: page.write_number,
            str: page.write_string,
            type(None): page.write_blank,
        }
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                kind = type(value)
                write[kind](number, column, value, of_type[kind])


def openpyxl_write_only(file: BinaryIO, rows: Iterator[tuple]) -> None:
    """Write with openpyxl as it is fastest: values alone, no formats."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    for row in rows:
        page.append(row)
    book.save(file)


def import_export(file: BinaryIO, rows: Iterator[tuple]) -> None:
    """Write as django-import-export does: a tablib dataset, exported whole."""
    import tablib
    from import_export.formats.base_formats import XLSX

    dataset = tablib.Dataset(headers=[field.label for field in FIELDS])
    for row in rows:
        dataset.append(row)
    file.write(XLSX().export_data(dataset))


def pyexcelerate(file: BinaryIO, rows: Iterator[tuple]) -> None:
    """Write with PyExcelerate: all rows at once, no formats."""
    from pyexcelerate import Workbook as Book

    book = Book()
    book.new_sheet("Danh sách", data=[list(row) for row in rows])
    book._save(file)


def rustpy(file: BinaryIO, rows: Iterator[tuple]) -> None:
    """Write with rust_xlsxwriter: all rows at once, formats of dates alone."""
    from rustpy_xlsxwriter import write_worksheet

    labels = [field.label for field in FIELDS]
    records = [dict(zip(labels, row, strict=True)) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder, "a.xlsx"))
        write_worksheet(records, name)
        file.write(Path(name).read_bytes())


def raw(file: BinaryIO, rows: Iterator[tuple]) -> None:
    """Write the sheet's XML into the zip by hand: strings and numbers, nothing else."""
    name = "xl/worksheets/sheet1.xml"
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        part.write(b"<worksheet><sheetData>")
        for row in rows:
            part.write(f"<row>{''.join(map(raw_cell, row))}</row>".encode())
        part.write(b"</sheetData></worksheet>")


def raw_cell(value: object) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    if isinstance(value, dt.date):
        return f"<c><v>{value.toordinal()}</v></c>"
    return "<c/>" if value is None else f"<c><v>{value}</v></c>"


@dataclass(frozen=True)
class Case:
    """A way of writing; ``needs`` are the packages it needs, beyond the application's."""

    name: str
    write: Callable[[BinaryIO, Iterator[tuple]], None]
    needs: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        return all(map(importlib.util.find_spec, self.needs))


FROM_MEMORY = (
    Case("XlsxWriter, bare", bare),
    Case("this application", ours),
    Case("the rows alone, nothing written", made_only),
    Case("XML into a zip by hand", raw),
    Case("openpyxl, write-only", openpyxl_write_only),
    Case("PyExcelerate", pyexcelerate, ("pyexcelerate",)),
    Case("rustpy-xlsxwriter", rustpy, ("rustpy_xlsxwriter",)),
    Case("django-import-export (tablib)", import_export, ("import_export", "tablib")),
)


def downloaded(file: BinaryIO, count: int) -> None:
    """Download the list of petitions, its first ``count`` rows, as somebody of the office."""
    whole = PetitionList.get_queryset
    client = Client()
    client.force_login(User.objects.get(username="vanphong"))
    with mock.patch.object(PetitionList, "get_queryset", lambda view: whole(view)[:count]):
        answer = client.get("/kien-nghi/", {"xuat": "xlsx"})
    file.writelines(answer.streaming_content)


def as_values(file: BinaryIO, count: int) -> None:
    """Write the same petitions from plain tuples with the bare writer."""
    bare(file, query(count).values_list(*OF_PETITIONS).iterator(chunk_size=EXPORT_CHUNK))


def as_objects(file: BinaryIO, count: int) -> None:
    """Fetch the same petitions as the list does; write nothing."""
    made_only(file, query(count).iterator(chunk_size=EXPORT_CHUNK))


def resource(file: BinaryIO, count: int) -> None:
    """Write the same petitions with a resource of django-import-export."""
    from import_export.formats.base_formats import XLSX
    from import_export.resources import modelresource_factory

    fields = {"fields": OF_PETITIONS[:PLAIN]}
    made = modelresource_factory(Petition, meta_options=fields)().export(query(count))
    file.write(XLSX().export_data(made))


def query(count: int) -> QuerySet:
    """Give the query of the list for somebody who sees everything."""
    day = clock.today()
    rows = with_standing(Petition.objects.standing().on(day), day).with_parties()
    return rows.order_by(F("raised_on").desc(nulls_last=True), "pk")[:count]


FROM_DATABASE = (
    Case("bare writer, the same query's values", as_values),
    Case("this application: the list of petitions", downloaded),
    Case("the query alone, as objects", as_objects),
    Case("django-import-export, columns of the row", resource, ("import_export", "tablib")),
)


@dataclass(frozen=True)
class Taken:
    """What one writing took: seconds of the processor and the clock, kilobytes."""

    seconds: float
    clock: float
    above: int
    in_all: int
    size: int


def run(case: Case, count: int) -> Taken:
    """Write ``count`` rows in this process."""
    with quiet():
        with tempfile.TemporaryFile() as file:
            write(case, file, A_FEW)
        gc.freeze()  # as config/gunicorn.py does when all is loaded
        before = memory("VmRSS")
        with tempfile.TemporaryFile() as file:
            started, started_clock = time.process_time(), time.perf_counter()
            write(case, file, count)
            seconds, clocked = time.process_time() - started, time.perf_counter() - started_clock
            size = file.seek(0, os.SEEK_END) // 1000
    most = memory("VmHWM")
    return Taken(seconds, clocked, most - before, most, size)


def write(case: Case, file: BinaryIO, count: int) -> None:
    """Write rows from memory, or from the database in a transaction that is taken back."""
    if case in FROM_MEMORY:
        case.write(file, sample(count))
        return
    with transaction.atomic():
        case.write(file, count)
        transaction.set_rollback(True)


def memory(line: str) -> int:
    """Give a line of the process's account of its memory, in kB.

    ``ru_maxrss`` would not do: a process starts with its parent's.
    """
    told = Path("/proc/self/status").read_text()
    return int(re.search(rf"{line}:\s+(\d+)", told)[1])


def quiet() -> override_settings:
    logging.disable(logging.CRITICAL)
    return override_settings(ALLOWED_HOSTS=["*"], DEBUG=False, SECURE_SSL_REDIRECT=False)


def run_apart(case: Case, count: int) -> Taken:
    """Write in a process of its own."""
    command = [sys.executable, "-m", "bench.files", "--rows", str(count), "--case", case.name]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return Taken(**json.loads(told))


def measure(cases: Sequence[Case], count: int, repeats: int) -> dict[str, Taken | None]:
    """Run the cases in turns; give the median of each, ``None`` for what is not installed."""
    possible = [case for case in cases if case.is_possible]
    turns = [
        {case.name: run_apart(case, count) for case in possible}
        for _ in tqdm(range(repeats), desc="files")
    ]
    return {
        case.name: median([turn[case.name] for turn in turns]) if case in possible else None
        for case in cases
    }


def median(taken: Sequence[Taken]) -> Taken:
    names = [field.name for field in fields(Taken)]
    return Taken(*(statistics.median(getattr(one, name) for one in taken) for name in names))


def as_rows(measured: dict[str, Taken | None], count: int) -> Iterator[Sequence[object]]:
    """Give the lines of a table; the first of ``measured`` is what the others are compared to."""
    least = next(iter(measured.values())).seconds
    for name, one in measured.items():
        if one is None:
            yield name, "not installed", *[None] * (len(HEADERS) - 2)
            continue
        speed = count / one.seconds
        times = (one.seconds, one.clock, speed, one.seconds / least)
        yield name, *times, one.above / 1000, one.in_all / 1000, one.size


def petitions() -> int:
    """Count the petitions there are to download; none where there is no database."""
    try:
        return Petition.objects.count()
    except DatabaseError:
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--case", help="run one case in this process and tell its figures as JSON")
    asked = parser.parse_args()
    by_name = {case.name: case for case in (*FROM_MEMORY, *FROM_DATABASE)}
    if asked.case:
        print(json.dumps(asdict(run(by_name[asked.case], asked.rows))))
        return
    groups = {"From memory": (FROM_MEMORY, asked.rows)}
    if there := petitions():
        groups["From the database"] = (FROM_DATABASE, min(asked.rows, there))
    for name, (cases, count) in groups.items():
        measured = measure(cases, count, asked.repeats)
        print(f"\n{name}, {count:,} rows:\n")
        print(table(HEADERS, as_rows(measured, count)), flush=True)


if __name__ == "__main__":
    main()
