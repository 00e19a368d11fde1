"""What may be uploaded beside a record: real PDF or Word files of a sensible size."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django.core.files.base import File

MAX_SCAN_BYTES = 20 * 2**20
WORD_MEMBER = "word/document.xml"


def is_pdf(file: File) -> bool:
    file.seek(0)
    return file.read(5) == b"%PDF-"


def is_word(file: File) -> bool:
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            return WORD_MEMBER in archive.namelist()
    except BadZipFile:
        return False


KINDS = {".pdf": is_pdf, ".docx": is_word}


def check_scan(file: File) -> None:
    """Refuse a decision's scan that is not what its name says, or is too large."""
    is_kind = KINDS.get(PurePath(file.name).suffix.lower())
    if is_kind is None:
        raise ValidationError("Chỉ nhận tệp PDF hoặc Word (.docx).")
    if file.size > MAX_SCAN_BYTES:
        raise ValidationError(f"Tệp lớn quá {MAX_SCAN_BYTES // 2**20} MB.")
    if not is_kind(file):
        raise ValidationError("Nội dung tệp không đúng với đuôi tệp; chọn lại tệp.")
    file.seek(0)
