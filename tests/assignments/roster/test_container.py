"""Files that are no sound .xlsx are refused whole, with a sentence that says what to do."""

import io
import struct
import zipfile

import pytest

from assignments.roster.container import Limits, WorkbookRefused, check_container
from tests.assignments.roster.workbooks import make_workbook, one_row, replace_member, zip_of

LIMITS = Limits(bytes=2**20, unpacked_bytes=4 * 2**20, rows=1_000, columns=30, cell_characters=500)
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(WorkbookRefused) as caught:
        check_container(content, limits)
    return caught.value.messages[0]


def test_a_sound_workbook_passes():
    assert check_container(make_workbook([one_row()]), LIMITS) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        (OLE2 + b"\0" * 600 + "Workbook".encode("utf-16-le"), ".xls cũ"),
        (OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("Họ và tên,Đảng bộ\n".encode(), "không phải bảng tính .xlsx"),
        (b"<html><table></table></html>", "không phải bảng tính .xlsx"),
        (b"%PDF-1.7", "không phải bảng tính .xlsx"),
        (b"PK\x03\x04" + b"\0" * 50, "hỏng"),
        (make_workbook([one_row()])[:-200], "hỏng"),
        (zip_of(**{"xl__workbook_dot_bin": b"x"}), ".xlsb"),
        (zip_of(**{"xl__vbaProject_dot_bin": b"x"}), "macro"),
        (zip_of(**{"word__document_dot_xml": b"x", "[Content_Types]_dot_xml": b"x"}), ".xlsx"),
        (zip_of(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), ".xlsx"),
        (b"x" * (2**20 + 1), "lớn hơn 1 MB"),
    ],
)
def test_other_files_are_told_apart(content, words):
    assert words in refusal(content)


def test_a_bomb_is_refused_by_what_it_declares():
    bomb = zip_of(**{"[Content_Types]_dot_xml": b"x", "xl__a_dot_xml": b"0" * (5 * 2**20)})
    assert len(bomb) < 2**16
    assert "giải nén" in refusal(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(zip_of(**{"[Content_Types]_dot_xml": b"x", "xl__a_dot_xml": b"0" * 5 * 2**20}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.rindex(signature)
        bomb[at + offset : at + offset + 4] = struct.pack("<I", 100)
    assert refusal(bytes(bomb))


def test_what_really_unpacks_is_counted(monkeypatch):
    content = make_workbook([one_row()])
    monkeypatch.setattr("assignments.archives.check_declared_sizes", lambda *_: None)
    tight = Limits(bytes=2**20, unpacked_bytes=1_000, rows=10, columns=10, cell_characters=10)
    assert "giải nén" in refusal(content, tight)


def test_too_many_members_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(2_001):
            archive.writestr(str(number), b"")
    assert "quá nhiều thành phần" in refusal(file.getvalue())


def test_a_zip_with_a_password_is_refused():
    content = bytearray(make_workbook([one_row()]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert "mật khẩu" in refusal(bytes(content))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_excel_does_not_read_is_refused(compression):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", b"x" * 900)
        archive.writestr("xl/workbook.xml", b"x" * 900)
    content = bytearray(file.getvalue())
    content[60:70] = b"\xff" * 10  # its decompressor raises an error of its own
    assert "hỏng" in refusal(bytes(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(encoding):
    text = (
        '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
    )
    content = replace_member(make_workbook([one_row()]), SHEET, lambda _: text.encode(encoding))
    assert "DTD" in refusal(content)
