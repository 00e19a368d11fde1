"""The first sheet: what the workbook is, its figures with their meaning, and where what stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst

from assignments.spreadsheets import Kind, Sheet, styles
from assignments.spreadsheets.letterhead import put_letterhead, put_title
from assignments.spreadsheets.styles import Style
from communes.dates import short_date
from reports.figures import FIGURES
from reports.workbooks.facts import Facts

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Page

# The figures of the cover, and the sheet on which each one's members are.
SHEET_OF = {
    "officers_assigned": "Cán bộ",
    "officers_active": "Theo cán bộ",
    "officers_left": "Đã thôi",
    "communes": "Theo Đảng bộ",
    "communes_covered": "Theo huyện",
    "communes_uncovered": "Chưa có người",
    "communes_ending": "Sắp trống",
    "assignments_active": "Phân công",
    "petitions_open": "Kiến nghị",
    "petitions_untold": "Cần trả lời xã",
}
WIDTHS = (6, 40, 11, 58, 16)


@dataclass(frozen=True)
class Cover:
    """The cover of a workbook with ``sheets``."""

    facts: Facts
    sheets: Sequence[Sheet]
    name: str = "Bìa"

    def write(self, page: Page) -> None:
        page.set_up_print()
        page.set_widths(WIDTHS)
        put_letterhead(page)
        subtitle = f"theo dõi, phụ trách Đảng bộ cấp xã theo {settings.REGULATION_NAME}"
        put_title(page, "Tổng hợp", subtitle, self.facts.day)
        page.next_row()
        self.write_figures(page)
        page.next_row()
        self.write_contents(page)
        page.next_row()
        page.put_across(made(page.author, page.now), styles.NOTE)

    def write_figures(self, page: Page) -> None:
        """Write each figure with its value, its meaning, and the sheet with its members."""
        put_cells(page, ("TT", "Chỉ tiêu", "Số lượng", "Định nghĩa", "Xem trang"), styles.HEAD)
        for number, (key, sheet) in enumerate(SHEET_OF.items(), start=1):
            page.put(0, number, Kind.YEAR)
            page.put(1, capfirst(FIGURES[key].label))
            page.put(2, self.facts.values[key], Kind.NUMBER, styles.STRONG)
            page.put(3, FIGURES[key].sentence)
            page.put_link(4, sheet, sheet)
            page.next_row()

    def write_contents(self, page: Page) -> None:
        """Write what each sheet holds, with a link to it."""
        put_contents_row(page, "TT", "Nội dung các trang", styles.HEAD)
        page.put(4, "Mở trang", style=styles.HEAD)
        page.next_row()
        for number, sheet in enumerate(self.sheets, start=1):
            put_contents_row(page, number, contents(sheet), styles.CELL)
            page.put_link(4, sheet.name, sheet.name)
            page.next_row()


def put_cells(page: Page, texts: Sequence[str], style: Style) -> None:
    """Write one row of text."""
    for column, text in enumerate(texts):
        page.put(column, text, style=style)
    page.next_row()


def put_contents_row(page: Page, number: object, text: str, style: Style) -> None:
    """Write a line of the contents, its text across the columns of label and sentence."""
    page.put(0, number, Kind.YEAR, style)
    page.put_across(text, style, 1, 3)


def contents(sheet: Sheet) -> str:
    """Say what a sheet holds."""
    return capfirst(f"{sheet.title} {sheet.subtitle}".strip())


def made(author: str, now: dt.datetime) -> str:
    """Say who made the workbook, and when."""
    moment = timezone.localtime(now)
    return f"Người lập: {author}, lúc {moment:%H:%M} ngày {short_date(moment.date())}."
