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


def put_title(page: Page, title: str, subtitle: str, day: dt.date, remark: str = "") -> None:
    """Write the title in capitals, what it is about, the day it speaks of and a remark on that."""
    page.put_across(title.upper(), styles.TITLE)
    page.next_row()
    if subtitle:
        page.put_across(subtitle, styles.SUBTITLE)
        page.next_row()
    until = f"Tính đến ngày {short_date(day)}"
    page.put_across(f"({until}. {remark})" if remark else f"({until})", styles.REMARK)
    page.next_row()


def put_signatures(page: Page, on_behalf: str, office: str = "", signer: str = "") -> None:
    """Write who made the list and, when it is signed for a body, that body's place to sign.

    ``office`` and ``signer`` are whoever signs ``on_behalf`` of the body.
    """
    page.next_row()
    if not on_behalf:
        put_halves(page, "", styles.BODY_NAME, MAKER, styles.BODY_NAME)
        page.next_row(ROWS_TO_SIGN)
        put_halves(page, "", styles.BODY_NAME, page.author, styles.BODY_NAME)
        return
    put_halves(page, MAKER, styles.BODY_NAME, on_behalf, styles.BODY_NAME)
    if office:
        put_halves(page, "", styles.OFFICE_NAME, office, styles.OFFICE_NAME)
    page.next_row(ROWS_TO_SIGN)
    put_halves(page, page.author, styles.BODY_NAME, signer, styles.BODY_NAME)
