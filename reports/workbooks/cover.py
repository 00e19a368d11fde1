"""The first sheet: what the workbook is, its figures with their meaning, and where what stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst

from assignments.spreadsheets import Formula, Kind, Sheet, styles
from assignments.spreadsheets.formulas import count_where
from assignments.spreadsheets.letterhead import put_letterhead, put_title
from assignments.spreadsheets.styles import Style
from communes.dates import short_date
from reports.duties.words import DUTY_WORDS
from reports.workbooks.communes import BY_AREA, BY_DISTRICT

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Page
    from reports.workbooks.charts import ChartPage

# How the members of a figure are counted on their sheet.
Counting = Callable[[Sheet], str]
MORE_THAN_ONE, OVER = '">1"', '">0"'
WIDTHS = (6, 38, 11, 78, 24)


def all_rows(sheet: Sheet) -> str:
    return f"COUNT({sheet.numbers})"


def sum_of(label: str) -> Counting:
    return lambda sheet: f"SUM({sheet.area(label)})"


def sum_at(number: int) -> Counting:
    """Add up the column that comes so many after the days of the duty lines."""
    days = 7
    return lambda sheet: f"SUM({sheet.area(sheet.columns[days + number].label)})"


def count_of(label: str, criterion: str) -> Counting:
    return lambda sheet: count_where((sheet.area(label), criterion))


# The figures of the cover: the sheet on which each one's members are, and how to count them.
ON_COVER: dict[str, tuple[str, Counting]] = {
    "officers_assigned": ("Cán bộ", all_rows),
    "officers_active": ("Theo cán bộ", all_rows),
    "officers_left": ("Đã thôi", all_rows),
    "officers_multiple": ("Cán bộ", count_of("Số Đảng bộ phụ trách", MORE_THAN_ONE)),
    "communes": ("Theo Đảng bộ", all_rows),
    "communes_covered": (BY_DISTRICT, sum_of("Đã có người phụ trách")),
    "communes_uncovered": ("Chưa có người", all_rows),
    "communes_ending": ("Sắp trống", all_rows),
    "assignments_active": ("Phân công", all_rows),
    **{
        f"duties_{word.key}": ("Nhiệm vụ", sum_at(number)) for number, word in enumerate(DUTY_WORDS)
    },
    "petitions_open": ("Kiến nghị", all_rows),
    "petitions_overdue": ("Kiến nghị", count_of("Quá hạn (ngày)", OVER)),
    "petitions_untold": ("Cần trả lời xã", all_rows),
}
SHEET_OF = {key: sheet for key, (sheet, _) in ON_COVER.items()}
INSTEAD = {BY_DISTRICT: BY_AREA}  # the sheet that stands for one where there are no districts


class Told(Protocol):
    """What the cover asks of a figure, registered or frozen."""

    label: str
    sentence: str


@dataclass(frozen=True)
class Cover:
    """The cover of a workbook with ``sheets`` and its ``charts``.

    ``figures`` and ``values`` are by key; ``about`` says what the workbook is for, ``remark``
    when its numbers were frozen.
    """

    day: dt.date
    about: str
    figures: Mapping[str, Told]
    values: Mapping[str, int]
    sheets: Sequence[Sheet | ChartPage]
    remark: str = ""
    name: str = "Bìa"

    def write(self, page: Page) -> None:
        page.set_up_print()
        page.set_widths(WIDTHS)
        put_letterhead(page)
        put_title(page, "Tổng hợp", self.about, self.day)
        if self.remark:
            page.put_across(self.remark, styles.SUBTITLE)
            page.next_row()
        page.next_row()
        self.write_figures(page)
        page.next_row()
        self.write_contents(page)
        page.next_row()
        page.put_across(made(page.author, page.now), styles.NOTE)

    def write_figures(self, page: Page) -> None:
        """Write each figure with its value, its meaning, and the sheet with its members."""
        put_cells(page, ("TT", "Chỉ tiêu", "Số lượng", "Định nghĩa", "Xem trang"), styles.HEAD)
        shown = (key for key in ON_COVER if key in self.figures and self.sheet_of(key))
        for number, key in enumerate(shown, start=1):
            page.put(0, number, Kind.YEAR)
            page.put(1, capfirst(self.figures[key].label))
            page.put(2, self.calculated(key), Kind.NUMBER, styles.STRONG)
            page.put(3, self.figures[key].sentence)
            page.put_link(4, self.sheet_of(key).name, self.sheet_of(key).name)
            page.next_row()

    @cached_property
    def lists(self) -> dict[str, Sheet]:
        """Give by name what figures are calculated from."""
        return {sheet.name: sheet for sheet in self.sheets if isinstance(sheet, Sheet)}

    def calculated(self, key: str) -> Formula:
        """Give a figure as a formula over the sheet with its members."""
        _, count = ON_COVER[key]
        return Formula(count(self.sheet_of(key)), self.values[key])

    def sheet_of(self, key: str) -> Sheet | None:
        """Give the list with a figure's members, if it is in the workbook."""
        name = SHEET_OF[key]
        return self.lists.get(name) or self.lists.get(INSTEAD.get(name, name))

    def write_contents(self, page: Page) -> None:
        """Write what each sheet holds, with a link to it."""
        put_contents_row(page, "TT", "Nội dung các trang", styles.HEAD)
        page.put(4, "Mở trang", style=styles.HEAD)
        page.next_row()
        for number, sheet in enumerate(self.sheets, start=1):
            put_contents_row(page, number, contents(sheet), styles.CELL)
            page.put_link(4, sheet.name, sheet.name)
            page.next_row()


def regulation() -> str:
    """Say what the numbers are about."""
    return f"theo dõi, phụ trách Đảng bộ cấp xã theo {settings.REGULATION_NAME}"


def put_cells(page: Page, texts: Sequence[str], style: Style) -> None:
    """Write one row of text."""
    for column, text in enumerate(texts):
        page.put(column, text, style=style)
    page.next_row()


def put_contents_row(page: Page, number: object, text: str, style: Style) -> None:
    """Write a line of the contents, its text across the columns of label and sentence."""
    page.put(0, number, Kind.YEAR, style)
    page.put_across(text, style, 1, 3)


def contents(sheet: Sheet | ChartPage) -> str:
    """Say what a sheet holds."""
    return capfirst(f"{sheet.title} {sheet.subtitle}".strip())


def made(author: str, now: dt.datetime) -> str:
    """Say who made the workbook, and when."""
    moment = timezone.localtime(now)
    return f"Người lập: {author}, lúc {moment:%H:%M} ngày {short_date(moment.date())}."
