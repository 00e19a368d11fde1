"""Uploads are bounded as they come in: refused in words, no memory filled, nothing left on disk."""

from __future__ import annotations

import gc
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from assignments.attachments import accept
from assignments.models import Decision, RosterImport
from assignments.receiving import BoundedUploadHandler, RefusedFile

IMPORTS = "/phan-cong/nap-danh-sach/"
MEGABYTE = 2**20
BOUNDARY = "ranh-gioi"


class Body(io.RawIOBase):
    """The body of a multipart request, made while it is read."""

    def __init__(self, fields: dict[str, str], *sent: tuple[str, str, int]):
        super().__init__()
        self.parts = list(self.headers_and_sizes(fields, sent))
        self.length = sum(len(head) + size + 2 for head, size in self.parts)
        self.chunks = self.made()
        self.rest = b""

    def headers_and_sizes(self, fields, sent) -> Iterator[tuple[bytes, int]]:
        for field, value in fields.items():
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}'
            yield head.encode(), 0
        for field, name, size in sent:
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; '
            yield f'{head}filename="{name}"\r\nContent-Type: x/y\r\n\r\n'.encode(), size
        yield f"--{BOUNDARY}--".encode(), 0

    def made(self) -> Iterator[bytes]:
        for head, size in self.parts:
            yield head
            for begin in range(0, size, 2**16):
                yield b"x" * min(2**16, size - begin)
            yield b"\r\n"

    def read(self, size: int = -1) -> bytes:
        self.rest = self.rest or next(self.chunks, b"")
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def environ(body: Body) -> dict[str, object]:
    """Give what a server says of a request with ``body``."""
    return {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(body.length),
        "wsgi.input": body,
    }


@pytest.fixture
def folder(tmp_path, settings) -> Path:
    """Give the folder of temporary files."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def test_300_megabytes_are_refused_in_the_form(users, client_as, folder):
    client = client_as(Role.OFFICE)
    client.get(IMPORTS)  # what is loaded once is not counted
    tracemalloc.start()
    body = Body({"default_date": "01/11/2021"}, ("file", "danh-sach.xlsx", 300 * MEGABYTE))
    page = client.request(PATH_INFO=IMPORTS, **environ(body))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    text = page.content.decode()
    assert page.status_code == 200
    assert "Tệp lớn quá 5,0" in text
    assert 'value="01/11/2021"' in text  # what was typed is still there
    assert peak < 10 * MEGABYTE
    assert list(folder.iterdir()) == []
    assert not RosterImport.objects.exists()
    assert body.read(1) == b""  # the browser could send all of it, and then saw the page


def test_it_holds_in_the_admin_too(users, client_as, folder):
    body = Body({"number": "9-QĐ/TU"}, ("file", "quyet-dinh.pdf", 25 * MEGABYTE))
    add = "/quan-tri/assignments/decision/add/"
    page = client_as(Role.ADMIN).request(PATH_INFO=add, **environ(body))
    assert "Tệp lớn quá 20 MB" in page.content.decode()
    assert list(folder.iterdir()) == []
    assert not Decision.objects.exists()


def test_a_large_file_within_the_limit_comes_whole(rf, folder):
    request = rf.request(**environ(Body({}, ("file", "a.pdf", 5 * MEGABYTE))))
    file = request.FILES["file"]
    assert (file.name, file.size) == ("a.pdf", 5 * MEGABYTE)
    assert file.read() == b"x" * 5 * MEGABYTE
    assert list(folder.iterdir()) == []  # it never had a name
    request.close()
    assert file.closed


def test_one_request_takes_no_more_than_one_visit_may_have(rf, folder, settings):
    settings.ATTACHMENTS_MAX_PER_VISIT = 2
    settings.ATTACHMENT_MAX_BYTES = settings.WORKBOOK_MAX_BYTES = 5 * MEGABYTE
    sizes = (5, 6, 4, 2, 1)
    body = Body({}, *(("file", f"{size}.pdf", size * MEGABYTE) for size in sizes))
    request = rf.request(**environ(body))
    files = request.FILES.getlist("file")
    assert [file.size for file in files] == [size * MEGABYTE for size in sizes]
    refused = [file.sentence for file in files if isinstance(file, RefusedFile)]
    assert refused == [
        "Tệp “6.pdf” lớn quá 5 MB. Giảm bớt dung lượng hoặc chia nhỏ rồi gửi lại.",
        "Các tệp gửi cùng lúc lớn quá 10 MB. Chia thành nhiều lần gửi.",
    ]
    with pytest.raises(ValidationError, match="Các tệp gửi cùng lúc"):
        accept(files[3])
    request.close()


def test_what_was_let_go_cannot_be_kept_by_oversight():
    file = RefusedFile("a.pdf", 10, "Tệp lớn quá.")
    for reading in (file.read, file.open, file.chunks, lambda: Decision().file.save("a", file)):
        with pytest.raises(ValidationError, match="Tệp lớn quá"):
            reading()


class Broken(Body):
    """A line that breaks in the middle of a file."""

    def read(self, size: int = -1) -> bytes:
        if len(given := super().read(size)) == 2**16 and next(self.chunks, b""):
            raise OSError("connection reset")
        return given


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broken_line_leaves_nothing(rf, folder):
    request = rf.request(**environ(Broken({}, ("file", "a.pdf", 9 * MEGABYTE))))
    with pytest.raises(OSError, match="connection reset"):
        _ = request.FILES
    assert list(folder.iterdir()) == []
    del request
    gc.collect()


def test_a_small_file_stays_in_memory(rf, settings):
    settings.FILE_UPLOAD_TEMP_DIR = "/khong/co"
    file = rf.request(**environ(Body({}, ("file", "a.pdf", 10_000)))).FILES["file"]
    assert file.read() == b"x" * 10_000


def test_a_line_that_breaks_before_the_first_file_is_no_error():
    assert BoundedUploadHandler().upload_interrupted() is None
