"""The refused rows come back as a table that stands on its own."""

import datetime as dt

import pytest

from assignments.roster.planner import plan_roster
from assignments.roster.refused import ERROR_HEADER, refused_table
from assignments.roster.services import apply_roster, read_roster
from tests.assignments.roster.messy import messy_workbook
from tests.assignments.roster.workbooks import HEADER, make_workbook, one_row

START = dt.date(2021, 11, 1)


def table_of(rows, header=HEADER, change=None):
    roster = read_roster(make_workbook(rows, header, change))
    return refused_table(roster, plan_roster(roster, default_date=START), START)


def test_nothing_refused_gives_no_rows(gazetteer):
    headers, rows = table_of([one_row()])
    assert headers[-1] == ERROR_HEADER
    assert rows == []


def test_original_cells_and_header_with_the_reason_at_the_end(gazetteer):
    headers, rows = table_of([one_row(), one_row("Đ/c Trần Bé", commune="Xã Không Có")])
    assert headers == [*HEADER, "Từ ngày", ERROR_HEADER]
    assert rows == [
        ["1", "Đ/c Trần Bé", "1970", "Giám đốc Sở Nội vụ", "Xã Không Có", "Huyện Châu Thành",
         "01/11/2021", "Không có Xã Không Có trong Huyện Châu Thành."]
    ]  # fmt: skip


def test_only_the_refused_communes_of_a_cell_come_back(gazetteer):
    _, rows = table_of([one_row(commune="Xã An Ninh; Xã Không Có; Phú Tân; X. Sai")])
    assert rows[0][4] == "Xã Không Có\nXã Sai"


def test_their_districts_come_back_with_them(gazetteer):
    _, rows = table_of([one_row(commune="Phường 1\nXã Sai", district="TP. Sóc Trăng\nH. Kế Sách")])
    assert rows[0][4:6] == ["Xã Sai", "H. Kế Sách"]


def test_what_stood_around_the_row_is_written_into_it(gazetteer):
    title = [["(Kèm theo Quyết định số 512-QĐ/TU, ngày 25/10/2021)"]]
    rows = [["I. UVBTV"], ["1. Thị xã Ngã Năm"], ["An", "Phường 99"], [None, "Phường 98"]]
    headers, table = table_of(
        [*title, ["Họ tên", "Đảng bộ phụ trách"], *rows],
        header=None,
        change=lambda sheet: sheet.merge_cells("A5:A6"),
    )
    assert headers == [
        "Họ tên", "Đảng bộ phụ trách", "Huyện, thị xã, thành phố", "Nhóm cán bộ", "Từ ngày",
        "Số quyết định", ERROR_HEADER,
    ]  # fmt: skip
    assert [row[:6] for row in table] == [
        ["An", f"Phường {number}", "Thị xã Ngã Năm", "Ủy viên Ban Thường vụ", "01/11/2021",
         "512-QĐ/TU, ngày 25/10/2021"]
        for number in (99, 98)
    ]  # fmt: skip


def test_the_error_column_is_not_doubled(gazetteer):
    headers, rows = table_of([["An", "Xã Sai", "lỗi cũ"]], ("Họ tên", "Đảng bộ", ERROR_HEADER))
    assert headers.count(ERROR_HEADER) == 1
    assert "lỗi cũ" not in rows[0]


@pytest.mark.parametrize("keep_errors", [True, False])
def test_the_table_uploaded_again_is_refused_for_the_same_reasons(gazetteer, keep_errors):
    roster = read_roster(messy_workbook())
    plan = apply_roster(roster, name="messy.xlsx", default_date=START, by=None)
    headers, rows = refused_table(roster, plan, START)
    width = len(headers) if keep_errors else len(headers) - 1
    again = read_roster(make_workbook([row[:width] for row in rows], headers[:width]))
    second = plan_roster(again, default_date=dt.date(2026, 1, 1))
    assert second.counts["new"] == second.counts["changed"] == 0
    # The pair that stood twice in the list is on record now.
    assert second.counts["unchanged"] == 1
    assert second.counts["refused"] == plan.counts["refused"] - 1
