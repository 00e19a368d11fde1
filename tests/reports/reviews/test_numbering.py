"""Numbers of documents: a sequence for each type and symbol within a term (DOMAIN L12)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from reports.enums import DocumentKind
from reports.models import IssuedDocument, Review
from reports.reviews.numbering import (
    DocumentFacts,
    issue_document,
    number_review,
    withdraw_document,
)
from tests.factories import DAY, make_document, make_frozen, make_review, make_term
from tests.reports.reviews.conferences import NOW

OLD_DAY, NEW_DAY = dt.date(2020, 5, 1), dt.date(2023, 5, 9)


def issue(users, **fields) -> IssuedDocument:
    defaults = {"kind": DocumentKind.REPORT, "symbol": "TU", "issued_on": DAY, "subject": "Sơ kết"}
    facts = DocumentFacts(**{**defaults, **fields})
    return issue_document(facts=facts, by=users[Role.OFFICE], now=NOW)


def test_each_type_symbol_and_term_counts_from_01(users):
    make_term("2015–2020", started_on=dt.date(2015, 10, 1), ended_on=dt.date(2020, 10, 20))
    make_term()
    given = [
        issue(users),
        issue(users),
        issue(users, kind=DocumentKind.NOTICE),
        issue(users, symbol="VPTU"),
        issue(users, issued_on=OLD_DAY),
        issue(users),
    ]
    codes = ["01-BC/TU", "02-BC/TU", "01-TB/TU", "01-BC/VPTU", "01-BC/TU", "03-BC/TU"]
    assert [one.code for one in given] == codes


def test_numbers_taken_elsewhere_are_skipped(users):
    make_term()
    assert issue(users, number=128).code == "128-BC/TU"
    assert issue(users).number == 129


def test_a_number_is_given_once(users):
    make_term()
    issue(users, number=7)
    with pytest.raises(ValidationError, match="Số này đã cấp cho một văn bản cùng loại"):
        issue(users, number=7)
    assert IssuedDocument.objects.count() == 1


def test_a_number_taken_back_may_be_given_again(users):
    make_term()
    first = issue(users)
    withdraw_document(document=first, reason="cấp nhầm", by=users[Role.OFFICE], now=NOW)
    assert issue(users).number == 1
    told = AuditEvent.objects.filter(verb=Verb.WITHDRAW).get()
    assert told.reason == "cấp nhầm"


def test_without_a_term_it_is_said_where_to_enter_one(users):
    with pytest.raises(ValidationError, match="Chưa khai nhiệm kỳ có ngày 09/5/2023"):
        issue(users, issued_on=NEW_DAY)


def test_the_report_of_a_review_gets_its_number_and_day(users):
    make_term()
    review = make_review()
    by = users[Role.OFFICE]
    facts = {"issued_on": DAY, "subject": "Sơ kết", "number": None}
    document = number_review(review=review, by=by, now=NOW, **facts)
    review.refresh_from_db()
    assert (review.document, review.report_day, review.edition) == (document, DAY, 2)
    with pytest.raises(ValidationError, match="đã có số 01-BC/TU"):
        number_review(review=review, by=by, now=NOW, **facts)
    withdraw_document(document=document, reason="hoãn họp", by=by, now=NOW)
    assert Review.objects.get().document is None


def test_the_register(users, client_as):
    make_document(number=5, subject="Sơ kết hai năm")
    make_document(number=6, kind=DocumentKind.LETTER, subject="Nhắc nộp", symbol="VPTU")
    office = client_as(Role.OFFICE)
    page = office.get("/so-ket/van-ban/", {"loai": "BC"}).text
    assert "05-BC/TU" in page
    assert "06-CV/VPTU" not in page
    assert "06-CV/VPTU" in office.get("/so-ket/van-ban/", {"tim": "nhac nop"}).text
    file = office.get("/so-ket/van-ban/", {"xuat": "xlsx"})
    assert "SoVanBan" in file["Content-Disposition"]
    list(file.streaming_content)


def test_numbers_are_given_on_pages(users, client_as):
    make_term()
    office = client_as(Role.OFFICE)
    posted = {"kind": "TB", "symbol": "TU", "number": "", "issued_on": "09/05/2023"}
    answer = office.post("/so-ket/van-ban/them/", posted | {"subject": "Kết luận"}, follow=True)
    assert "Đã cấp số 01-TB/TU" in answer.text
    review = make_frozen().review
    address = f"/so-ket/{review.pk}/so-van-ban/"
    assert 'value="1"' in office.get(address).text
    posted = {"number": "5", "issued_on": "09/05/2023", "subject": "Sơ kết"}
    assert "Đã cấp số 05-BC/TU" in office.post(address, posted, follow=True).text
    document = IssuedDocument.objects.get(kind="BC")
    office.post(f"/so-ket/van-ban/{document.pk}/rut/", {"reason": "nhầm"})
    assert IssuedDocument.objects.get(kind="BC").is_withdrawn
    refused = {**posted, "issued_on": "09/05/2001"}
    assert "Chưa khai nhiệm kỳ" in office.post(address, refused).text
