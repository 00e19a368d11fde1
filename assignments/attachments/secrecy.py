"""Is a file marked Mật, Tối mật or Tuyệt mật? Such a file may not be kept on this network.

A mark is a stamp ("MẬT" alone on a line, or with the date beside it), the line "Độ mật: …", or a
word of the file's name. Ordinary words with the same syllable (mật độ, bí mật, bảo mật, mật khẩu)
are no marks. A doubtful name is refused: it can be changed, a leak cannot.

Not seen: a stamp in a picture or in a scan, text drawn as curves, text beyond the first pages, a
PDF whose fonts do not say which letters they draw, fonts older than Unicode other than VNI and
TCVN3. The officer stays responsible; the page says so beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from communes.names import normalise, without_accents

BY_NAME = (
    "có dấu chỉ mức độ mật trong tên. Tài liệu mật không được đưa lên hệ thống này; nếu không "
    "phải tài liệu mật, đổi tên tệp rồi gửi lại."
)
BY_TEXT = (
    "có đóng dấu hoặc ghi mức độ mật. Tài liệu mật không được đưa lên hệ thống này; "
    "chuyển theo đường văn bản mật."
)


def spaced(*spellings: str) -> str:
    """Give the pattern of a word in any of its spellings, its letters perhaps spaced out."""
    return "(?:" + "|".join(r"\s?".join(spelling) for spelling in spellings) + ")"


# Each word in Unicode, in VNI and in TCVN3, whose texts come out as these letters.
SECRET = spaced("MẬT", "MAÄT", "MËT")
STAMP = re.compile(
    rf"[\W_]*(?:(?:{spaced('TỐI', 'TOÁI', 'TèI')}|{spaced('TUYỆT', 'TUYEÄT', 'TUYÖT')})\s?)?"
    rf"{SECRET}(?P<rest>(?:[\W_].*)?)",
    re.DOTALL,
)
DECLARED = re.compile(
    r"\W*(?:dau )?(?:chi )?(?:muc )?do mat\s*[:–-]\s*(?:tuyet |toi )?mat\b(?! do)"
)

GRADES = {"tối", "tuyệt", "toi", "tuyet"}
# Words that make another word of "mật" when they stand before or after it.
INNOCENT_BEFORE = re.compile(
    r"bí|bảo|cơ|thân|cẩn|túi|sỏi|gan|dịch|ống|tuần|trăng|phấn|hút|lấy|ngọt|rỉ|rừng|nuôi"
)
INNOCENT_AFTER = re.compile(r"độ|ong|khẩu|mã|thiết|mía|vụ|danh|ngữ|thư|nghị|hoa|ngọt|gấu|thám|dừa")
# After these a last "mat" without accents means mật, not mắt, mặt, mất.
DOCUMENTS = ("van ban", "cong van", "tai lieu", "do", "dau")
BRACKETED = re.compile(r"[(\[{]\s*(?:t[oố]i\s*|tuy[eệ]t\s*)?m[aậ]t\s*[)\]}]", re.IGNORECASE)
NAME_WORDS = re.compile(r"[^\W_]+")


def name_is_marked(stem: str) -> bool:
    """Say whether the name of a file, without its extension, says that it is secret."""
    name = normalise(stem)
    words = NAME_WORDS.findall(name.lower())
    return (
        BRACKETED.search(name) is not None
        or any(is_mark(words, place) for place, word in enumerate(words) if word == "mật")
        or any(is_bare_mark(words, place) for place, word in enumerate(words) if word == "mat")
    )


def is_mark(words: list[str], place: int) -> bool:
    """Judge "mật" by its neighbours."""
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    if before in GRADES:
        return True
    return not INNOCENT_BEFORE.fullmatch(before) and not INNOCENT_AFTER.fullmatch(after)


def is_bare_mark(words: list[str], place: int) -> bool:
    """Judge "mat", which may also be mặt, mắt or mất: only where it can hardly be these."""
    before = words[:place]
    if before and before[-1] in GRADES:
        return True
    if any(not word.isdigit() for word in words[place + 1 :]):
        return False
    said = " ".join(before)
    return all(word.isdigit() for word in before) or f" {said}".endswith(
        tuple(f" {document}" for document in DOCUMENTS)
    )


def is_marked(lines: Iterable[str]) -> bool:
    """Say whether one of the lines is a stamp or declares the degree of secrecy."""
    return any(line_is_mark(normalise(line)) for line in lines)


def line_is_mark(line: str) -> bool:
    """Judge one line: "MẬT" alone, "MẬT Sóc Trăng, ngày …", "Độ mật: Tối mật"; not "MẬT ĐỘ"."""
    stamp = STAMP.fullmatch(line)
    if stamp:
        rest = stamp["rest"].split()
        return not rest or not rest[0].isupper()
    return DECLARED.match(without_accents(line)) is not None
