"""Makers of workbooks as offices keep them, for the tests of the roster import."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

import openpyxl
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = (
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Chức vụ, đơn vị công tác",
    "Đảng bộ được phân công theo dõi, phụ trách",
    "Huyện, thị xã, thành phố",
)


def to_bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def make_workbook(
    rows: Iterable[Sequence[object]],
    header: Sequence[object] | None = HEADER,
    change: Callable[[Worksheet], None] | None = None,
) -> bytes:
    """Make a workbook of one sheet: the header in row 1, then ``rows``; ``change`` may spoil it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    for row in [header] if header else []:
        sheet.append(list(row))
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    return to_bytes(book)


def one_row(
    name: object = "Nguyễn Văn An",
    year: object = 1970,
    office: object = "Giám đốc Sở Nội vụ",
    commune: object = "Xã An Ninh",
    district: object = "Huyện Châu Thành",
) -> list[object]:
    """Give a sound row under :data:`HEADER`, apart from what the caller changes."""
    return [1, name, year, office, commune, district]


def replace_member(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Give the workbook with one of its parts rewritten."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            data = old.read(member)
            new.writestr(member.filename, change(data) if member.filename == name else data)
    return made.getvalue()


def zip_of(**members: bytes) -> bytes:
    """Make a plain zip; "__" in a name stands for "/", "_dot_" for "."."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return made.getvalue()


STRUCK = Font(strike=True)
