"""Lists kept with frozen figures come back as they were."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from accounts.enums import Role
from assignments.spreadsheets import Field, Footer, Formula, Heading, Kind, Sheet
from assignments.spreadsheets.styles import A3
from reports.duties.states import DONE
from reports.viewpoint import Viewpoint
from reports.workbooks import restored, review_sheets, stored
from tests.factories import make_user
from tests.reports.world import DAY, add_duties, make_world
from tests.workbooks import NOW, written

VALUES = [
    "Xã Tân Thạnh 1",
    '=HYPERLINK("x")',
    "date",
    "",
    None,
    True,
    0,
    -3,
    10**15 + 1,
    0.1,
    1 / 3,
    Decimal("12.50"),
    dt.date(2023, 5, 9),
    dt.date(1890, 5, 9),
    NOW,
    dt.datetime(2023, 5, 9, 8, 30),  # noqa: DTZ001
    Formula("SUM('Nhiệm vụ'!$F$8:$F$30)", 2.5),
    Formula('IF(C9=0,"",D9/C9)', ""),
]


def kept(sheets: list[Sheet]) -> list[Sheet]:
    """Give the lists as a database gives them back."""
    return restored(json.loads(json.dumps(stored(sheets))))


def sheet_of(*rows) -> Sheet:
    return Sheet(
        name="Thử",
        title="Danh sách thử",
        subtitle="để thử",
        day=DAY,
        columns=[Field("Giá trị", Kind.NUMBER, 11, total=True), Field("Khác", width=20.5)],
        rows=list(rows),
        conditions=[("Huyện", "Kế Sách")],
        notes=["Ghi chú"],
        footers=(Footer("Trung vị", "MEDIAN"),),
        on_behalf="T/M BAN THƯỜNG VỤ",
        grouped=True,
        paper=A3,
        tints={"✓": "#DCEFE5"},
    )


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_exactly(value):
    (sheet,) = kept([sheet_of([value, "x"])])
    assert sheet.rows == [[value, "x"]]
    assert type(sheet.rows[0][0]) is type(value)


def test_a_list_comes_back_whole():
    sheet = sheet_of(Heading("HUYỆN KẾ SÁCH"), [1, "a"], [2, "b"])
    assert kept([sheet]) == [sheet]


def test_a_state_is_kept_as_its_word():
    assert kept([sheet_of([1, DONE])])[0].rows == [[1, "Đủ"]]


@pytest.mark.django_db
def test_the_lists_of_a_day_write_the_same_file_again():
    add_duties(make_world())
    sheets = review_sheets(Viewpoint(make_user(Role.LEADER), DAY, "2023-q4..2024-q2"))
    assert written(*kept(sheets)) == written(*sheets)
    assert stored(kept(sheets)) == stored(sheets)
