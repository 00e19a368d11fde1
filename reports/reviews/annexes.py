"""Annexes of the report: the frozen lists, each on pages of its own (DOMAIN §2.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from assignments.spreadsheets import Formula, Heading, Kind, Sheet
from communes.dates import short_date
from reports.documents import Paper, TableColumn, committee, profile_of, standing_committee
from reports.documents.paper import CENTER, JUSTIFY, code
from reports.enums import DocumentKind
from reports.freezing import frozen_line
from reports.models import FrozenFigures, Review
from reports.periodic.expected import WAIVED
from reports.reviews.cells import cell_text
from reports.workbooks import restored

NUMBER_WIDTH = 11.0  # millimetres of the column TT
WIDE = 110  # characters: a list with more lies across
CENTRED = (Kind.DATE, Kind.NUMBER, Kind.SHARE, Kind.YEAR, Kind.CODE)
# What a number, a date needs of a page's width, in millimetres.
NEEDED = {Kind.NUMBER: 16.0, Kind.SHARE: 17.0, Kind.YEAR: 14.0, Kind.DATE: 24.0, Kind.CODE: 20.0}
NO_ROWS = "Không có."
Row = Sequence[object]


@dataclass(frozen=True)
class Annex:
    """One annex: its number and title, and which frozen list it shows.

    ``keeps`` says which rows (label → value), ``drops`` which columns are left out; ``note``
    stands under the table.
    """

    number: int
    key: str
    title: str
    sheet: str
    keeps: Callable[[dict[str, object], dt.date], bool] = lambda row, day: True
    drops: tuple[str, ...] = ()
    note: str = ""
    has_total: bool = False

    @property
    def name(self) -> str:
        return f"Phụ lục {self.number}"


def is_missing_or_late(row: dict[str, object], day: dt.date) -> bool:
    """Say whether a report was handed in late, or was due before ``day`` and is not there."""
    if row["Nộp muộn (ngày)"]:
        return True
    is_there = row["Nộp lần đầu"] is not None or WAIVED.word in str(row["Tình trạng"])
    return not is_there and row["Hạn nộp"] is not None and row["Hạn nộp"] < day


def is_overdue(row: dict[str, object], day: dt.date) -> bool:
    return bool(row["Quá hạn (ngày)"])


BY_FIELD = Annex(
    4,
    "linh-vuc",
    "Kiến nghị của địa phương theo lĩnh vực và tình trạng",
    "Kiến nghị theo lĩnh vực",
    drops=("Mã LV",),
    note="Số Đảng bộ: một Đảng bộ có thể có kiến nghị ở nhiều lĩnh vực nên cột này không cộng.",
    has_total=True,
)
ANNEXES = (
    Annex(1, "chua-co-nguoi", "Danh sách Đảng bộ chưa có cán bộ phụ trách", "Chưa có người"),
    Annex(
        2,
        "nhiem-vu",
        "Kết quả thực hiện nhiệm vụ theo cán bộ",
        "Thực hiện",
        drops=("Mã CB",),
        note="Số phải làm tính theo số Đảng bộ và số ngày giữ địa bàn trong kỳ; số đã làm không "
        "tính quá số phải làm.",
    ),
    Annex(
        3,
        "bao-cao",
        "Danh sách báo cáo định kỳ chưa nộp, nộp muộn",
        "Báo cáo",
        keeps=is_missing_or_late,
    ),
    BY_FIELD,
    Annex(
        5,
        "qua-han",
        "Danh sách kiến nghị quá hạn trả lời",
        "Kiến nghị",
        keeps=is_overdue,
        drops=("Cán bộ phản ánh", "Tình trạng", "Mã LV", "Chuyển ngày", "Số ngày"),
        note="Nội dung có dữ liệu cá nhân được che.",
    ),
    Annex(6, "ket-luan", "Danh sách nhiệm vụ theo kết luận hội nghị", "Nhiệm vụ kết luận"),
)


def report_day(review: Review, now: dt.datetime) -> dt.date:
    """Give the day the report bears: the review's, else the day it is made."""
    return review.report_day or timezone.localdate(now)


def sheets_of(frozen: FrozenFigures) -> dict[str, Sheet]:
    """Give the frozen lists by name."""
    return {sheet.name: sheet for sheet in restored(frozen.sheets)}


def put_annex(paper: Paper, annex: Annex, frozen: FrozenFigures, sheets: dict[str, Sheet]) -> None:
    """Add ``annex`` to a paper whose section was begun for it."""
    put_title(paper, annex, frozen)
    sheet = shown_sheet(annex, sheets)
    rows = list(rows_of(sheet, annex)) if sheet else []
    if not rows:
        paper.put(NO_ROWS, align=CENTER)
        return
    paper.put_table(columns_of(sheet, paper.text_width), [*rows, *totals_of(sheet, annex)])
    if annex.note:
        paper.put(annex.note, align=JUSTIFY, size=paper.profile.table_size, italic=True)


