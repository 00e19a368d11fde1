"""Which fields and lists a template may use, with their texts in one freeze or today.

Fields are those of the review's texts (:mod:`reports.reviews.fields`). Lists are the workbook's
own, named after their sheets; their columns after the headings: ``kien_nghi``, ``han_tra_loi``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from assignments.spreadsheets import Heading, Sheet
from communes.names import without_accents
from reports.figures import FIGURES, values
from reports.models import FrozenFigures
from reports.reviews.cells import cell_text
from reports.reviews.fields import RATES, field_values, rate, totals_of, whole_number
from reports.viewpoint import Viewpoint
from reports.workbooks import restored, review_sheets

NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
NUMBER = "tt"  # the row's number, which is no column of the sheet
# What the fields beside figures and rates say.
OTHER_FIELDS = {
    "ngay_so_lieu": "Ngày tính số liệu, viết ngắn",
    "ngay_so_lieu_bang_chu": "Ngày tính số liệu, viết đủ chữ",
    "ngay_hop": "Ngày họp",
    "ngay_bao_cao": "Ngày ghi trên báo cáo",
    "ten_ky_so_ket": "Tên hội nghị, kỳ sơ kết",
    "ky_so_lieu": "Các quý của số liệu",
    "co_quan": "Cơ quan ban hành",
    "dia_danh": "Địa danh",
    "ban_thuong_vu": "Ban Thường vụ, trong câu",
    "ten_quy_che": "Tên quy chế",
    "quy_che": "Quy chế với số, ngày, cơ quan ban hành",
    "so_van_ban": "Số, ký hiệu văn bản",
    "noi_nhan": "Nơi nhận, mỗi dòng một nơi",
    "nguoi_ky": "Người ký",
    "lan_chot": "Lần chốt số liệu",
    "dong_so_lieu_chot": "Dòng “Số liệu chốt lúc …”",
}


@dataclass(frozen=True)
class OfferedList:
    """One list: its name in templates, its title, its headings by column, its rows."""

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Offered:
    """The fields with their texts and the lists."""

    fields: Mapping[str, str]
    lists: Mapping[str, OfferedList]

    def has(self, name: str) -> bool:
        """Say whether a field has a value to print."""
        return bool(self.fields.get(name))


def name_of(words: str) -> str:
    """Give the name that ``words`` have in templates: "Hạn trả lời" is han_tra_loi."""
    return NOT_IN_A_NAME.sub("_", without_accents(words)).strip("_")


def offered_of(frozen: FrozenFigures) -> Offered:
    """Give what a freeze offers: everything as it was at that moment."""
    return Offered(field_values(frozen), lists_of(restored(frozen.sheets)))


def offered_today(view: Viewpoint) -> Offered:
    """Give the same without a freeze, to be read beside the names: figures and lists of the day."""
    numbers = values(view)
    figures = {figure.field: whole_number(numbers[key]) for key, figure in FIGURES.items()}
    rates = {name: rate(totals_of(numbers, kind)) for name, kind in RATES.items()}
    fields = {**figures, **rates, **dict.fromkeys(OTHER_FIELDS, "")}
    return Offered(fields, lists_of(review_sheets(view)))


def words_of_fields() -> dict[str, str]:
    """Give what each field stands for, by its name."""
    rates = {
        name: f"Tỷ lệ thực hiện – {kind.label if kind else 'mọi nhiệm vụ'}"
        for name, kind in RATES.items()
    }
    return {
        **{figure.field: capfirst(figure.label) for figure in FIGURES.values()},
        **rates,
        **OTHER_FIELDS,
    }


def lists_of(sheets: Iterable[Sheet]) -> dict[str, OfferedList]:
    """Give the lists by name."""
    lists = (offered_list(sheet) for sheet in sheets)
    return {one.name: one for one in lists}


def offered_list(sheet: Sheet) -> OfferedList:
    """Give one list. Headings between its rows are left out: each row tells its own place."""
    columns = {name_of(column.label): column.label for column in sheet.columns}
    rows = (row for row in sheet.rows if not isinstance(row, Heading))
    return OfferedList(
        name=name_of(sheet.name),
        title=sheet.title,
        columns={NUMBER: "Số thứ tự", **columns},
        rows=[
            {NUMBER: str(number), **dict(zip(columns, texts_of(row, sheet), strict=True))}
            for number, row in enumerate(rows, start=1)
        ],
    )


def texts_of(row: Sequence[object], sheet: Sheet) -> list[str]:
    """Give a row's values as a document writes them."""
    return [cell_text(value, column.kind) for value, column in zip(row, sheet.columns, strict=True)]
