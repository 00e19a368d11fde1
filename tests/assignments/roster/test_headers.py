"""The header row is found whatever stands above it, in whatever order and wording."""

import pytest

from assignments.roster.container import WorkbookRefused
from assignments.roster.headers import Column, find_header, meaning_of
from assignments.roster.outline import MergedRange
from assignments.roster.refused import ERROR_HEADER
from assignments.roster.workbook import Cell, Grid

SPELLINGS = {
    Column.NUMBER: ["STT", "TT", "Số TT", "Số thứ tự", "SỐ\nTT"],
    Column.NAME: [
        "Họ và tên", "HỌ VÀ TÊN", "Họ tên", "Họ, tên cán bộ", "Tên cán bộ", "Cán bộ phụ trách",
        "Họ và tên cán bộ được phân công", "Cán bộ được phân công theo dõi", "Đồng chí",
        "Người phụ trách", "ho va ten",
    ],
    Column.BIRTH: ["Năm sinh", "NS", "Ngày sinh", "Ngày, tháng, năm sinh", "Năm sinh Nữ"],
    Column.OFFICE: [
        "Chức vụ", "Chức vụ, đơn vị công tác", "Đơn vị công tác", "Chức danh", "Cơ quan công tác",
        "Chức vụ Đảng",
    ],
    Column.COMMUNE: [
        "Đảng bộ được phân công theo dõi, phụ trách", "Đảng bộ phụ trách", "Xã, phường, thị trấn",
        "Đơn vị phụ trách", "Địa bàn", "Địa bàn phụ trách", "Tên xã", "Xã", "Phường, xã",
        "Đảng bộ xã, phường, thị trấn được phân công theo dõi, phụ trách",
        "Được phân công phụ trách",
        "Xã/phường/thị trấn thuộc huyện", "Đảng bộ",
    ],
    Column.DISTRICT: [
        "Huyện", "Huyện, thị xã, thành phố", "Huyện/TX/TP", "Thuộc huyện", "Địa bàn cấp huyện",
        "Thị xã, thành phố, huyện", "Quận, huyện",
    ],
    Column.CODE: ["Mã ĐVHC", "Mã xã", "Mã đơn vị hành chính", "Mã số"],
    Column.STARTED: [
        "Từ ngày", "Ngày bắt đầu", "Thời gian từ", "Phụ trách từ ngày", "Ngày phân công",
        "Thời gian bắt đầu",
    ],
    Column.ENDED: ["Đến ngày", "Ngày kết thúc"],
    Column.DECISION: ["Số quyết định", "QĐ số", "Quyết định", "Số QĐ", "Số, ngày quyết định"],
    Column.DECISION_DATE: ["Ngày quyết định", "Ngày ký", "Quyết định ngày"],
    Column.ROLE: ["Vai trò", "Hình thức phân công"],
    Column.NOTE: ["Ghi chú"],
    Column.PHONE: ["Điện thoại", "Số điện thoại", "SĐT"],
    Column.GROUP: ["Nhóm cán bộ"],
}  # fmt: skip
UNKNOWN = [
    ERROR_HEADER, "", "Chữ ký", "Thay đồng chí", "Trình độ", "Tư cách", "Dân tộc", "Quê quán",
    "Mã cán bộ",
    "phân công cán bộ theo dõi, phụ trách các Đảng bộ xã, phường, thị trấn " * 3,
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meaning"),
    [(text, meaning) for meaning, texts in SPELLINGS.items() for text in texts],
)
def test_spellings_are_known(text, meaning):
    assert meaning_of(text)[0] is meaning


@pytest.mark.parametrize("text", UNKNOWN)
def test_other_headers_are_left_alone(text):
    assert meaning_of(text) is None


def grid_of(*rows, merges=(), hidden_columns=()):
    cells = {
        number: {column: Cell(text) for column, text in enumerate(row, 1) if text}
        for number, row in enumerate(rows, 1)
    }
    return Grid("Trang", {n: row for n, row in cells.items() if row}, list(merges),
                hidden_columns=list(hidden_columns))  # fmt: skip


def test_the_header_is_found_under_a_title_block_in_any_order():
    grid = grid_of(
        ("TỈNH ỦY",), ("", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("DANH SÁCH",), (),
        ("Ghi chú", "Đảng bộ phụ trách", "STT", "Họ tên"),
        ("", "Xã An Ninh", "1", "An"),
    )  # fmt: skip
    _, header = find_header([grid])
    assert (header.top, header.bottom) == (5, 5)
    assert header.columns[Column.NAME] == [4]
    assert header.columns[Column.COMMUNE] == [2]


def test_a_header_of_two_rows_is_read_as_one():
    grid = grid_of(
        ("TT", "Họ và tên", "Năm sinh", "", "Địa bàn", "", "Quyết định", ""),
        ("", "", "Nam", "Nữ", "Xã", "Huyện", "Số", "Ngày"),
        ("1", "An", "1970", "", "Xã An Ninh", "Huyện Châu Thành", "1-QĐ/TU", "01/01/2021"),
        merges=[MergedRange(1, 1, 2, 1), MergedRange(1, 2, 2, 2), MergedRange(1, 3, 1, 4),
                MergedRange(1, 5, 1, 6), MergedRange(1, 7, 1, 8)],
    )  # fmt: skip
    _, header = find_header([grid])
    assert (header.top, header.bottom) == (1, 2)
    assert header.columns[Column.BIRTH] == [3, 4]
    assert header.columns[Column.COMMUNE] == [5]
    assert header.columns[Column.DISTRICT] == [6]
    assert header.columns[Column.DECISION] == [7]
    assert header.columns[Column.DECISION_DATE] == [8]


def test_a_visible_column_goes_before_a_hidden_one():
    grid = grid_of(
        ("Họ tên", "Đảng bộ phụ trách", "Đảng bộ phụ trách"), hidden_columns=[range(2, 3)]
    )
    assert find_header([grid])[1].columns[Column.COMMUNE] == [3]


def test_the_first_sheet_with_a_header_is_taken():
    guide, listed = grid_of(("Hướng dẫn",)), grid_of(("Họ tên", "Đảng bộ phụ trách"))
    assert find_header([guide, listed])[0] is listed


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (("STT", "Đảng bộ phụ trách", "Huyện"), "thiếu cột “Họ và tên”"),
        (("STT", "Họ và tên", "Năm sinh"), "thiếu cột “Đảng bộ"),
        (("STT", "Năm sinh"), "“Họ và tên” và “Đảng bộ"),
        (("một", "hai"), "Không tìm thấy dòng tiêu đề"),
    ],
)
def test_a_missing_column_is_named(header, words):
    with pytest.raises(WorkbookRefused, match=words):
        find_header([grid_of(header)])
