"""PDFs that act by themselves, hide something or are not whole."""

from __future__ import annotations

import zlib

import pytest

from assignments.attachments.pdfs import check, lines
from assignments.attachments.refusals import Refused
from tests.assignments.attachments.files import assembled, pdf, stream

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


def object_stream(objects: bytes) -> bytes:
    return stream(b"9 0 " + objects, b"/Type /ObjStm /N 1 /First 4")


@pytest.mark.parametrize(
    "content",
    [
        pdf(catalogue=b"/OpenAction " + SCRIPT),
        pdf(catalogue=b"/OpenAction << /S /J#61va#53cript /JS (x) >>"),
        pdf(catalogue=b"/OpenAction 9 0 R", objects=[object_stream(SCRIPT)]),
        pdf(objects=[object_stream(b"<< /S /#4cavaScript#20 /S /L#61unch >>")]),
        pdf(objects=[object_stream(SCRIPT).replace(b"/ObjStm", b"/Obj#53tm")]),
        pdf(objects=[b"%% stream\n" + object_stream(SCRIPT)]),
        pdf(catalogue=b"/AA << /WC << /S /Launch /F (calc.exe) >> >>"),
        pdf(catalogue=b"/Names << /EmbeddedFiles << /Names [(a) 9 0 R] >> >>"),
        pdf(objects=[stream(b"x", b"/Type /EmbeddedFile")]),
        pdf(catalogue=b"/OpenAction << /S /GoToR /F (\\\\\\\\may\\\\x.pdf) /D [0 /Fit] >>"),
        pdf(objects=[b"<< /S /SubmitForm /F (http://xau.example) >>"]),
        pdf(catalogue=b"/AcroForm << /XFA 9 0 R >>"),
    ],
)
def test_a_pdf_that_acts_by_itself_is_refused(content):
    with pytest.raises(Refused, match="lệnh tự chạy"):
        check(content)


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        pdf(catalogue=b"/OpenAction [3 0 R /XYZ null null 0]"),
        pdf(catalogue=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
        pdf(objects=[b"<< /S /URI /URI (https://dang.example) >>"]),
        pdf(objects=[object_stream(b"<< /Type /Font >>")]),
        pdf() + b"\r\n\0\0\0",
    ],
)
def test_an_ordinary_pdf_is_taken(content):
    assert check(content) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf()[:-30], "chưa trọn"),
        (b"%PDF-1.7\n%%EOF", "bị hỏng"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"\n%%EOF", "bị hỏng"),
        (assembled([b"<< /Type /Catalog >>"]), "bị hỏng"),
        (assembled([b"<< /Pages 2 0 R >>", b"<< /Kids [] /Count 0 >>"]), "bị hỏng"),
        (assembled([b"<< /Pages 2 0 R >>", b"<< /Kids [2 0 R] /Count 9 >>"]), "bị hỏng"),
    ],
)
def test_a_pdf_that_is_not_whole_is_refused(content, words):
    with pytest.raises(Refused, match=words):
        check(content)


def test_a_pdf_with_a_password_is_refused():
    encrypted = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >> /ID [(a) (a)]"
    bodies = [b"<< /Pages 2 0 R >>", b"<< /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page >>"]
    with pytest.raises(Refused, match="mật khẩu"):
        check(assembled(bodies, encrypted))


def test_an_object_stream_in_an_unusual_packing_is_refused():
    packed = zlib.compress(SCRIPT).hex().encode()
    body = b"<< /Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode] /Length %d >>\nstream\n%b\n"
    with pytest.raises(Refused, match="không kiểm tra được"):
        check(pdf(objects=[body % (len(packed), packed) + b"endstream"]))


def test_object_streams_that_are_a_bomb_are_refused():
    with pytest.raises(Refused, match="không kiểm tra được"):
        check(pdf(objects=[object_stream(b" " * 60 * 2**20)]))


def test_a_stream_with_many_beginnings_is_refused():
    with pytest.raises(Refused, match="không kiểm tra được"):
        check(pdf(objects=[object_stream(b"").replace(b"stream", b"stream\n" * 99, 1)]))


def test_text_is_read_where_it_can_be():
    assert lines(pdf("Số 12-BC/TU", "Độ mật: thường")) == ["Số 12-BC/TU", "Độ mật: thường"]
    assert lines(b"%PDF-1.7 khong doc duoc") == []
