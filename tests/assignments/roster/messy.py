"""One workbook with every trap that lists are known to set, and what must become of each row."""

from __future__ import annotations

import datetime as dt
import unicodedata

import openpyxl
from openpyxl.styles import Font

from tests.assignments.roster.workbooks import to_bytes

NEW, REFUSED, NOTHING = "new", "refused", "nothing"

NFD = unicodedata.normalize("NFD", "Đồng chí Huỳnh Thị Bảy")
NBSP = "\u00a0"

TITLE = (
    ("TỈNH ỦY SÓC TRĂNG", "", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    ("*", "", "", "", "Sóc Trăng, ngày 25 tháng 10 năm 2021"),
    (),
    ("DANH SÁCH",),
    ("phân công cán bộ theo dõi, phụ trách các Đảng bộ xã, phường, thị trấn",),
    ("(Kèm theo Quyết định số 512-QĐ/TU, ngày 25/10/2021 của Ban Thường vụ Tỉnh ủy)",),
    (),
)
# Columns in an order of their own, a merged two-row header, and columns nobody asked for.
HEADER = (
    ("TT", "Đảng bộ xã, phường, thị trấn", "Cán bộ được phân công", "Thông tin", "",
     "Huyện/TX/TP", "Từ ngày", "Vai trò", "Ghi chú", "Chữ ký"),
    ("", "", "", "NS", "Chức vụ, đơn vị công tác", "", "", "", "", ""),
)  # fmt: skip
FIRST_DATA_ROW = len(TITLE) + len(HEADER) + 1

# (cells, expected): expected is NOTHING for a row that is no row, else a list with NEW or
# (REFUSED, words of the reason) for each entry the row must give.
ROWS: tuple[tuple[tuple, object], ...] = (
    (("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"), NOTHING),
    (("I. CÁC ĐỒNG CHÍ ỦY VIÊN BAN THƯỜNG VỤ TỈNH ỦY",), NOTHING),
    ((1, "X. An Hiệp", "Đ/cNguyễn Văn Một", "1973", "UVBTV, Giám đốc Sở Nội vụ", "H. Châu Thành"),
     [NEW]),
    ((2, "Đảng bộ xã Phú Tâm\nĐảng bộ xã Thuận Hòa", NFD, "1974.0", "Tỉnh ủy viên, GĐ Sở Y tế",
      "Huyện  Châu" + NBSP + "Thành"), [NEW, NEW]),
    ((3, "Xã Kế An; Xã Kế Thành và TT. Kế Sách", "Ông/Bà TRẦN VĂN BA", 1975, "PGĐ Sở Tài chính",
      "Huyện Kế Sách"), [NEW, NEW, NEW]),
    (("=A12+1", "P.5, P.6", "Ông Lê Văn Tư", dt.date(1970, 5, 1), "Chánh Thanh tra tỉnh",
      "TP. Sóc Trăng"), [NEW, NEW]),
    ((5, "Phường 1", "Đc. Phạm Văn Năm", 1976, "Phó Chánh Văn phòng", ""),
     [(REFUSED, "chưa rõ “Phường 1”")]),
    ((6, "Xã An Hiệp", "Người Đến Sau", 1976, "Giám đốc Sở Xây dựng", "Huyện Châu Thành"),
     [(REFUSED, "dòng 12")]),
    ((7, "Xã Không Có", "Lý Văn Bảy", 1976, "Giám đốc Sở Xây dựng", "Huyện Châu Thành"),
     [(REFUSED, "không có Xã Không Có")]),
    ((8, "Xã An Ninh; Xã Kế Ẩn", "Lý Văn Tám", 1976, "Giám đốc Sở Xây dựng", ""),
     [NEW, (REFUSED, "Xã Kế Ẩn")]),
    ((9, "Xã Thiện Mỹ", "", 1976, "Giám đốc Sở Xây dựng", ""), [(REFUSED, "thiếu họ và tên")]),
    ((10, "Xã Thiện Mỹ", "Lý Văn Mười", 1776, "Giám đốc Sở X", ""), [(REFUSED, "năm sinh")]),
    ((11, "Xã Thiện Mỹ", "Lý Mười Một", "bảy ba", "Giám đốc Sở X", ""), [(REFUSED, "năm sinh")]),
    ((12, "Xã Thiện Mỹ", "Lý Mười Hai", 1976, "Giám đốc Sở X", "", "31/02/2021"),
     [(REFUSED, "ngày bắt đầu")]),
    ((13, "Xã Thiện Mỹ", '=CONCATENATE("Lý"," Ba")', 1976, "Giám đốc Sở X", ""),
     [(REFUSED, "công thức")]),
    ((14, "#REF!", "Lý Mười Bốn", 1976, "Giám đốc Sở X", ""), [(REFUSED, "báo lỗi")]),
    ((15, "Xã Thiện Mỹ", "NguyÔn V¨n N¨m", 1976, "Giám đốc Sở X", ""), [(REFUSED, "phông chữ")]),
    ((16, "Xã Thiện Mỹ", "Nguyeãn Vaên Saùu", 1976, "Giám đốc Sở X", ""),
     [(REFUSED, "phông chữ")]),
    (("I", "THÀNH PHỐ SÓC TRĂNG"), NOTHING),
    ((1, "Phường 2", "Nguyễn Văn Đạt, Giám đốc Sở Giáo dục", 1971, "", "", 44501), [NEW]),
    ((2, "phường III", "Ðặng Văn Đông", 1971, "Trưởng Ban Dân tộc", "", "1/11/21"), [NEW]),
    (("II", "Thị xã Ngã Năm"), NOTHING),
    ((1, "Phường 2", "Nguyễn Văn Đạt", 1971, "Trưởng Ban Nội chính", "", "2021-11-01"), [NEW]),
    ((2, "P 1", "Nguyễn Văn Đạt", 1981, "Trưởng Ban Nội chính", "", dt.date(2021, 11, 1)), [NEW]),
    (("III", "HUYỆN MỸ XUYÊN"), NOTHING),
    ((1, "xã Hoà Tú I", "Đồng chí Sơn Pô", 1972, "Bí thư Tỉnh đoàn", "",
      "ngày 01 tháng 11 năm 2021"), [NEW]),
    ((2, "Ngọc Đông", "Thạch Sên", "", "Phó Bí thư Tỉnh đoàn", "", "", "", "Thay đ/c A"), [NEW]),
    ((3, "Xã Ngọc Tố", "Thạch Sên", "", "Phó Bí thư Tỉnh đoàn", "", "", "Tham gia theo dõi"),
     [NEW]),
    ((4, "Xã Ngọc Tố", "Kim Thị Sáu", 1969, "Chủ tịch Hội Phụ nữ", "", "", "phụ trách chính"),
     [NEW]),
    (("TT", "Đảng bộ xã, phường, thị trấn", "Cán bộ được phân công", "NS",
      "Chức vụ, đơn vị công tác", "Huyện/TX/TP", "Từ ngày", "Vai trò", "Ghi chú", "Chữ ký"),
     NOTHING),
    ((5, "Xã Đại Tâm, Xã Tham Đôn (huyện Mỹ Xuyên)", "Kim Thị Bảy", 1968, "Báo Sóc Trăng", ""),
     [NEW, NEW]),
    ((6, "Xã An Mỹ", "Kim Thị Tám", 1968, "Đài Phát thanh", "Huyện Mỹ Xuyên"),
     [(REFUSED, "không có Xã An Mỹ trong Huyện Mỹ Xuyên")]),
    (("", "TT Mỹ Xuyên", "", "", "", "Huyện Mỹ Xuyên"), [(REFUSED, "thiếu họ và tên")]),
    ((8, "Thị trấn Mỹ Xuyên", "Kim Thị Chín", 1968, "Kho bạc tỉnh", ""), [(REFUSED, "gạch ngang")]),
    ((9, "Xã Thạnh Phú", "Kim Thị Ẩn", 1968, "Kho bạc tỉnh", ""), [NEW]),
    ((10, "Xã Gia Hòa 1", "Danh Văn Gộp", 1967, "Kho bạc tỉnh", ""), [NEW]),
    (("", "Xã Gia Hòa 2", "", "", "", ""), [NEW]),
    ((11, "Xã Gia Hòa 2", "Danh Văn Gộp", 1967, "Kho bạc tỉnh", ""), [(REFUSED, "trùng")]),
    ((12,), NOTHING),
    (("Tổng cộng: 30 đồng chí", "25 đảng bộ"), NOTHING),
    ((), NOTHING),
    (("Danh sách này có 30 đồng chí.",), NOTHING),
    (("Nơi nhận:", "", "", "", "T/M BAN THƯỜNG VỤ"), NOTHING),
    (("- Như trên,", "", "", "", "PHÓ BÍ THƯ"), NOTHING),
    (("- Lưu Văn phòng.", "", "", "", "Nguyễn Văn Ký"), NOTHING),
    (("", "T/M BAN THƯỜNG VỤ", "", "", ""), NOTHING),
    (("", "Nguyễn Văn Ký", "", "", ""), NOTHING),
)  # fmt: skip
HIDDEN_NAME, STRUCK_NAME, MERGED_NAME = "Kim Thị Ẩn", "Kim Thị Chín", "Danh Văn Gộp"


def expected_entries() -> list[tuple[int, str, str]]:
    """Give (row, what becomes of it, words of the reason) for all entries, in sheet order."""
    entries = []
    for number, (_, expected) in enumerate(ROWS, start=FIRST_DATA_ROW):
        for outcome in () if expected is NOTHING else expected:
            state, words = outcome if isinstance(outcome, tuple) else (outcome, "")
            entries.append((number, state, words))
    return entries


def messy_workbook() -> bytes:
    """Make it: a hidden sheet of another year, a guide, the list, and a thousand empty rows."""
    book = openpyxl.Workbook()
    old = book.active
    old.title = "Năm 2016"
    old.append(["Họ và tên", "Đảng bộ phụ trách"])
    old.append(["Người Năm Cũ", "Xã An Ninh"])
    old.sheet_state = "hidden"
    book.create_sheet("Hướng dẫn").append(["Ghi theo mẫu, không sửa cột."])
    sheet = book.create_sheet("Năm 2021")
    for cells in (*TITLE, *HEADER, *(cells for cells, _ in ROWS)):
        sheet.append([cell if cell != "" else None for cell in cells] or [None])
    shape(sheet)
    return to_bytes(book)


def shape(sheet) -> None:
    """Merge, strike and hide what the expectations speak of."""
    for reference in ("A4:J4", "A5:J5", "A6:J6", "D8:E8", "A11:J11"):
        sheet.merge_cells(reference)
    for column in "ABCFGHIJ":
        sheet.merge_cells(f"{column}8:{column}9")
    row_of = {
        cells[2]: row for row, (cells, _) in enumerate(ROWS, FIRST_DATA_ROW) if len(cells) > 2
    }
    for column in "CDE":
        top = FIRST_DATA_ROW + next(
            index for index, (cells, _) in enumerate(ROWS) if MERGED_NAME in cells
        )
        sheet.merge_cells(f"{column}{top}:{column}{top + 1}")
    for cell in sheet[row_of[STRUCK_NAME]]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[row_of[HIDDEN_NAME]].hidden = True
    for row in range(sheet.max_row + 1, sheet.max_row + 1000):
        sheet.cell(row, 3).font = Font(bold=True)
