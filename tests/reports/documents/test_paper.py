"""Word documents: opened again, each rule of the layout is where a reader of Word finds it."""

import datetime as dt
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from reports.documents import (
    HD05_2026,
    HD36_2018,
    Issuer,
    Paper,
    Recipients,
    Signature,
    TableColumn,
    profile_of,
)

DAY = dt.date(2023, 5, 9)
NOW = dt.datetime(2023, 5, 9, 2, 30, tzinfo=dt.UTC)
ISSUER = Issuer(
    superior="Tỉnh ủy Sóc Trăng",
    name="Văn phòng",
    symbol="VPTU",
    place="Sóc Trăng",
    authority="T/L Ban Thường vụ",
    office="Chánh Văn phòng",
    signer="Trần Thị Thủy",
)
COLUMNS = (
    TableColumn("TT", 10, lambda row: row[0], is_centred=True),
    TableColumn("Họ và tên", 60, lambda row: row[1]),
)


def paper(profile=HD36_2018, *, day=DAY) -> Paper:
    """Make a small letter with every piece."""
    made = Paper(profile, title="Công văn", day=day, now=NOW)
    made.put_header(ISSUER, "CV", "nhắc nộp báo cáo Tỉnh ủy")
    made.put_text("Thực hiện Quy chế của Tỉnh ủy.")
    made.put_table(COLUMNS, [(1, "Nguyễn Văn Thủy"), (2, "<w:b/>&amp;=1+1")])
    made.put_text("Đề nghị đồng chí quan tâm.", is_last=True)
    made.put_end(
        Recipients(kept_at="Văn phòng Tỉnh ủy"),
        Signature(ISSUER.authority, ISSUER.office, ISSUER.signer),
    )
    return made


def opened(made: Paper):
    return docx.Document(BytesIO(made.content()))


def cell_lines(document, table: int, column: int) -> list:
    """Give the paragraphs of one of the two cells of the header (0) or of the end (-1)."""
    return document.tables[table].rows[0].cells[column].paragraphs


def look(paragraph) -> tuple:
    """Give text, size, bold, italic, underline of a paragraph of one run."""
    [run] = paragraph.runs
    font = run.font
    return (run.text, font.size.pt, bool(font.bold), bool(font.italic), bool(font.underline))


@pytest.mark.parametrize(
    ("day", "profile"),
    [
        (dt.date(2010, 1, 1), HD36_2018),
        (dt.date(2018, 4, 3), HD36_2018),
        (dt.date(2026, 5, 26), HD36_2018),
        (dt.date(2026, 5, 27), HD05_2026),
    ],
)
def test_each_day_has_the_layout_of_its_guidance(day, profile):
    assert profile_of(day) == profile


@pytest.mark.parametrize("profile", [HD36_2018, HD05_2026])
def test_the_installation_overrides_only_what_it_sets(settings, profile):
    assert profile_of(profile.started_on) == profile
    settings.DOCUMENT_END_MARK, settings.DOCUMENT_LETTER_PREFIX = "./.", "V/v"
    settings.DOCUMENT_RECIPIENTS_SIZE, settings.DOCUMENT_ITALIC_CITATIONS = 11, True
    settings.DOCUMENT_SPELLING = "ủy"
    assert profile_of(profile.started_on) == replace(
        profile,
        end_mark="./.",
        letter_prefix="V/v",
        recipients_size=11,
        has_italic_citations=True,
        is_old_spelling=False,
    )
    settings.DOCUMENT_SPELLING = "uỷ"
    assert profile_of(profile.started_on).is_old_spelling


def test_the_installation_may_name_a_layout_and_its_spacing(settings):
    settings.DOCUMENT_PROFILE = "HD05_2026"
    settings.DOCUMENT_LINE_SPACING = 20
    settings.DOCUMENT_TWO_SIDED = True
    found = profile_of(DAY)
    assert found == replace(HD05_2026, line_spacing=20, is_two_sided=True)
    assert opened(paper(found)).settings.element.find(qn("w:mirrorMargins")) is not None
    assert opened(paper()).settings.element.find(qn("w:mirrorMargins")) is None


