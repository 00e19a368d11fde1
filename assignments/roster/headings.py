"""Rows that are not people: group and district headings, totals, recipients, signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from assignments.enums import OfficerGroup
from communes import names

ROMAN, LETTER, ARABIC = "roman", "letter", "arabic"
NUMBERING = re.compile(
    r"^(?:(?P<roman>[IVXL]+)|(?P<letter>[A-HĐ])|(?P<arabic>\d{1,3}))\s*(?:[.)/:-]+\s*|$)"
)

# Patterns with accents are matched on the tones as well: "Trưởng" is an office, "Trương" a
# family name; "Huyện" a district, "Huyền" a given name.
DISTRICT = re.compile(
    r"^(?:đảng bộ |địa bàn |khu vực |.{0,40}\b(?:thuộc|tại|trên địa bàn) )?(?P<district>"
    r"(?:(?:huyện|thành|thị) ủy|huyện|quận|thị xã|thành phố|huyen|thi xa|thanh pho)\b|"
    r"(?:tp|tx|t\.p|t\.x|h)\.|(?:tp|tx)\s)"
)
GROUPS = (
    (OfficerGroup.STANDING_COMMITTEE, re.compile(r"ban thường vụ|\buvbtv\b|thường trực tỉnh ủy")),
    (
        OfficerGroup.COMMITTEE,
        re.compile(r"ban chấp hành|tỉnh ủy viên|cấp ủy viên|\buvbch\b|\btuv\b"),
    ),
    (
        OfficerGroup.SECTOR,
        re.compile(r"\b(trưởng|phó|lãnh đạo)\b.*\b(ngành|sở|ban|đơn vị|cơ quan)\b|sở,? ngành"),
    ),
)
TOTAL = re.compile(
    r"^(tổng cộng|tổng số|cộng chung|cộng|tổng)(\s*[:(,].*|\s+\d.*|\s+có\b.*|$)|"
    r"^danh sách( này| trên)? (có|gồm)\b|^ấn định danh sách"
)
# The patterns below are matched on texts without accents.
COMMUNE = re.compile(
    r"^(cac |\d{1,2} )?(dang bo|dang uy|db)\b|"
    r"^(cac |\d{1,2} )?(xa|phuong|thi tran|dac khu)\b|"
    r"^(t\.? ?t(ran)?|x|p|ph|f)\s*\.|^(tt|x|p)\s|^(p|f|ph)\s?\d|^\d{5}$"
)
CLOSING = re.compile(
    r"^noi nhan\b|^-\s*(nhu tren|luu|cac|ban|thuong truc|so|huyen|dang|van phong|chanh)|"
    r"^nguoi lap( bieu| bang)?\b|^ky ten|^\(ky"
)
SIGNATURE = re.compile(
    r"^(t ?/ ?m|k ?/ ?t|t ?/ ?l|tm\.?|kt\.?|tl\.?)\s|"
    r"^(pho )?(bi thu|chanh van phong|truong ban|chu tich)( thuong truc)?$|"
    r"^da ky$|^\(da ky\)$|.*, ngay (\d{1,2}|\.+|…+)? ?thang .* nam"
)
COUNT = re.compile(
    r"^\(?\d{1,3}\)?(\s*(dong chi|dang bo|xa|phuong|thi tran|don vi|can bo|nguoi|va|[,;/-]|\d{1,3})"
    r"(?![a-z]))*\)?\.?$"
)


class HeadingKind(StrEnum):
    """What a heading row heads."""

    GROUP = "group"
    DISTRICT = "district"
    OTHER = "other"


@dataclass(frozen=True)
class Heading:
    """A heading row: what it says without its number, and how it is numbered."""

    kind: HeadingKind
    text: str
    numbering: str = ""
    group: str = ""

    @property
    def is_certain(self) -> bool:
        """Say whether the words alone make it a heading, wherever they stand."""
        return self.kind is not HeadingKind.OTHER


@dataclass
class HeadingStack:
    """The headings in force. A heading ends those of its kind or numbering, and what is in them."""

    open: list[Heading] = field(default_factory=list)

    def push(self, heading: Heading) -> None:
        for depth, earlier in enumerate(self.open):
            same_numbering = earlier.numbering == heading.numbering != ""
            if same_numbering or earlier.kind is heading.kind:
                del self.open[depth:]
                break
        self.open.append(heading)

    @property
    def group(self) -> str:
        """Give the officers' group the headings name, or an empty text."""
        return next((h.group for h in reversed(self.open) if h.kind is HeadingKind.GROUP), "")

    @property
    def district(self) -> str:
        """Give the district the headings name, or an empty text."""
        return next((h.text for h in reversed(self.open) if h.kind is HeadingKind.DISTRICT), "")

    @property
    def others(self) -> list[str]:
        """Give the headings after that one that may name a district too, newest first."""
        after = takewhile(lambda h: h.kind is not HeadingKind.DISTRICT, reversed(self.open))
        return [heading.text for heading in after if heading.kind is HeadingKind.OTHER]


def read_heading(text: str, numbering: str = "") -> Heading:
    """Read a heading's words, its number taken off ("II. HUYỆN KẾ SÁCH")."""
    style = numbering_style(numbering)
    match = NUMBERING.match(text) if not style else None
    if match and text[match.end() :]:
        style, text = str(match.lastgroup), text[match.end() :]
    plain = names.match_key(text)
    if district := DISTRICT.match(plain):
        named = without_count(text[district.start("district") :])
        return Heading(HeadingKind.DISTRICT, named, style)
    for group, pattern in GROUPS:
        if pattern.search(plain):
            return Heading(HeadingKind.GROUP, text, style, group.value)
    return Heading(HeadingKind.OTHER, without_count(text), style)


def numbering_style(text: str) -> str:
    """Say whether a heading's number is Roman, a letter or Arabic; empty when it is none."""
    match = NUMBERING.match(text)
    return str(match.lastgroup) if match and match.end() == len(text) else ""


def without_count(text: str) -> str:
    """Take off what follows a district's name: "(13 xã)", ": 13 đồng chí"."""
    return re.split(r"\s*[(:,]|\s[-–—]\s", text, maxsplit=1)[0].strip(" .;-")


def names_commune(text: str) -> bool:
    """Say whether a text begins as the name of a commune does, or is an official code."""
    return bool(COMMUNE.match(names.without_accents(text)))


def is_total(text: str) -> bool:
    return bool(TOTAL.match(names.match_key(text)))


def is_closing_line(text: str) -> bool:
    return bool(CLOSING.match(names.without_accents(text)))


def is_signature(text: str) -> bool:
    return bool(SIGNATURE.match(names.without_accents(text)))


def is_count(text: str) -> bool:
    return bool(COUNT.match(names.without_accents(text)))
