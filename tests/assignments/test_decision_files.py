"""A decision's scan: what may be uploaded, and who may take it."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from assignments.models import Decision
from tests.assignments.attachments.files import jpeg, pdf, word
from tests.factories import make_assignment, make_decision, make_officer


def decision_with(name: str, content: bytes) -> Decision:
    return Decision(number="9-QĐ/TU", file=SimpleUploadedFile(name, content))


@pytest.mark.parametrize(("name", "content"), [("a.pdf", pdf()), ("b.DOCX", word())])
def test_real_files_pass(db, name, content):
    decision_with(name, content).full_clean()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.exe", b"MZ", "Chỉ nhận tệp PDF"),
        ("a.pdf", b"<html>", "không đúng với đuôi tệp"),
        ("a.docx", b"%PDF-1.7", "không đúng với đuôi tệp"),
        ("a.jpg", jpeg(), "Chỉ nhận tệp PDF"),
        ("a", pdf(), "thiếu đuôi"),
        ("a.pdf", b"%PDF-" + b"0" * settings.ATTACHMENT_MAX_BYTES, "Tệp lớn quá 20 MB"),
        ("a.pdf", pdf("TỐI MẬT"), "mức độ mật"),
        ("a.pdf", pdf(catalogue=b"/OpenAction << /S /JavaScript /JS (x) >>"), "lệnh tự chạy"),
        ("a.docx", word(word__vbaProject_dot_bin=b"x"), "macro"),
    ],
)
def test_others_get_a_sentence(db, name, content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        decision_with(name, content).full_clean()


def test_the_scan_goes_to_who_may_see_the_decision(users, client_as):
    officer = make_officer(user=users[Role.OFFICER])
    seen, hidden = make_decision(), make_decision()
    for decision in (seen, hidden):
        decision.file.save("quyet-dinh.pdf", SimpleUploadedFile("x.pdf", b"%PDF-1.7 scan"))
    make_assignment(officer=officer, opening_decision=seen)
    for role, decision, status in (
        (Role.OFFICE, hidden, 200),
        (Role.OFFICER, seen, 200),
        (Role.OFFICER, hidden, 404),
        (Role.ASSISTANT, seen, 404),
    ):
        assert client_as(role).get(decision.file.url).status_code == status
    answer = client_as(Role.OFFICE).get(seen.file.url)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 scan"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("name", ["../db.sqlite3", "%2e%2e/secret_key", "quyet-dinh/2026/khac.pdf"])
def test_no_other_file_can_be_named(client_as, name):
    assert client_as(Role.OFFICE).get(f"/phan-cong/tep/{name}").status_code == 404


def test_a_scan_lost_from_disk_is_not_found(users, client_as):
    decision = make_decision(file="quyet-dinh/2026/mat.pdf")
    assert client_as(Role.OFFICE).get(decision.file.url).status_code == 404


def test_the_dossier_leads_to_the_scan(users, client_as):
    assignment = make_assignment()
    decision = assignment.opening_decision
    decision.file.save("quyet-dinh.pdf", SimpleUploadedFile("x.pdf", b"%PDF-1.7"))
    commune, officer = assignment.commune_id, assignment.officer_id
    for address in (f"/dang-bo/{commune}/", f"/can-bo/{officer}/"):
        page = client_as(Role.LEADER).get(f"{address}?muc=qua-trinh").content.decode()
        assert f'href="{decision.file.url}"' in page
