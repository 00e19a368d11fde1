"""What stands above and below the table of an official list (DOMAIN §2.3–2.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from assignments.spreadsheets import styles
from assignments.spreadsheets.styles import Style
from communes.dates import date_in_words, short_date

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Page

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
MAKER = "NGƯỜI LẬP"
LEFT_SHARE = 0.45  # of the page's width
ROWS_TO_SIGN = 4


def left_half(widths: Sequence[float]) -> int:
    """Give the last column of the left cell; at least one column stays for the right cell."""
    target = LEFT_SHARE * sum(widths)
    ends = range(max(1, len(widths) - 1))
    return min(ends, key=lambda end: abs(sum(widths[: end + 1]) - target))


def put_halves(page: Page, left: str, left_style: Style, right: str, right_style: Style) -> None:
    """Write the two cells of one line of the letterhead or of the signatures; one may be empty."""
    middle = left_half(page.widths)
    if left:
        page.put_across(left, left_style, 0, middle)
    if right:
        page.put_across(right, right_style, middle + 1, page.last)
    page.next_row()


def put_letterhead(page: Page) -> None:
    """Write the issuing body and the Party's name, place and date."""
    place_and_date = f"{settings.PLACE_NAME}, {date_in_words(timezone.localdate(page.now))}"
    body = settings.COMMITTEE_NAME.upper()
    put_halves(page, body, styles.BODY_NAME, PARTY, styles.PARTY_NAME)
    put_halves(page, "*", styles.BODY_NAME, place_and_date, styles.PLACE_AND_DATE)
    page.next_row()


def put_title(page: Page, title: str, subtitle: str, day: dt.date) -> None:
    """Write the title in capitals, what it is about, and the day it speaks of."""
    page.put_across(title.upper(), styles.TITLE)
    page.next_row()
    if subtitle:
        page.put_across(subtitle, styles.SUBTITLE)
        page.next_row()
    page.put_across(f"(Tính đến ngày {short_date(day)})", styles.REMARK)
    page.next_row()


def put_signatures(page: Page, on_behalf: str) -> None:
    """Write who made the list and, when it is signed for a body, that body's place to sign."""
    lines = (MAKER, on_behalf) if on_behalf else ("", MAKER)
    names = (page.author, "") if on_behalf else ("", page.author)
    page.next_row()
    put_halves(page, lines[0], styles.BODY_NAME, lines[1], styles.BODY_NAME)
    page.next_row(ROWS_TO_SIGN)
    put_halves(page, names[0], styles.BODY_NAME, names[1], styles.BODY_NAME)
