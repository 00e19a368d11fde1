"""The writer of .xlsx files: every file is opened again and read."""

from __future__ import annotations

import datetime as dt
import gc
import io
import tempfile
import weakref
import zipfile
from decimal import Decimal

import pytest
from django.http import FileResponse

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.spreadsheets import (
    BareSheet,
    Field,
    Footer,
    Formula,
    Heading,
    Kind,
    Sheet,
    workbook_response,
)
from assignments.spreadsheets import sheets as sheets_module
from assignments.spreadsheets.cells import CUT, MAX_CHARACTERS, plain_text, utf16_length
from assignments.spreadsheets.charts import Chart, ChartPage
from assignments.spreadsheets.formulas import letters
from assignments.spreadsheets.response import CONTENT_TYPE, attachment
from assignments.spreadsheets.sheet_names import unique_names
from assignments.spreadsheets.sheets import roman
from tests.factories import make_user
from tests.workbooks import AUTHOR, NOW, formulas, header_row, opened, table, texts, written

DAY = dt.date(2023, 5, 8)
TEXT = (Field("Ghi chú"),)


def naive(*numbers: int) -> dt.datetime:
    """Give a moment without a zone, as Excel has it."""
    return dt.datetime(*numbers)  # noqa: DTZ001


def listing(columns=TEXT, rows=(), **fields) -> Sheet:
    """Give a list of one text column unless told otherwise."""
    return Sheet(
        name="Danh sách", title="Danh sách thử", day=DAY, columns=columns, rows=rows, **fields
    )


def only_cell(value: object, kind: Kind = Kind.TEXT):
    """Write one value in a list; give its cell as read back."""
    sheet = opened(written(listing([Field("Giá trị", kind)], [[value]]))).active
    return sheet.cell(header_row(sheet) + 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://a.example","x")',
        "+84 912 345 678",
        "-5",
        "@SUM(A1)",
        "{=1}",
        "http://a.example/",
        "mailto:a@example.org",
        "0912345678",
        "1/2/2023",
        "<r><t>x</t></r>",
        "<r>&<b></r>",
        "A & B < C > \"D\" 'E'",
        "'=1",
        " hai đầu ",
        "TRUE",
        "😀 Đảng bộ",
    ],
)
def test_text_stays_the_text_it_is(text):
    content = written(listing(rows=[[text]]))
    sheet = opened(content).active
    cell = sheet.cell(header_row(sheet) + 1, 2)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None
    assert formulas(content) == []


def test_text_that_looks_like_a_formula_is_marked_as_text():
    assert only_cell("=1+1").quotePrefix
    assert not only_cell("Xã An Ninh").quotePrefix


def test_an_excel_escape_in_the_text_is_escaped_itself():
    assert only_cell("_x0041_").value == "_x005F_x0041_"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\tb", "a b"),
        ("\t=1", " =1"),
        ("\r\n=1", "\n=1"),
        ("dòng 1\r\ndòng 2\rdòng 3", "dòng 1\ndòng 2\ndòng 3"),
        ("a\x00\x07\x1bb", "ab"),
        ("a\ud800b\udfff", "ab"),
        ("a\ufffeb\uffff", "ab"),
        ("a\u200bb\u202ec", "abc"),
        ("Ho\u0300a Tu\u0301", "Hòa Tú"),
        (AssertionError("=x"), "=x"),
    ],
)
def test_what_no_reader_accepts_is_cleaned(text, stored):
    assert only_cell(text).value == stored


@pytest.mark.parametrize("letter", ["ă", "😀"])
def test_text_beyond_excels_limit_is_cut_with_a_remark(letter):
    cut = plain_text(letter * 40_000)
    assert utf16_length(cut) in (MAX_CHARACTERS - 1, MAX_CHARACTERS)
    assert cut.endswith(CUT)
    assert cut.removesuffix(CUT).strip(letter) == ""
    assert only_cell(letter * 40_000).value == cut


