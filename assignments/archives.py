"""Office files are zips: is one sound, whole, and safe to unpack?

The one checker for every .docx and .xlsx that comes in: rosters, scans of decisions, attachments.
It works on the zip alone, before any XML is parsed, and says what is wrong as a :class:`Fault`;
the words for the user are the caller's.
"""

from __future__ import annotations

import enum
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax import SAXException

OLE2_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, and Office files with a password
ZIP_MAGIC = b"PK\x03\x04"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
CONTENT_TYPES = "[Content_Types].xml"
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
# A workbook of a thousand sheets, a report with a thousand pictures have fewer parts than this.
MAX_MEMBERS = 2_000
ENCRYPTED_FLAG = 0x1
# The only two an Office file may use; the others raise errors and take memory of their own.
COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
CHUNK = 2**16
END_MAGIC, END_LENGTH = b"PK\x05\x06", 22

# What parsers raise on a malformed file, in the widest sense.
UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SAXException,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class Fault(enum.Enum):
    """What can be wrong with the zip of an Office file."""

    BROKEN = enum.auto()
    PROTECTED = enum.auto()
    TOO_LARGE = enum.auto()
    DOCTYPE = enum.auto()


class Unsound(Exception):
    """The zip must not be unpacked or read; ``fault`` says why."""

    def __init__(self, fault: Fault):
        super().__init__(fault)
        self.fault = fault


def is_encrypted_office(content: bytes) -> bool:
    """Tell an Office file with a password from an old .doc or .xls; both are OLE2."""
    return content.startswith(OLE2_MAGIC) and ENCRYPTED_STREAM in content


def has_macros(names: set[str]) -> bool:
    """Say whether one of the parts is a VBA project, wherever it was put."""
    return any(name.lower().endswith("vbaproject.bin") for name in names)


@contextmanager
def sound_archive(content: bytes, unpacked_bytes: int) -> Iterator[zipfile.ZipFile]:
    """Open the zip whose directory declares nothing unsound; :func:`check_unpacked` comes next.

    Raises :class:`Unsound`, also for what goes wrong with the zip while it is open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_wholeness(content, archive.infolist())
            check_declared_sizes(archive.infolist(), unpacked_bytes)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Unsound(Fault.BROKEN) from error


def check_wholeness(content: bytes, members: list[zipfile.ZipInfo]) -> None:
    """Refuse a zip with something before its first part or after its end.

    What is glued on makes a file two things at once. Office writes neither, nor a comment.
    """
    begins = min((member.header_offset for member in members), default=-1)
    if begins != 0 or not content[-END_LENGTH:].startswith(END_MAGIC):
        raise Unsound(Fault.BROKEN)


def check_declared_sizes(members: list[zipfile.ZipInfo], unpacked_bytes: int) -> None:
    """Refuse what the zip itself declares: a bomb, a password, a compression Office cannot read."""
    too_large = sum(member.file_size for member in members) > unpacked_bytes
    if too_large or len(members) > MAX_MEMBERS:
        raise Unsound(Fault.TOO_LARGE)
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise Unsound(Fault.PROTECTED)
    if any(member.compress_type not in COMPRESSIONS for member in members):
        raise Unsound(Fault.BROKEN)


def check_unpacked(archive: zipfile.ZipFile, unpacked_bytes: int) -> None:
    """Unpack every part, counting the bytes; no part may declare a document type.

    Sizes are counted again as they really unpack, because a zip may lie. Office files never
    declare a document type; it is how XML brings in files or explodes.
    """
    left = unpacked_bytes
    for member in archive.infolist():
        tail = b""
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise Unsound(Fault.TOO_LARGE)
                window = tail + chunk
                if any(doctype in window for doctype in DOCTYPES):
                    raise Unsound(Fault.DOCTYPE)
                tail = window[-len(DOCTYPES[-1]) :]
