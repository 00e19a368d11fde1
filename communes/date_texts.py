"""Dates as people type them into lists, day before month always."""

from __future__ import annotations

import datetime as dt
import re

from communes import names

FIRST_DAY, LAST_DAY = dt.date(1945, 1, 1), dt.date(2100, 12, 31)
# Day 0 of Excel's serial dates (its 1900 is a leap year, so serials after February 1900 fit).
EXCEL_EPOCH = dt.date(1899, 12, 30)

DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})")
YEAR_MONTH_DAY = re.compile(r"(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})")
IN_WORDS = re.compile(r"(\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
LEAD_IN = re.compile(r"^(kể )?(từ )?(ngày )?(?=\d)")
TIME_OF_DAY = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


def parse_date(text: str) -> dt.date | None:
    """Read a date as Vietnamese offices write it; ``None`` when it is none.

    "01/11/2021", "1/11/21", "1-11-2021", "1.11.2021", "2021-11-01", "44501" (an Excel serial),
    "từ ngày 01 tháng 11 năm 2021". Two-digit years are of this century.
    """
    plain = TIME_OF_DAY.sub("", names.normalise(text).lower()).rstrip(" .")
    plain = LEAD_IN.sub("", plain)
    if match := DAY_MONTH_YEAR.fullmatch(plain) or IN_WORDS.fullmatch(plain):
        day, month, year = (int(part) for part in match.groups())
    elif match := YEAR_MONTH_DAY.fullmatch(plain):
        year, month, day = (int(part) for part in match.groups())
    elif match := SERIAL.fullmatch(plain):
        return within_reach(EXCEL_EPOCH + dt.timedelta(days=int(match[1])))
    else:
        return None
    try:
        return within_reach(dt.date(year + 2000 if year < 100 else year, month, day))
    except ValueError:
        return None


def within_reach(day: dt.date) -> dt.date | None:
    return day if FIRST_DAY <= day <= LAST_DAY else None
