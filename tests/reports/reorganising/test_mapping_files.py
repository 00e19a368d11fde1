"""The mapping workbook: what is offered, what is read of it as offices fill it in."""

import datetime as dt

import pytest
from openpyxl import Workbook

from assignments.roster.container import WorkbookRefused
from communes.gazetteer import load_communes
from communes.models import Commune
from communes.reorganisation.checking import check
from communes.reorganisation.sheet import LABELS
from reports.reorganising.mapping_files import read_mapping, refused_sheets, template_sheets
from tests.assignments.roster.workbooks import to_bytes
from tests.workbooks import opened, refuse_damage, written

pytestmark = pytest.mark.django_db
BEFORE, DAY = dt.date(2024, 8, 31), dt.date(2024, 9, 1)
HEAD = list(LABELS.values())


@pytest.fixture(autouse=True)
def _gazetteer():
    load_communes()


def workbook(*rows, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book.active)
    return to_bytes(book)


def read(*rows, change=None):
    return read_mapping(workbook(*rows, change=change))


def mapped(sheet, **more):
    return check(sheet.rows, **{"effective_on": DAY, "ends_districts": False} | more)


# --- the template ---------------------------------------------------------------------------------


def test_the_template_lists_every_unit_of_the_day():
    content = written(*template_sheets(BEFORE))
    refuse_damage(content)
    sheet, help_sheet = opened(content).worksheets
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert list(rows[0]) == HEAD
    assert len(rows) == 1 + 109
    assert rows[1] == ("31513", "Phường 1", "Thành phố Sóc Trăng", *[None] * 8)
    assert {type(row[0]) for row in rows[1:]} == {str}
    assert {value for row in rows[1:] for value in row[3:]} == {None}
    assert help_sheet.title == "Hướng dẫn"
    [choice] = sheet.data_validations.dataValidation
    assert choice.formula1 == '"Toàn bộ,Một phần"'
    assert str(choice.sqref).startswith("D3:D1")


def test_the_empty_template_says_nothing():
    sheet = read_mapping(written(*template_sheets(BEFORE)))
    assert len(sheet.rows) == 109
    assert not any(row.is_change for row in sheet.rows)


def test_the_filled_template_is_read_back():
    book = opened(written(*template_sheets(BEFORE)))
    for row in book.worksheets[0].iter_rows(min_row=3):
        if row[0].value in ("31513", "31522"):
            row[4].value, row[5].value = 31522, "Phường 1"
            row[8].value, row[9].value = "1105/NQ-UBTVQH15", DAY
    mapping = mapped(read_mapping(to_bytes(book)), resolution="1105/NQ-UBTVQH15")
    assert mapping.refusals == ()
    [unit] = mapping.new_units
    assert (str(unit), unit.code, str(unit.district)) == (
        "Phường 1",
        "31522",
        "Thành phố Sóc Trăng",
    )
    assert [str(old) for old in mapping.old_units] == ["Phường 1", "Phường 9"]


# --- as offices fill it in ------------------------------------------------------------------------