def test_text_at_excels_limit_is_whole():
    assert plain_text("ă" * MAX_CHARACTERS) == "ă" * MAX_CHARACTERS


@pytest.mark.parametrize(
    ("value", "kind", "stored", "form"),
    [
        (1234, Kind.NUMBER, 1234, "#,##0"),
        (Decimal("12.5"), Kind.NUMBER, 12.5, "#,##0.0#"),
        (Decimal("12.00"), Kind.NUMBER, 12, "#,##0"),
        (1970, Kind.YEAR, 1970, "0"),
        (1970, Kind.TEXT, 1970, "General"),
        (31600, Kind.CODE, "31600", "@"),
        ("0912345678", Kind.CODE, "0912345678", "@"),
        (10**15, Kind.NUMBER, "1000000000000000", "General"),
        (float("nan"), Kind.NUMBER, None, "General"),
        (float("inf"), Kind.NUMBER, None, "General"),
        (True, Kind.TEXT, "Có", "General"),
        (False, Kind.TEXT, "Không", "General"),
        (None, Kind.DATE, None, "General"),
        ("", Kind.TEXT, None, "General"),
        (dt.date(2021, 11, 1), Kind.DATE, naive(2021, 11, 1), "dd/mm/yyyy"),
        (dt.date(1899, 12, 31), Kind.DATE, "31/12/1899", "General"),
        (NOW, Kind.DATE, naive(2023, 5, 9, 8, 30), "dd/mm/yyyy hh:mm"),
        (naive(2023, 5, 9, 1), Kind.DATE, naive(2023, 5, 9, 1), "dd/mm/yyyy hh:mm"),
        (naive(1890, 5, 9, 1), Kind.DATE, "01:00 09/05/1890", "General"),
    ],
)
def test_values_keep_their_type(value, kind, stored, form):
    cell = only_cell(value, kind)
    assert cell.value == stored
    assert type(cell.value) is type(stored)
    assert cell.number_format == form


