"""Sheets become grids of plain texts; a malformed file is refused, never an error page."""

import contextlib
import datetime as dt
import io
import time
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from assignments.roster.container import Limits, WorkbookRefused
from assignments.roster.workbook import ERROR, FORMULA, STRUCK, Cell, read_workbook
from tests.assignments.roster.workbooks import (
    STRUCK as STRUCK_FONT,
)
from tests.assignments.roster.workbooks import (
    make_workbook,
    one_row,
    replace_member,
    to_bytes,
)

LIMITS = Limits(bytes=2**20, unpacked_bytes=60 * 2**20, rows=100, columns=20, cell_characters=200)
SHEET = "xl/worksheets/sheet1.xml"


def only_row(values, change=None):
    (grid,) = read_workbook(make_workbook([values], header=None, change=change), LIMITS)
    return [grid.rows[1].get(column) for column in range(1, len(values) + 1)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  Nguyễn\u00a0 Văn  An ", "Nguyễn Văn An"),
        ("Xã An\r\nXã Bình", "Xã An\nXã Bình"),
        ("Xã An_x000D_\nXã Bình", "Xã An\nXã Bình"),
        (1973, "1973"),
        (1973.0, "1973"),
        (44501.5, "44501.5"),
        (dt.date(2021, 11, 1), "01/11/2021"),
        (dt.datetime(2021, 11, 1, 7, 30), "01/11/2021"),  # noqa: DTZ001 (as Excel keeps it)
        ("Ho\u0300a Tu\u0301", "Hòa Tú"),
        ("Ðạt", "Đạt"),
    ],
)
def test_values_become_the_text_people_read(value, text):
    assert only_row([value]) == [Cell(text)]


def test_formulas_errors_and_struck_cells_are_marked():
    def change(sheet):
        sheet["C1"].font = STRUCK_FONT

    cells = only_row(["=A2+1", "#REF!", "bỏ", "còn"], change)
    assert [cell.flaw for cell in cells] == [FORMULA, ERROR, STRUCK, ""]


def test_a_cell_struck_in_part_is_marked_as_struck():
    text = CellRichText("Xã An", TextBlock(InlineFont(strike=True), " và Xã Bình"))
    assert only_row([text]) == [Cell("Xã An và Xã Bình", STRUCK)]


def test_a_shared_text_struck_in_part_is_marked_as_struck():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    struck = book.add_format({"font_strikeout": True})
    book.add_worksheet().write_rich_string("A1", "Xã An", struck, " và Xã Bình")
    book.close()
    (grid,) = read_workbook(file.getvalue(), LIMITS)
    assert grid.rows[1][1] == Cell("Xã An và Xã Bình", STRUCK)


def test_a_text_beginning_with_equals_counts_as_a_formula():
    def change(sheet):
        sheet["A1"].data_type = "s"

    assert only_row(["=1+1"], change)[0].flaw == FORMULA


def test_a_date_out_of_reach_is_an_error_cell():
    def change(sheet):
        sheet["A1"].number_format = "dd/mm/yyyy"

    assert only_row([99_999_999], change)[0].flaw == ERROR


def test_hidden_sheets_are_not_read():
    book = openpyxl.Workbook()
    book.active["A1"] = "thấy"
    hidden = book.create_sheet("Ẩn")
    hidden["A1"] = "ẩn"
    hidden.sheet_state = "veryHidden"
    assert [grid.title for grid in read_workbook(to_bytes(book), LIMITS)] == ["Sheet"]


def test_a_workbook_without_any_content_is_refused():
    with pytest.raises(WorkbookRefused, match="nội dung"):
        read_workbook(make_workbook([], header=None), LIMITS)


def test_styled_empty_rows_cost_nothing():
    rows = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{letter}{number}" s="0"/>' for letter in "ABCDEFG")
        + "</row>"
        for number in range(3, 65_537)
    )
    content = replace_member(
        make_workbook([one_row()]),
        SHEET,
        lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>"),
    )
    started = time.process_time()
    (grid,) = read_workbook(content, LIMITS)
    assert list(grid.rows) == [1, 2]
    assert time.process_time() - started < 5


def test_the_last_possible_row_styled_is_harmless():
    (grid,) = read_workbook(
        make_workbook(
            [one_row()], change=lambda sheet: setattr(sheet["A1048576"], "font", STRUCK_FONT)
        ),
        LIMITS,
    )
    assert list(grid.rows) == [1, 2]


@pytest.mark.parametrize(("address", "words"), [("A101", "đến dòng 101"), ("U1", "đến cột thứ 21")])
def test_content_beyond_the_limits_is_refused(address, words):
    content = make_workbook([one_row()], change=lambda sheet: sheet.__setitem__(address, "x"))
    with pytest.raises(WorkbookRefused, match=words):
        read_workbook(content, LIMITS)


def test_an_overlong_cell_is_refused_with_its_place():
    with pytest.raises(WorkbookRefused, match="dòng 2, cột thứ 2"):
        read_workbook(make_workbook([one_row(name="x" * 201)]), LIMITS)


def test_a_wrong_dimension_tag_hides_nothing():
    content = replace_member(
        make_workbook([one_row(), one_row()]),
        SHEET,
        lambda xml: xml.replace(b'<dimension ref="A1:F3"', b'<dimension ref="A1:A1"'),
    )
    (grid,) = read_workbook(content, LIMITS)
    assert len(grid.rows) == 3
    assert len(grid.rows[3]) == 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b""),
        (b'<row r="2"', b'<row r="1"'),
        (b'<row r="2"', b'<row r="x"'),
        (b"<v>1970</v>", b"<v>x</v>"),
        (b'r="B2"', b'r="????"'),
        (b"<worksheet ", b"<worksheet <"),
        (b"<sheetData>", b'<sheetData><mergeCell ref="nonsense"/>'),
    ],
)
def test_malformed_sheets_are_refused_as_broken(old, new):
    content = replace_member(make_workbook([one_row()]), SHEET, lambda xml: xml.replace(old, new))
    with pytest.raises(WorkbookRefused, match="hỏng"):
        read_workbook(content, LIMITS)


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", SHEET]
)
def test_a_missing_or_empty_part_is_refused_as_broken(name):
    with pytest.raises(WorkbookRefused, match="hỏng"):
        read_workbook(replace_member(make_workbook([one_row()]), name, lambda _: b""), LIMITS)


def member_names() -> list[str]:
    with zipfile.ZipFile(io.BytesIO(make_workbook([one_row()]))) as archive:
        return archive.namelist()


@settings(max_examples=150)
@given(
    name=st.sampled_from(member_names()),
    at=st.floats(0, 1),
    length=st.integers(0, 30),
    put=st.binary(max_size=10) | st.sampled_from([b"<", b">", b'"', b"&", b"999999999999", b"-1"]),
)
def test_any_damage_is_refused_or_harmless(name, at, length, put):
    def damage(data: bytes) -> bytes:
        start = int(at * len(data))
        return data[:start] + put + data[start + length :]

    content = replace_member(make_workbook([one_row()]), name, damage)
    with contextlib.suppress(WorkbookRefused):
        assert all(grid.rows for grid in read_workbook(content, LIMITS))


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_sentence(content):
    with pytest.raises(WorkbookRefused):
        read_workbook(content, LIMITS)
