"""Word and Excel files: which of the two, is it safe to keep, and what its first parts say."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from defusedxml.ElementTree import iterparse
from django.conf import settings

from assignments import archives
from assignments.archives import Fault, Unsound
from assignments.attachments.refusals import Refused
from assignments.enums import AttachmentKind

# How many times larger than the largest file its parts may be: text shrinks to a tenth.
UNPACKED_TIMES = 10
SAVE_AGAIN = "Mở bằng Word hoặc Excel, lưu lại rồi gửi lại."
WITH_MACROS = "có macro, không nhận."
PROTECTED = "có đặt mật khẩu. Bỏ mật khẩu, lưu lại rồi gửi lại."
SENTENCES = {
    Fault.BROKEN: f"bị hỏng hoặc bị ghép thêm dữ liệu. {SAVE_AGAIN}",
    Fault.PROTECTED: PROTECTED,
    Fault.TOO_LARGE: "khi giải nén quá lớn hoặc có quá nhiều thành phần. Chia nhỏ rồi gửi lại.",
    Fault.DOCTYPE: f"chứa nội dung không an toàn (DTD). {SAVE_AGAIN}",
}
FOLDERS = {AttachmentKind.DOCX: "word/", AttachmentKind.XLSX: "xl/"}
# A macro-enabled file under another name still declares itself, or what is embedded in it.
MACRO_TYPE = b"macroenabled"

# The parts whose text is read for a mark of secrecy.
READ = {
    AttachmentKind.DOCX: re.compile(r"word/(document|header|footer)\d*\.xml"),
    AttachmentKind.XLSX: re.compile(
        r"xl/(sharedStrings\.xml|worksheets/[^/]+\.xml|drawings/[^/]+\.xml)"
    ),
}
# A mark stands at the beginning: so much of each part, and so many parts, are read.
READ_BYTES, READ_PARTS = 2**20, 50

# Elements that are one line for a reader: a paragraph, a cell's text.
LINES = {"p", "si", "is"}
HEADERS = {f"{page}{place}" for page in ("odd", "even", "first") for place in ("Header", "Footer")}
# Excel's codes inside a header: &L, &C, &R begin its three fields, the others are formats.
HEADER_FIELD = re.compile(r"&[LCR]")
HEADER_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f+-]{6}|[A-Z])')


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a sound archive; raises :class:`Refused` with a sentence otherwise."""
    try:
        with archives.sound_archive(content, unpacked_limit()) as archive:
            yield archive
    except Unsound as unsound:
        raise Refused(SENTENCES[unsound.fault]) from unsound


def unpacked_limit() -> int:
    return settings.ATTACHMENT_MAX_BYTES * UNPACKED_TIMES


def kind_of(content: bytes) -> AttachmentKind | None:
    """Tell Word from Excel by the parts; None for any other zip, or for both at once."""
    with opened(content) as archive:
        parts = set(archive.namelist())
    if archives.CONTENT_TYPES not in parts or "xl/workbook.bin" in parts:
        return None
    kinds = [
        kind for kind, folder in FOLDERS.items() if any(part.startswith(folder) for part in parts)
    ]
    return kinds[0] if len(kinds) == 1 else None


def check(content: bytes) -> None:
    """Refuse macros, bombs, document types. What Office fetches from elsewhere is not looked at."""
    with opened(content) as archive:
        if archives.has_macros(set(archive.namelist())):
            raise Refused(f"{WITH_MACROS} {SAVE_AGAIN}")
        archives.check_unpacked(archive, unpacked_limit())
        if MACRO_TYPE in archive.read(archives.CONTENT_TYPES).lower():
            raise Refused(f"{WITH_MACROS} {SAVE_AGAIN}")


def lines(content: bytes, kind: AttachmentKind) -> Iterator[str]:
    """Give the lines of the first parts: body, headers, footers, text boxes, cells."""
    with opened(content) as archive:
        parts = [part for part in archive.infolist() if READ[kind].fullmatch(part.filename)]
        for part in parts[:READ_PARTS]:
            with archive.open(part) as source:
                yield from lines_of(source.read(READ_BYTES))


def lines_of(xml: bytes) -> Iterator[str]:
    """Give the lines of one part, as far as it can be parsed: what was read may be its beginning.

    A text box is a paragraph inside another; each keeps to its own text.
    """
    open_lines: list[list[str]] = []
    with suppress(SyntaxError, ValueError, LookupError):
        for event, element in iterparse(io.BytesIO(xml), events=("start", "end")):
            name = element.tag.rpartition("}")[2]
            if event == "start":
                if name in LINES:
                    open_lines.append([])
            elif name in HEADERS:
                yield from header_lines(element.text or "")
            elif name in LINES:
                yield from "".join(open_lines.pop()).splitlines()
                element.clear()
            elif open_lines:
                open_lines[-1].append(text_of(name, element.text))


def text_of(name: str, text: str | None) -> str:
    """Give what an element adds to its line: text, a tab as a blank, a break."""
    return {"t": text or "", "tab": " ", "br": "\n", "cr": "\n"}.get(name, "")


def header_lines(text: str) -> Iterator[str]:
    """Give the lines of an Excel header or footer without its codes."""
    for field in HEADER_FIELD.split(text):
        yield from HEADER_CODE.sub("", field).splitlines()
