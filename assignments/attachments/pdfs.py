"""PDF files: whole, alone, without actions; and what the first pages say.

Actions are looked for in the bytes, where names may be written with #xx escapes, and in compressed
object streams. Not covered: an object stream whose bytes a PNG or TIFF predictor has shuffled, and
what only a full interpreter of the format would find. The files are only ever downloaded, and the
reader on the desk asks before it runs anything.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING

from assignments.archives import UNREADABLE
from assignments.attachments.polyglots import check_single
from assignments.attachments.refusals import Refused

if TYPE_CHECKING:
    from pypdf import PdfReader

PRINT_AGAIN = "In hoặc xuất lại ra PDF rồi gửi."
BROKEN = f"PDF bị hỏng hoặc gửi lên chưa trọn. {PRINT_AGAIN}"
PROTECTED = "PDF có đặt mật khẩu hoặc hạn chế quyền. Bỏ bảo vệ, lưu lại rồi gửi."
FOREIGN_END = f"PDF bị ghép thêm dữ liệu ở cuối. {PRINT_AGAIN}"
ACTIVE = f"PDF có lệnh tự chạy hoặc tệp đính kèm bên trong, không nhận. {PRINT_AGAIN}"
UNCHECKED = f"PDF có phần không kiểm tra được. {PRINT_AGAIN}"

END = b"%%EOF"
# What may follow the end: blanks, and the zeros some writers fill a block with.
FILLING = b"\0\t\n\f\r "
# An /OpenAction as such is what every LibreOffice file has: it goes to the first page. It does
# harm only through one of these.
ACTIONS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|XFA|SubmitForm|ImportData"
    rb"|GoTo[ER])(?![A-Za-z0-9])"
)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECT_STREAM = b"/ObjStm"
STREAM = re.compile(rb"stream\r?\n")
# Object streams of the largest sound file come to less; what is beyond is a bomb.
MAX_OBJECT_BYTES = 50 * 2**20
# Places that may begin one stream; more than one is rare, many are there to keep us busy.
MAX_STARTS = 20

READ_PAGES = 2
# A stamp stands at the top of a page; a page of text has some thousand operations.
LIMITS = {
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_decoding_work_maximum_length": 50_000_000,
    "stream_parsing_work_maximum_count": 200_000,
    "xform_maximum_invocations_per_extraction": 200,
    "page_tree_maximum_entries": 20_000,
    "page_tree_maximum_page_entries": 200_000,
}


def check(content: bytes) -> None:
    """Refuse a PDF that is cut off, has something behind its end, or can act by itself."""
    _, end, behind = content.rpartition(END)
    if not end:
        raise Refused(BROKEN)
    if behind.strip(FILLING):
        raise Refused(FOREIGN_END)
    check_single(content)
    check_readable(content)
    check_actions(content)


@contextmanager
def opened(content: bytes) -> Iterator[PdfReader]:
    """Open a PDF; whatever cannot be read while it is open raises :class:`Refused`."""
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import DependencyError, PyPdfError

    with apply_configuration(**LIMITS):
        try:
            yield PdfReader(io.BytesIO(content))
        except (*UNREADABLE, PyPdfError, DependencyError) as error:
            raise Refused(BROKEN) from error


def check_readable(content: bytes) -> None:
    """Refuse what has no page, or hides its contents behind a password."""
    with opened(content) as reader:
        if reader.is_encrypted:
            raise Refused(PROTECTED)
        if not reader.pages:
            raise Refused(BROKEN)


def check_actions(content: bytes) -> None:
    """Refuse names of actions, in the bytes as they are and inside object streams."""
    if ACTIONS.search(unescaped(content)):
        raise Refused(ACTIVE)
    for objects in object_streams(content):
        if ACTIONS.search(unescaped(objects)):
            raise Refused(ACTIVE)


def unescaped(data: bytes) -> bytes:
    """Write the names in ``data`` plainly: "/J#61vaScript" is "/JavaScript"."""
    return ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), data)


def object_streams(content: bytes) -> Iterator[bytes]:
    """Give the unpacked object streams; refuse one that is packed in an unusual way.

    A dictionary stands between the end of one stream and the beginning of the next. Every place
    in between that may begin the stream is tried, so that none hides behind a comment.
    """
    left = MAX_OBJECT_BYTES
    for piece in content.split(b"endstream"):
        if OBJECT_STREAM not in unescaped(piece):
            continue
        starts = list(islice(STREAM.finditer(piece), MAX_STARTS + 1))
        unpacked = [data for start in starts if (data := inflated(piece, start))]
        left -= sum(len(data) for data in unpacked)
        is_odd = not unpacked and b"/Filter" in unescaped(piece)
        if left < 0 or is_odd or len(starts) > MAX_STARTS:
            raise Refused(UNCHECKED)
        yield from unpacked


def inflated(piece: bytes, start: re.Match[bytes]) -> bytes:
    """Unpack what follows ``start``; b"" when it is not packed by Flate."""
    try:
        return zlib.decompressobj().decompress(piece[start.end() :], MAX_OBJECT_BYTES + 1)
    except zlib.error:
        return b""


def lines(content: bytes) -> list[str]:
    """Give the lines of text on the first pages; none where they cannot be read."""
    with suppress(Refused), opened(content) as reader:
        pages = [page.extract_text() for page in reader.pages[:READ_PAGES]]
        return [line for page in pages for line in page.splitlines()]
    return []
