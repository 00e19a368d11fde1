"""Reading the cells that name communes and districts, however they are abbreviated.

Text only: which unit is meant is looked up in :mod:`communes.finding`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communes import names
from communes.enums import CommuneKind, DistrictKind

# Kind words at the front of a piece, longest first; matched on lower-case text with tones.
COMMUNE_KINDS = (
    (CommuneKind.TOWNSHIP, r"thị trấn|thi tran|t\.?\s?trấn|t\.?\s?tran|t\.\s?t\b\.?|tt\b\.?"),
    (CommuneKind.SPECIAL_ZONE, r"đặc khu|dac khu|đk\b\.?"),
    (
        CommuneKind.WARD,
        r"phường|phuong|ph\.|ph(?=\s?\d)|p\.|p(?=\s?\d|\s|[ivx]+\b)|f\.|f(?=\s?\d|\s)",
    ),
    (CommuneKind.RURAL_COMMUNE, r"xã|xa\b|x\.|x(?=\s)"),
)
DISTRICT_KINDS = (
    (DistrictKind.TOWN, r"thị xã|thi xa|thị ủy|t\.\s?x\b\.?|tx\b\.?"),
    (DistrictKind.CITY, r"thành phố|thanh pho|thành ủy|t[./]\s?p\b\.?|tp\b\.?"),
    (DistrictKind.RURAL_DISTRICT, r"huyện ủy|huyện|huyen\b|h\.|h(?=\s)"),
    (DistrictKind.URBAN_DISTRICT, r"quận ủy|quận|q\."),
)
COMMUNE_START = tuple((kind, re.compile(rf"(?:{words})[\s:]*")) for kind, words in COMMUNE_KINDS)
DISTRICT_START = tuple((kind, re.compile(rf"(?:{words})[\s:]*")) for kind, words in DISTRICT_KINDS)
# A district's kind in the middle of a piece: "Xã An Hiệp huyện Châu Thành".
DISTRICT_INSIDE = re.compile(
    r"\s(?:thuộc|của|trực thuộc)?\s*"
    r"(?=(?:thị xã|thành phố|huyện|quận|tx\.?|tp\.?|h\.|t\.x|t\.p)\s*\S)"
)
PARTY_BODY = re.compile(
    r"^(?:ban chấp hành\s+)?(?:đảng bộ|đảng ủy|chi bộ|đb|đu|dang bo|dang uy)\b[.:]?\s*"
)
PLURAL = re.compile(r"^(?:các\s+|cac\s+|\d{1,2}\s+(?=xã\b|phường\b|thị trấn\b))")
BELONGING = re.compile(r"^(?:thuộc|của|trực thuộc)\s+")
LIST_MARK = re.compile(r"^(?:\d{1,2}[.)]\s+(?=\D)|[a-zđ]\)\s*|[-–•*·]\s*)")

# A line that breaks off after a kind word goes on in the next one.
BROKEN_LINE = re.compile(
    r"((?:^|[\s,;])(?:đảng bộ|đảng ủy|các|xã|phường|thị trấn|tt\.?|huyện|thị xã|thành phố|"
    r"tp\.?|tx\.?|x\.|p\.|h\.|và))[ ]*\n",
    re.IGNORECASE,
)
# What surely lists another commune, and what may also stand before its district.
LISTING = re.compile(r"[&+]|\s(?:và|va)\s", re.IGNORECASE)
SEPARATOR = re.compile(r"[,/]|\s[-–—]\s?|(?<=\S)[-–—]\s")
PROVINCE = re.compile(r"^(?:tỉnh|tinh)\s")
BRACKETS = re.compile(r"\(([^()]*)\)")
# "TX/TP", "T/p" are one word, not two pieces.
SLASHED = re.compile(r"\b(t)/(p|x)\b", re.IGNORECASE)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
         "x": 10, "xi": 11, "xii": 12}  # fmt: skip


@dataclass(frozen=True)
class DistrictText:
    """A district as written: its kind if given, its name, the words themselves."""

    name: str
    kind: DistrictKind | None
    text: str


@dataclass(frozen=True)
class PlaceText:
    """A commune as written: kind if given (or carried over), name, the district beside it.

    ``bare`` says that it stood behind another without a kind, so that it may be its district
    instead; ``plural`` that its kind was written for several ("các xã"); ``remark`` is what
    stood in brackets and is no district.
    """

    name: str
    kind: CommuneKind | None
    text: str
    district: DistrictText | None = None
    bare: bool = False
    plural: bool = False
    remark: str = ""

    @property
    def label(self) -> str:
        """Give the place as it can be read again, on its own."""
        name = f"{self.kind.label} {self.name}" if self.kind else self.name
        return f"{name}, {self.district.text}" if self.district else name


def name_key(name: str) -> str:
    """Give the form in which two spellings of a place's name are equal.

    Tones and "đ" count; case, the tone style, "05" for "5" and "II" for "2" at the end do not.
    """
    spaced = re.sub(r"(?<=[^\W\d_])(?=\d)|[.\s]+", " ", names.match_key(name))
    words = spaced.split() or [""]
    words = [word.lstrip("0") or "0" if word.isdecimal() else word for word in words]
    words[-1] = str(ROMAN.get(words[-1], words[-1]))
    return " ".join(words)


def read_district(text: str) -> DistrictText | None:
    """Read "H. Kế Sách", "TP Sóc Trăng", "Thị ủy Ngã Năm", "Kế Sách"; ``None`` for no text."""
    plain = without_lead_in(strip_marks(text), PARTY_BODY, BELONGING)
    kind, name = take_kind(plain, DISTRICT_START)
    return DistrictText(name, kind, names.normalise(text).strip(" ,;.()")) if name else None


def read_districts(text: str) -> list[DistrictText]:
    """Read a cell that may name one district for each of several communes, in their order."""
    pieces = re.split(r"[;,\n]|\svà\s", BROKEN_LINE.sub(r"\1 ", text))
    return [
        district
        for piece in pieces
        if not PROVINCE.match(lowered(piece.strip())) and (district := read_district(piece))
    ]


def read_communes(text: str) -> list[PlaceText]:
    """Read all communes a cell names, in order.

    Separated by line breaks, ";", ",", "và", "&", "+", "/", " - ". A kind written for several
    carries over ("các xã An Hiệp và Phú Tân"); so do kind and name before a number ("Phường 1,
    2", "Xã Hòa Tú 1 và 2"). A district applies to the communes before it that have none yet: in
    its own line, or in the whole cell when it stands in a line of its own.
    """
    places: list[PlaceText] = []
    whole_lines = BROKEN_LINE.sub(r"\1 ", BROKEN_LINE.sub(r"\1 ", text))
    lines = re.split(r"([\n;])", "\n" + SLASHED.sub(r"\1.\2", whole_lines))
    for mark, line in zip(lines[1::2], lines[2::2], strict=True):
        places = read_line(line, places, is_listed=mark == ";")
    return places


def read_line(line: str, before: list[PlaceText], *, is_listed: bool) -> list[PlaceText]:
    """Give ``before`` with what one line adds to it."""
    places: list[PlaceText] = []
    for piece in split_pieces(line, is_listed):
        if piece.in_brackets:
            places = with_bracket(piece.text, places)
        elif starts_with_district(piece.text):
            target = places if places else before
            located = locate(target, read_district(piece.text))
            places, before = (located, before) if places else (places, located)
        else:
            places.append(read_commune(piece, (before + places)[-1:]))
    return before + places


@dataclass(frozen=True)
class Piece:
    """A part of a cell between separators; ``is_listed`` says it follows "và", "&", "+", ";"."""

    text: str
    in_brackets: bool = False
    is_listed: bool = False


def split_pieces(line: str, is_listed: bool) -> list[Piece]:
    """Split a line at its separators and brackets; the province is left out."""
    pieces: list[Piece] = []
    for index, part in enumerate(BRACKETS.split(line)):
        if index % 2:
            pieces.append(Piece(strip_marks(part), in_brackets=True))
            continue
        for place, listed in enumerate(LISTING.split(part)):
            for number, text in enumerate(SEPARATOR.split(listed)):
                follows = number == 0 and (is_listed or place > 0)
                pieces += split_at_district(strip_marks(text), follows)
    return [p for p in pieces if p.text and not PROVINCE.match(lowered(p.text))]


def split_at_district(text: str, is_listed: bool) -> list[Piece]:
    """Split "Xã An Hiệp huyện Châu Thành" in two."""
    match = DISTRICT_INSIDE.search(lowered(text))
    if match is None or not text[: match.start()].strip():
        return [Piece(text, is_listed=is_listed)]
    return [Piece(text[: match.start()], is_listed=is_listed), Piece(text[match.end() :])]


def strip_marks(text: str) -> str:
    """Take list marks and stray punctuation off both ends."""
    plain = names.normalise(text)
    return LIST_MARK.sub("", plain).strip(" ,;:*“”\"'").rstrip(".")


def starts_with_district(piece: str) -> bool:
    plain = without_lead_in(lowered(piece), PARTY_BODY, BELONGING)
    return any(pattern.match(plain) for _, pattern in DISTRICT_START)


def locate(places: list[PlaceText], district: DistrictText | None) -> list[PlaceText]:
    """Give ``district`` to the last places that have none yet."""
    located = list(places)
    for index in range(len(located) - 1, -1, -1):
        if located[index].district:
            break
        located[index] = replace(located[index], district=district)
    return located


def with_bracket(content: str, places: list[PlaceText]) -> list[PlaceText]:
    """Take "(TP. Sóc Trăng)" as the district of the place before it; other words as a remark."""
    if not places or content.isdecimal():
        return places
    *earlier, last = places
    district = read_district(content)
    if starts_with_district(content) and not last.district:
        return [*earlier, replace(last, district=district)]
    return [*earlier, replace(last, remark=content)]


def read_commune(piece: Piece, before: list[PlaceText]) -> PlaceText:
    """Read one commune; ``before`` is the one before it in the cell, if any."""
    text = piece.text
    plain = without_lead_in(text, PARTY_BODY, BELONGING)
    singular = without_lead_in(plain, PLURAL)
    kind, name = take_kind(without_lead_in(singular, PARTY_BODY), COMMUNE_START)
    name = re.sub(r"^số\s+(?=\d)", "", name, flags=re.IGNORECASE) or text
    if kind or not before:
        return PlaceText(name, kind, text, plural=singular != plain)
    previous = before[0]
    if name.isdecimal():
        return replace(previous, name=numbered_like(previous.name, name), text=text, district=None)
    kind = previous.kind if previous.plural else None
    return PlaceText(name, kind, text, bare=not piece.is_listed, plural=previous.plural)


def without_lead_in(text: str, *lead_ins: re.Pattern) -> str:
    """Take each of the ``lead_ins`` off the front, in their order."""
    for pattern in lead_ins:
        match = pattern.match(lowered(text))
        text = text[match.end() :] if match else text
    return text


def numbered_like(previous: str, number: str) -> str:
    """Give "Hòa Tú 2" for "2" after "Hòa Tú 1", and "2" after "1" or after a name."""
    if not name_key(previous).rpartition(" ")[2].isdecimal():
        return number
    stem = re.sub(r"\s*(\d+|[ivx]+)$", "", previous, flags=re.IGNORECASE)
    return names.normalise(f"{stem} {number}")


def lowered(text: str) -> str:
    """Give lower case, letter for letter, with "uỷ" in the style of the patterns here."""
    return text.lower().replace("uỷ", "ủy")


def take_kind(text: str, kinds) -> tuple:
    """Take the kind word off the front: (kind or None, the rest)."""
    for kind, pattern in kinds:
        match = pattern.match(lowered(text))
        if match and text[match.end() :].strip():
            return kind, text[match.end() :].strip(" .,:")
    return None, text.strip(" .,:")