def test_columns_in_any_order_below_a_title_with_blank_rows():
    sheet = read(
        ["TỈNH ỦY SÓC TRĂNG"],
        [],
        ["BẢNG ĐỐI CHIẾU (kèm theo Nghị quyết số 1105/NQ-UBTVQH15)"],
        ["Ghi chú", "ĐVHC mới (sau sắp xếp)", "Mã số mới", "STT", "ĐVHC trước sắp xếp", "Mã số cũ"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [],
        ["", "Phường 1", 31522.0, 1, "Phường 9", 31522],
        [None, None, None, None, None, None],
        ["cũ", "Phường 1", "31522", 2, "Phường 1", "31513"],
        [],
        ["", "", "", "", "Tổng cộng: 02 đơn vị"],
        ["Nơi nhận:"],
        ["", "TM. BAN THƯỜNG VỤ"],
    )
    assert [(row.number, row.old_name, row.new_code) for row in sheet.rows] == [
        (7, "Phường 9", "31522"),
        (9, "Phường 1", "31522"),
    ]
    assert mapped(sheet).is_sound


def test_a_header_of_two_rows_and_cells_merged_downwards():
    def merge(sheet):
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("D1:E1")
        sheet.merge_cells("D3:D4")
        sheet.merge_cells("E3:E4")

    sheet = read(
        ["Đơn vị cũ", None, None, "Đơn vị mới", None],
        ["Mã", "Tên", "Huyện", "Tên", "Mã"],
        ["31513", "Phường 1", "TP. Sóc Trăng", "Phường 1", "31522"],
        ["31522", "Phường 9", "TP. Sóc Trăng", None, None],
        change=merge,
    )
    mapping = mapped(sheet)
    assert mapping.refusals == ()
    assert [len(unit.sources) for unit in mapping.new_units] == [2]


def test_a_heading_names_the_district_of_the_rows_below():
    sheet = read(
        HEAD,
        ["I. THÀNH PHỐ SÓC TRĂNG"],
        ["", "Phường 1", "", "", "31522", "Phường 1"],
        ["", "Phường 9", "", "", "31522", "Phường 1"],
        ["II", "THỊ XÃ NGÃ NĂM"],
        ["", "Phường 2", "", "", "", "Phường 2"],
    )
    mapping = mapped(sheet)
    assert mapping.refusals == ()
    assert [old.code for old in mapping.old_units] == ["31513", "31522", "31735"]


def test_names_decomposed_and_with_invisible_marks():
    sheet = read(
        HEAD,
        [
            "",
            "\u202ePhu\u031bo\u031b\u0300ng 1\u200b",
            "TP So\u0301c Tra\u0306ng",
            "",
            "",
            "Phường 1",
        ],
        ["", "\u00a0Phường  9 ", "TP Sóc Trăng", "", "", "Phu\u031bo\u031b\u0300ng 1"],
    )
    mapping = mapped(sheet)
    assert mapping.refusals == ()
    assert [unit.full_name for unit in mapping.new_units] == ["Phường 1"]


def test_formulas_errors_and_struck_cells_are_refused():
    def spoil(sheet):
        sheet["F2"] = '=HYPERLINK("http://x","Phường 1")'
        sheet["E3"] = "#REF!"

    sheet = read(
        HEAD,
        ["", "Phường 9", "TP Sóc Trăng", "", "", "x"],
        ["", "Phường 8", "TP Sóc Trăng", "", "x", "Phường 8"],
        change=spoil,
    )
    assert [str(refusal) for refusal in mapped(sheet).refusals] == [
        "Dòng 2: Ô tên đơn vị mới chứa công thức.",
        "Dòng 3: Ô mã mới báo lỗi Excel.",
    ]


def test_a_row_without_an_old_unit_is_refused_aloud():
    sheet = read(HEAD, ["", "", "", "", "31522", "Phường 1"])
    assert [str(refusal) for refusal in mapped(sheet).refusals] == ["Dòng 2: Thiếu đơn vị cũ."]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Họ và tên", "Năm sinh"], ["An", 1970]], "Không tìm thấy dòng tiêu đề"),
        ([HEAD], "không có dòng dữ liệu nào"),
        ([HEAD, *[["x"] * 11] * 30], "chỉ nhận 20 dòng"),
    ],
)
def test_files_that_are_no_mapping(settings, rows, sentence):
    settings.WORKBOOK_MAX_ROWS = 20
    with pytest.raises(WorkbookRefused, match=sentence):
        read(*rows)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"%PDF-1.7", b"\xd0\xcf\x11\xe0"])
def test_files_that_are_no_workbooks(content):
    with pytest.raises(WorkbookRefused):
        read_mapping(content)


# --- what comes back ------------------------------------------------------------------------------


def test_refused_rows_come_back_with_the_sound_ones():
    sheet = read(
        HEAD,
        ["31513", "Phường 1", "TP Sóc Trăng", "", "31522", "Phường 1"],
        ["31522", "Phường 9", "TP Sóc Trăng", "", "31522", "=1+1"],
        ["", "Phường 99", "", "", "", "Phường 1"],
    )
    content = written(*refused_sheets(sheet, mapped(sheet)))
    refuse_damage(content)
    table = [list(row) for row in opened(content).worksheets[0].iter_rows(values_only=True)]
    assert table[0][:-1] == HEAD
    assert table[1][-1] is None
    assert table[2][-1] == "Ô tên đơn vị mới chứa công thức."
    assert table[3][-1] == "Không có Phường 99."


def test_what_comes_back_can_be_corrected_and_read_again():
    sheet = read(
        HEAD,
        ["31513", "Phường 1", "TP Sóc Trăng", "", "31522", "Phường 1"],
        ["31522", "Phường 99", "TP Sóc Trăng", "", "31522", "Phường 1"],
    )
    refused = mapped(sheet, ends_districts=True)
    book = opened(written(*refused_sheets(sheet, refused)))
    page = book.worksheets[0]
    assert page["A1"].value.startswith("Cấp huyện kết thúc từ ngày 01/9/2024 mà ")
    [wrong] = [cell for row in page.iter_rows() for cell in row if cell.value == "Phường 99"]
    wrong.value = "Phường 9"
    mapping = mapped(read_mapping(to_bytes(book)))
    assert mapping.refusals == ()
    assert Commune.objects.filter(pk__in=[old.pk for old in mapping.old_units]).count() == 2
