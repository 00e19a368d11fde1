"""Long workbooks: as XlsxWriter itself would write them, in memory that does not grow."""

from __future__ import annotations

import datetime as dt
import io
import sys
import tempfile
import tracemalloc
import zipfile
from decimal import Decimal

import pytest
from xlsxwriter.worksheet import Worksheet

from assignments.spreadsheets import BareSheet, Field, Formula, Heading, Kind, Sheet, book
from assignments.spreadsheets.cells import is_plain, plain_text
from assignments.spreadsheets.charts import Chart, ChartPage
from communes.names import INVISIBLE
from tests.workbooks import AUTHOR, NOW, written

DAY = dt.date(2023, 5, 8)
COLUMNS = [Field(f"Cột {kind}", kind, 14, total=kind is Kind.NUMBER) for kind in Kind]
VALUES = [
    "Xã An Ninh",
    "A & B < C > \"D\" 'E'",
    "_x0041_",
    " đầu",
    "cuối\u00a0",
    "=1+1",
    "<r>x</r>",
    "dòng 1\r\ndòng 2",
    "a\x00\ufffc\ufffd\u200b\u2028b",
    "Ho\u0300a Tu\u0301",
    "đề nghị hỗ trợ kinh phí sửa tuyến đường liên ấp " * 5,
    *(None, "", True, 0, 1234, -5, 12.5, Decimal("2.50"), 10**15, 10**14, float("nan")),
    *(DAY, dt.date(1899, 1, 1), NOW, Formula("1+1", 2)),
]


def rows(count: int) -> list[list[object]]:
    """Give rows in which every value stands in a column of every kind."""
    return [
        [VALUES[(number + 2 * column) % len(VALUES)] for column in range(len(COLUMNS))]
        for number in range(count)
    ]


def everything() -> bytes:
    """Give a workbook of every kind of sheet and cell."""
    listed = {"title": "Danh sách thử", "day": DAY, "columns": COLUMNS}
    chart = Chart("Biểu đồ", "Xã", ["Số"], [["An Ninh", 1], ["Kế An & \n Kế Thành", 2]])
    return written(
        Sheet(name="Danh sách", rows=iter(rows(40)), notes=["Lưu ý <1>"], **listed),
        Sheet(name="Nhóm", rows=[Heading("Nhóm & <1>"), *rows(3)], grouped=True, **listed),
        BareSheet("Trống", COLUMNS, rows(40)),
        ChartPage(name="Vẽ", title="Biểu đồ", day=DAY, charts=[chart]),
    )


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class SlowWorksheet(Worksheet):
    """XlsxWriter's own worksheet, but for its markup in strings."""

    has_drawings = True
    _xml_rich_inline_string = book.PlainWorksheet._xml_rich_inline_string


def test_what_is_written_is_what_xlsxwriter_writes(monkeypatch):
    quick = members(everything())
    monkeypatch.setattr(book, "PlainWorksheet", SlowWorksheet)
    monkeypatch.setattr("assignments.spreadsheets.cells.is_plain", lambda text: False)
    assert members(everything()) == quick


def test_no_letter_that_has_to_go_looks_plain():
    letters = map(chr, range(sys.maxunicode + 1))
    unwanted = [
        sign for sign in letters if INVISIBLE.match(sign) or len(f"a{sign}b".splitlines()) > 1
    ]
    assert "\ufffc" in unwanted
    assert not [sign for sign in unwanted if is_plain(sign)]


@pytest.mark.parametrize("text", ["Xã Kế An", "“Ấp 2” – 30% (đã họp)", "😀", "_x0041_", " a "])
def test_ordinary_text_is_plain(text):
    assert is_plain(text)
    assert plain_text(text) is text


def most_memory(count: int) -> int:
    """Give the most memory, in bytes, that writing a list of ``count`` rows takes.

    Every row is of more than one line and unlike the others.
    """
    long = ([f"sửa đường ấp {number // 50}, đợt {number % 50}", number] for number in range(count))
    columns = [Field("Việc", width=8), Field("Số", Kind.NUMBER, total=True)]
    sheet = Sheet(name="Dài", title="Dài", day=DAY, columns=columns, rows=long)
    with tempfile.TemporaryFile() as file:
        tracemalloc.start()
        book.write_workbook(file, [sheet], now=NOW, author=AUTHOR)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most


def test_a_file_six_times_as_long_takes_no_more_memory():
    """A row takes some 250 bytes where its height is kept; of its total, forty are."""
    most_memory(1_000)  # what is kept of the last few hundred is kept
    short = most_memory(1_000)
    assert most_memory(6_000) < short + 5_000 * 80
