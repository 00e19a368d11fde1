"""Saved views: one's own, of pages that exist, without the day or the page number."""

import pytest

from accounts.enums import Role
from accounts.models import SavedView

SAVE = "/tai-khoan/bo-loc/luu/"


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def view(**fields) -> dict[str, str]:
    return {"name": "Huyện tôi", "path": "/dang-bo/", "query": "phu_trach=chua"} | fields


def test_a_view_is_kept_and_offered_on_its_page(office):
    answer = office.post(SAVE, view(query="phu_trach=chua&ngay=2024-01-01&trang=3&sap=-ten"))
    assert answer.url == "/dang-bo/?phu_trach=chua&sap=-ten"
    assert "Huyện tôi" in office.get("/dang-bo/").content.decode()
    assert "Huyện tôi" not in office.get("/can-bo/").content.decode()


def test_the_same_name_takes_the_new_filters(office):
    office.post(SAVE, view())
    office.post(SAVE, view(query="phu_trach=co"))
    assert SavedView.objects.get().query == "phu_trach=co"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Đặt tên cho bộ lọc"),
        ({"name": "x" * 61}, "dài quá 60 ký tự"),
        ({"query": "ngay=2024-01-01"}, "Chưa lọc gì"),
        ({"query": ""}, "Chưa lọc gì"),
        ({"query": "tim=" + "ắ" * 900}, "dài quá, bớt từ tìm"),
    ],
)
def test_what_cannot_be_kept_gets_a_sentence(office, fields, sentence):
    page = office.post(SAVE, view(**fields), follow=True)
    assert sentence in page.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example/",
        "/khong-co/",
        "x",
        "",
        "/quan-tri/a\x00b",  # Django admin takes any address under its own
        "/quan-tri/" + "x" * 500,
        "/dang-bo/99999999/",
    ],
)
def test_nobody_is_sent_elsewhere(office, path):
    assert office.post(SAVE, view(path=path)).status_code == 404
    assert not SavedView.objects.exists()


def test_one_forgets_ones_own_only(office, users, client_as):
    office.post(SAVE, view())
    kept = SavedView.objects.get()
    assert client_as(Role.LEADER).post(f"/tai-khoan/bo-loc/{kept.pk}/bo/").status_code == 404
    assert "Huyện tôi" not in client_as(Role.LEADER).get("/dang-bo/").content.decode()
    assert office.post(f"/tai-khoan/bo-loc/{kept.pk}/bo/").url == "/dang-bo/"
    assert not SavedView.objects.exists()


def test_nobody_keeps_more_than_thirty(office):
    for number in range(31):
        office.post(SAVE, view(name=f"Lọc {number}"))
    assert SavedView.objects.count() == 30
