"""Which rows of a sheet are people, and what merged cells and headings give them."""

import pytest

from assignments.roster.services import read_roster
from tests.assignments.roster.workbooks import HEADER, make_workbook

SECTOR = "Giám đốc Sở Y tế"


def rows_of(rows, header=HEADER, merge=(), change=None):
    def shape(sheet):
        for reference in merge:
            sheet.merge_cells(reference)
        if change:
            change(sheet)

    return read_roster(make_workbook(rows, header, shape)).rows


def numbers_of(*args, **kwargs):
    return [row.number for row in rows_of(*args, **kwargs)]


def person(number, name="Nguyễn Văn An", commune="Xã An Ninh", **cells):
    return [
        number,
        name,
        cells.get("year", 1970),
        cells.get("office", SECTOR),
        commune,
        cells.get("district", ""),
    ]


def test_merged_cells_are_filled_downwards():
    rows = rows_of(
        [person(1), [None, None, None, None, "Xã Phú Tân"]],
        merge=["A2:A3", "B2:B3", "C2:C3", "D2:D3"],
    )
    assert [(r.name, r.birth, r.office, r.commune) for r in rows] == [
        ("Nguyễn Văn An", "1970", SECTOR, "Xã An Ninh"),
        ("Nguyễn Văn An", "1970", SECTOR, "Xã Phú Tân"),
    ]
    assert [row.person for row in rows] == [2, 2]


def test_a_merged_name_brings_year_and_office_along():
    rows = rows_of([person(1), [None, None, None, None, "Xã Phú Tân"]], merge=["B2:B3"])
    assert (rows[1].birth, rows[1].office) == ("1970", SECTOR)


def test_a_district_merged_over_several_officers_counts_for_each():
    rows = rows_of(
        [person(1, district="TP. Sóc Trăng"), person(2, "Trần Bé"), person(3, "Lê Tư")],
        merge=["F2:F4"],
    )
    assert [row.district for row in rows] == ["TP. Sóc Trăng"] * 3


def test_a_row_that_only_goes_on_in_merged_cells_is_no_row():
    header = (*HEADER, "Ghi chú")
    merge = [f"{column}2:{column}3" for column in "ABCDEF"]
    assert numbers_of([[*person(1), "một"], [None] * 6 + ["hai"]], header, merge) == [2]


def test_a_continuation_that_is_not_merged_stays_without_a_name():
    rows = rows_of([person(1), [None, None, None, None, "Xã Phú Tân"], person(2, "Trần Bé")])
    assert [row.name for row in rows] == ["Nguyễn Văn An", "", "Trần Bé"]


def test_headings_give_group_and_district_until_the_next():
    rows = rows_of(
        [
            ["I. CÁC ĐỒNG CHÍ ỦY VIÊN BAN THƯỜNG VỤ"],
            ["1. Thành phố Sóc Trăng"],
            person(1),
            ["2. Các đơn vị thuộc thị xã Ngã Năm (8 đơn vị)"],
            person(2),
            ["II. CÁC ĐỒNG CHÍ ỦY VIÊN BAN CHẤP HÀNH"],
            person(3),
            ["III", "CÁC ĐỒNG CHÍ TRƯỞNG, PHÓ CÁC BAN, SỞ, NGÀNH"],
            ["", "Huyện Kế Sách", "", "", "13"],
            person(4),
        ]
    )
    assert [(row.group_heading, row.district_heading) for row in rows] == [
        ("standing_committee", "Thành phố Sóc Trăng"),
        ("standing_committee", "thị xã Ngã Năm"),
        ("committee", ""),
        ("sector", "Huyện Kế Sách"),
    ]


def test_groups_inside_a_district_keep_the_district():
    rows = rows_of(
        [
            ["I. HUYỆN KẾ SÁCH"],
            ["1. Ủy viên Ban Thường vụ"],
            person(1),
            ["2. Tỉnh ủy viên"],
            person(2),
            ["II. HUYỆN MỸ TÚ"],
            person(3),
        ]
    )
    assert [(row.group_heading, row.district_heading) for row in rows] == [
        ("standing_committee", "HUYỆN KẾ SÁCH"),
        ("committee", "HUYỆN KẾ SÁCH"),
        ("", "HUYỆN MỸ TÚ"),
    ]


