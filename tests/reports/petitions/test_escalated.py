"""What goes to the Standing Committee: the worst first, with what was said, and a word to add."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts import clock
from accounts.enums import Role
from reports.enums import BodyLevel, PetitionAct
from reports.models import PetitionEvent
from reports.petitions import add_note, group_petitions
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_commune,
    make_matter,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.petitions.moves import at, day, route

pytestmark = pytest.mark.django_db

ADDRESS = "/kien-nghi/trinh/"
TODAY = day(100)


@pytest.fixture
def stuck(users):
    """Make petitions stuck at two bodies and at none, and three that are not."""
    office = users[Role.OFFICE]
    first, second = make_body("Sở Một"), make_body("Sở Hai")
    hall = make_body("Ủy ban nhân dân xã", level=BodyLevel.COMMUNE)
    made = {name: make_petition() for name in ("a", "b", "c", "d", "xã", "trong hạn")}
    made["mới"] = make_petition(raised_on=day(10))
    made["vừa ghi"] = make_petition(raised_on=day(95))
    for name, body, on in (
        ("a", first, 20),
        ("b", second, 5),
        ("c", first, 30),
        ("d", second, 40),
        ("xã", hall, 1),
        ("trong hạn", first, 60),
    ):
        due_on = day(200) if name == "trong hạn" else day(on + 20)
        route(made[name], office, day(on), body, due_on=due_on)
    return made


def groups(page):
    return [(group.body, [one.petition for one in group.stuck]) for group in page.context["groups"]]


def test_the_worst_comes_first_by_body(client_as, stuck):
    page = client_as(Role.LEADER).get(f"{ADDRESS}?ngay={TODAY}")
    assert groups(page) == [
        ("Sở Hai", [stuck["b"], stuck["d"]]),
        ("Chưa chuyển cơ quan nào", [stuck["mới"]]),
        ("Sở Một", [stuck["a"], stuck["c"]]),
    ]
    worst = page.context["groups"][0].stuck[0]
    assert (worst.days, worst.overdue) == (95, 75)


def test_it_is_the_figures_list(client_as, stuck):
    client = client_as(Role.LEADER)
    listed = client.get(f"/kien-nghi/?tinh_trang=trinh&ngay={TODAY}")
    shown = {one for _, rows in groups(client.get(f"{ADDRESS}?ngay={TODAY}")) for one in rows}
    assert {row.record for row in listed.context["rows"]} == shown


def test_the_setting_says_how_long(client_as, stuck, settings):
    settings.PETITION_ESCALATION_DAYS = 90
    page = client_as(Role.LEADER).get(f"{ADDRESS}?ngay={TODAY}")
    assert groups(page) == [("Sở Hai", [stuck["b"]])]


def test_what_is_of_one_matter_stands_together(client_as, users, stuck):
    office = users[Role.OFFICE]
    extra = make_petition()
    route(extra, office, day(25), make_body("Sở Ba"), due_on=day(30))
    route(stuck["d"], office, day(41), extra.legs.get().body, due_on=day(42))
    last = make_petition()
    route(last, office, day(45), extra.legs.get().body, due_on=day(50))
    pair = [extra, last]
    group_petitions(petitions=pair, matter=make_matter("Đèn"), by=office, now=at(day(46)))
    found = dict(groups(client_as(Role.LEADER).get(f"{ADDRESS}?ngay={TODAY}")))
    assert found["Sở Ba"] == [extra, last, stuck["d"]]


def test_the_last_notes_stand_with_it(client_as, users, stuck):
    for number in range(5):
        note = {"note": f"Lần {number}", "by": users[Role.LEADER], "now": at(day(50 + number))}
        add_note(petition=stuck["a"], **note)
    page = client_as(Role.LEADER).get(f"{ADDRESS}?ngay={TODAY}")
    notes = next(
        one.notes
        for group in page.context["groups"]
        for one in group.stuck
        if one.petition == stuck["a"]
    )
    assert [note.note for note in notes] == ["Lần 4", "Lần 3", "Lần 2"]


def test_personal_data_is_not_on_the_list(client_as, stuck):
    type(stuck["a"]).objects.filter(pk=stuck["a"].pk).update(
        has_personal_data=True, content="Bà Sáu, số 12"
    )
    assert "Bà Sáu" not in client_as(Role.LEADER).get(f"{ADDRESS}?ngay={TODAY}").content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_officers_do_not_open_it(client_as, users, stuck, role):
    own = make_officer(user=users[Role.OFFICER])
    make_assignment(own, stuck["a"].commune)
    client = client_as(role)
    assert client.get(ADDRESS).status_code == 403
    typed = {"kn": stuck["a"].pk, "note": "Làm đi"}
    assert client.post(ADDRESS, typed).status_code == 403
    assert not PetitionEvent.objects.filter(act=PetitionAct.NOTE).exists()


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE])
def test_a_word_is_said_right_there(client_as, users, stuck, today, role):
    client = client_as(role)
    response = client.post(ADDRESS, {"kn": stuck["a"].pk, "note": "Trả lời trước ngày 20"})
    assert response.url == f"{ADDRESS}#kn-{stuck['a'].pk}"
    event = PetitionEvent.objects.get(act=PetitionAct.NOTE)
    assert (event.petition, event.note) == (stuck["a"], "Trả lời trước ngày 20")
    assert (event.by, event.happened_on) == (users[role], TODAY)
    assert "Trả lời trước ngày 20" in client.get(ADDRESS).content.decode()


def test_a_word_must_be_one_of_a_petition(client_as, users, stuck, today):
    client = client_as(Role.LEADER)
    page = client.post(ADDRESS, {"kn": stuck["a"].pk, "note": " \u200b "})
    assert "Ghi nội dung ý kiến." in page.content.decode()
    long = client.post(ADDRESS, {"kn": stuck["a"].pk, "note": "x" * 3_000})
    assert "x" * 3_000 in long.content.decode()
    assert client.post(ADDRESS, {"kn": 10**9, "note": "a"}).status_code == 404
    assert client.post(ADDRESS, {"note": "a"}).status_code == 404
    assert not PetitionEvent.objects.filter(act=PetitionAct.NOTE).exists()


def test_an_administrator_only_looks(client_as, stuck, today):
    client = client_as(Role.ADMIN)
    assert "Ghi ý kiến" not in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, {"kn": stuck["a"].pk, "note": "a"}).status_code == 403


def test_another_day_offers_no_word(client_as, stuck, today):
    client = client_as(Role.LEADER)
    assert "Ghi ý kiến" in client.get(ADDRESS).content.decode()
    assert "Ghi ý kiến" not in client.get(f"{ADDRESS}?ngay={day(99)}").content.decode()


def test_the_queries_do_not_grow(client_as, users, stuck, django_assert_max_num_queries):
    client, office = client_as(Role.LEADER), users[Role.OFFICE]

    def count():
        with django_assert_max_num_queries(12) as asked:
            assert client.get(f"{ADDRESS}?ngay={TODAY}").status_code == 200
        return len(asked)

    before = count()
    for number in range(5):
        petition = make_petition(make_commune(), raised_on=DAY + dt.timedelta(days=number))
        route(petition, office, day(10), make_body(), due_on=day(20))
        add_note(petition=petition, note="Nhắc", by=make_user(), now=at(day(30)))
    assert count() == before