def test_codes_and_phones_are_text_without_warning_triangles():
    content = written(listing([Field("Mã", Kind.CODE)], [["31600"], ["0912"]]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    first = header_row(opened(content).active) + 1
    assert f'<ignoredError sqref="A{first}:B{first + 1}" numberStoredAsText="1"/>' in xml


def test_the_page_is_set_up_to_be_printed():
    sheet = opened(written(listing(rows=[["a"]]))).active
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert "&P" in sheet.oddHeader.center.text
    assert sheet.print_options.horizontalCentered
    assert [round(side * 25.4) for side in (sheet.page_margins.left, sheet.page_margins.right)] == [
        30,
        15,
    ]


def test_the_header_stays_in_sight_on_screen_and_paper():
    sheet = opened(written(listing(rows=[["a"], ["b"]]))).active
    header = header_row(sheet)
    assert [cell.value for cell in sheet[header]] == ["TT", "Ghi chú"]
    assert all(cell.font.bold and cell.alignment.wrap_text for cell in sheet[header])
    assert all(cell.alignment.horizontal == "center" for cell in sheet[header])
    assert all(cell.border.left.style == cell.border.top.style == "thin" for cell in sheet[header])
    assert sheet.print_title_rows == f"${header}:${header}"
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.auto_filter.ref == f"A{header}:B{header + 2}"


def test_everything_is_times_new_roman():
    sheet = opened(written(listing(rows=[["a"]], notes=["Lưu ý"]))).active
    fonts = {
        (cell.font.name, cell.font.size) for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert fonts == {("Times New Roman", 12), ("Times New Roman", 13), ("Times New Roman", 14)}


def test_the_title_block_is_a_party_documents(settings):
    settings.COMMITTEE_NAME, settings.PLACE_NAME = "Tỉnh ủy Thử", "Thành Thử"
    conditions = [("Huyện", "Huyện Kế Sách"), ("Tìm", "=thanh qui")]
    sheet = opened(written(listing(rows=[["a"]], subtitle="để thử", conditions=conditions))).active
    assert texts(sheet)[:9] == [
        "TỈNH ỦY THỬ",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "*",
        "Thành Thử, ngày 09 tháng 5 năm 2023",
        "DANH SÁCH THỬ",
        "để thử",
        "(Tính đến ngày 08/5/2023)",
        "Lọc theo – Huyện: Huyện Kế Sách; Tìm: =thanh qui",
        "TT",
    ]
    assert sheet["A1"].font.bold
    assert sheet["A4"].font.bold
    assert sheet["B1"].font.underline == "single"
    assert sheet["B2"].font.italic


def test_a_list_made_on_screen_is_signed_by_who_made_it():
    assert texts(opened(written(listing(rows=[["a"]]))).active)[-2:] == ["NGƯỜI LẬP", AUTHOR]


def test_a_list_for_the_standing_committee_has_its_place_to_sign():
    sheet = opened(written(listing(rows=[["a"]], on_behalf="T/M BAN THƯỜNG VỤ"))).active
    assert texts(sheet)[-3:] == ["NGƯỜI LẬP", "T/M BAN THƯỜNG VỤ", AUTHOR]


def test_an_unsigned_list_ends_with_its_notes():
    sheet = opened(written(listing(rows=[["a"]], signed=False, notes=["Lưu ý"]))).active
    assert texts(sheet)[-1] == "Lưu ý"


COUNTED = (Field("Xã"), Field("Số", Kind.NUMBER, 10, total=True))
LOAD = (Footer("Tổng cộng", "SUM"), Footer("Trung vị", "MEDIAN"), Footer("Nhiều nhất", "MAX"))


def test_totals_are_live_formulas_with_their_results():
    content = written(listing(COUNTED, [["a", 1], ["b", None], ["c", 4]], footers=LOAD))
    first = header_row(opened(content).active) + 1
    area = f"C{first}:C{first + 2}"
    assert formulas(content) == [f"SUM({area})", f"MEDIAN({area})", f"MAX({area})"]
    results = opened(content, data_only=True).active
    rows = range(first + 3, first + 6)
    assert [(results.cell(row, 2).value, results.cell(row, 3).value) for row in rows] == [
        ("Tổng cộng", 5),
        ("Trung vị", 2.5),
        ("Nhiều nhất", 4),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"a"',
        "=1",
        'HYPERLINK("http://a.example")',
        "WEBSERVICE(A1)",
        "SUM(A1);B1",
        'COUNTIFS(A1,"*")',
        "SUM('a\"b'!A1)",
        "",
    ],
)
def test_a_formula_is_made_of_functions_and_addresses_only(text):
    with pytest.raises(ValueError, match="functions and addresses"):
        Formula(text, 0)


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_have_letters(column, name):
    assert letters(column) == name


@pytest.mark.parametrize("subtitle", ["", "để thử"])
@pytest.mark.parametrize("conditions", [(), [("Huyện", "Kế Sách")]])
def test_a_list_knows_where_its_cells_are(subtitle, conditions):
    given = {"subtitle": subtitle, "conditions": conditions}
    rows = [["a", 1], ["b", 2]]
    sheet = listing(COUNTED, rows, **given)
    page = opened(written(sheet)).active
    assert page[sheet.cell("Số", 1)].value == 2
    assert page[sheet.head("Số").replace("$", "")].value == "Số"
    row = header_row(page) + 1
    assert sheet.area("Số") == f"'Danh sách'!$C${row}:$C${row + 1}"
    assert sheet.numbers == f"'Danh sách'!$A${row}:$A${row + 1}"
    assert sheet.cell_of("Xã", 1) == f"'Danh sách'!$B${row + 1}"
    assert sheet.cells_of("Xã", "Số", 0) == f"'Danh sách'!$B${row}:$C${row}"


def test_a_formula_in_a_cell_counts_in_the_total_with_its_result():
    content = written(listing(COUNTED, [["a", 2], ["b", Formula("C8*2", 4)]]))
    assert formulas(content)[0] == "C8*2"
    sheet = opened(content, data_only=True).active
    assert [sheet.cell(row, 3).value for row in (8, 9, 10)] == [2, 4, 6]
    assert sheet["C9"].number_format == "#,##0"


def test_a_share_is_shown_in_hundredths():
    content = written(listing([Field("Tỷ lệ", Kind.SHARE)], [[Formula("1/8", 0.125)]]))
    cell = opened(content, data_only=True).active["B8"]
    assert (cell.value, cell.number_format) == (0.125, "0.0%")


def test_who_signs_for_the_committee_stands_under_its_name():
    given = {"on_behalf": "T/M BAN THƯỜNG VỤ", "office": "PHÓ BÍ THƯ", "signer": "Lâm Văn A"}
    sheet = opened(written(listing(rows=[["a"]], remark="Đã chốt.", **given))).active
    assert texts(sheet)[-5:] == ["NGƯỜI LẬP", *list(given.values())[:2], AUTHOR, "Lâm Văn A"]
    assert "(Tính đến ngày 08/5/2023. Đã chốt.)" in texts(sheet)


def test_a_page_of_charts_without_numbers_says_so():
    page = ChartPage("Biểu đồ", "Biểu đồ", DAY, [Chart("Trống", "Quý", ["Đã làm"], [])])
    assert "Chưa có số liệu." in texts(opened(written(page)).active)


def test_an_empty_list_says_so_and_has_no_totals():
    content = written(listing(COUNTED))
    assert "Danh sách không có dòng nào." in texts(opened(content).active)
    assert formulas(content) == []


def test_what_a_sheet_cannot_hold_is_left_out_with_a_remark(monkeypatch):
    monkeypatch.setattr(sheets_module, "MAX_ROWS", 2)
    sheet = opened(written(listing(rows=[["a"], ["b"], ["c"]]))).active
    assert [row["Ghi chú"] for row in table(sheet)] == ["a", "b"]
    assert sheets_module.CUT_NOTE in texts(sheet)


def test_groups_have_roman_headings_and_one_numbering():
    rows = [Heading("HUYỆN A"), ["a", 1], Heading("=B"), ["b", 2], ["c", 3]]
    content = written(listing(COUNTED, rows, grouped=True))
    sheet = opened(content).active
    first = header_row(sheet) + 1
    numbers = [
        (sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in range(first, first + 5)
    ]
    assert numbers == [("I", "HUYỆN A"), (1, "a"), ("II", "=B"), (2, "b"), (3, "c")]
    assert sheet.auto_filter.ref is None
    assert [area for area in sheet.merged_cells.ranges if first <= area.min_row < first + 6] == []
    assert formulas(content) == [f"SUM(C{first}:C{first + 4})"]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (11, "XI"), (43, "XXXXIII")]
)
def test_roman(number, text):
    assert roman(number) == text


def test_rows_are_as_high_as_their_text():
    rows = [
        ["ngắn"],
        ["một\nhai\nba"],
        ["Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn " * 4],
    ]
    sheet = opened(written(listing([Field("Ghi chú", width=78)], rows))).active
    first = header_row(sheet) + 1
    heights = [sheet.row_dimensions[row].height for row in range(first, first + 3)]
    assert heights[0] is None
    assert heights[1] == pytest.approx(3 * 15.84, abs=0.5)
    assert heights[2] == pytest.approx(3 * 15.84, abs=0.5)


def test_no_row_is_higher_than_excel_allows():
    sheet = opened(written(listing(rows=[["dòng\n" * 500]]))).active
    assert sheet.row_dimensions[header_row(sheet) + 1].height == 408.75


def test_sheet_names_are_such_as_excel_takes():
    long = "Đảng bộ xã, phường, thị trấn chưa có người"
    names = unique_names(["A/B:C*?[x]\\", "'a'", "A", "", "history", long, long, "a (2)", "\x00"])
    assert names == [
        "A B C x",
        "a",
        "A (2)",
        "Trang",
        "history.",
        long[:31],
        f"{long[:27]} (2)",
        "a (2) (2)",
        "Trang (2)",
    ]
    assert all(len(name) <= 31 for name in names)


def test_a_bare_sheet_is_its_header_and_rows_as_they_are():
    headers = ["Họ và tên", "Năm sinh", "Từ ngày", "Điện thoại", "Lỗi"]
    values = ["=Nguyễn", 1970, dt.date(2021, 11, 1), "0912345678", "Không rõ xã"]
    columns = [Field(header) for header in headers]
    sheet = opened(written(BareSheet("Dòng bị từ chối", columns, [values]))).active
    assert [cell.value for cell in sheet[1]] == headers
    assert [cell.value for cell in sheet[2]] == [*values[:2], naive(2021, 11, 1), *values[3:]]
    formats = [cell.number_format for cell in sheet[2]]
    assert formats == ["General", "General", "dd/mm/yyyy", "General", "General"]
    assert sheet.max_row == 2
    assert sheet.freeze_panes == "A2"
    assert not sheet.merged_cells.ranges


def test_the_same_sheets_give_the_same_bytes():
    one, other = (written(listing(rows=[["a"]])) for _ in range(2))
    assert one == other


def test_the_file_says_who_made_it_and_when():
    properties = opened(written(listing())).properties
    assert (properties.creator, properties.created) == (AUTHOR, naive(2023, 5, 9, 1, 30))


class Record(list):
    """A row that can be watched."""

    __hash__ = object.__hash__


def test_rows_are_read_one_at_a_time():
    alive = weakref.WeakSet()
    most = 0

    def rows():
        nonlocal most
        for number in range(300):
            row = Record([f"dòng {number}"])
            alive.add(row)
            most = max(most, len(alive))
            yield row
            del row

    assert len(table(opened(written(listing(rows=rows()))).active)) == 300
    assert most <= 3


@pytest.mark.django_db
def test_the_answer_is_a_download_and_is_audited():
    user = make_user(full_name=AUTHOR)
    response = workbook_response([listing(rows=[["a"]])], file_name="ThuTep.xlsx", by=user, now=NOW)
    assert isinstance(response, FileResponse)
    assert response["Content-Type"] == CONTENT_TYPE
    assert response["Content-Disposition"] == 'attachment; filename="ThuTep.xlsx"'
    content = b"".join(response.streaming_content)
    response.file_to_stream.close()
    assert int(response["Content-Length"]) == len(content)
    assert content == written(listing(rows=[["a"]]))
    event = AuditEvent.objects.get(verb=Verb.EXPORT)
    assert (event.target, event.actor) == ("ThuTep.xlsx", str(user))


@pytest.mark.django_db
def test_an_error_in_the_rows_goes_up_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows():
        yield ["a"]
        raise LookupError("hỏng")

    with pytest.raises(LookupError):
        workbook_response([listing(rows=rows())], file_name="a.xlsx", by=make_user(), now=NOW)
    gc.collect()
    assert list(tmp_path.iterdir()) == []
    assert not AuditEvent.objects.filter(verb=Verb.EXPORT).exists()


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("CanBo_2023-05-09.xlsx", 'attachment; filename="CanBo_2023-05-09.xlsx"'),
        (
            "Đảng bộ.xlsx",
            'attachment; filename="dang bo.xlsx"; '
            "filename*=UTF-8''%C4%90%E1%BA%A3ng%20b%E1%BB%99.xlsx",
        ),
        ('a"b.xlsx', "attachment; filename=\"a_b.xlsx\"; filename*=UTF-8''a%22b.xlsx"),
    ],
)
def test_a_file_name_comes_in_a_spelling_every_browser_reads(name, header):
    assert attachment(name) == header
