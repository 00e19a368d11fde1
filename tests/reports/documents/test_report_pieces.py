"""What a report has beside a letter's pieces: number, headings, citations, sections, minutes."""

import datetime as dt
import re
import zipfile
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from assignments.spreadsheets import Heading
from reports.documents import (
    HD05_2026,
    HD36_2018,
    Paper,
    Recipients,
    Signature,
    TableColumn,
    committee,
    profile_of,
    standing_committee,
)

BOTH = pytest.mark.parametrize("profile", [HD36_2018, HD05_2026])
NOW = dt.datetime(2023, 5, 9, 2, 30, tzinfo=dt.UTC)
ISSUED = ["Phó Bí thư Thường trực", "Trần Thị Thủy"]
COLUMNS = (
    TableColumn("TT", 10, lambda row: row[0], is_centred=True),
    TableColumn("Tên", 60, lambda row: row[1]),
)
# The order the schema asks for (ECMA-376, wml.xsd), of what is written here.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind "
    "contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color sz szCs highlight u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}


def report(profile=HD36_2018, day=dt.date(2023, 1, 5), number: int | None = 5) -> Paper:
    """Make a small report with an annex lying across."""
    made = Paper(profile, title="Báo cáo", day=day, now=NOW)
    made.put_header(committee(), "BC", number=number)
    made.put_type("Báo cáo", "kết quả thực hiện Quy chế của Tỉnh ủy")
    made.put_citation("Căn cứ Quy chế của Tỉnh ủy,")
    made.put_heading(1, "Kết quả thực hiện")
    made.put_clause(1, "Việc phân công")
    made.put_point(4, "Một điểm;")
    made.put_text("Hết.", is_last=True)
    made.put_end(
        Recipients(("Bộ Chính trị",), "Văn phòng"), Signature("T/M Ban Thường vụ", *ISSUED)
    )
    made.begin_section(is_landscape=True)
    made.put_table(COLUMNS, [Heading("HUYỆN A"), (1, "Xã B"), (2, "Xã C")])
    made.begin_section()
    made.put("Trang cuối")
    return made


def opened(made: Paper):
    return docx.Document(BytesIO(made.content()))


def paragraph(document, text: str):
    return next(one for one in document.paragraphs if one.text == text)


def look(one) -> tuple:
    [run] = one.runs
    return run.font.size, bool(run.font.bold), bool(run.font.italic)


