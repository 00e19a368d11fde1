"""Files that mean harm, or may not be kept here: by what they are, (name, content)."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.assignments.attachments import files
from tests.assignments.roster.workbooks import zip_of

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
PHP = b"<?php system($_GET['c']); ?>"
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ARCHIVE = zip_of(**{"a_dot_class": b"x"})


def bomb(*, lying: bool) -> bytes:
    """Make a .docx of a few hundred kilobytes that unpacks to 300 MB, and perhaps denies it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", files.WORD_TYPES)
        with archive.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b"0" * 2**20)
    content = bytearray(made.getvalue())
    at = content.rindex(b"PK\x01\x02")
    if lying:
        content[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(content)


HOSTILE = {
    "php in a jpg": ("anh.jpg", PHP),
    "php behind a jpg": ("anh.jpg", files.jpeg() + PHP),
    "php in a comment of a jpg": ("anh.jpg", files.jpeg(comment=PHP)),
    "a jpg that is a zip": ("anh.jpg", files.jpeg() + ARCHIVE),
    "a pdf that is a zip": ("a.pdf", files.pdf() + ARCHIVE),
    "a pdf that is a page": ("a.pdf", PAGE + files.pdf()),
    "a word file that is php": ("a.docx", files.word() + PHP),
    "zip bomb": ("a.docx", bomb(lying=False)),
    "zip bomb that denies it": ("a.docx", bomb(lying=True)),
    "svg with a script": ("a.svg", SVG),
    "svg under another name": ("a.png", SVG),
    "page": ("a.html", PAGE),
    "old word": ("a.doc", OLE2),
    "macros": ("a.docm", files.word()),
    "hidden macros": ("a.docx", files.word(word__vbaProject_dot_bin=b"x")),
    "pdf that runs a script": (
        "a.pdf",
        files.pdf(catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
    ),
    "program": ("a.pdf.exe", b"MZ"),
    "nothing": ("a.pdf", b""),
    "marked secret": ("a.docx", files.word("TỐI MẬT")),
    "named secret": ("Công văn mật.pdf", files.pdf()),
}

RAW_NAMES = (
    "../../../etc/cron.d/a.pdf",
    r"..\..\Windows\a.pdf",
    "/etc/passwd.pdf",
    "a\x00b\x1b[31m.pdf",
    "a\r\nSet-Cookie: x=1.pdf",
    "\u202efdp.exe.pdf",
    "<script>alert(1)</script>.pdf",
    "CON.pdf",
    ".pdf",
    "x" * 300 + ".pdf",
)
