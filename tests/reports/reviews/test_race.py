"""Two who number documents at once get two numbers, or one reads the sentence."""

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from reports.enums import DocumentKind
from reports.models import IssuedDocument
from reports.reviews.numbering import DocumentFacts, issue_document
from tests.factories import DAY, make_term, make_user
from tests.races.together import at_once
from tests.reports.reviews.conferences import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def issuing(by, number: int | None = None):
    facts = DocumentFacts(DocumentKind.REPORT, "TU", DAY, "Sơ kết", number)
    return lambda: issue_document(facts=facts, by=by, now=NOW)


def test_two_at_once_get_two_numbers():
    make_term()
    by = make_user(Role.OFFICE)
    given = at_once(issuing(by), issuing(by))
    assert sorted(one.number for one in given) == [1, 2], given


def test_one_number_at_once_is_given_once():
    make_term()
    by = make_user(Role.OFFICE)
    results = at_once(issuing(by, 7), issuing(by, 7))
    [refused] = [one for one in results if isinstance(one, ValidationError)]
    assert "Số này đã cấp cho một văn bản cùng loại" in " ".join(refused.messages)
    assert IssuedDocument.objects.count() == 1
