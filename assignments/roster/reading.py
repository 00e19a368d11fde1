"""What a row of the roster says, read as values, or why it cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from assignments.enums import AssignmentRole, OfficerGroup
from assignments.roster import people
from assignments.roster.dates import parse_birth_year, parse_decision
from assignments.roster.roster import RosterRow
from communes import names
from communes.date_texts import parse_date
from communes.place_texts import (
    DistrictText,
    PlaceText,
    read_communes,
    read_district,
    read_districts,
)

LONGEST_PHONE = 30
ROLES = {
    AssignmentRole.MAIN: {
        "phu trach chinh", "chinh", "phu trach", "truc tiep phu trach", "theo doi phu trach",
        "main", "chu tri",
    },
    AssignmentRole.SUPPORT: {
        "tham gia theo doi", "theo doi", "tham gia", "phoi hop", "phoi hop theo doi", "ho tro",
        "cung theo doi", "support",
    },
    AssignmentRole.COVER: {
        "phu trach tam thoi", "tam thoi", "tam thoi phu trach", "phu trach thay", "cover",
    },
}  # fmt: skip
GROUPS = (
    (OfficerGroup.STANDING_COMMITTEE, re.compile(r"ban thường vụ|\bu?v?btv\b")),
    (OfficerGroup.COMMITTEE, re.compile(r"ban chấp hành|tỉnh ủy viên|\b(uv)?bch\b|\btuv\b")),
    (OfficerGroup.SECTOR, re.compile(r"ngành|\bsở\b|đoàn thể|lãnh đạo")),
)
# Notes that speak of a change the row itself does not make.
TELLING_NOTE = re.compile(
    r"\bthay\b|nghỉ hưu|nghỉ việc|chuyển công tác|luân chuyển|thôi (phụ trách|theo dõi)|"
    r"miễn nhiệm|từ trần|đã nghỉ|kỷ luật"
)


@dataclass
class Reading:
    """One row read. With ``errors`` nothing of it is used."""

    row: int
    person_row: int
    started_on: dt.date
    date_is_given: bool = False
    name: str = ""
    birth_year: int | None = None
    party_office: str = ""
    office: str = ""
    group: OfficerGroup = OfficerGroup.SECTOR
    group_is_given: bool = False
    places: list[PlaceText] = field(default_factory=list)
    districts: list[DistrictText] = field(default_factory=list)
    heading: DistrictText | None = None
    other_headings: list[DistrictText] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    decision_number: str = ""
    signed_on: dt.date | None = None
    role: AssignmentRole = AssignmentRole.MAIN
    role_is_given: bool = False
    note: str = ""
    phone: str = ""
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def position(self) -> str:
        """Give all offices as :attr:`Officer.position` joins them."""
        return ", ".join(part for part in (self.party_office, self.office) if part)

    @property
    def key(self) -> tuple[str, int | None, str]:
        """Give what makes two rows speak of one person: name, year of birth, office."""
        return names.match_key(self.name), self.birth_year, people.office_key(self.position)


def read_row(row: RosterRow, default_date: dt.date) -> Reading:
    """Read ``row``; ``default_date`` counts where the row gives no date of its own."""
    reading = Reading(row.number, row.person, default_date, errors=list(row.flaws))
    read_headings(row, reading)
    if row.flaws:
        return reading
    read_start(row, reading)
    read_officer(row, reading)
    read_where(row, reading)
    read_decision(row, reading)
    read_role(row, reading)
    reading.note = names.normalise(row.note)
    if TELLING_NOTE.search(names.match_key(row.note)):
        reading.warnings.append(f"ghi chú “{reading.note}” chưa được xử lý, kiểm tra lại")
    if row.hidden:
        reading.warnings.append("dòng đang bị ẩn trong tệp, vẫn được đọc")
    return reading


def read_headings(row: RosterRow, reading: Reading) -> None:
    reading.heading = read_district(row.district_heading)
    reading.other_headings = [d for text in row.other_headings if (d := read_district(text))]


def read_start(row: RosterRow, reading: Reading) -> None:
    if row.ended:
        reading.errors.append(
            f"cột đến ngày ghi “{row.ended}”: chỉ nạp phân công đang hiệu lực, chưa kết thúc"
        )
    if row.started:
        started_on = parse_date(row.started)
        if started_on is None:
            reading.errors.append(f"ngày bắt đầu “{row.started}” không hợp lệ")
        else:
            reading.started_on, reading.date_is_given = started_on, True


def read_officer(row: RosterRow, reading: Reading) -> None:
    """Read name, year of birth, offices, group and telephone."""
    person = people.read_person(row.name)
    if person.error:
        reading.errors.append(person.error)
    reading.name = person.name
    birth = row.birth or person.birth
    if birth:
        reading.birth_year = parse_birth_year(birth, reading.started_on)
        if reading.birth_year is None:
            reading.errors.append(f"năm sinh “{birth}” không hợp lệ")
    read_position(row, person.office, reading)
    read_group(row, reading)
    reading.phone = names.normalise(row.phone)
    if len(reading.phone) > LONGEST_PHONE:
        reading.errors.append(f"số điện thoại “{reading.phone[:40]}…” quá dài")


def read_position(row: RosterRow, beside_name: str, reading: Reading) -> None:
    """Read the offices, those written beside the name first; refuse a text in an old font."""
    offices = [text for text in (beside_name, row.office) if text]
    if people.office_key(beside_name) and people.office_key(beside_name) in people.office_key(
        row.office
    ):
        offices = [row.office]
    if any(people.looks_legacy(text) for text in offices):
        reading.errors.append(people.LEGACY_SENTENCE.format(what="chức vụ"))
    reading.party_office, reading.office = people.split_position(", ".join(offices))
    if (
        len(reading.party_office) > people.LONGEST_PARTY_OFFICE
        or len(reading.office) > people.LONGEST_OFFICE
    ):
        reading.errors.append("chức vụ, đơn vị công tác quá dài")


def read_group(row: RosterRow, reading: Reading) -> None:
    """Take the group from its column, else the heading above, else the Party office."""
    written = names.match_key(row.group)
    group = next((group for group, pattern in GROUPS if pattern.search(written)), None)
    if row.group and group is None:
        reading.errors.append(f"nhóm cán bộ “{row.group}” không rõ")
    group = group or row.group_heading or people.group_of(reading.party_office)
    if group:
        reading.group, reading.group_is_given = OfficerGroup(group), True


def read_where(row: RosterRow, reading: Reading) -> None:
    """Read communes, districts and codes; several districts or codes go by the communes' order."""
    reading.places = read_communes(row.commune)
    reading.codes = re.findall(r"[^\s,;]+", row.code)
    if not reading.places and not reading.codes:
        reading.errors.append("thiếu Đảng bộ phụ trách")
    reading.districts = read_districts(row.district)
    for what, parts in (
        ("huyện, thị xã, thành phố", reading.districts),
        ("mã ĐVHC", reading.codes),
    ):
        if len(parts) > 1 and len(parts) != len(reading.places):
            reading.errors.append(f"số {what} không khớp số xã, phường, thị trấn")
    if len(reading.codes) == 1 and len(reading.places) > 1:
        reading.errors.append("một mã ĐVHC cho nhiều xã, phường, thị trấn")


def read_decision(row: RosterRow, reading: Reading) -> None:
    """Read the row's own decision: number and date, in one column or in two."""
    if row.decision:
        decision = parse_decision(row.decision)
        if decision is None:
            reading.errors.append(f"số quyết định “{row.decision[:60]}” không đọc được")
        else:
            reading.decision_number, reading.signed_on = decision
    if row.decision_date:
        signed_on = parse_date(row.decision_date)
        if signed_on is None:
            reading.errors.append(f"ngày quyết định “{row.decision_date}” không hợp lệ")
        reading.signed_on = signed_on


def read_role(row: RosterRow, reading: Reading) -> None:
    if not row.role:
        return
    key = " ".join(names.WORDS.findall(names.without_accents(row.role)))
    role = next((role for role, words in ROLES.items() if key in words), None)
    if role is None:
        reading.errors.append(f"vai trò “{row.role}” không rõ")
    else:
        reading.role, reading.role_is_given = role, True
