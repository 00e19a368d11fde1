"""Makers of small real files of each kind, for the tests of attachments and of scans."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image
from pillow_heif import from_pillow

from tests.assignments.roster.workbooks import make_workbook

WORD_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

# Every character is its own code, and says so.
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


def paragraph(text: str) -> str:
    """Give a paragraph whose text is split into runs, as Word does with corrected words."""
    runs = "".join(f"<w:r><w:t>{escape(part)}</w:t></w:r>" for part in (text[:2], text[2:]))
    return f"<w:p>{runs}</w:p>"


def word(*paragraphs: str, body: str = "", **parts: str | bytes) -> bytes:
    """Make a .docx; ``parts`` are further members, "__" in a name for "/", "_dot_" for "."."""
    text = "".join(paragraph(text) for text in paragraphs or ("Biên bản làm việc",))
    members = {
        "[Content_Types].xml": WORD_TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{text}{body}</w:body></w:document>",
    }
    for name, data in parts.items():
        members[name.replace("__", "/").replace("_dot_", ".")] = data
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def excel(*cells: str) -> bytes:
    """Make an .xlsx with one cell in each row."""
    return make_workbook([[cell] for cell in cells or ("Xã An Hiệp",)], header=None)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """Give a compressed stream object's body."""
    packed = zlib.compress(data)
    head = b"<< /Length %d /Filter /FlateDecode %b >>" % (len(packed), extra)
    return head + b"\nstream\n" + packed + b"\nendstream"


def pdf(*lines: str, catalogue: bytes = b"", objects: Sequence[bytes] = ()) -> bytes:
    """Make a PDF of one page; ``catalogue`` goes into the root, ``objects`` follow the others."""
    shown = b" T* ".join(
        b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj"
        for line in lines or ("Biên bản làm việc",)
    )
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogue,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"BT /F1 12 Tf 14 TL 50 800 Td " + shown + b" ET"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        b"/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 600 >>",
        stream(TO_UNICODE),
        *objects,
    ]
    return assembled(bodies)


def assembled(bodies: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Number the objects and write them with the table and trailer of a PDF."""
    made, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    begins = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(bodies) + 1, table)
    made += b"trailer << /Size %d /Root 1 0 R %b >>\n" % (len(bodies) + 1, trailer)
    made += b"startxref\n%d\n%%%%EOF\n" % begins
    return bytes(made)


def picture(size: tuple[int, int] = (40, 30), mode: str = "RGB") -> Image.Image:
    """Give a picture whose top left quarter is darker than the rest."""
    image = Image.new(mode, size, 0 if mode == "1" else 200)
    image.paste(50, (0, 0, size[0] // 2, size[1] // 2))
    return image


def saved(image: Image.Image, form: str, **options) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def jpeg(size: tuple[int, int] = (40, 30), **options) -> bytes:
    return saved(picture(size), "JPEG", **options)


def png(size: tuple[int, int] = (40, 30), mode: str = "RGB", **options) -> bytes:
    return saved(picture(size, mode), "PNG", **options)


def heic(size: tuple[int, int] = (64, 48), **options) -> bytes:
    made = io.BytesIO()
    from_pillow(picture(size)).save(made, **options)
    return made.getvalue()


def geotagged() -> Image.Exif:
    """Give EXIF as a phone writes it: the maker, turned by a quarter, the position."""
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (9.0, 36.0, 12.0), 3: "E", 4: (105.0, 58.0, 24.0)})
    return exif
