"""A kept file is a download of a fixed type, whatever it is and whatever it is called."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.enums import AttachmentKind
from assignments.models import Decision
from assignments.views.serving import serve
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def served(file, **facts):
    """Give a file to somebody."""
    return serve(file, of=Decision(pk=1), by=make_user(), **facts)


def kept(content: bytes = b"<script>alert(1)</script>"):
    decision = Decision()
    decision.file.save("a.pdf", ContentFile(content), save=False)
    return decision.file


@pytest.mark.parametrize("kind", AttachmentKind)
def test_no_kind_is_shown_in_the_browser(kind):
    answer = served(kept(), name=f"Biên bản “mới”.{kind}", kind=kind)
    encoded = f"Bi%C3%AAn%20b%E1%BA%A3n%20%E2%80%9Cm%E1%BB%9Bi%E2%80%9D.{kind}"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{encoded}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert "html" not in answer["Content-Type"]
    assert "svg" not in answer["Content-Type"]
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"


def test_a_name_cannot_add_a_header():
    answer = served(kept(), name='a"; x="\\.pdf', kind=AttachmentKind.PDF)
    assert answer["Content-Disposition"] == 'attachment; filename="a\\"; x=\\"\\\\.pdf"'
    assert answer.getvalue()


def test_a_file_lost_from_disk_is_not_found():
    with pytest.raises(Http404):
        served(Decision(file="quyet-dinh/2026/mat.pdf").file, name="a.pdf", kind=AttachmentKind.PDF)
    assert not AuditEvent.objects.exists()


def test_who_took_a_file_is_told():
    assert served(kept(), name="a.pdf", kind=AttachmentKind.PDF).getvalue()
    row = AuditEvent.objects.get()
    assert (row.verb, row.after) == (Verb.EXPORT, {"Tệp": "a.pdf"})
