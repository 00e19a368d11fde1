"""Years of birth and decision numbers as people type them."""

from __future__ import annotations

import datetime as dt
import re

from communes import names
from communes.date_texts import DAY_MONTH_YEAR, IN_WORDS, YEAR_MONTH_DAY, parse_date

YEAR = re.compile(r"(?:sinh )?(?:năm )?(\d{4})(?:\.0+)?")
MONTH_YEAR = re.compile(r"\d{1,2}\s*[/.-]\s*(\d{4})")
FIRST_BIRTH_YEAR = 1900
YOUNGEST = 18

# "512-QĐ/TU", "512 - QĐ / TU", "Số: 512/QĐ-TU".
NUMBER = re.compile(r"\d+[a-z]?\s*[-/]\s*q[đd]\b(?:\s*[-/]\s*[\w.]+)?", re.IGNORECASE)
ANY_NUMBER = re.compile(r"\d+[\w./-]*")
DECISION_LEAD_IN = re.compile(r"^((quyết định|qđ)\b\s*)?((số)\b\s*[:.]?\s*)?", re.IGNORECASE)
LONGEST_NUMBER = 60


def parse_birth_year(text: str, start: dt.date) -> int | None:
    """Read "1973", "1973.0", "01/5/1973"; ``None`` when it is no year of an adult on ``start``."""
    plain = names.normalise(text).lower().strip(" .'")
    match = YEAR.fullmatch(plain) or MONTH_YEAR.fullmatch(plain)
    year = int(match[1]) if match else birth_date_year(plain)
    return year if year and FIRST_BIRTH_YEAR <= year <= start.year - YOUNGEST else None


def birth_date_year(plain: str) -> int | None:
    """Give the year of a full date of birth (which may lie before 1945)."""
    match = DAY_MONTH_YEAR.fullmatch(plain) or YEAR_MONTH_DAY.fullmatch(plain)
    if match is None:
        return None
    parts = [int(part) for part in match.groups()]
    year, month, day = parts if parts[0] > 31 else reversed(parts)
    try:
        return dt.date(year, month, day).year
    except ValueError:
        return None


def parse_decision(text: str) -> tuple[str, dt.date | None] | None:
    """Read "512-QĐ/TU", or "Quyết định số 512-QĐ/TU, ngày 25/10/2021": (number, date or None).

    ``None`` when no number can be read, or what follows "ngày" is no date.
    """
    plain = DECISION_LEAD_IN.sub("", names.normalise(text))
    number, dated, date_text = partition_at_day(plain)
    signed_on = parse_date(first_date(date_text)) if dated else None
    number = tidy_number(number.strip(" ,;."))
    if not ANY_NUMBER.match(number) or len(number) > LONGEST_NUMBER:
        return None
    return None if dated and signed_on is None else (number, signed_on)


def partition_at_day(text: str) -> tuple[str, bool, str]:
    """Split at the word "ngày": what stands before, whether it is there, what follows."""
    parts = re.split(r"\bngày\b", text, maxsplit=1, flags=re.IGNORECASE)
    return (parts[0], True, parts[1]) if len(parts) == 2 else (text, False, "")


def tidy_number(number: str) -> str:
    """Give "512 - QĐ / TU" as "512-QĐ/TU"."""
    return re.sub(r"\s*([-/])\s*", r"\1", number)


def first_date(text: str) -> str:
    """Give the first thing in ``text`` that looks like a date, or the text itself."""
    plain = names.normalise(text).lower()
    match = YEAR_MONTH_DAY.search(plain) or DAY_MONTH_YEAR.search(plain) or IN_WORDS.search(plain)
    return match[0] if match else plain


def find_decision(title: str) -> tuple[str, dt.date | None] | None:
    """Find the decision a title block names: "(Kèm theo Quyết định số 512-QĐ/TU, ngày …)".

    The one after "kèm theo" if any, else the first. The date is the one right after the
    number; without it the number stands alone.
    """
    plain = names.normalise(title)
    plain = plain[max(plain.lower().find("kèm theo"), 0) :]
    match = NUMBER.search(plain)
    if match is None:
        return None
    following = re.match(r"[\s,(]*ngày\s+(.{6,40})", plain[match.end() :], re.IGNORECASE)
    signed_on = parse_date(first_date(following[1])) if following else None
    return tidy_number(match[0]), signed_on
