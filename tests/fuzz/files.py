"""Files to upload: real ones, hostile ones, real ones with bytes changed; with any name."""

from __future__ import annotations

from functools import cache
from random import Random

from tests.assignments.attachments import files
from tests.assignments.attachments.hostile import HOSTILE
from tests.assignments.roster.workbooks import make_workbook
from tests.fuzz.values import MARKS, encoded
from tests.reports.word_templates.words import word_file

NAMES = (
    "../../../etc/passwd",
    "..\\..\\a",
    "/etc/a",
    "C:\\a",
    "con",
    "nul.txt",
    "a\x00b",
    "a\nb",
    "a\r\nX: y",
    'a"b',
    "a;b",
    "<img src=x>",
    "a" * 300,
    "ạ" * 200,
    ".",
    "..",
    "",
    " ",
    "=1+1",
    "a.pdf.exe",
    "{{ 7*7 }}",
    *MARKS[:6],
)


@cache
def real_files() -> dict[str, bytes]:
    """Give a sound file of each kind, by its extension."""
    roster = make_workbook([["Lý Thị Em", "Xã An Hiệp"]], header=["Họ và tên", "Đảng bộ"])
    return {
        "xlsx": roster,
        "docx": word_file("Có {{ can_bo_dang_phu_trach }} đồng chí"),
        "pdf": files.pdf(),
        "jpg": files.jpeg(),
        "png": files.png(),
        "heic": files.heic(),
    }


def any_file(rng: Random) -> tuple[bytes, bytes]:
    """Give the name and the content of one file."""
    extension, content = rng.choice(sorted(real_files().items()))
    way = rng.random()
    if way < 0.25:
        name, content = rng.choice(sorted(HOSTILE.values()))
        return encoded(name), content
    if way < 0.6:
        content = damaged(content, rng)
    name = rng.choice(NAMES) if rng.random() < 0.5 else "tep"
    return encoded(f"{name}.{rng.choice((extension, extension, 'xlsx', 'exe'))}"), content


def damaged(content: bytes, rng: Random) -> bytes:
    """Change some bytes, cut the end off, or put a piece of it twice."""
    bytes_ = bytearray(content)
    way = rng.random()
    if way < 0.7:
        for _ in range(rng.choice((1, 2, 8, 64))):
            bytes_[rng.randrange(len(bytes_))] = rng.randrange(256)
    elif way < 0.85:
        del bytes_[rng.randrange(len(bytes_)) :]
    else:
        at = rng.randrange(len(bytes_))
        bytes_[at:at] = bytes_[at : at + rng.randrange(1, 400)]
    return bytes(bytes_)