@pytest.mark.parametrize(
    ("profile", "name", "day", "place_and_date"),
    [
        (HD36_2018, "TỈNH UỶ SÓC TRĂNG", dt.date(2023, 1, 5), "ngày 05 tháng 01 năm 2023"),
        (HD36_2018, "TỈNH UỶ SÓC TRĂNG", dt.date(2023, 2, 15), "ngày 15 tháng 02 năm 2023"),
        (HD05_2026, "TỈNH ỦY SÓC TRĂNG", dt.date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
        (HD05_2026, "TỈNH ỦY SÓC TRĂNG", dt.date(2026, 9, 30), "ngày 30 tháng 9 năm 2026"),
    ],
)
def test_the_committees_own_header(profile, name, day, place_and_date):
    left, right = opened(report(profile, day)).tables[0].rows[0].cells
    assert [one.text for one in left.paragraphs] == [name, "*", "Số 05-BC/TU"]
    assert look(left.paragraphs[0]) == (Pt(14), True, False)
    assert look(left.paragraphs[2]) == (Pt(14), False, False)
    assert right.paragraphs[-1].text == f"Sóc Trăng, {place_and_date}"


@pytest.mark.parametrize(
    ("number", "written"), [(None, "\u00a0" * 6), (1, "01"), (9, "09"), (10, "10"), (128, "128")]
)
def test_the_number_has_two_digits_and_no_colon(number, written):
    cell = opened(report(number=number)).tables[0].rows[0].cells[0]
    assert cell.paragraphs[-1].text == f"Số {written}-BC/TU"


@BOTH
def test_headings(profile):
    document = opened(report(profile))
    for text, is_bold in (
        ("I- KẾT QUẢ THỰC HIỆN", True),
        ("1. Việc phân công", True),
        ("d) Một điểm;", False),
    ):
        one = paragraph(document, text)
        assert look(one) == (Pt(14), is_bold, False)
        assert one.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert one.paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    assert paragraph(document, "1. Việc phân công").paragraph_format.keep_with_next


@BOTH
def test_the_end_of_the_text_and_its_spelling(profile):
    document = opened(report(profile))
    assert paragraph(document, "Hết./." if profile is HD36_2018 else "Hết.")
    word = "Tỉnh uỷ" if profile is HD36_2018 else "Tỉnh ủy"
    assert paragraph(document, f"kết quả thực hiện Quy chế của {word}").runs[0].font.bold
    assert paragraph(document, f"- Căn cứ Quy chế của {word},")


def test_citations_are_upright_unless_the_installation_says_otherwise(settings):
    day = dt.date(2023, 5, 9)
    assert look(paragraph(opened(report()), "- Căn cứ Quy chế của Tỉnh uỷ,"))[2] is False
    settings.DOCUMENT_ITALIC_CITATIONS = True
    made = opened(report(profile_of(day), day))
    assert look(paragraph(made, "- Căn cứ Quy chế của Tỉnh uỷ,"))[2] is True


@BOTH
def test_on_whose_behalf_is_bold_the_office_is_not(profile):
    right = opened(report(profile)).tables[1].rows[0].cells[1]
    assert [(one.text, *look(one)[:2]) for one in right.paragraphs if one.text] == [
        ("T/M BAN THƯỜNG VỤ", Pt(14), True),
        ("PHÓ BÍ THƯ THƯỜNG TRỰC", Pt(14), False),
        ("Trần Thị Thủy", Pt(14), True),
    ]


def test_a_section_has_its_own_page_numbers_and_may_lie_across():
    first, across, last = opened(report()).sections
    sizes = [(round(one.page_width.mm), round(one.page_height.mm)) for one in (first, across, last)]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    assert across.orientation == WD_ORIENT.LANDSCAPE
    for one in (across, last):
        assert one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert one.different_first_page_header_footer
        assert one.header.is_linked_to_previous
        assert [round(edge.mm) for edge in (one.left_margin, one.right_margin)] == [30, 15]
    assert first._sectPr.find(qn("w:pgNumType")) is None


def test_groups_of_a_table_go_over_its_whole_width():
    table = opened(report()).tables[2]
    group = table.rows[1]._tr.tc_lst
    assert [cell.grid_span for cell in group] == [2]
    assert table.rows[1].cells[0].text == "HUYỆN A"
    assert [cell.text for cell in table.rows[2].cells] == ["1", "Xã B"]


def test_minutes_are_signed_side_by_side():
    made = Paper(HD05_2026, title="Biên bản", day=dt.date(2026, 6, 1), now=NOW)
    made.put_signatures(Signature("", "Bên giao", "A"), Signature("", "Bên nhận", "B"))
    [table] = opened(made).tables
    signed = [[one.text for one in cell.paragraphs if one.text] for cell in table.rows[0].cells]
    assert signed == [["BÊN GIAO", "A"], ["BÊN NHẬN", "B"]]


def test_the_standing_committee_in_a_sentence(settings):
    assert standing_committee() == "Ban Thường vụ Tỉnh ủy"
    settings.COMMITTEE_NAME = "Thành ủy Cần Thơ"
    assert standing_committee() == "Ban Thường vụ Thành ủy"


@BOTH
def test_elements_stand_in_the_order_word_asks_for(profile):
    with zipfile.ZipFile(BytesIO(report(profile).content())) as archive:
        parts = [
            archive.read(name)
            for name in archive.namelist()
            if re.match(r"word/(document|header)", name)
        ]
    for tree in map(etree.fromstring, parts):
        for tag, order in ORDER.items():
            for found in tree.iter(qn(f"w:{tag}")):
                places = [order.split().index(etree.QName(child).localname) for child in found]
                assert places == sorted(places), etree.tostring(found)