def shown_sheet(annex: Annex, sheets: dict[str, Sheet]) -> Sheet | None:
    """Give the frozen list of an annex without the columns it leaves out."""
    sheet = sheets.get(annex.sheet)
    if sheet is None:
        return None
    kept = [place for place, column in enumerate(sheet.columns) if column.label not in annex.drops]
    rows = (
        row if isinstance(row, Heading) else [row[place] for place in kept] for row in sheet.rows
    )
    return replace(sheet, columns=[sheet.columns[place] for place in kept], rows=list(rows))


def totals_of(sheet: Sheet, annex: Annex) -> list[tuple[str, Row]]:
    """Give the row of sums under the table of an annex that has one."""
    if not annex.has_total:
        return []
    rows = [row for row in sheet.rows if not isinstance(row, Heading)]
    sums = [
        sum(number_of(row[place]) for row in rows) if column.total else None
        for place, column in enumerate(sheet.columns)
    ]
    return [("", ["Tổng cộng", *sums[1:]])]


def number_of(value: object) -> int:
    """Give a cell's number, a formula's as its result."""
    number = value.result if isinstance(value, Formula) else value
    return number if isinstance(number, int) else 0


def put_title(paper: Paper, annex: Annex, frozen: FrozenFigures) -> None:
    """Add what stands above an annex's list: its number, its title, what it belongs to."""
    profile = paper.profile
    paper.put(annex.name, align=CENTER, size=profile.subject_size, bold=True)
    paper.put(
        profile.spelled(annex.title).upper(), align=CENTER, size=profile.subject_size, bold=True
    )
    paper.put_centred(attached_to(frozen.review, paper.day), italic=True)
    paper.put_centred(f"({frozen_line(frozen)})", italic=True, size=profile.table_size)


def attached_to(review: Review, day: dt.date) -> str:
    """Give "(kèm theo Báo cáo số …-BC/TU, ngày … của Ban Thường vụ Tỉnh ủy)"."""
    number = review.document.number if review.document else None
    written = code(committee(), DocumentKind.REPORT.value, number)
    return f"(kèm theo Báo cáo số {written}, ngày {short_date(day)} của {standing_committee()})"


def rows_of(sheet: Sheet, annex: Annex) -> Iterator[tuple[int, Row] | Heading]:
    """Give the rows an annex keeps, numbered; a heading only above rows that are kept."""
    labels = [column.label for column in sheet.columns]
    heading, number = None, 0
    for row in sheet.rows:
        if isinstance(row, Heading):
            heading = row
        elif annex.keeps(dict(zip(labels, row, strict=True)), sheet.day):
            if heading:
                yield heading
            heading, number = None, number + 1
            yield number, row


def is_wide(annex: Annex, sheets: dict[str, Sheet]) -> bool:
    """Say whether the list of an annex needs pages that lie across."""
    sheet = shown_sheet(annex, sheets)
    return sheet is not None and sum(column.width for column in sheet.columns) > WIDE


def columns_of(sheet: Sheet, width: int) -> list[TableColumn]:
    """Give the columns as wide as the page allows."""
    widths = widths_of(sheet, width - NUMBER_WIDTH)
    return [
        TableColumn("TT", NUMBER_WIDTH, lambda row: row[0], is_centred=True),
        *(
            TableColumn(
                column.label,
                widths[place],
                lambda row, place=place, kind=column.kind: cell_text(row[1][place], kind),
                is_centred=column.kind in CENTRED,
            )
            for place, column in enumerate(sheet.columns)
        ),
    ]


def widths_of(sheet: Sheet, width: float) -> list[float]:
    """Give the columns' widths: numbers and dates as wide as they need, texts share the rest."""
    fixed = {
        place: NEEDED[column.kind]
        for place, column in enumerate(sheet.columns)
        if column.kind in NEEDED
    }
    texts = [column.width for place, column in enumerate(sheet.columns) if place not in fixed]
    share = (width - sum(fixed.values())) / sum(texts) if texts else 0
    return [
        fixed.get(place, round(column.width * share, 1))
        for place, column in enumerate(sheet.columns)
    ]


def annex_paper(annex: Annex, frozen: FrozenFigures, *, now: dt.datetime) -> Paper:
    """Give one annex as a file of its own."""
    day, sheets = report_day(frozen.review, now), sheets_of(frozen)
    title = f"{annex.name}. {annex.title}"
    paper = Paper(profile_of(day), title=title, day=day, now=now)
    paper.turn(is_landscape=is_wide(annex, sheets))
    put_annex(paper, annex, frozen, sheets)
    return paper
