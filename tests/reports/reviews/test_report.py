"""The report of a review, opened again: layout, numbers from the freeze, no names in the body."""

import datetime as dt
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.models import Officer
from reports.freezing import frozen_line, frozen_values
from reports.models import Petition, Review
from reports.reviews.annexes import ANNEXES, annex_paper
from reports.reviews.report import make_report
from tests.reports.reviews.conferences import COMMUNES, NOW, OFFICERS, frozen_review, numbered

NEW_DAY = dt.date(2026, 6, 1)


@pytest.fixture
def frozen(users):
    return numbered(frozen_review(users[Role.OFFICE]))


def opened(paper):
    return docx.Document(BytesIO(paper.content()))


def report_of(frozen, **review):
    for name, value in review.items():
        setattr(frozen.review, name, value)
    return make_report(frozen, now=NOW)


def body_texts(document) -> list[str]:
    """Give the paragraphs before the first annex."""
    texts = [one.text for one in document.paragraphs]
    return texts[: texts.index("Phụ lục 1")]


def header(document) -> list[str]:
    return [one.text for cell in document.tables[0].rows[0].cells for one in cell.paragraphs]


def end(document):
    """Give the table of recipients and signature."""
    return next(one for one in document.tables if "Nơi nhận:" in one.rows[0].cells[0].text)


@pytest.mark.parametrize(
    ("day", "name", "standing", "mark", "dated"),
    [
        (dt.date(2023, 5, 9), "TỈNH UỶ", "Tỉnh uỷ", "./.", "ngày 09 tháng 5 năm 2023"),
        (NEW_DAY, "TỈNH ỦY", "Tỉnh ủy", ".", "ngày 01 tháng 6 năm 2026"),
    ],
)
def test_its_layout_is_that_of_its_day(frozen, day, name, standing, mark, dated):
    document = opened(report_of(frozen, report_day=day).paper)
    assert header(document) == [
        f"{name} SÓC TRĂNG",
        "*",
        "Số 05-BC/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "",
        f"Sóc Trăng, {dated}",
    ]
    texts = body_texts(document)
    regulation = f"Quy chế số 10-QC/TU, ngày 19/10/2021 của Ban Thường vụ {standing}"
    assert texts[1:5] == [
        "BÁO CÁO",
        f"kết quả thực hiện {regulation} (Quý II/2023)",
        "-----",
        f"- Căn cứ {regulation},",
    ]
    last = [text for text in texts if text][-1]
    assert last.endswith(mark)
    assert last.endswith("./.") == (mark == "./.")


def test_its_chapters_and_clauses_follow_one_another(frozen):
    texts = body_texts(opened(report_of(frozen).paper))
    chapters = [text for text in texts if text.isupper() and "- " in text[:5]]
    assert [text.split("- ")[0] for text in chapters] == ["I", "II", "III", "IV"]
    clauses = [int(text[0]) for text in texts if text[:1].isdigit() and text[1:3] == ". "]
    assert clauses == [1, 2, 3, 4, 5, 1, 2, 1, 2]


def test_every_number_comes_from_the_freeze(frozen):
    """Records that change afterwards change nothing."""
    before = report_of(frozen).paper.content()
    Officer.objects.update(full_name="Người Khác")
    Petition.objects.update(withdrawn_at=NOW, withdrawal_reason="nhầm")
    assert report_of(frozen).paper.content() == before
    texts = " ".join(body_texts(opened(report_of(frozen).paper)))
    numbers = frozen_values(frozen)
    assert (numbers["officers_assigned"], numbers["communes"]) == (2, 3)
    assert "đã phân công 2 đồng chí" in texts
    assert "Có 2/3 Đảng bộ đã có cán bộ phụ trách; còn 1 Đảng bộ" in texts
    assert frozen_line(frozen) in texts


def test_nobody_is_named_in_the_body(frozen):
    made = report_of(frozen)
    document = opened(made.paper)
    tables = list(document.tables)
    last = next(place for place, one in enumerate(tables) if one._tbl is end(document)._tbl)
    cells = [cell.text for table in tables[: last + 1] for cell in table._cells]
    words = "\n".join([*body_texts(document), *cells])
    assert "Giao thông nông thôn" in words
    for name in (*OFFICERS, *COMMUNES):
        assert name not in words


def test_annexes_name_them_each_on_pages_of_its_own(frozen):
    document = opened(report_of(frozen).paper)
    texts = [one.text for one in document.paragraphs]
    attached = "(kèm theo Báo cáo số 05-BC/TU, ngày 09/5/2023 của Ban Thường vụ Tỉnh uỷ)"
    for annex in ANNEXES:
        place = texts.index(annex.name)
        assert texts[place + 1] == annex.title.upper()
        assert texts[place + 2] == attached
        title, line = document.paragraphs[place + 1], document.paragraphs[place + 2]
        assert (title.runs[0].font.bold, title.alignment) == (True, WD_ALIGN_PARAGRAPH.CENTER)
        assert line.runs[0].font.italic
    _, *sections = document.sections
    assert len(sections) == len(ANNEXES)
    starts = [one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for one in sections]
    assert set(starts) == {"1"}
    assert sections[1].orientation == WD_ORIENT.LANDSCAPE
    rest = "\n".join(cell.text for table in document.tables for cell in table._cells)
    assert f"Xã {COMMUNES[2]}" in rest
    assert OFFICERS[1] in rest


def test_each_annex_is_also_a_file_of_its_own(frozen):
    for annex in ANNEXES:
        document = opened(annex_paper(annex, frozen, now=NOW))
        assert document.paragraphs[0].text == annex.name
        assert len(document.sections) == 1


def test_petitions_are_counted_by_field(frozen):
    document = opened(report_of(frozen).paper)
    table = next(one for one in document.tables if one.rows[0].cells[1].text == "Lĩnh vực")
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["1", "Giao thông nông thôn <&>", "1", "1", "0", "1"],
        ["", "Tổng cộng", "1", "1", "0", ""],
    ]


def test_recipients_and_signature(frozen):
    left, right = end(opened(report_of(frozen).paper)).rows[0].cells
    assert [one.text for one in left.paragraphs] == [
        "Nơi nhận:",
        "- Bộ Chính trị (để báo cáo);",
        "- Đảng uỷ xã, phường, thị trấn;",
        "- Lưu Văn phòng Tỉnh uỷ.",
    ]
    assert left.paragraphs[0].runs[0].font.underline
    signed = [(one.text, bool(one.runs[0].font.bold)) for one in right.paragraphs if one.text]
    assert signed == [
        ("T/M BAN THƯỜNG VỤ", True),
        ("PHÓ BÍ THƯ THƯỜNG TRỰC", False),
        ("Trần Thị Thủy", True),
    ]
    assert {one.runs[0].font.size for one in left.paragraphs[1:]} == {Pt(12)}


def test_what_is_missing_is_marked_and_listed(frozen):
    made = report_of(frozen, recipients="", signer="", texts={"mo_dau": "Tính đến {{ ngay_la }}"})
    assert list(made.missing) == ["ngay_la", "nguyen_nhan", "de_xuat", "noi_nhan", "nguoi_ky"]
    document = opened(made.paper)
    words = "\n".join([*body_texts(document), *(cell.text for cell in end(document)._cells)])
    for name in made.missing:
        assert f"[THIẾU: {name}]" in words


def test_the_offices_own_text_keeps_the_frozen_numbers(frozen):
    own = "Có {{ can_bo_dang_phu_trach }} đồng chí.\nĐoạn hai <w:p/>&amp;\x0b{% if %}\u202e."
    texts = body_texts(opened(report_of(frozen, texts={"phan_cong": own}).paper))
    place = texts.index("1. Việc phân công cán bộ theo dõi, phụ trách")
    assert texts[place + 1] == "Có 2 đồng chí."
    assert texts[place + 2].startswith("Đoạn hai <w:p/>&amp;")


def test_without_a_number_its_place_is_free(users):
    document = opened(report_of(frozen_review(users[Role.OFFICE])).paper)
    assert header(document)[2] == f"Số {chr(160) * 6}-BC/TU"


def test_downloading_is_audited(frozen, client_as):
    response = client_as(Role.LEADER).get(f"/so-ket/chot/{frozen.pk}/bao-cao.docx")
    document = docx.Document(BytesIO(b"".join(response.streaming_content)))
    assert header(document)[2] == "Số 05-BC/TU"
    assert AuditEvent.objects.get(verb=Verb.EXPORT).target.startswith("BaoCao_SoKet_2023-05-09")


def test_the_page_of_a_review_leads_to_its_report(frozen, client_as):
    review = Review.objects.get()
    page = client_as(Role.OFFICE).get(f"/so-ket/{review.pk}/").text
    for address in (f"/so-ket/chot/{frozen.pk}/bao-cao.docx", f"/so-ket/{review.pk}/noi-dung/"):
        assert f'href="{address}"' in page
