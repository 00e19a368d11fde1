"""What is taken in, how it comes out, and what is refused in which words."""

from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import suppress

import hypothesis.strategies as st
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings

from assignments.attachments import ATTACHMENT_ACCEPT, Accepted, accept
from assignments.enums import AttachmentKind
from tests.assignments.attachments import files
from tests.assignments.attachments.hostile import ARCHIVE, OLE2, PAGE, PHP, SVG, bomb
from tests.assignments.roster.workbooks import zip_of


def accepted(name: str, content: bytes) -> Accepted:
    return accept(SimpleUploadedFile(name, content))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        accepted(name, content)
    assert len(caught.value.messages) == 1
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("Biên bản.pdf", files.pdf(), "Biên bản.pdf"),
        ("Báo cáo.DOCX", files.word(), "Báo cáo.docx"),
        ("Số liệu.xlsx", files.excel(), "Số liệu.xlsx"),
        ("IMG_1.JPG", files.jpeg(), "IMG_1.jpg"),
        ("IMG_1.jpeg", files.jpeg(), "IMG_1.jpg"),
        ("Màn hình.png", files.png(), "Màn hình.png"),
        ("IMG_2.HEIC", files.heic(), "IMG_2.jpg"),
        ("khong-duoi", files.png(), "khong-duoi.png"),
    ],
)
def test_each_kind_is_taken(name, content, kept):
    made = accepted(name, content)
    stored = made.content.read()
    assert (made.name, made.kind) == (kept, AttachmentKind(kept.rpartition(".")[2]))
    assert made.size == len(stored)
    assert made.checksum == hashlib.sha256(stored).hexdigest()


def test_documents_are_kept_to_the_byte():
    for name, content in (("a.pdf", files.pdf()), ("a.docx", files.word())):
        assert accepted(name, content).content.read() == content


def test_the_field_offers_every_kind():
    offered = ATTACHMENT_ACCEPT.split(",")
    assert {f".{kind}" for kind in AttachmentKind} | {"image/heic", "image/jpeg"} <= set(offered)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "rỗng"),
        ("a.docx", files.pdf(), "đuôi .docx, nội dung: PDF"),
        ("a.png", files.jpeg(), "đuôi .png, nội dung: Ảnh JPEG"),
        ("a.heic", files.jpeg(), "đuôi .heic, nội dung: Ảnh JPEG"),
        ("a.xlsx", files.word(), "đuôi .xlsx, nội dung: Word (.docx)"),
        ("a.doc", OLE2, "Mở bằng Word, lưu lại dạng .docx"),
        ("a.xls", OLE2, "Mở bằng Excel, lưu lại dạng .xlsx"),
        ("a.docx", OLE2, "định dạng cũ"),
        ("a.docx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.docm", files.word(), "macro"),
        ("a.xlsm", files.excel(), "macro"),
        ("a.svg", SVG, "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), Ảnh JPEG"),
        ("a.html", PAGE, "Chỉ nhận"),
        ("a.jpg", SVG, "nội dung: ảnh SVG"),
        ("a.jpg", PHP, "nội dung: mã PHP"),
        ("a.pdf", PAGE, "nội dung: trang HTML"),
        ("a.exe", b"MZ", "Chỉ nhận"),
        ("a.pdf.exe", files.pdf(), "Chỉ nhận"),
        ("a.jpg", b"MZ", "nội dung: chương trình"),
        ("a.docx", ARCHIVE, "nội dung: tệp nén"),
        ("a.docx", zip_of(**{"[Content_Types]_dot_xml": b"", "word__a": b"", "xl__a": b""}), "nén"),
        ("a.xlsx", zip_of(**{"[Content_Types]_dot_xml": b"", "xl__workbook_dot_bin": b""}), "nén"),
        ("a.gif", b"GIF89a", "Chỉ nhận"),
        ("a.heic", b"\0\0\0\x1cftypavif" + b"\0" * 40, "không rõ loại"),
    ],
)
def test_other_files_are_told_apart(name, content, words):
    assert words in refusal(name, content)


