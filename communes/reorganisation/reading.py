"""What one row of a mapping says, read as values, or why it cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from communes import names
from communes.date_texts import parse_date
from communes.dates import short_date
from communes.enums import CommuneKind, Extent
from communes.finding import Found, Gazetteer, commune_label
from communes.models import Commune, District
from communes.place_texts import (
    BRACKETS,
    COMMUNE_START,
    ROMAN,
    DistrictText,
    name_key,
    read_communes,
    read_district,
    split_at_district,
    starts_with_district,
    strip_marks,
    take_kind,
)
from communes.reorganisation.sheet import MappingRow

LONGEST_CODE, LONGEST_NAME = 10, 100
# All matched on words without accents.
WHOLE = re.compile(r"(toan bo|tron ven|tron|nguyen ven|nguyen trang|tat ca|100)\b")
PART = re.compile(r"((mot|1) )?phan\b")
YES = {"x", "co", "v", "1", "chinh", "ke thua", "ke thua chinh", "don vi chinh", "yes", "true"}
NO = {"", "khong", "0", "no", "false"}
TICKS = {"✓", "✔", "☑", "√"}
DASHES = {"-", "–", "—"}
# What joins two names, or opens a remark.
NOT_IN_A_NAME = re.compile(r"[,;/&+()\n]")
RESOLUTION_LEAD_IN = re.compile(r"^(nghi quyet|nq)?\s*(so)?\s*[:.]?\s*")


@dataclass(frozen=True)
class NewName:
    """A new unit as written: kind, name, and the district written behind, if any."""

    kind: CommuneKind
    name: str
    district: DistrictText | None = None

    @property
    def full_name(self) -> str:
        return f"{self.kind.label} {self.name}"

    @property
    def identity(self) -> bytes:
        return identity(self.full_name)


@dataclass
class RowReading:
    """One row read. With ``errors`` nothing of it can be applied."""

    row: int
    old: Commune | None = None
    extent: Extent | None = None
    new: NewName | None = None
    code: str = ""
    district: District | None = None
    is_heir: bool = False
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def identity(full_name: str) -> bytes:
    """Give the key in which two spellings of one unit's name are equal ("Hòa Tú II", "Hoà Tú 2").

    It contains the kind.
    """
    return names.place_sort_key(name_key(full_name))


class RowReader:
    """Reads rows against the units of the last day before the change."""

    def __init__(
        self, gazetteer: Gazetteer, *, effective_on: dt.date, ends_districts: bool, resolution: str
    ):
        self.gazetteer, self.effective_on = gazetteer, effective_on
        self.ends_districts, self.resolution = ends_districts, resolution

    def read(self, row: MappingRow) -> RowReading:
        reading = RowReading(row.number, errors=list(row.flaws))
        if row.flaws:
            reading.old = self.find(row).commune
            return reading
        self.read_old(row, reading)
        read_extent(row, reading)
        self.read_new(row, reading)
        read_heir(row, reading)
        self.read_legal_basis(row, reading)
        return reading

    def read_old(self, row: MappingRow, reading: RowReading) -> None:
        """Find the old unit; it must be there still, with no end known."""
        found = self.find(row)
        if found.commune is None:
            reading.errors.append(found.reason)
            return
        if found.warning:
            reading.warnings.append(found.warning)
        ended = found.commune.dissolved_on
        if ended:
            reading.errors.append(
                f"{commune_label(found.commune)} đã được ghi không còn từ ngày "
                f"{short_date(ended)}; xem lại lần sắp xếp đó trước"
            )
            return
        reading.old = found.commune

    def find(self, row: MappingRow) -> Found:
        """Say which unit is meant: by kind, name and district; the code must not contradict."""
        day = self.effective_on - dt.timedelta(days=1)
        code, reason = read_code(row.old_code)
        if reason:
            return Found(reason=reason)
        places = self.gazetteer.sort_out_bare_names(read_communes(row.old_name), day)
        if not places:
            return self.gazetteer.find_code(code, day) if code else Found(reason="thiếu đơn vị cũ")
        if len(places) > 1:
            return Found(reason="ô đơn vị cũ ghi nhiều đơn vị, tách mỗi đơn vị một dòng")
        return self.gazetteer.find(places[0], read_district(row.old_district), code, day)

    def read_new(self, row: MappingRow, reading: RowReading) -> None:
        reading.code, reason = read_code(row.new_code)
        if reason:
            reading.errors.append(reason)
        if not row.new_name:
            reading.errors.append("thiếu tên đơn vị mới (đơn vị giữ nguyên thì để trống cả dòng)")
            return
        try:
            reading.new = read_new_name(row.new_name)
        except ValueError as error:
            reading.errors.append(str(error))
            return
        self.read_new_district(read_district(row.new_district) or reading.new.district, reading)

    def read_new_district(self, text: DistrictText | None, reading: RowReading) -> None:
        if text is None:
            return
        if self.ends_districts:
            reading.errors.append(
                f"ghi huyện mới “{text.text}” trong khi cấp huyện kết thúc từ ngày này"
            )
            return
        district = self.gazetteer.district(text)
        if district is None:
            reading.errors.append(self.gazetteer.unknown_district(text))
        elif not district.exists_on(self.effective_on):
            reading.errors.append(
                f"{district} không có trong ngày {short_date(self.effective_on)}, "
                "không làm huyện mới được"
            )
        reading.district = district

    def read_legal_basis(self, row: MappingRow, reading: RowReading) -> None:
        """Compare the row's own resolution and date, if any, with those of the form."""
        own, stated = resolution_key(row.resolution), resolution_key(self.resolution)
        if own and stated and own != stated:
            reading.errors.append(
                f"nghị quyết “{row.resolution}” khác “{self.resolution}” đã khai khi nạp"
            )
        if not row.effective:
            return
        day = parse_date(row.effective)
        if day is None:
            reading.errors.append(f"ngày hiệu lực “{row.effective}” không hợp lệ")
        elif day != self.effective_on:
            reading.errors.append(
                f"ngày hiệu lực {short_date(day)} khác ngày {short_date(self.effective_on)} "
                "đã khai khi nạp"
            )


