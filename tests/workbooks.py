"""Reading workbooks back, as Excel would, to see what was written."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from assignments.spreadsheets.book import write_workbook

NOW = dt.datetime(2023, 5, 9, 1, 30, tzinfo=dt.UTC)  # 08:30 in the office
AUTHOR = "Trần Thị Thử"


def written(*sheets, now: dt.datetime = NOW) -> bytes:
    """Give the file that holds ``sheets``."""
    file = io.BytesIO()
    write_workbook(file, sheets, now=now, author=AUTHOR)
    return file.getvalue()


def opened(content: bytes, *, data_only: bool = False) -> openpyxl.Workbook:
    """Open a file; with ``data_only`` formulas give the results stored with them."""
    refuse_damage(content)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)


def header_row(sheet: Worksheet) -> int:
    """Give the number of the row that is repeated on each printed page."""
    return int(sheet.print_title_rows.split(":")[0].strip("$"))


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """Give the numbered rows of a list by column label, headings and totals left out."""
    at = header_row(sheet)
    labels = [cell.value for cell in sheet[at]]
    rows = sheet.iter_rows(min_row=at + 1, values_only=True)
    return [dict(zip(labels, row, strict=True)) for row in rows if isinstance(row[0], int)]


def texts(sheet: Worksheet) -> list[str]:
    """Give every text of a sheet, row by row."""
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def formulas(content: bytes) -> list[str]:
    """Give every formula of a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "/sheet" in name]
    return [found for part in parts for found in re.findall(r"<f>(.*?)</f>", part)]


def refuse_damage(content: bytes) -> None:
    """Fail on what makes Excel offer to repair a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert len(names) == len(set(names))
        for name in names:
            part = ET.fromstring(archive.read(name))  # noqa: S314 – our own file
            if name.endswith(".rels"):
                refuse_missing_parts(name, part, names)
            if name.startswith("xl/worksheets/sheet"):
                refuse_bad_sheet(part)


def refuse_missing_parts(name: str, part: ET.Element, names: Iterable[str]) -> None:
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in part:
        target = relation.get("Target")
        assert posixpath.normpath(posixpath.join(folder, target)).lstrip("/") in names


def refuse_bad_sheet(part: ET.Element) -> None:
    """Fail on rows out of order, cells written twice, text too long, or merged cells that meet."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    rows = [int(row.get("r")) for row in part.iter(f"{space}row")]
    assert rows == sorted(set(rows))
    cells = [cell.get("r") for cell in part.iter(f"{space}c")]
    assert len(cells) == len(set(cells))
    assert all(len(text.text or "") <= 32_767 for text in part.iter(f"{space}t"))
    merged = [
        (row, column)
        for area in part.iter(f"{space}mergeCell")
        for row, column in cells_of(area.get("ref"))
    ]
    assert len(merged) == len(set(merged))


def cells_of(area: str) -> list[tuple[int, int]]:
    left, top, right, bottom = openpyxl.utils.range_boundaries(area)
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