JPEG, PNG, PDF, WORD = files.jpeg(), files.png(), files.pdf(), files.word()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", JPEG + PHP, "nội dung lạ"),
        ("a.jpg", files.jpeg(comment=PHP), "nội dung lạ"),
        ("a.jpg", JPEG + ARCHIVE, "nội dung lạ"),
        ("a.jpg", JPEG + PAGE, "nội dung lạ"),
        ("a.png", PNG + PHP, "nội dung lạ"),
        ("a.png", PNG + ARCHIVE, "nội dung lạ"),
        ("a.png", PNG + PAGE, "nội dung lạ"),
        ("a.heic", files.heic() + ARCHIVE, "nội dung lạ"),
        ("a.jpg", PAGE + JPEG, "không đúng với đuôi tệp"),
        ("a.pdf", PDF + ARCHIVE, "thêm dữ liệu ở cuối"),
        ("a.pdf", PDF + PAGE, "thêm dữ liệu ở cuối"),
        ("a.pdf", PDF + ARCHIVE + b"%%EOF", "nội dung lạ"),
        ("a.pdf", PDF.replace(b"\n", b"\n" + PAGE + b"\n", 1), "nội dung lạ"),
        ("a.pdf", b"\n" + PDF, "không đúng với đuôi tệp"),
        ("a.pdf", PAGE + PDF, "không đúng với đuôi tệp"),
        ("a.pdf", ARCHIVE + PDF, "bị hỏng hoặc bị ghép"),
        ("a.docx", WORD + PHP, "bị ghép thêm dữ liệu"),
        ("a.docx", PHP + WORD, "không đúng với đuôi tệp"),
        ("a.docx", b"PK\x03\x04" + WORD, "bị ghép thêm dữ liệu"),
    ],
)
def test_files_that_are_two_things_at_once_are_refused(name, content, words):
    assert words in refusal(name, content)


def test_what_a_phone_hangs_behind_a_picture_is_left_behind():
    film = b"\0\0\0\x18ftypmp42" + b"film" * 999
    made = accepted("a.jpg", JPEG + film)
    assert b"film" not in made.content.read()


def with_bytes(content: bytes, magic: bytes, offset: int, value: int) -> bytes:
    """Change one byte of every header that begins with ``magic``."""
    made, at = bytearray(content), content.find(magic)
    while at >= 0:
        made[at + offset] = value
        at = made.find(magic, at + 1)
    return bytes(made)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bomb(lying=False), "giải nén quá lớn"),
        (bomb(lying=True), "bị hỏng"),
        (files.word(**{f"word__media__{n}_dot_png": b"" for n in range(2_001)}), "quá nhiều thành"),
        (with_bytes(WORD, b"PK\x01\x02", 8, 1), "mật khẩu"),
        (with_bytes(WORD, b"PK\x01\x02", 10, 12), "bị hỏng"),
        (files.word(word__vbaProject_dot_bin=b"x"), "macro"),
        (files.word(khac__VBAPROJECT_dot_bin=b"x"), "macro"),
        (WORD[:-40], "bị hỏng"),
        (files.word(word__header1_dot_xml='<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'), "DTD"),
        (files.word(word__header1_dot_xml="<!DOCTYPE x><x/>".encode("utf-16")), "DTD"),
    ],
)
def test_hostile_office_files_are_refused(content, words):
    assert words in refusal("a.docx", content)


def test_a_macro_file_under_another_name_is_refused():
    types = files.WORD_TYPES.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document",
        "vnd.ms-word.document.macroEnabled",
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", "<x/>")
    assert "macro" in refusal("a.docx", made.getvalue())


def test_a_file_beyond_the_limit_is_refused_whatever_size_it_claims(settings):
    settings.ATTACHMENT_MAX_BYTES = 100
    sentence = "lớn quá 9.54e-05 MB"
    file = SimpleUploadedFile("a.pdf", files.pdf())
    file.size = 1
    for sent in (file, SimpleUploadedFile("a.pdf", files.pdf())):
        with pytest.raises(ValidationError, match=sentence.replace(".", "[.,]")):
            accept(sent)


def test_a_refusal_names_the_file_as_it_can_be_shown():
    sentence = refusal("../../\u202eexe.<b>\x07 tệp.docx", b"x")
    assert sentence.startswith("Tệp “exe.<b> tệp.docx” có nội dung không đúng")


MAGICS = (b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", OLE2[:8])
NAMES = ("a.pdf", "a.docx", "a.xlsx", "a.jpg", "a.png", "a.heic", "", "\ud800", "a" * 400)
REAL = (PDF, JPEG, PNG, files.heic(), WORD, files.excel(), files.jpeg(exif=files.geotagged()))


def never_another_error(name: str, content: bytes) -> None:
    file = SimpleUploadedFile("x", content)
    file._name = name  # the setter would tidy it
    with suppress(ValidationError):
        accept(file)


@settings(max_examples=300)
@given(
    st.sampled_from(NAMES) | st.text(max_size=30),
    st.sampled_from([*MAGICS, b"\0\0\0\x1cftypheic"]),
    st.binary(max_size=300),
    st.sampled_from([b"", b"\n%%EOF"]),
)
def test_random_bytes_raise_nothing_else(name, magic, content, end):
    never_another_error(name, magic + content + end)


@settings(max_examples=400)
@given(st.sampled_from(REAL), st.data())
def test_damaged_files_raise_nothing_else(content, data):
    damaged = bytearray(content)
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(content), len(content) * 9 // 10]))
    for name in ("a", "a.jpg"):
        never_another_error(name, bytes(damaged[:cut]))