def test_page_margins_and_fonts():
    document = opened(paper())
    [section] = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    edges = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [round(edge.mm) for edge in edges] == [20, 20, 30, 15]
    fonts = document.styles["Normal"].element.rPr.rFonts
    scripts = [fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")]
    assert scripts == ["Times New Roman"] * 4


def test_pages_are_numbered_from_the_second_on():
    [section] = opened(paper()).sections
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    [paragraph] = section.header.paragraphs
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert "PAGE" in paragraph._p.xml
    assert {run.font.size for run in paragraph.runs} == {Pt(14)}
    assert section.header_distance.mm == pytest.approx(10, abs=0.1)


@pytest.mark.parametrize(
    ("profile", "superior", "subject"),
    [
        (HD36_2018, "TỈNH UỶ SÓC TRĂNG", "V/v nhắc nộp báo cáo Tỉnh uỷ"),
        (HD05_2026, "TỈNH ỦY SÓC TRĂNG", "về việc nhắc nộp báo cáo Tỉnh ủy"),
    ],
)
def test_the_header(profile, superior, subject):
    document = opened(paper(profile))
    left, right = (cell_lines(document, 0, column) for column in (0, 1))
    assert [look(one) for one in left] == [
        (superior, 14, False, False, False),
        ("VĂN PHÒNG", 14, True, False, False),
        ("*", 14, False, False, False),
        ("Số \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0-CV/VPTU", 14, False, False, False),
        (subject, 12, False, True, False),
    ]
    assert look(right[0]) == ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False, False)
    assert look(right[-1]) == ("Sóc Trăng, ngày 09 tháng 5 năm 2023", 14, False, True, False)
    assert all(one.alignment == WD_ALIGN_PARAGRAPH.CENTER for one in [*left, right[0], right[-1]])


def test_a_solid_rule_as_long_as_the_title_is_below_it():
    document = opened(paper())
    rule = cell_lines(document, 0, 1)[1]
    assert 'w:top w:val="single"' in rule._p.xml
    shape = rule.paragraph_format
    assert (91 - shape.left_indent.mm - shape.right_indent.mm) == pytest.approx(73, abs=0.2)


def test_the_header_has_two_cells_without_borders_as_wide_as_the_page_allows():
    table = opened(paper()).tables[0]
    assert [round(cell.width.mm) for cell in table.rows[0].cells] == [74, 91]
    assert "tblBorders" not in table._tbl.xml
    assert table.style.name == "Normal Table"


def test_the_body_is_justified_indented_and_ends_with_its_mark():
    for profile, last in ((HD36_2018, "quan tâm./."), (HD05_2026, "quan tâm.")):
        document = opened(paper(profile))
        body = [one for one in document.paragraphs if one.text]
        assert body[-1].text.endswith(last)
        for one in body:
            shape = one.paragraph_format
            assert one.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
            assert shape.first_line_indent.mm == pytest.approx(10, abs=0.1)
            assert (shape.line_spacing_rule, shape.line_spacing) == (
                WD_LINE_SPACING.EXACTLY,
                Pt(18),
            )
            assert shape.space_after == Pt(6)
            assert {run.font.size for run in one.runs} == {Pt(14)}


def test_recipients_and_signature():
    document = opened(paper())
    left, right = (cell_lines(document, -1, column) for column in (0, 1))
    assert [look(one) for one in left] == [
        ("Nơi nhận:", 14, False, False, True),
        ("- Như trên;", 12, False, False, False),
        ("- Lưu Văn phòng Tỉnh uỷ.", 12, False, False, False),
    ]
    assert [look(one) for one in right if one.text] == [
        ("T/L BAN THƯỜNG VỤ", 14, True, False, False),
        ("CHÁNH VĂN PHÒNG", 14, False, False, False),
        ("Trần Thị Thủy", 14, True, False, False),
    ]


def test_the_table_repeats_its_header_and_never_splits_a_row():
    table = opened(paper()).tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["TT", "Họ và tên"],
        ["1", "Nguyễn Văn Thủy"],
        ["2", "<w:b/>&amp;=1+1"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [round(cell.width.mm) for cell in table.rows[1].cells] == [10, 60]
    assert [round(column.width.mm) for column in table.columns] == [10, 60]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    heading = table.rows[0].cells[0].paragraphs[0]
    assert (heading.alignment, heading.runs[0].font.bold) == (WD_ALIGN_PARAGRAPH.CENTER, True)


@pytest.mark.parametrize("text", ["\x00\x0b\ud800", "<w:p/>]]>", "&lt;", "\u202egnp", "a\tb\nc"])
def test_whatever_is_written_stays_text(text):
    made = Paper(HD36_2018, title=text, day=DAY, now=NOW)
    made.put_text(f"Trước {text} sau")
    [paragraph] = opened(made).paragraphs
    assert paragraph.text.startswith("Trước ")
    assert paragraph.text.endswith(" sau")
    assert len(opened(made).paragraphs) == 1


def test_the_type_and_subject_of_a_report():
    made = Paper(HD05_2026, title="Báo cáo", day=DAY, now=NOW)
    made.put_type("Báo cáo", "kết quả theo dõi Đảng bộ cấp xã")
    assert [look(one)[:3] for one in opened(made).paragraphs] == [
        ("BÁO CÁO", 16, True),
        ("kết quả theo dõi Đảng bộ cấp xã", 14, True),
        ("-----", 14, False),
    ]


def test_the_same_document_is_the_same_file():
    assert paper().content() == paper().content()
    with zipfile.ZipFile(BytesIO(paper().content())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 5, 9, 9, 30, 0)}
    properties = opened(paper()).core_properties
    assert (properties.title, properties.author) == ("Công văn", "")
    assert properties.created == properties.modified == NOW
