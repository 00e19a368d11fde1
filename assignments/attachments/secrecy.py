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


# Each word in Unicode, in VNI and in TCVN3, whose texts come out as these letters.
SECRET = ("MẬT", "MAÄT", "MËT", "mËt")
DEGREES = ("", "TỐI", "TOÁI", "TèI", "tèi", "TUYỆT", "TUYEÄT", "TUYÖT", "tuyÖt")
# By their letters in order: a PDF that takes accented letters from another font gives "M TẬ".
STAMPS = {"".join(sorted(degree + secret)) for degree in DEGREES for secret in SECRET}
LONGEST_STAMP = len("TUYỆTMẬT")  # words, when every letter stands alone
# Read without blanks: in some PDFs every accented letter stands alone.
DECLARED = re.compile(r"\W*(?:dau)?(?:chi)?(?:muc)?domat[:–-](?:tuyet|toi)?mat(?!do|khau)")
BLANK = re.compile(r"\s+")

GRADES = {"tối", "tuyệt", "toi", "tuyet"}
# Words that make another word of "mật" when they stand before or after it.
INNOCENT_BEFORE = re.compile(
    r"bí|bảo|cơ|thân|cẩn|túi|sỏi|gan|dịch|ống|tuần|trăng|phấn|hút|lấy|ngọt|rỉ|rừng|nuôi"
)
INNOCENT_AFTER = re.compile(r"độ|ong|khẩu|mã|thiết|mía|vụ|danh|ngữ|thư|nghị|hoa|ngọt|gấu|thám|dừa")
# After these a last "mat" without accents means mật, not mắt, mặt, mất.
DOCUMENTS = ("van ban", "cong van", "tai lieu", "do", "dau")
BRACKETED = re.compile(r"[(\[{]\s*(?:t[oố]i\s*|tuy[eệ]t\s*)?m[aậ]t\s*[)\]}]", re.IGNORECASE)
WORDS = re.compile(r"[^\W_]+")


def name_is_marked(stem: str) -> bool:
    """Say whether the name of a file, without its extension, says that it is secret."""
    name = normalise(stem)
    words = WORDS.findall(name.lower())
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
    return any(is_stamp(line) or is_declaration(line) for line in map(normalise, lines))


def is_stamp(line: str) -> bool:
    """Judge one line: "MẬT", "T Ố I M Ậ T", "MẬT Sóc Trăng, ngày …"; not "MẬT ĐỘ DÂN SỐ"."""
    words = WORDS.findall(line)
    for end in range(1, min(len(words), LONGEST_STAMP) + 1):
        if "".join(sorted("".join(words[:end]))) in STAMPS:
            return not words[end:] or not words[end].isupper()
    return False


def is_declaration(line: str) -> bool:
    """Judge one line: "Độ mật: Tối mật"."""
    return DECLARED.match(BLANK.sub("", without_accents(line))) is not None
