"""Dates as Party documents write them: 09 tháng 5 năm 2023 (DOMAIN §2.3, L8).

A leading zero stands before days 1–9 and before months 1 and 2 only.
"""

from __future__ import annotations

import datetime as dt


def day_and_month(day: dt.date) -> tuple[str, str]:
    """Give day and month with the zeros a Party document has."""
    return f"{day.day:02}", f"{day.month:02}" if day.month < 3 else str(day.month)


def date_in_words(day: dt.date) -> str:
    """Give "ngày 09 tháng 5 năm 2023", as it follows the name of the place."""
    number, month = day_and_month(day)
    return f"ngày {number} tháng {month} năm {day.year}"


def short_date(day: dt.date) -> str:
    """Give "09/5/2023", as it stands in a sentence."""
    number, month = day_and_month(day)
    return f"{number}/{month}/{day.year}"
