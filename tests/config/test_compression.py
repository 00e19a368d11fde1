"""Pages go compressed to who takes it; files, and pages with keys of accounts, never."""

from __future__ import annotations

import gzip
from contextlib import closing

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from config.compression import CompressedPagesMiddleware


@pytest.fixture
def browser(client_as) -> Client:
    """Give a client that takes what is compressed, without reading it."""
    client = Client(headers={"accept-encoding": "gzip, br"})
    client.cookies = client_as(Role.OFFICE).cookies
    return client


def test_a_page_is_compressed(browser):
    answer = browser.get("/dang-bo/")
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "</html>" in gzip.decompress(answer.content).decode()


def test_its_length_tells_nothing_exact(rf):
    """The same page has many lengths: what an answer holds cannot be read from its length."""
    request = rf.get("/", headers={"accept-encoding": "gzip"})
    request.resolver_match = type("Match", (), {"namespace": "reports"})
    pages = CompressedPagesMiddleware(lambda request: HttpResponse("kiến nghị " * 1000))
    assert len({len(pages(request).content) for _ in range(50)}) > 10


def test_who_does_not_take_it_gets_it_plain(client_as):
    answer = client_as(Role.OFFICE).get("/dang-bo/")
    assert "Content-Encoding" not in answer
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize(
    "address",
    ["/tai-khoan/", "/tai-khoan/doi-mat-khau/", "/tai-khoan/xac-thuc-hai-buoc/", "/khong-co/"],
)
def test_pages_of_accounts_and_of_nothing_are_not_compressed(browser, address):
    answer = browser.get(address)
    assert answer["Content-Type"].startswith("text/html")
    assert "Content-Encoding" not in answer


def test_files_are_not_compressed_twice(browser):
    with closing(browser.get("/sap-xep/mau.xlsx")) as answer:
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer
