"""Marked documents are refused wherever the mark can be read; ordinary words are no marks."""

from __future__ import annotations

import io
import unicodedata

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from assignments.attachments import accept
from assignments.attachments.secrecy import is_marked, name_is_marked
from tests.assignments.attachments import files

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


@pytest.mark.parametrize(
    "stem",
    [
        "MẬT",
        "Báo cáo mật",
        "bao cao (MAT)",
        "[Mật] Kế hoạch",
        "12-BC-TU_MẬT",
        "Công văn MẬT số 15",
        "toi-mat",
        "Tối mật - phương án",
        "TUYET_MAT",
        "phuong an tuyet mat 2023",
        "tuyệt mật",
        "mat",
        "mat 01",
        "van-ban-mat",
        "Cong van mat 15",
        "do mat",
        unicodedata.normalize("NFD", "Báo cáo mật"),
        "Báo\u200b cáo m\u200bật",
    ],
)
def test_a_name_that_says_so(stem):
    assert name_is_marked(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "mật độ dân số",
        "Bảng MẬT ĐỘ cây trồng",
        "bí mật gia truyền",
        "Kế hoạch bảo vệ bí mật nhà nước",
        "Bảo mật thông tin",
        "mật khẩu",
        "hợp tác xã mật ong",
        "Gặp mặt thân mật",
        "danh sách vắng mặt",
        "mat tran to quoc xa An Hiep",
        "le ra mat",
        "vang-mat",
        "gap mat 2023",
        "mat do dan so",
        "bi mat nha nuoc",
        "Mặt trận",
        "mất mùa",
        "matxcova",
        "ban do",
        "",
    ],
)
def test_a_name_that_does_not(stem):
    assert not name_is_marked(stem)


@pytest.mark.parametrize(
    "line",
    [
        "MẬT",
        "  MẬT  ",
        "(MẬT)",
        "* TỐI MẬT *",
        "TUYỆT MẬT",
        "M Ậ T",
        "T Ố I  M Ậ T",
        "TUYỆTMẬT",
        "M TẬ",  # LibreOffice's PDF when the font lacks a letter
        "TUY T M TỆ Ậ Sóc Trăng, ngày 9 tháng 5 năm 2023",
        "T U Y Ệ T M Ậ T",
        "tuyÖt mËt",
        "MẬT Sóc Trăng, ngày 9 tháng 5 năm 2023",
        "TỐI MẬT – Số 12-BC/TU",
        unicodedata.normalize("NFD", "TỐI MẬT"),
        "MAÄT",
        "TOÁI MAÄT",
        "TUYEÄT MAÄT",
        "MËT",
        "TUYÖT MËT",
        "Độ mật: Mật",
        "- Mức độ mật: tối mật",
        "Dấu chỉ mức độ mật: Tuyệt mật",
        "ĐỘ MẬT: MẬT",
        "Đ ộ  m ậ t: T ố i m ậ t",
        "Độ mật: Mật. Số 12",
    ],
)
def test_a_line_that_is_a_mark(line):
    assert is_marked(["Báo cáo", line])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Mật",
        "mật",
        "MẬT ĐỘ DÂN SỐ",
        "MẬT KHẨU",
        "BÍ MẬT NHÀ NƯỚC",
        "Tài liệu mật được quản lý theo quy định.",
        "Về bảo vệ bí mật gia truyền",
        "Độ mật: không",
        "Độ mật: thường",
        "Mật độ: 250 người/km²",
        "MẤT",
        "MẮT",
        "MAT",
        "MẶT TRẬN TỔ QUỐC",
    ],
)
def test_a_line_that_is_none(line):
    assert not is_marked([line])


def text_box(text: str) -> str:
    """Give a paragraph with a text box, as Word keeps it: a paragraph inside a run."""
    return (
        "<w:p><w:r><w:t>Số 12</w:t><w:pict><w:txbxContent>"
        f"{files.paragraph(text)}</w:txbxContent></w:pict></w:r><w:r><w:t>-BC/TU</w:t></w:r></w:p>"
    )


def header(text: str) -> str:
    return f"<w:hdr {files.W}>{files.paragraph(text)}</w:hdr>"


def workbook(write) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        write(book.add_worksheet())
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", files.word("TỈNH ỦY SÓC TRĂNG", "TỐI MẬT", "Báo cáo")),
        ("a.docx", files.word("Báo cáo", body=text_box("MẬT"))),
        ("a.docx", files.word(word__header2_dot_xml=header("TUYỆT MẬT"))),
        ("a.docx", files.word(word__footer1_dot_xml=header("Độ mật: Mật"))),
        ("a.docx", files.word(body="<w:p><w:r><w:t>A</w:t><w:br/><w:t>MẬT</w:t></w:r></w:p>")),
        ("a.docx", files.word(body="<w:p><w:t>MẬT</w:t></w:p>" + "<w:p/>" * 300_000)),
        ("a.xlsx", files.excel("Danh sách", "MẬT")),
        ("a.xlsx", workbook(lambda sheet: sheet.set_header('&L&12A&C&"Times,Bold"TỐI MẬT'))),
        ("a.xlsx", workbook(lambda sheet: sheet.insert_textbox(1, 1, "MẬT"))),
        ("a.pdf", files.pdf("TỈNH ỦY SÓC TRĂNG", "MẬT", "Báo cáo")),
        ("a.pdf", files.pdf("MẬT Sóc Trăng, ngày 9 tháng 5 năm 2023")),
    ],
)
def test_a_document_with_a_stamp_is_refused(name, content):
    with pytest.raises(ValidationError, match="ghi mức độ mật"):
        accept(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", files.word("MẬT ĐỘ DÂN SỐ", "Giữ bí mật")),
        ("a.docx", files.word("Giữ bí", body=text_box("mật"))),
        ("a.xlsx", files.excel("Mật độ", "Bí mật gia truyền")),
        ("a.pdf", files.pdf("Quy chế bảo vệ bí mật nhà nước", "MẬT KHẨU")),
    ],
)
def test_a_document_that_speaks_of_secrets_is_taken(name, content):
    assert accept(SimpleUploadedFile(name, content)).name == name


def test_a_marked_name_says_what_to_do():
    with pytest.raises(ValidationError, match="nếu không phải tài liệu mật, đổi tên tệp"):
        accept(SimpleUploadedFile("Báo cáo mật.pdf", files.pdf()))
