"""The zip around a workbook: is it an .xlsx at all, and is it safe to unpack?

Everything here happens before any XML is parsed. A file that fails is refused whole, with one
sentence that says what to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError

from assignments import archives
from assignments.archives import Fault, Unsound

SAVE_AS_XLSX = "Mở bằng Excel, lưu lại dạng .xlsx rồi nạp lại."
BROKEN = "Tệp bị hỏng, không mở được. Mở bằng Excel, lưu lại rồi nạp lại."
PROTECTED = "Tệp có đặt mật khẩu. Bỏ mật khẩu, lưu lại rồi nạp lại."
DOCTYPE = "Tệp chứa nội dung không an toàn (DTD), không nạp được."


class WorkbookRefused(ValidationError):
    """The file as a whole cannot be imported; the message is for the user."""


@dataclass(frozen=True)
class Limits:
    """How large an uploaded workbook may be (``settings.WORKBOOK_MAX_*``)."""

    bytes: int
    unpacked_bytes: int
    rows: int
    columns: int
    cell_characters: int

    @classmethod
    def from_settings(cls) -> Limits:
        return cls(
            bytes=settings.WORKBOOK_MAX_BYTES,
            unpacked_bytes=settings.WORKBOOK_MAX_UNPACKED_BYTES,
            rows=settings.WORKBOOK_MAX_ROWS,
            columns=settings.WORKBOOK_MAX_COLUMNS,
            cell_characters=settings.WORKBOOK_MAX_CELL_CHARACTERS,
        )


def check_container(content: bytes, limits: Limits) -> None:
    """Raise :class:`WorkbookRefused` unless ``content`` is a sound .xlsx within ``limits``."""
    check_first_bytes(content, limits)
    try:
        with archives.sound_archive(content, limits.unpacked_bytes) as archive:
            check_kind(set(archive.namelist()))
            archives.check_unpacked(archive, limits.unpacked_bytes)
    except Unsound as unsound:
        raise WorkbookRefused(sentence(unsound.fault, limits)) from unsound


def check_first_bytes(content: bytes, limits: Limits) -> None:
    """Tell the kinds of file apart that people take for a workbook."""
    if not content:
        raise WorkbookRefused("Tệp rỗng, không có nội dung.")
    if len(content) > limits.bytes:
        raise WorkbookRefused(f"Tệp lớn hơn {limits.bytes / 2**20:.0f} MB, không nạp được.")
    if archives.is_encrypted_office(content):
        raise WorkbookRefused(PROTECTED)
    if content.startswith(archives.OLE2_MAGIC):
        raise WorkbookRefused(f"Tệp theo định dạng .xls cũ (Excel 97–2003). {SAVE_AS_XLSX}")
    if not content.startswith(archives.ZIP_MAGIC):
        raise WorkbookRefused(f"Tệp không phải bảng tính .xlsx. {SAVE_AS_XLSX}")


def check_kind(names: set[str]) -> None:
    """Refuse other formats that are zips too: .xlsb, .xlsm, .ods, .docx, any archive."""
    if "xl/workbook.bin" in names:
        raise WorkbookRefused(f"Tệp theo định dạng .xlsb. {SAVE_AS_XLSX}")
    if archives.has_macros(names):
        raise WorkbookRefused(f"Tệp có macro (.xlsm), không nhận. {SAVE_AS_XLSX}")
    if archives.CONTENT_TYPES not in names or not any(name.startswith("xl/") for name in names):
        raise WorkbookRefused(f"Tệp không phải bảng tính .xlsx. {SAVE_AS_XLSX}")


def sentence(fault: Fault, limits: Limits) -> str:
    """Give the words for what is wrong with the zip."""
    too_large = (
        f"Tệp khi giải nén vượt quá {limits.unpacked_bytes / 2**20:.0f} MB "
        "hoặc có quá nhiều thành phần, không nạp được."
    )
    return {
        Fault.BROKEN: BROKEN,
        Fault.PROTECTED: PROTECTED,
        Fault.TOO_LARGE: too_large,
        Fault.DOCTYPE: DOCTYPE,
    }[fault]
