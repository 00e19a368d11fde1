"""Values nobody sensible types: drawn from a seeded generator, so that each can be drawn again."""

from __future__ import annotations

from random import Random

from tests.test_hostile_input import TEXTS

# Where one of these comes back as written, a page took text for markup.
MARK = "<fz9"
MARKUP = (
    f"{MARK}>",
    f'"{MARK} autofocus>',
    f"'>{MARK}>",
    f"</textarea>{MARK}>",
    f"</title></script>{MARK}>",
    f"--><![CDATA[{MARK}>]]>",
    "x;javascript:alert(1)",
    "{{ settings.SECRET_KEY }}",
    "{% load static %}",
    "${7*7}#{7*7}",
    "'; DROP TABLE accounts_user; --",
    "\\'||(SELECT 1)||'",
    "%s%(x)s%n{0}{}",
)
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=HYPERLINK(1)",
    "=cmd|' /C'!A0",
)
MARKS = (
    "\u202e",
    "\u202agnp\u202c",
    "\u2066a",
    "\u2069",
    "\u200e",
    "\u200f",
    "\u061c",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u180e",
    "\u00ad",
    "\u2028",
    "\u2029",
    "\u0085",
    "\U000e0041",
)
SPELLINGS = (
    "Nguye\u0302\u0303n Va\u0306n A\u0309nh",
    "Ðặng",
    "Hoà Thuỷ",
    "İstanbul ẞ ﬁ",
    "مرحبا ٣",
    "😀👨‍👩‍👧🇻🇳",
    "𝔸𝔹",
    "a" + "\u0301" * 500,
    "Ấp１２",
)
NUMBERS = (
    *("-1", "0", "1", "01", "1.5", "1,5", "1e9", "1e309", "NaN", "Infinity", "-0", "+3", "0x10"),
    *("１２", "١٢", "²", "½", "1_000", " 1 ", "1 000", "2147483647", "2147483648", "-2147483649"),
    *("4294967296", "9223372036854775807", "9223372036854775808", "1" + "0" * 40, "9" * 4_400),
)
DATES = (
    *("0000", "00/00/0000", "30/02/2024", "29/02/2023", "31/12/9999", "01/01/0001", "1/1/1"),
    *(
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "2024-02-30",
        "2023-05-09T24:00",
        "24:00",
        "23:60",
    ),
    *("2023-05-09 23:59:60", "1945-01-01", "31/12/2100", "31/12/1899", "01/01/1900", "31/12/2099"),
    *("١/١/٢٠٢٤", "2024-W01-1", "-0001-01-01", "09/5/2023", "hôm nay", "1582-10-10"),
)
BLANKS = ("", " ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\x1f", "\x0b\x0c")
CODES = ("on", "true", "None", "null", "[]", "{}", "khac", "khong-co", "__all__", "pk", "../..")
LONG = ("x", "ă", "a ", "\n", "=", "<", "&", "%", "😀", "(", "1/")
CONTROLS = tuple(chr(code) for code in (*range(32), *range(0x7F, 0xA0)))
NOT_UTF8 = (b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe1\xba", b"\x80abc")
KINDS = (
    *(MARKUP, FORMULAS, MARKS, SPELLINGS, NUMBERS, DATES, BLANKS, CODES, TEXTS),
    *(CONTROLS, NOT_UTF8),
)
LENGTHS = (61, 121, 256, 1_001, 10_000)


class Values:
    """Gives hostile values; each is the bytes a browser, or somebody without one, would send."""

    def __init__(self, rng: Random):
        self.rng = rng

    def any(self) -> bytes:
        """Give one value: of one kind, two glued together, or one far too long."""
        way = self.rng.random()
        if way < 0.75:
            return self.short()
        if way < 0.93:
            return self.short() + self.word() + self.short()
        return self.long(self.rng.choice(LENGTHS))

    def short(self) -> bytes:
        return encoded(self.rng.choice(self.rng.choice(KINDS)))

    def word(self) -> bytes:
        return encoded(self.rng.choice(("Xã An Hiệp", "a", "1", " ", "\n", "Trần Văn Bé")))

    def long(self, length: int) -> bytes:
        return encoded(self.rng.choice(LONG) * length)[: length * 4]

    def number(self) -> bytes:
        return encoded(self.rng.choice(NUMBERS))

    def date(self) -> bytes:
        return encoded(self.rng.choice(DATES))


def encoded(value: str | bytes) -> bytes:
    """Give the bytes of a text, a lone surrogate among them as such."""
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
