"""The pages of the office's templates: taken in, explained, given out, taken back."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import DutyKind
from reports.figures import FIGURES
from reports.models import DocumentTemplate
from reports.viewpoint import Viewpoint
from reports.word_templates.container import check_parts
from reports.word_templates.offered import (
    OTHER_FIELDS,
    offered_of,
    offered_today,
    words_of_fields,
)
from reports.word_templates.rendering import render, used_by
from tests.factories import (
    make_assignment,
    make_commune,
    make_frozen,
    make_period,
    make_regulation,
    make_review,
    make_template,
)
from tests.reports.word_templates.words import related, text_of, with_xml, word_file

LIST = reverse("reviews:templates")


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def sent(office, content: bytes, name: str = "Mau so ket.docx"):
    return office.post(LIST, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_template_is_taken_in_and_given_out_as_it_was(office, db):
    content = word_file("{{ can_bo_dang_phu_trach }} cán bộ, {{ ngay_so_lieu }}")
    page = sent(office, content)
    template = DocumentTemplate.objects.get()
    assert "Đã nhận mẫu “Mau so ket.docx”" in page.text
    assert "trường chưa có" not in page.text
    answer = office.get(reverse("reviews:template_file", args=[template.pk]))
    assert b"".join(answer.streaming_content) == content
    assert "attachment" in answer["Content-Disposition"]
    assert AuditEvent.objects.filter(verb=Verb.CREATE, target__contains="Mau so ket").exists()


def test_fields_there_are_not_are_named_at_once(office, db):
    page = sent(
        office,
        word_file("{{ la }} {% for x in kien_nghi %}{{ x.so }} {{ x.cot_la }}{% endfor %}"),
    )
    assert "Mẫu dùng 2 trường chưa có: la, kien_nghi: cot_la." in page.text


REFUSED = {
    "lời gọi hàm": word_file("{{ can_bo() }}"),
    "danh sách chưa có": word_file("{% for x in danh_sach_la %}{{ x.so }}{% endfor %}"),
    "không nhận trong mẫu": related("oleObject", "a.bin", external=False),
    "lấy nội dung từ nơi khác": related("image", "http://xau.example/a.png"),
    "mã trường Word": with_xml('<w:fldSimple w:instr="DDEAUTO a b"/>'),
    "chưa đóng": word_file("{{ " * 100_000),
    "không đúng với đuôi tệp|không thuộc loại": b"<html>",
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_not_taken_is_refused_with_a_sentence(office, db, sentence):
    page = sent(office, REFUSED[sentence])
    assert page.status_code == 200
    assert any(words in page.text for words in sentence.split("|"))
    assert not DocumentTemplate.objects.exists()


def test_a_pdf_is_no_template(office, db):
    page = sent(office, b"%PDF-1.4\n%%EOF\n", "mau.pdf")
    assert not DocumentTemplate.objects.exists()
    assert "Tệp “mau.pdf”" in page.text


def test_the_same_file_is_taken_once(office, db):
    content = word_file("{{ co_quan }}")
    sent(office, content)
    assert "Mẫu này đã có" in sent(office, content).text
    assert DocumentTemplate.objects.count() == 1


def test_a_template_is_taken_back_with_a_reason_but_not_while_chosen(office, db):
    template = make_template()
    review = make_review(template=template)
    address = reverse("reviews:template_withdraw", args=[template.pk])
    assert "đang được chọn" in office.post(address, {"reason": "Mẫu cũ"}).text
    review.template = None
    review.save()
    assert office.post(address, {"reason": "Mẫu cũ"}).url == LIST
    template.refresh_from_db()
    assert (template.is_withdrawn, template.withdrawal_reason) == (True, "Mẫu cũ")
    assert office.get(address).status_code == 404
    assert office.get(reverse("reviews:template_file", args=[template.pk])).status_code == 404


def test_the_page_explains_every_field_and_list_with_an_example(office, db):
    make_assignment()
    page = office.get(LIST)
    for name in words_of_fields():
        assert f"<code>{name}</code>" in page.text
    assert "Danh sách <code>kien_nghi</code>" in page.text
    assert "<code>noi_dung_kien_nghi</code>" in page.text


def test_fields_explained_are_those_there_are(users, db):
    frozen = make_frozen()
    assert {*offered_of(frozen).fields, *(one.field for one in FIGURES.values())} == {
        *words_of_fields()
    }
    assert set(OTHER_FIELDS) <= set(offered_of(frozen).fields)


def test_no_list_is_called_like_a_field(users, db):
    make_period()
    offered = offered_today(Viewpoint(users[Role.OFFICE], make_review().day))
    assert not set(offered.fields) & set(offered.lists)
    assert offered.lists


def test_the_sample_is_a_template_that_works(office, users, db):
    make_regulation(DutyKind.COMMITTEE_MEETING)
    make_assignment()
    make_commune(name="Thạnh Quới")
    answer = office.get(reverse("reviews:template_sample"))
    content = b"".join(answer.streaming_content)
    check_parts(content)
    assert used_by(content).lists
    page = sent(office, content)
    assert "Đã nhận mẫu" in page.text
    assert "trường chưa có" not in page.text


def test_the_sample_filled_in_tells_the_lists(office, users, db):
    make_commune(name="Thạnh Quới")
    answer = office.get(reverse("reviews:template_sample"))
    content = b"".join(answer.streaming_content)
    made = render(content, offered_today(Viewpoint(users[Role.OFFICE], make_review().day)))
    assert "Thạnh Quới" in text_of(made.content)
    assert docx.Document(io.BytesIO(made.content)).tables
