"""Reading the name and the office of an officer as lists write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assignments.enums import OfficerGroup
from communes import names

LONGEST_NAME, LONGEST_PARTY_OFFICE, LONGEST_OFFICE = 120, 200, 300

LEADING_NUMBER = re.compile(r"^(\d{1,3}\s*[.)/-]\s*|[-+•*·]\s*)+")
# Glued or not: "Đ/cNguyễn Văn A". A title with a dot, or one that must be followed by a blank.
HONORIFIC = re.compile(
    r"^(các\s+)?("
    r"\(?[đd]\s*/\s*c\)?[.:]*|đ\.\s*c[.:]*|đc[.:]|đc(?=\s)|"
    r"đồng\s*chí\s*:?|dong\s+chi\s*:?|"
    r"(đại|thượng|trung|thiếu)\s+(tá|tướng|úy)(?=\s)|(tiến|thạc|bác|luật|kỹ)\s+(sĩ|sỹ|sư)(?=\s)|"
    r"ông\s*[/(,-]\s*bà\s*\)?\s*:?|(ông|bà)\s*:|(ô|b)\.|(gs|pgs|ts|ths|bs|ks|ls|cn)\."
    r")\s*",
    re.IGNORECASE,
)
# "Ông" and "Bà" as words of their own; "Ông" may also be a family name.
MR_OR_MRS = re.compile(r"^(ông|bà)\s+(?=\S+\s+\S)", re.IGNORECASE)
GLUED_MR_OR_MRS = re.compile(r"^(Ông|Bà)(?=[^\W\d_])(?=[A-ZÀ-ỸĐ])")

# Words an office begins with; what follows a comma or a line break is an office only then.
# A role begins a new office; the name of a body may also go on with the role before it.
ROLES = (
    r"q\.|quyền|nguyên|phó|p\.|trưởng|giám đốc|g?đ|pgđ|bí thư|pbt|bt|chủ tịch|pct|ct|chủ nhiệm|"
    r"uv\w*|ủy viên|tỉnh ủy viên|tuv|thành ủy viên|huyện ủy viên|đảng ủy viên|thường trực|tvtu|"
    r"chánh|p?cvp|chỉ huy|chính ủy|chính trị viên|tư lệnh|viện trưởng|hiệu trưởng|hiệu phó|"
    r"thủ trưởng|cục trưởng|tổng|đại biểu|chuyên viên|thẩm phán|kiểm sát viên|ptb|ptrb|phụ trách|"
    r"đại tá|thượng tá|thiếu tướng"
)
BODIES = (
    r"ban (tổ|tuyên|dân|nội|thường|chấp|quản|cán|chỉ|bảo)|sở|văn phòng|đảng ủy|công an|tòa án|"
    r"hội (nông|liên|cựu|chữ|đồng|luật|nhà|người)|viện|trường (chính|đại|cao|trung)|thanh tra|"
    r"liên đoàn|tỉnh đoàn|đoàn (đại|khối|thanh|trường)|mttq|ubmttq|ủy ban|bộ (đội|chỉ|tư)|"
    r"(chi )?cục|kho bạc|bảo hiểm"
)
ROLE_START = re.compile(rf"^({ROLES})\b")
OFFICE_START = re.compile(rf"^({ROLES}|{BODIES})\b")
IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
BORN = re.compile(r"^(?:sinh(?: năm)?|sn)?\s*:?\s*(\d{4})$")
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\- ])*")
PLACEHOLDERS = {
    "chưa phân công", "chưa có", "khuyết", "đang khuyết", "trống", "không có", "không",
    "như trên", "nt", "chưa bố trí", "chờ phân công",
}  # fmt: skip
# A second line that begins so, under a line of two words or more, is another person.
FAMILY_NAMES = re.compile(
    r"(nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|trương|lâm|"
    r"mai|tô|tạ|trịnh|đào|cao|hà|lương|lưu|quách|châu|tăng|thạch|sơn|kim|danh|triệu|hứa|diệp)\s"
)
SEVERAL_PEOPLE = re.compile(r"\s(và|&)\s|[;&/]")

# Texts typed in the old VNI and TCVN3 (ABC) fonts: signs inside words, letters that are not
# Vietnamese, vowels followed by a mark of their own ("Vaên"; but "giúp" is a word).
LEGACY = re.compile(
    r"[¡-¶¸-¿×÷]|[^\W\d_]·[^\W\d_]|[åäëïöüÿñçæøßþûî]|"
    r"[ae][âãáàêéèùúõ]|o[âêùúõ]|(?<!g)i[ùúõ]|[uy][ùúõ]",
    re.IGNORECASE,
)
LEGACY_SENTENCE = "{what} gõ bằng phông chữ cũ (VNI, TCVN3); chuyển sang Unicode rồi nạp lại"

PARTY_OFFICE = re.compile(
    r"^(uv ?btv|uv ?bch|ubtv|tvtu|tuv|tỉnh ủy viên|thành ủy viên|thường trực tỉnh ủy|"
    r"(ủy viên|uv) (ban thường vụ|btv|ban chấp hành|bch)|(phó )?bí thư\b(?!.*đoàn)|"
    r"pbt|bt tỉnh ủy)\b"
)
STANDING = re.compile(
    r"ban thường vụ|\buv ?btv\b|\bubtv\b|\btvtu\b|^pbt\b|"
    r"^(phó )?bí thư( thường trực)?( tỉnh ủy)?$"
)
MEMBER = re.compile(r"tỉnh ủy viên|\btuv\b|ban chấp hành|\buv ?bch\b")
# Written out when offices are compared (DOMAIN §3.2).
ABBREVIATIONS = {
    "uvbtv": "ủy viên ban thường vụ",
    "ubtv": "ủy viên ban thường vụ",
    "btv": "ban thường vụ",
    "uvbch": "ủy viên ban chấp hành",
    "bch": "ban chấp hành",
    "tuv": "tỉnh ủy viên",
    "pbt": "phó bí thư",
    "ptb": "phó trưởng ban",
    "ptrb": "phó trưởng ban",
    "gđ": "giám đốc",
    "pgđ": "phó giám đốc",
    "cvp": "chánh văn phòng",
    "pcvp": "phó chánh văn phòng",
    "btc": "ban tổ chức",
    "btg": "ban tuyên giáo",
    "ubkt": "ủy ban kiểm tra",
    "vptu": "văn phòng tỉnh ủy",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "ub": "ủy ban",
    "uv": "ủy viên",
}


@dataclass(frozen=True)
class PersonText:
    """What a name cell says: the name, an office or a year of birth written with it."""

    name: str = ""
    office: str = ""
    birth: str = ""
    error: str = ""


def read_person(text: str) -> PersonText:
    """Read a name cell: honorifics off, capitals eased, an office after a comma set apart.

    "Ông" or "Bà" as a separate word goes only if two words remain after it, so "Ông Tư" keeps
    its family name. ``error`` says what is wrong with the cell.
    """
    if looks_legacy(text):
        return PersonText(error=LEGACY_SENTENCE.format(what="họ và tên"))
    parts = name_parts(text)
    name = eased(without_honorific(parts[0])) if parts else ""
    if not name or names.match_key(name) in PLACEHOLDERS:
        return PersonText(error="thiếu họ và tên")
    offices, births = [], []
    for part in parts[1:]:
        if part.lower() in ("nam", "nữ"):
            continue
        if match := BORN.match(part.lower()):
            births.append(match[1])
        elif is_office(part):
            offices.append(part)
        else:
            return PersonText(error=f"không rõ phần “{part}” trong ô họ và tên")
    if SEVERAL_PEOPLE.search(name):
        return PersonText(error="ô họ và tên ghi nhiều người")
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        return PersonText(error=f"họ và tên “{name[:60]}” không hợp lệ")
    return PersonText(name, ", ".join(offices), births[0] if births else "")


def looks_legacy(text: str) -> bool:
    """Say whether a Vietnamese name or office was typed in a VNI or TCVN3 font."""
    plain = names.normalise(text)
    capital_inside = any(
        before.islower() and after.isupper() and "À" <= after <= "Þ"
        for before, after in pairwise(plain)
    )
    return capital_inside or bool(LEGACY.search(plain))


def name_parts(text: str) -> list[str]:
    """Split a name cell into the name and what is written with it."""
    bare = HONORIFIC.sub("", LEADING_NUMBER.sub("", text.strip()))
    apart = IN_BRACKETS.sub(lambda match: f", {match[1]}, ", bare)
    first, *others = re.split(r"[,;]|(?<=\S)\s[-–—]\s", apart)
    parts = [*name_lines(first), *others]
    tidy = (names.normalise(LEADING_NUMBER.sub("", part.strip())) for part in parts)
    return [part for part in tidy if part]


def name_lines(text: str) -> list[str]:
    """Split a name over several lines from an office or a year of birth under it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for index, line in enumerate(lines):
        if index and (is_office(line) or BORN.match(line.lower())):
            return [" ".join(lines[:index]), tidy_office("\n".join(lines[index:]))]
        if index and " " in lines[0] and begins_like_a_name(line):
            return [lines[0], *lines[1:]]
    return [" ".join(lines)]