@pytest.mark.parametrize(
    "footer",
    [
        [["Danh sách này có 95 đồng chí."]],
        [["Tổng cộng", "95 đồng chí", "", "", "109 đảng bộ"]],
        [["", "Tổng số: 95", "", "", 109]],
        [["", "", "", "", "T/M BAN THƯỜNG VỤ"], ["", "", "", "", "PHÓ BÍ THƯ"], [],
         ["", "", "", "", "Nguyễn Văn Ký"]],
        [["", "Nơi nhận:", "", "", "T/M BAN THƯỜNG VỤ"], ["", "- Như trên;", "", "", "BÍ THƯ"],
         ["", "- Lưu VPTU.", "", "", "Nguyễn Văn Ký"]],
        [["", "NGƯỜI LẬP BIỂU", "", "", "TM. BAN THƯỜNG VỤ"],
         ["", "Trần Thị Lập", "", "", "Nguyễn Văn Ký"]],
        [["", "", "", "", "Sóc Trăng, ngày 25 tháng 10 năm 2021"], ["", "", "", "K/T BÍ THƯ"]],
        [["Ghi chú: danh sách này thay thế danh sách trước."]],
        [[3], [4], [5]],
    ],
)  # fmt: skip
def test_what_stands_under_the_table_is_no_row(footer):
    assert numbers_of([person(1), person(2, "Trần Bé"), [], *footer]) == [2, 3]


def test_rows_after_a_total_or_a_signature_are_still_rows():
    rows = [
        person(1),
        ["Cộng", "", "", "", "1 xã"],
        ["", "Trần Bé", "", "", "An Hiệp"],
        ["", "", "", "", "T/M BAN THƯỜNG VỤ"],
        ["", "", "", "", "Nguyễn Văn Ký"],
        ["", "Lê Tư", "", "", "Xã Phú Tân"],
        list(HEADER),
        ["", "Lý Năm", "", "", "Phú Tâm"],
    ]
    assert numbers_of(rows) == [2, 4, 7, 9]


@pytest.mark.parametrize(
    "row",
    [
        [2, "", "", "", "An Hiệp"],
        ["", "", "", "", "Xã An Hiệp"],
        ["", "", 1970, "", "An Hiệp"],
        [2, "Trần Bé", "", "", ""],
        [2, "", 1970, SECTOR, ""],
    ],
)
def test_an_incomplete_row_is_not_swallowed(row):
    assert numbers_of([person(1), row, person(3, "Lê Tư")]) == [2, 3, 4]


def test_an_incomplete_last_row_is_not_swallowed():
    assert numbers_of([person(1), ["", "", "", "", "Xã An Hiệp"]]) == [2, 3]
    assert numbers_of([person(1), [2, "Trần Bé", 1970, "", ""]]) == [2, 3]


@pytest.mark.parametrize("name", ["Quan Văn Đức", "Huyền Trang", "Trương Văn Ban", "Tống Cộng"])
def test_people_are_not_taken_for_headings_or_totals(name):
    assert numbers_of([person(1), [2, name, "", "", ""], person(3, "Lê Tư")]) == [2, 3, 4]
    assert numbers_of([person(1), [2, name, 1970, "", "Xã An Hiệp"]]) == [2, 3]


def test_repeated_headers_and_column_numbers_are_no_rows():
    rows = [[f"({n})" for n in range(1, 7)], person(1), list(HEADER), person(2, "Trần Bé")]
    assert numbers_of(rows) == [3, 5]


def test_names_split_over_two_columns_are_joined():
    rows = rows_of([[1, "Nguyễn Văn", "An", "Xã An Ninh"]],
                   ["STT", "Họ và tên đệm", "Tên", "Đảng bộ phụ trách"])  # fmt: skip
    assert rows[0].name == "Nguyễn Văn An"
    rows = rows_of([[1, "Nguyễn Văn", "An", "Xã An Ninh"]],
                   ["STT", "Họ và tên", None, "Đảng bộ phụ trách"], merge=["B1:C1"])  # fmt: skip
    assert rows[0].name == "Nguyễn Văn An"


def test_office_and_unit_in_two_columns_are_joined():
    rows = rows_of([["An", "Giám đốc", "Sở Y tế", "Xã An Ninh"]],
                   ["Họ tên", "Chức vụ", "Đơn vị công tác", "Đảng bộ phụ trách"])  # fmt: skip
    assert rows[0].office == "Giám đốc, Sở Y tế"


def test_formulas_matter_only_where_they_are_read():
    rows = rows_of(
        [["=A1+1", "An", "Xã An Ninh", "=1+1"], [2, "=B2", "Xã An Hiệp", ""]],
        ["STT", "Họ tên", "Đảng bộ phụ trách", "Điểm"],
    )
    assert [row.flaws for row in rows] == [[], ["ô họ và tên chứa công thức"]]


def test_the_error_column_of_an_earlier_round_is_ignored():
    rows = rows_of(
        [["An", "Xã An Ninh", "Không có Xã X."]],
        ["Họ tên", "Đảng bộ phụ trách", "Lỗi (xóa cột này trước khi nạp lại)"],
    )
    assert (rows[0].name, rows[0].commune, rows[0].note) == ("An", "Xã An Ninh", "")


def test_a_row_without_name_and_commune_is_pointed_out():
    roster = read_roster(make_workbook([person(1), ["", "", "", SECTOR], person(2, "Trần Bé")]))
    assert [row.number for row in roster.rows] == [2, 4]
    assert "Dòng 3" in roster.warnings[0]
