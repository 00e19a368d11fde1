"""Pages of reviews run as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from tests.factories import make_document, make_term
from tests.reports.reviews.conferences import frozen_review
from tests.reports.reviews.test_texts import sent

MOST = 12


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def test_the_register(office):
    term = make_term()
    make_document(term)
    few = queries(office, "/so-ket/van-ban/")
    for _ in range(30):
        make_document(term)
    assert queries(office, "/so-ket/van-ban/") == few <= MOST


def test_the_texts(users, office):
    frozen = frozen_review(users[Role.OFFICE])
    address = f"/so-ket/{frozen.review_id}/noi-dung/"
    few = queries(office, address)
    office.post(address, sent(frozen, gop_y="Góp ý", mo_dau="Mở đầu", can_cu="Căn cứ"))
    assert queries(office, address) == few <= MOST
