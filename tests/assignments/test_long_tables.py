"""Lists that go on behind the pages that have numbers: every row once, in order, either way."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from html import unescape
from itertools import chain

import pytest
from django.db.models import F
from django.db.models.functions import Length

from accounts.enums import Role
from assignments.enums import OfficerGroup
from assignments.keyset import after, turned
from assignments.long_tables import BoundedPaginator
from assignments.models import Attendance, Officer, Visit
from tests.factories import DAY, make_commune, make_officer, make_user

LIST = f"/di-co-so/?ngay={DAY + dt.timedelta(days=90)}"
ORDERS = {
    "nulls last": [F("protocol_rank").asc(nulls_last=True), "pk"],
    "nulls last, descending": [F("protocol_rank").desc(nulls_last=True), "pk"],
    "nulls first": [F("protocol_rank").asc(nulls_first=True), "-pk"],
    "ties": ["group", "pk"],
    "two nullable": [
        F("birth_year").desc(nulls_last=True),
        F("protocol_rank").asc(nulls_last=True),
        "pk",
    ],
    "computed": [Length("full_name").desc(), "pk"],
}


@pytest.fixture
def officers(db):
    groups = OfficerGroup.values[:2]
    for n in range(24):
        make_officer(
            "Lê Văn An" + "h" * (n % 3),
            protocol_rank=n % 4 or None,
            birth_year=1970 + n % 3 if n % 5 else None,
            group=groups[n % 2],
        )
    return Officer.objects.all()


@pytest.mark.parametrize("order", ORDERS)
def test_behind_each_row_is_what_comes_behind_it(officers, order):
    rows = officers.order_by(*ORDERS[order])
    keys = list(rows.values_list("pk", flat=True))
    for place, key in enumerate(keys):
        row = Officer.objects.filter(pk=key)
        assert list(after(rows, row).values_list("pk", flat=True)) == keys[place + 1 :]
        back = after(turned(rows), row).values_list("pk", flat=True)
        assert list(back) == keys[:place][::-1]


def test_behind_a_row_that_is_gone_there_is_nothing_to_tell(officers):
    assert after(officers.order_by("pk"), Officer.objects.none()) is None


# --- the page -----------------------------------------------------------------------------------


def attend(count: int, day: dt.date, commune, officer) -> None:
    """Make visits three to a day, from ``day`` backwards."""
    days = [day - dt.timedelta(days=n // 3) for n in range(count)]
    visits = [Visit(commune=commune, visited_on=one, kind="cell_meeting") for one in days]
    Attendance.objects.bulk_create(
        Attendance(visit=visit, officer=officer, entry_key=uuid.uuid4())
        for visit in Visit.objects.bulk_create(visits)
    )


def follow(client, url: str, rel: str, between=lambda: None) -> list[list[int]]:
    """Give the keys of the rows page by page, following the links of one kind to the end."""
    found = []
    while url:
        response = client.get(url)
        found.append([row.record.pk for row in response.context["rows"]])
        link = re.search(rf'<a rel="{rel}" href="([^"]+)"', response.content.decode())
        url = link and f"/di-co-so/{unescape(link[1])}"
        between()
    return found


@pytest.fixture
def long(db, client_as, monkeypatch):
    """Give the list of 230 rows, of which the first 100 have numbered pages."""
    monkeypatch.setattr(BoundedPaginator, "most", 100)
    commune, officer = make_commune("An Ninh"), make_officer("Lê Văn An")
    attend(230, DAY, commune, officer)
    return client_as(make_user(Role.OFFICE)), commune, officer


def in_order() -> list[int]:
    return list(
        Attendance.objects.order_by("-visit__visited_on", "pk").values_list("pk", flat=True)
    )


def test_pages_go_on_behind_those_that_have_numbers(long):
    client, _, _ = long
    pages = follow(client, LIST, "next")
    assert [len(page) for page in pages] == [50, 50, 50, 50, 30]
    assert list(chain(*pages)) == in_order()


def test_pages_lead_back_to_the_first(long):
    client, _, _ = long
    keys = in_order()
    pages = follow(client, f"{LIST}&trang=sau-{keys[199]}", "prev")
    assert [len(page) for page in pages] == [30, 50, 50, 50, 50]
    assert list(chain(*reversed(pages))) == keys


def test_rows_added_meanwhile_move_no_other_row(long):
    client, commune, officer = long
    first, keys = f"{LIST}&trang=sau-{in_order()[99]}", in_order()
    pages = follow(client, first, "next", lambda: attend(20, DAY, commune, officer))
    assert [key for key in list(chain(*pages)) if key in set(keys)] == keys[100:]


def test_the_head_says_that_there_are_more_than_were_counted(long):
    client, _, _ = long
    assert "hơn 100 lượt dự" in client.get(LIST).content.decode()
    assert "hơn" not in client.get(f"{LIST}&tu={DAY}").content.decode().split("lượt dự")[0]


@pytest.mark.parametrize("asked", ["sau-999999999", "truoc-0", "sau-", "sau-x", "sau-1e3", "-1"])
def test_a_place_that_is_not_there_is_the_beginning_or_an_end(long, asked):
    client, _, _ = long
    page = client.get(f"{LIST}&trang={asked}").context["page"]
    assert page.number in (1, 2)


def test_a_deep_page_costs_no_more_queries(long, django_assert_max_num_queries):
    client, _, _ = long
    with django_assert_max_num_queries(12):
        client.get(f"{LIST}&trang=sau-{in_order()[150]}")
