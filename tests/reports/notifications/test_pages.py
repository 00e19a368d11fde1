"""The bell, the list of what one was told, opening one, having read all."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from django.urls import reverse

from accounts.enums import Role
from reports.models import Notification
from tests.factories import DAY, make_notification

LIST, READ_ALL = "/thong-bao/", "/thong-bao/da-xem/"


def opened(client, told: Notification):
    return client.post(reverse("notifications:open", args=[told.pk]))


@pytest.fixture
def told(users) -> Notification:
    return make_notification(users[Role.OFFICER], title="Báo cáo Quý II/2023", address="/can-bo/")


def test_the_list_tells_ones_own_by_day_newest_first(users, client_as, told):
    make_notification(users[Role.OFFICER], noticed_on=DAY + dt.timedelta(days=1), title="Mới hơn")
    make_notification(users[Role.OFFICE], title="Của người khác")
    page = unescape(client_as(Role.OFFICER).get(LIST).content.decode())
    assert page.index("Ngày 10/05/2023") < page.index("Mới hơn") < page.index("Ngày 09/05/2023")
    assert page.count("Chưa xem") == 2
    assert "Của người khác" not in page


def test_the_list_of_an_earlier_day_shows_what_was_told_by_then(client_as, told):
    client = client_as(Role.OFFICER)
    assert told.title in client.get(LIST, {"ngay": DAY.isoformat()}).content.decode()
    before = (DAY - dt.timedelta(days=1)).isoformat()
    assert told.title not in client.get(LIST, {"ngay": before}).content.decode()


def test_looking_marks_nothing(client_as, told):
    client_as(Role.OFFICER).get(LIST)
    assert Notification.objects.unread().count() == 1
    assert client_as(Role.OFFICER).get(reverse("notifications:open", args=[1])).status_code == 405


def test_opening_marks_it_read_once_and_goes_there(client_as, told):
    client = client_as(Role.OFFICER)
    assert opened(client, told)["Location"] == "/can-bo/"
    told.refresh_from_db()
    first = told.read_at
    assert first is not None
    opened(client, told)
    told.refresh_from_db()
    assert told.read_at == first
    assert "Đã xem" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    "address",
    ["//xau.example/", "https://xau.example/", "/\\xau.example", "javascript:alert(1)", "", "xau"],
)
def test_it_never_leads_elsewhere(users, client_as, address):
    told = make_notification(users[Role.OFFICE], address=address)
    assert opened(client_as(Role.OFFICE), told)["Location"] == LIST


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OFFICE, Role.LEADER, Role.ASSISTANT])
def test_nobody_opens_what_was_told_to_another(client_as, told, role):
    assert opened(client_as(role), told).status_code == 404
    told.refresh_from_db()
    assert told.read_at is None


def test_reading_all_is_of_ones_own(users, client_as, told):
    other = make_notification(users[Role.OFFICE])
    assert client_as(Role.OFFICER).post(READ_ALL)["Location"] == LIST
    assert list(Notification.objects.unread()) == [other]


def test_the_bell_counts_what_is_unread(users, client_as, told):
    client = client_as(Role.OFFICER)
    assert 'aria-label="Thông báo: 1 chưa xem"' in client.get(LIST).content.decode()
    opened(client, told)
    assert 'aria-label="Thông báo"' in client.get(LIST).content.decode()


def test_the_bell_counts_no_further_than_99(users, client_as):
    Notification.objects.bulk_create(
        Notification(user=users[Role.OFFICE], kind="task", key=str(n), noticed_on=DAY, address="/")
        for n in range(150)
    )
    client = client_as(Role.OFFICE)
    assert "Thông báo: 99+ chưa xem" in client.get(LIST).content.decode()
    assert "Trang 2" in client.get(LIST).content.decode()


def test_a_stranger_has_no_bell_and_costs_no_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(reverse("accounts:login")).content.decode()
    assert 'class="bell"' not in page


def test_lines_of_a_digest_open_their_lists(users, client_as):
    detail = "3 Đảng bộ chưa có người → /dang-bo/?phu_trach=chua\nxấu → //xau.example/"
    make_notification(users[Role.OFFICE], detail=detail)
    page = client_as(Role.OFFICE).get(LIST).content.decode()
    assert '<a href="/dang-bo/?phu_trach=chua">3 Đảng bộ chưa có người</a>' in page
    assert 'href="//xau' not in page


def test_the_list_asks_a_fixed_number_of_queries(
    users, client_as, told, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(Role.OFFICER)
    client.get(LIST)
    with django_assert_max_num_queries(6) as before:
        client.get(LIST)
    for _ in range(20):
        make_notification(users[Role.OFFICER], detail="a\nb")
    with django_assert_num_queries(len(before)):
        client.get(LIST)
