"""What a cell may hold: text that stays text, numbers and dates that Excel can show.

Text is written as a string cell and nothing else, so it is never a formula, a link or a number,
whatever it begins with. Nothing is put in front of it: an apostrophe would come back at the next
import. Text that looks like a formula is also marked as text (the cell's "quote prefix", which is
no part of the value), so that editing the cell in Excel does not start a calculation. A CSV file
saved from the workbook has no such marks: who opens one must tell Excel that its columns are text.
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from decimal import Decimal
from enum import StrEnum

from django.utils import timezone

from communes.names import INVISIBLE

MAX_CHARACTERS = 32_767
CUT = " … (đã cắt bớt)"
# Excel keeps 15 digits; a longer number would lose its end.
MAX_NUMBER = 10**15
# Excel counts a 29/02/1900 that never was; before March its dates are one off, before 1900 none.
FIRST_DATE = dt.date(1900, 3, 1)
NUMBERS = (int, float, Decimal)
LOST_OBJECT, LOST_LETTER = "\ufffc", "\ufffd"  # printable, and yet among the INVISIBLE
FORMULA_SIGNS = ("=", "+", "-", "@")


class Kind(StrEnum):
    """What a column holds; decides alignment on the page and the cell format in Excel."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    SHARE = "share"  # of one, shown in hundredths
    YEAR = "year"
    DATE = "date"
    STATE = "state"


Stored = str | int | float | dt.date | dt.datetime | None


def plain_text(value: object) -> str:
    """Give text that any reader of .xlsx accepts: composed, visible characters, "\\n" for breaks.

    Control characters and lone surrogates go, a tab becomes a blank, what Excel cannot hold is
    cut with a remark.
    """
    text = str(value)
    if is_plain(text):
        return text
    lines = unicodedata.normalize("NFC", text).replace("\t", " ").splitlines()
    text = INVISIBLE.sub("", "\n".join(lines))
    if len(text) <= MAX_CHARACTERS // 2 or utf16_length(text) <= MAX_CHARACTERS:
        return text
    return cut_to(text, MAX_CHARACTERS - len(CUT)) + CUT


def is_plain(text: str) -> bool:
    """Say whether :func:`plain_text` has nothing to do: so of nearly every text, and quickly told.

    ``isprintable`` tells all that is not to be in a cell but the two signs of things lost.
    """
    return (
        text.isprintable()
        and unicodedata.is_normalized("NFC", text)
        and LOST_OBJECT not in text
        and LOST_LETTER not in text
        and len(text) <= MAX_CHARACTERS // 2
    )


def utf16_length(text: str) -> int:
    """Give the length as Excel counts it: what is beyond U+FFFF counts twice."""
    return len(text.encode("utf-16-le")) // 2


def cut_to(text: str, length: int) -> str:
    """Give the beginning of ``text`` in at most ``length`` of Excel's characters, none halved."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")


def looks_like_formula(text: str) -> bool:
    """Say whether Excel would calculate ``text`` if somebody typed it."""
    return text.startswith(FORMULA_SIGNS)


def storable(value: object, kind: Kind = Kind.TEXT) -> Stored:
    """Give ``value`` as the cell holds it: text, number, date, local date and time, or nothing.

    What Excel would change by taking it as a number or a date is given as text.
    """
    if isinstance(value, str):  # most cells are
        return plain_text(value) or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, NUMBERS) and kind is not Kind.CODE:
        return storable_number(value)
    if isinstance(value, dt.datetime):
        return storable_moment(value)
    if isinstance(value, dt.date):
        return value if value >= FIRST_DATE else f"{value:%d/%m/}{value.year}"
    return plain_text(value) or None


def storable_number(number: int | float | Decimal) -> int | float | str | None:
    """Give a number; as text when Excel would round it, nothing when it is none."""
    if not math.isfinite(number):
        return None
    if abs(number) >= MAX_NUMBER:
        return str(number)
    return int(number) if number == int(number) else float(number)


def storable_moment(moment: dt.datetime) -> dt.datetime | str:
    """Give date and time of the office's zone, without a zone: Excel knows none."""
    if timezone.is_aware(moment):
        moment = timezone.make_naive(moment)
    return moment if moment.date() >= FIRST_DATE else f"{moment:%H:%M %d/%m/}{moment.year}"