def begins_like_a_name(line: str) -> bool:
    """Say whether a line holds a whole name of its own: a family name and more."""
    name = without_honorific(names.normalise(line))
    return bool(FAMILY_NAMES.match(names.match_key(name)))


def without_honorific(name: str) -> str:
    """Take "Đ/c", "Đồng chí", "Ông/Bà", … off the front, as often as they stand there."""
    before = None
    while before != name:
        before = name
        name = HONORIFIC.sub("", LEADING_NUMBER.sub("", name)).strip()
        name = GLUED_MR_OR_MRS.sub("", MR_OR_MRS.sub("", name))
    return name.strip(" .:,;-*").lstrip("'\"“‘")


def eased(name: str) -> str:
    """Give "NGUYỄN VĂN A" and "nguyễn văn a" as "Nguyễn Văn A"; other spellings as they are."""
    if name.isupper() or name.islower():
        return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), name)
    return name


def is_office(text: str) -> bool:
    return bool(OFFICE_START.match(names.match_key(text)))


def tidy_office(text: str) -> str:
    """Give an office on one line; a line that begins with another role follows a comma."""
    lines = [names.normalise(re.sub(r"^\s*[-+•*]\s*", "", line)) for line in text.splitlines()]
    tidy = ""
    for line in (line.strip(" ,;") for line in lines):
        if tidy and line:
            tidy += ", " if ROLE_START.match(names.match_key(line)) else " "
        tidy += line
    return re.sub(r"\s*[,;](\s*[,;])*\s*", ", ", tidy).strip(" ,")


def split_position(text: str) -> tuple[str, str]:
    """Split "UVBTV Tỉnh ủy, Giám đốc Sở Nội vụ" into the Party offices in front and the rest."""
    parts = [part for part in tidy_office(text).split(", ") if part]
    count = 0
    while count < len(parts) and PARTY_OFFICE.match(names.match_key(parts[count])):
        count += 1
    return ", ".join(parts[:count]), ", ".join(parts[count:])


@lru_cache(maxsize=1024)  # one office is written of many officers
def office_key(text: str) -> str:
    """Give the form in which two spellings of one office are equal: words only, written out."""
    words = names.WORDS.findall(names.match_key(text))
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def group_of(party_office: str) -> OfficerGroup | None:
    """Give the group a Party office belongs to; ``None`` when it says nothing."""
    parts = [names.match_key(part) for part in party_office.split(", ") if part]
    if any(STANDING.search(part) for part in parts):
        return OfficerGroup.STANDING_COMMITTEE
    if any(MEMBER.search(part) for part in parts):
        return OfficerGroup.COMMITTEE
    return None
