"""Petitions on the first page: the headline, and what needs a decision."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from reports.enums import PetitionState
from tests.factories import DAY, make_body, make_matter, make_petition
from tests.reports.petitions.moves import bring, day, route

pytestmark = pytest.mark.django_db


def home(client, number: int = 47):
    return client.get("/", {"ngay": day(number).isoformat()})


def titles(response) -> dict[str, object]:
    """Give what needs a decision by its title."""
    return {matter.title: matter for matter in response.context["matters"]}


def test_overdue_of_open_is_a_headline(users, client_as):
    for due in (day(30), day(30), day(300)):
        route(make_petition(), users[Role.OFFICE], DAY, due_on=due)
    bring(make_petition(), PetitionState.RESOLVED)
    page = home(client_as(Role.LEADER))
    tile = page.context["tiles"][-1]
    assert (tile.told.figure.label, tile.told.value, tile.is_bad) == (
        "kiến nghị quá hạn trả lời",
        2,
        True,
    )
    [part] = tile.parts
    assert (part.figure.label, part.value) == ("kiến nghị đang giải quyết", 3)
    assert "tinh_trang=qua_han" in page.content.decode()


def test_what_many_communes_ask_for_is_one_thing_to_decide(users, client_as):
    office, matter, body = users[Role.OFFICE], make_matter("Đèn đường"), make_body("Sở Giao thông")
    for _ in range(3):
        route(make_petition(matter=matter), office, DAY, body)
    route(make_petition(matter=matter), office, day(20), make_body("Sở Xây dựng"))
    bring(make_petition(matter=matter), PetitionState.ANSWERED)
    route(make_petition(matter=make_matter("Một xã")), office, DAY)
    found = titles(home(client_as(Role.LEADER)))
    told = found["4 địa phương cùng kiến nghị “Đèn đường”, chưa có trả lời"]
    assert told.detail == "Chuyển Sở Giao thông, đã 47 ngày; 3 kiến nghị quá hạn"
    assert told.address == reverse("petitions:matter_detail", args=[matter.pk])
    assert (told.count, told.action) == (4, "Xem nhóm")
    assert not any("Một xã" in title for title in found)
    later = titles(home(client_as(Role.LEADER), 60))
    [told] = [one for title, one in later.items() if "Đèn đường" in title]
    assert told.detail == "Chuyển Sở Giao thông và 1 cơ quan khác, đã 60 ngày; 4 kiến nghị quá hạn"


def test_what_nobody_routed_is_for_the_office(client_as):
    make_petition()
    title = "1 kiến nghị chưa chuyển xử lý"
    told = titles(home(client_as(Role.OFFICE), 6))[title]
    assert told.address == f"{reverse('petitions:list')}?tinh_trang=chua_chuyen"
    assert title not in titles(home(client_as(Role.LEADER), 6))


def test_what_is_stuck_goes_to_the_standing_committee(users, client_as):
    route(make_petition(), users[Role.OFFICE], DAY)
    told = titles(home(client_as(Role.LEADER), 31))["1 kiến nghị cần trình Ban Thường vụ"]
    assert told.address == reverse("petitions:escalated")
    assert home(client_as(Role.LEADER), 31).status_code == 200


def test_more_petitions_take_no_more_queries(users, client_as):
    client, counts = client_as(Role.OFFICE), []
    home(client)
    for _ in range(2):
        for _ in range(4):
            matter = make_matter()
            for _ in range(3):
                route(make_petition(matter=matter), users[Role.OFFICE], DAY)
        with CaptureQueriesContext(connection) as captured:
            home(client)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
