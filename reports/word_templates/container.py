"""What a Word template may be made of: nothing that runs, nothing from elsewhere.

The zip itself, macros and document types were judged by :mod:`assignments.attachments` before.
Kinds of relationships and of Word's own field codes are named, all others refused. Fields of the
template are found here by a scan that takes time in proportion to the text: the library's
patterns would not, for a text full of "{{" without an end.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml.ElementTree import fromstring

from assignments.archives import UNREADABLE
from assignments.attachments.refusals import Refused, megabytes

MAX_PART_BYTES = 4 * 2**20  # of one part of XML, unpacked; a long report has a tenth of it
MAX_TAGS = 2_000
MAX_TAG = 200  # characters of one field, its braces included

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The roots of parts that are filled in, by the place's name in a sentence.
PLACES = {
    "document": "phần thân văn bản",
    "hdr": "đầu trang",
    "ftr": "chân trang",
    "footnotes": "chú thích cuối trang",
}
NOT_FILLED = {"endnotes": "chú thích cuối văn bản", "comments": "ghi chú bên lề"}
RELATIONSHIPS = frozenset(
    "officeDocument core-properties extended-properties custom-properties thumbnail "  # noqa: SIM905
    "styles stylesWithEffects settings webSettings fontTable font theme numbering header footer "
    "footnotes endnotes comments commentsExtended commentsIds commentsExtensible people image "
    "hyperlink customXml customXmlProps glossaryDocument".split()
)
LINK_TARGET = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
ELEMENTS = frozenset(
    ("altChunk", "subDoc", "object", "control", "OLEObject", "frameset", "mailMerge", "movie")
)
# Word's own field codes that only look at the document itself.
CODES = frozenset(
    "PAGE NUMPAGES SECTION SECTIONPAGES DATE TIME CREATEDATE SAVEDATE PRINTDATE TOC TC "  # noqa: SIM905
    "REF PAGEREF NOTEREF STYLEREF SEQ HYPERLINK XE INDEX TITLE SUBJECT AUTHOR "
    "SYMBOL FORMTEXT".split()
)
OPENING = re.compile(r"\{\n*[{%#]")
BRACES = re.compile(r"\{\n*[{%#]|[}%#]\n*\}")
CLOSINGS = {"{{": "}}", "{%": "%}", "{#": "#}"}


def check_parts(content: bytes) -> None:
    """Refuse what a template may not hold; raises :class:`Refused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    check_part(part.filename, read(archive, part))
    except UNREADABLE as error:
        raise Refused("không đọc được. Mở bằng Word, lưu lại rồi gửi lại.") from error


def read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Any:
    """Give the root of one part; refuse one that is too large to be a report's."""
    if part.file_size > MAX_PART_BYTES:
        limit = megabytes(MAX_PART_BYTES)
        raise Refused(f"có phần nội dung lớn quá {limit}. Mẫu chỉ nên có bố cục và các trường.")
    return fromstring(archive.read(part))


def check_part(name: str, root: Any) -> None:
    """Judge one part by what it is."""
    if name.endswith(".rels"):
        for relationship in root:
            check_relationship(relationship)
        return
    check_elements(root)
    check_codes(root)
    kind = local(root)
    if kind in NOT_FILLED and OPENING.search("".join(root.itertext())):
        raise Refused(f"có trường đặt trong {NOT_FILLED[kind]}; ở đó không điền được.")
    if kind in PLACES:
        check_tags(linear_text(root), PLACES[kind])


def local(element: Any) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def check_relationship(relationship: Any) -> None:
    """Refuse what is embedded, runs, or lies outside the file, but for links somebody clicks."""
    kind = relationship.get("Type", "").rpartition("/")[2]
    if kind not in RELATIONSHIPS:
        raise Refused(f"có thành phần nhúng hoặc liên kết không nhận trong mẫu ({kind or '?'}).")
    if relationship.get("TargetMode", "").lower() != "external":
        return
    if kind != "hyperlink" or not LINK_TARGET.match(relationship.get("Target", "")):
        raise Refused(
            f"lấy nội dung từ nơi khác khi mở ({kind}). Chèn thẳng hình ảnh vào tệp, bỏ mẫu đính "
            "kèm (Developer → Document Template) rồi gửi lại."
        )


def check_elements(root: Any) -> None:
    """Refuse embedded objects and pictures by address, however they are declared."""
    for element in root.iter():
        name = local(element)
        by_address = name in ("imagedata", "fill", "stroke") and element.get("src")
        if name in ELEMENTS or by_address:
            raise Refused(
                f"có đối tượng nhúng hoặc lấy từ nơi khác ({name}), không nhận trong mẫu."
            )


def check_codes(root: Any) -> None:
    """Refuse Word's field codes that fetch, run or ask (INCLUDETEXT, DDE, MACROBUTTON, …)."""
    for code in field_codes(root):
        words = code.split()
        word = words[0].upper() if words else ""
        if word not in CODES:
            raise Refused(f"có mã trường Word không nhận trong mẫu: “{code.strip()[:40]}”.")


def field_codes(root: Any) -> Iterator[str]:
    """Give the code of each of Word's own fields; of one inside another, both."""
    open_codes: list[str] = []
    for element in root.iter():
        name, kind = local(element), element.get(f"{WORD}fldCharType")
        if name == "fldSimple":
            yield element.get(f"{WORD}instr", "")
        elif name == "instrText":
            text = element.text or ""
            if open_codes:
                open_codes[-1] += text
            else:
                yield text
        elif kind == "begin":
            open_codes.append("")
        elif kind == "separate" and open_codes:
            yield open_codes[-1]
            open_codes[-1] = "PAGE"  # told already; what follows is its result
        elif kind == "end" and open_codes:
            yield open_codes.pop()
    yield from open_codes


def linear_text(root: Any) -> str:
    """Give the text of a part as the library sees it, a line break where no field may go on.

    What is no text of a paragraph (attributes, Word's codes) comes along between breaks, so that
    none hides half a field; a whole one there is refused.
    """
    pieces: list[str] = []
    for element in root.iter():
        if element.tag == f"{WORD}p":
            pieces.append("\n")
        others = [*element.attrib.values(), element.tail]
        if element.tag == f"{WORD}t":
            pieces.append(element.text or "")
        else:
            others.append(element.text)
        pieces += (outside(text) for text in others if text and ("{" in text or "}" in text))
    return "".join(pieces)


def outside(text: str) -> str:
    """Give what is no text of a paragraph between breaks; refuse a field in it."""
    if OPENING.search(text):
        raise Refused("có trường đặt ngoài phần chữ của văn bản; chỉ đặt trường trong câu chữ.")
    return f"\n{text}\n"


def check_tags(text: str, place: str) -> None:
    """Refuse a field without end, one begun inside another, one that runs over a paragraph."""
    opened = None
    count = 0
    for found in BRACES.finditer(text):
        braces = found[0].replace("\n", "")
        if opened is None:
            opened = found if braces in CLOSINGS else None
            continue
        shown = shown_tag(text[opened.start() : found.end()])
        if braces != CLOSINGS[opened[0].replace("\n", "")]:
            raise Refused(f"có trường chưa đóng trong {place}: “{shown}”.")
        tag = text[opened.start() : found.end()]
        if "\n" in tag or len(tag) > MAX_TAG:
            raise Refused(
                f"có trường bị ngắt sang đoạn khác hoặc quá dài trong {place}: “{shown}”."
            )
        opened, count = None, count + 1
    if opened is not None:
        shown = shown_tag(text[opened.start() :])
        raise Refused(f"có trường chưa đóng trong {place}: “{shown}”.")
    if count > MAX_TAGS:
        raise Refused(f"có quá {MAX_TAGS} trường trong {place}.")


def shown_tag(text: str) -> str:
    """Give the beginning of a field as a sentence quotes it."""
    return " ".join(text[: 2 * MAX_TAG].split())[:60]
