"""The zip around a workbook: is it an .xlsx at all, and is it safe to unpack?

Everything here happens before any XML is parsed. A file that fails is refused whole, with one
sentence that says what to do.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError

OLE2_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
# A workbook of a thousand sheets has fewer parts than this.
MAX_MEMBERS = 2_000
ENCRYPTED_FLAG = 0x1
# The only two a workbook may use; the others raise errors and take memory of their own.
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
CHUNK = 2**16

SAVE_AS_XLSX = "Mở bằng Excel, lưu lại dạng .xlsx rồi nạp lại."
BROKEN = "Tệp bị hỏng, không mở được. Mở bằng Excel, lưu lại rồi nạp lại."
PROTECTED = "Tệp có đặt mật khẩu. Bỏ mật khẩu, lưu lại rồi nạp lại."


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
    """Raise :class:`WorkbookRefused` unless ``content`` is a sound .xlsx within ``limits``.

    Sizes are counted twice: as the zip declares them, and as they really unpack, because a
    zip may lie.
    """
    check_first_bytes(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            check_declared_sizes(members, limits)
            check_kind({member.filename for member in members})
            check_unpacked(archive, members, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise WorkbookRefused(BROKEN) from error


def check_first_bytes(content: bytes, limits: Limits) -> None:
    """Tell the kinds of file apart that people take for a workbook."""
    if not content:
        raise WorkbookRefused("Tệp rỗng, không có nội dung.")
    if len(content) > limits.bytes:
        raise WorkbookRefused(f"Tệp lớn hơn {limits.bytes / 2**20:.0f} MB, không nạp được.")
    if content.startswith(OLE2_MAGIC):
        if ENCRYPTED_STREAM in content:
            raise WorkbookRefused(PROTECTED)
        raise WorkbookRefused(f"Tệp theo định dạng .xls cũ (Excel 97–2003). {SAVE_AS_XLSX}")
    if not content.startswith(ZIP_MAGIC):
        raise WorkbookRefused(f"Tệp không phải bảng tính .xlsx. {SAVE_AS_XLSX}")


def check_declared_sizes(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse what the zip itself declares: a bomb, a password, a compression Excel cannot read."""
    too_large = sum(member.file_size for member in members) > limits.unpacked_bytes
    if too_large or len(members) > MAX_MEMBERS:
        raise WorkbookRefused(bomb_sentence(limits))
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise WorkbookRefused(PROTECTED)
    if any(member.compress_type not in COMPRESSIONS for member in members):
        raise WorkbookRefused(BROKEN)


def check_kind(names: set[str]) -> None:
    """Refuse other formats that are zips too: .xlsb, .xlsm, .ods, .docx, any archive."""
    if "xl/workbook.bin" in names:
        raise WorkbookRefused(f"Tệp theo định dạng .xlsb. {SAVE_AS_XLSX}")
    if "xl/vbaProject.bin" in names:
        raise WorkbookRefused(f"Tệp có macro (.xlsm), không nhận. {SAVE_AS_XLSX}")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise WorkbookRefused(f"Tệp không phải bảng tính .xlsx. {SAVE_AS_XLSX}")


def check_unpacked(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits
) -> None:
    """Unpack every part, counting the bytes; no part may declare a document type.

    Office files never do; a document type is how XML brings in files or explodes.
    """
    left = limits.unpacked_bytes
    for member in members:
        tail = b""
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise WorkbookRefused(bomb_sentence(limits))
                window = tail + chunk
                if any(doctype in window for doctype in DOCTYPES):
                    raise WorkbookRefused("Tệp chứa nội dung không an toàn (DTD), không nạp được.")
                tail = window[-len(DOCTYPES[-1]) :]


def bomb_sentence(limits: Limits) -> str:
    return (
        f"Tệp khi giải nén vượt quá {limits.unpacked_bytes / 2**20:.0f} MB "
        "hoặc có quá nhiều thành phần, không nạp được."
    )
