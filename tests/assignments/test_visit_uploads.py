"""Files sent with a visit: sound ones are kept, hostile ones refused in words, nothing left."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from assignments.enums import AttachmentKind, VisitKind
from assignments.models import Attendance, VisitAttachment
from tests.assignments.attachments import files
from tests.assignments.attachments.hostile import HOSTILE, RAW_NAMES
from tests.assignments.test_receiving import Body, environ
from tests.factories import make_assignment, make_commune, make_officer

LOG = "/di-co-so/ghi/"


@pytest.fixture
def media(tmp_path, settings) -> Path:
    """Give the folder under which every file is kept, and the folder of temporary ones."""
    settings.MEDIA_ROOT = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    storage = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": storage}}
    return tmp_path


@pytest.fixture
def officer(users, client_as):
    """Give a client of an officer who has one commune."""
    make_assignment(make_officer(user=users[Role.OFFICER]), make_commune())
    return client_as(Role.OFFICER)


def typed(client) -> dict[str, str]:
    """Give what the form needs, as its page offers it."""
    form = client.get(LOG).context["form"]
    first = {name: form[name].value() or "" for name in form.fields if name != "files"}
    return first | {"kind": VisitKind.LOCAL_ACTIVITY, "findings": "Đã ghi từ trước"}


def sent(client, *uploads: tuple[str, bytes]):
    """Send the form with files under exactly these names, as a client of one's own would."""
    data = typed(client)
    data["files"] = [SimpleUploadedFile("x", content) for _, content in uploads]
    for file, (name, _) in zip(data["files"], uploads, strict=True):
        file._name = name  # the setter would tidy it
    return client.post(LOG, data)


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_the_form_kept(officer, media, name):
    file_name, content = HOSTILE[name]
    page = sent(officer, ("tot.pdf", files.pdf()), (file_name, content))
    text = page.content.decode()
    assert page.status_code == 200
    assert re.search("Tệp “[^”]*” [^<]*[.]", text)
    assert "Đã ghi từ trước" in text
    assert not Attendance.objects.exists()
    assert kept(media) == []


def test_the_form_says_that_secrets_are_not_for_here(officer):
    page = officer.get(LOG).content.decode()
    assert "Không gửi tài liệu mật lên hệ thống này." in page
    assert 'aria-describedby="id_files_helptext"' in page


def test_300_megabytes_are_refused_and_the_form_kept(officer, media):
    body = Body(typed(officer), ("files", "phim.pdf", 300 * 2**20))
    page = officer.request(PATH_INFO=LOG, **environ(body))
    text = page.content.decode()
    assert "Tệp “phim.pdf” lớn quá 20 MB." in text
    assert "Đã ghi từ trước" in text
    assert not Attendance.objects.exists()
    assert kept(media) == []


@pytest.mark.parametrize("raw", RAW_NAMES)
def test_a_name_is_never_a_place(officer, media, raw):
    sent(officer, (raw, files.pdf()))
    attachment = VisitAttachment.objects.get()
    (path,) = kept(media)
    assert re.fullmatch(r"chuyen-di/\d{4}/[0-9a-f-]{36}\.pdf", str(path.relative_to(media)))
    assert attachment.name.isprintable()
    assert not set(attachment.name) & set("/\\<>")
    assert attachment.name.endswith(".pdf")


def test_each_kind_is_kept_cleaned_and_given_back_as_a_download(officer, media):
    exif = files.geotagged()
    sent(
        officer,
        ("a.pdf", files.pdf()),
        ("b.docx", files.word()),
        ("c.xlsx", files.excel()),
        ("d.jpg", files.jpeg(exif=exif)),
        ("e.png", files.png(exif=exif)),
        ("f.heic", files.heic(exif=exif.tobytes())),
    )
    attachments = VisitAttachment.objects.order_by("name")
    names = ["a.pdf", "b.docx", "c.xlsx", "d.jpg", "e.png", "f.jpg"]
    assert [attachment.name for attachment in attachments] == names
    assert len(kept(media)) == len(names)
    for attachment in attachments:
        answer = officer.get(f"/di-co-so/tep/{attachment.pk}/")
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == attachment.checksum
        assert len(content) == attachment.size
        assert b"Maker" not in content
        assert attachment.kind in AttachmentKind
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