def plain_words(text: str) -> str:
    return " ".join(names.WORDS.findall(names.without_accents(text)))


def read_code(text: str) -> tuple[str, str]:
    """Give (code, reason why it cannot be one)."""
    code = re.sub(r"\s", "", text).lstrip("'")
    if not code or (len(code) <= LONGEST_CODE and code.isascii() and code.isalnum()):
        return code, ""
    return "", f"mã “{text[:20]}” không hợp lệ"


def read_extent(row: MappingRow, reading: RowReading) -> None:
    """Read "Toàn bộ", "một phần (ấp 3)"; nothing written means all of it."""
    words = plain_words(row.extent)
    if not words or WHOLE.match(words):
        reading.extent = Extent.WHOLE
    elif PART.match(words):
        reading.extent = Extent.PART
    else:
        reading.errors.append(f"“{row.extent[:40]}” không rõ là toàn bộ hay một phần")


def read_heir(row: MappingRow, reading: RowReading) -> None:
    text = row.heir.strip()
    words = plain_words(text)
    if text in TICKS or words in YES:
        reading.is_heir = True
    elif words not in NO or (not words and text and text not in DASHES):
        reading.errors.append(f"cột kế thừa hồ sơ ghi “{text[:40]}”, chỉ ghi x hoặc để trống")


def read_new_name(text: str) -> NewName:
    """Read "Phường Sóc Trăng", "XÃ HÒA TÚ", "TT. Kế Sách, huyện Kế Sách".

    ``ValueError`` with the reason when it is no name with a kind.
    """
    plain = BRACKETS.sub(district_in_brackets, strip_marks(text))
    pieces = [piece.text for piece in split_at_district(plain, is_listed=False)]
    kind, name = take_kind(pieces[0], COMMUNE_START)
    if kind is None:
        kinds = ", ".join(str(label).lower() for label in CommuneKind.labels)
        raise ValueError(f"đơn vị mới “{text[:60]}” thiếu loại ({kinds}) đứng trước tên")
    name = names.normalise(name.strip(" ,;("))
    if len(name) > LONGEST_NAME or not names.WORDS.search(name) or NOT_IN_A_NAME.search(name):
        raise ValueError(f"tên đơn vị mới “{text[:60]}” không hợp lệ, mỗi dòng ghi một đơn vị")
    district = read_district(pieces[1]) if len(pieces) > 1 else None
    return NewName(CommuneKind(kind), title_case(name) if pieces[0].isupper() else name, district)


def district_in_brackets(brackets: re.Match) -> str:
    """Give "(huyện Kế Sách)" without its brackets, any other remark as it is."""
    return f" {brackets[1]}" if starts_with_district(brackets[1]) else brackets[0]


def title_case(name: str) -> str:
    """Give "HÒA TÚ II" as "Hòa Tú II"."""
    return " ".join(
        word if word.lower() in ROMAN else word.capitalize() for word in name.split(" ")
    )


def resolution_key(text: str) -> str:
    """Give the form in which "Nghị quyết số 1105/NQ-UBTVQH15, ngày …" equals "1105/NQ-UBTVQH15"."""
    plain = re.split(r",|\bngay\b", names.without_accents(text), maxsplit=1)[0]
    return re.sub(r"\s", "", RESOLUTION_LEAD_IN.sub("", plain)).strip(".;")
