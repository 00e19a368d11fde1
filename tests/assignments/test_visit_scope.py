"""Who sees which visits and may do what with them, by page, file and forged form (DESIGN §1)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEvent, User
from assignments.enums import AssignmentRole
from assignments.models import Attendance, Officer, Visit, VisitAttachment
from assignments.visits import version, withdraw_attendance
from assignments.visits.rights import waiting_for
from communes.models import Commune
from tests.factories import (
    DAY,
    make_assignment,
    make_attachment,
    make_attendance,
    make_commune,
    make_officer,
    make_user,
    make_visit,
)
from tests.workbooks import opened, table

LIST, WAITING = "/di-co-so/", "/di-co-so/cho-xac-nhan/"
HANDED_OVER = dt.date(2023, 6, 1)
NOW = dt.datetime(2023, 9, 1, 2, tzinfo=dt.UTC)
TODAY = dt.date(2023, 9, 1)
OWN, COLLEAGUE, FORMER, STRANGER, ASSISTANT = (
    "own",
    "colleague",
    "former",
    "stranger",
    "assistant",
)
LEADER, OFFICE, ADMIN = "leader", "office", "admin"
WHO_SEE_ALL = (OFFICE, LEADER, ADMIN)
EVERYBODY = (OWN, COLLEAGUE, FORMER, STRANGER, ASSISTANT, *WHO_SEE_ALL)


@dataclass
class World:
    """One commune: Bình's, beside whom Cúc follows it, and before them Đức until the handover.

    ``entry`` is Bình's visit after the handover, entered by his assistant, with a file;
    ``before`` is Đức's of before, ``apart`` somebody's elsewhere.
    """

    users: dict[str, User]
    commune: Commune
    binh: Officer
    entry: Attendance
    before: Attendance
    apart: Attendance
    file: VisitAttachment


@pytest.fixture
def world(db) -> World:
    users = {
        **{name: make_user(Role.OFFICER) for name in (OWN, COLLEAGUE, FORMER, STRANGER)},
        ASSISTANT: make_user(Role.ASSISTANT),
        **{role: make_user(Role(role)) for role in WHO_SEE_ALL},
    }
    commune, elsewhere = make_commune("Thạnh Quới"), make_commune("Đại Hải")
    binh, cuc, duc, la = (
        make_officer(name, user=users[who])
        for name, who in (
            ("Thạch Văn Bình", OWN),
            ("Sơn Thị Cúc", COLLEAGUE),
            ("Lý Minh Đức", FORMER),
            ("Ngô Thị Lạ", STRANGER),
        )
    )
    binh.assistants.add(users[ASSISTANT])
    make_assignment(duc, commune, ended_on=HANDED_OVER)
    make_assignment(binh, commune, started_on=HANDED_OVER)
    make_assignment(cuc, commune, role=AssignmentRole.SUPPORT)
    make_assignment(la, elsewhere)
    entry = attend(binh, commune, dt.date(2023, 6, 14), confirmed_at=None)
    before = attend(duc, commune, DAY, findings="Điều Đức thấy", confirmed_at=None)
    apart = attend(la, elsewhere, DAY, findings="Điều Lạ thấy")
    return World(users, commune, binh, entry, before, apart, make_attachment(entry))


def attend(officer: Officer, commune: Commune, day: dt.date, **fields) -> Attendance:
    return make_attendance(officer, make_visit(commune, visited_on=day), **fields)


def text(response) -> str:
    return response.content.decode()


def as_of(address: str) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}ngay={TODAY}"


def address(name: str, record) -> str:
    return reverse(f"visits:{name}", args=[record.pk])


def answers(client_as, world: World, verb: str, url: str, **data) -> dict[str, int]:
    """Give what each person gets; nobody's request changes what the next one meets."""
    found = {}
    for who in EVERYBODY:
        client = client_as(world.users[who])
        response = client.get(url) if verb == "get" else client.post(url, data)
        if response.streaming:
            list(response.streaming_content)
        found[who] = response.status_code
    return found


def given(default: int, **others: int) -> dict[str, int]:
    return dict.fromkeys(EVERYBODY, default) | others


READS = given(200, former=404, stranger=404)
ACTS = given(403, own=200, assistant=200, office=200, former=404, stranger=404)


# --- pages and files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "record", "expected"),
    [
        ("detail", "visit", READS),
        ("attachment", "file", READS),
        ("withdraw", "entry", ACTS),
        ("attachment_withdraw", "file", ACTS),
    ],
)
def test_who_opens_the_pages_of_a_visit(client_as, world, name, record, expected):
    records = {"visit": world.entry.visit, "entry": world.entry, "file": world.file}
    assert answers(client_as, world, "get", address(name, records[record])) == expected


def test_what_went_before_is_known_to_who_came_after(client_as, world):
    expected = given(200, stranger=404)
    assert answers(client_as, world, "get", address("detail", world.before.visit)) == expected


def seen(client) -> set[int]:
    page = client.get(as_of(LIST))
    return {row.record.pk for row in page.context["rows"]}


def in_file(client) -> int:
    response = client.get(as_of(f"{LIST}?xuat=xlsx"))
    return len(table(opened(response.getvalue()).worksheets[0]))


def test_the_list_and_its_file_hold_what_one_may_see(client_as, world):
    entry, before, apart = world.entry.pk, world.before.pk, world.apart.pk
    expected = {
        OWN: {entry, before},
        COLLEAGUE: {entry, before},
        ASSISTANT: {entry, before},
        FORMER: {before},
        STRANGER: {apart},
        **{who: {entry, before, apart} for who in WHO_SEE_ALL},
    }
    assert {who: seen(client_as(world.users[who])) for who in EVERYBODY} == expected
    assert {who: in_file(client_as(world.users[who])) for who in EVERYBODY} == {
        who: len(rows) for who, rows in expected.items()
    }


@pytest.mark.parametrize("name", ["can_bo", "dang_bo"])
def test_a_link_with_a_key_one_may_not_see_names_nobody(client_as, world, name):
    stranger = world.apart.officer_id if name == "can_bo" else world.apart.visit.commune_id
    page = client_as(world.users[OWN]).get(as_of(f"{LIST}?{name}={stranger}"))
    assert page.context["rows"] == []
    assert "Ngô Thị Lạ" not in text(page)
    assert "Đại Hải" not in text(page)


def test_what_waits_is_ones_own(client_as, world):
    entry, before = world.entry, world.before
    expected = {
        OWN: [entry],
        ASSISTANT: [entry],
        COLLEAGUE: [],
        FORMER: [before],
        STRANGER: [],
        **{who: [entry, before] for who in WHO_SEE_ALL},
    }
    assert {who: list(waiting_for(world.users[who])) for who in EVERYBODY} == expected
    for who, rows in expected.items():
        weeks = client_as(world.users[who]).get(as_of(WAITING)).context["weeks"]
        assert [item.record for week in weeks for item in week.entries] == rows


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        (OWN, {"Xác nhận", "Rút lại", "Gỡ"}),
        (OFFICE, {"Xác nhận", "Rút lại", "Gỡ"}),
        (ASSISTANT, {"Rút lại", "Gỡ"}),
        (COLLEAGUE, set()),
        (LEADER, set()),
        (ADMIN, set()),
    ],
)
def test_the_page_offers_what_one_may_do(client_as, world, who, buttons):
    page = text(client_as(world.users[who]).get(address("detail", world.entry.visit)))
    marks = {
        "Xác nhận": 'name="luot"',
        "Rút lại": f"/di-co-so/luot/{world.entry.pk}/rut/",
        "Gỡ": f"/di-co-so/tep/{world.file.pk}/rut/",
    }
    assert {button for button, mark in marks.items() if mark in page} == buttons


def test_a_taken_back_attendance_is_for_who_answers_for_it(client_as, world):
    make_attendance(world.users[COLLEAGUE].officer, world.entry.visit)
    world.entry.findings = "Điều Bình thấy"
    world.entry.save()
    withdraw_attendance(attendance=world.entry, reason="Ghi nhầm", by=world.users[OFFICE], now=NOW)
    shown = {
        who: "Điều Bình thấy" in text(client_as(world.users[who]).get(url))
        for who in EVERYBODY
        for url in [address("detail", world.entry.visit)]
    }
    assert shown == {who: who in (OWN, ASSISTANT, *WHO_SEE_ALL) for who in EVERYBODY}
    files = answers(client_as, world, "get", address("attachment", world.file))
    assert files == given(404, leader=200, office=200, admin=200)


def test_a_visit_nobody_stands_by_is_for_who_sees_all(client_as, world):
    withdraw_attendance(attendance=world.entry, reason="Ghi nhầm", by=world.users[OFFICE], now=NOW)
    url = address("detail", world.entry.visit)
    assert answers(client_as, world, "get", url) == given(404, leader=200, office=200, admin=200)


# --- forged forms ----------------------------------------------------------------------------


def as_read(row: Attendance) -> str:
    """Give what the page sends to confirm an entry as it is now."""
    return f"{row.pk}:{version(Attendance.objects.get(pk=row.pk))}"


def untouched(world: World) -> bool:
    """Say whether nothing was written since the world was made."""
    world.entry.refresh_from_db()
    world.file.refresh_from_db()
    return not (
        world.entry.is_confirmed
        or world.entry.is_withdrawn
        or world.file.is_withdrawn
        or AuditEvent.objects.exclude(verb__in=["login", "logout"]).exists()
    )


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("name", "refusals"),
    [
        ("waiting", given(403, former=404, stranger=404)),
        ("withdraw", given(403, former=404, stranger=404)),
        ("attachment_withdraw", given(403, former=404, stranger=404)),
    ],
)
def test_a_form_is_taken_only_from_who_may_send_it(client_as, world, who, name, refusals):
    records = {"withdraw": world.entry, "attachment_withdraw": world.file}
    url = address(name, records[name]) if name in records else WAITING
    data = {"luot": as_read(world.entry), "reason": "Ghi nhầm"}
    status = client_as(world.users[who]).post(url, data).status_code
    takers = (OWN, OFFICE) if name == "waiting" else (OWN, ASSISTANT, OFFICE)
    if who in takers:
        assert status == 302
        assert not untouched(world)
    else:
        assert status == refusals[who]
        assert untouched(world)


def test_a_former_officer_still_corrects_and_confirms_what_was_theirs(client_as, world):
    client = client_as(world.users[FORMER])
    assert client.post(WAITING, {"luot": as_read(world.before)}).status_code == 302
    world.before.refresh_from_db()
    assert world.before.confirmed_by == world.users[FORMER]
    response = client.post(address("withdraw", world.before), {"reason": "Ghi nhầm"})
    assert response.status_code == 302


def test_one_entry_out_of_reach_keeps_all_from_being_confirmed(client_as, world):
    client = client_as(world.users[OWN])
    colleagues = attend(world.users[COLLEAGUE].officer, world.commune, TODAY, confirmed_at=None)
    keys = [as_read(world.entry), as_read(colleagues)]
    assert client.post(WAITING, {"luot": keys}).status_code == 403
    unseen = attend(make_officer(), make_commune(), TODAY, confirmed_at=None)
    assert (
        client.post(WAITING, {"luot": [as_read(world.entry), as_read(unseen)]}).status_code == 404
    )
    assert (
        client.post(
            WAITING, {"luot": ["x", "", "-1", "9" * 30, "x:1", f"{'9' * 30}:1", world.entry.pk]}
        ).status_code
        == 404
    )
    assert untouched(world)


def test_an_assistant_taken_away_sees_nothing_any_more(client_as, world):
    world.binh.assistants.clear()
    client = client_as(world.users[ASSISTANT])
    assert client.get(address("detail", world.entry.visit)).status_code == 404
    assert seen(client) == set()
    assert client.post(address("withdraw", world.entry), {"reason": "x"}).status_code == 404


# --- pages cost the same, however much there is ----------------------------------------------


def bulk_attendances(officers: list[Officer], commune: Commune, count: int, **fields) -> None:
    """Make ``count`` visits of two attendances each, as fast as the database takes them."""
    visits = Visit.objects.bulk_create(
        Visit(commune=commune, visited_on=DAY - dt.timedelta(days=n % 500), kind="cell_meeting")
        for n in range(count)
    )
    moment = timezone.make_aware(dt.datetime.combine(DAY, dt.time(16)))
    Attendance.objects.bulk_create(
        Attendance(
            visit=visit,
            officer=officer,
            findings="Nắm tình hình",
            entered_at=moment,
            entry_key=uuid.uuid4(),
            **fields,
        )
        for visit in visits
        for officer in officers
    )


@pytest.mark.parametrize("who", [OFFICE, OWN])
@pytest.mark.parametrize("page", ["list", "filtered", "detail", "waiting", "home"])
def test_queries_do_not_grow_with_visits(
    client_as, world, page, who, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(world.users[who])
    url = {
        "list": as_of(LIST),
        "filtered": as_of(f"{LIST}?can_bo={world.binh.pk}&dang_bo={world.commune.pk}&tim=thanh"),
        "detail": address("detail", world.entry.visit),
        "waiting": as_of(WAITING),
        "home": as_of("/"),
    }[page]
    client.get(url)
    with django_assert_max_num_queries(12) as before:
        client.get(url)
    confirmed = {"confirmed_at": NOW, "confirmed_by": world.users[OWN]}
    two = [world.binh, world.users[COLLEAGUE].officer]
    for count, fields in ((5, confirmed), (5, {}), (50, confirmed), (4945, confirmed)):
        bulk_attendances(two, world.commune, count, **fields)
        for _ in range(3 if page == "detail" else 0):
            row = make_attendance(make_officer(), world.entry.visit)
            make_attachment(row)
        with django_assert_num_queries(len(before)):
            assert client.get(url).status_code == 200
    assert Attendance.objects.count() >= 10_000


def test_what_the_officer_confirmed_is_not_the_assistants_to_take_back(client_as, world):
    assert (
        client_as(world.users[OWN]).post(WAITING, {"luot": as_read(world.entry)}).status_code == 302
    )
    client = client_as(world.users[ASSISTANT])
    for name, record in (("withdraw", world.entry), ("attachment_withdraw", world.file)):
        assert client.post(address(name, record), {"reason": "x"}).status_code == 403
        record.refresh_from_db()
        assert not record.is_withdrawn
    page = text(client.get(address("detail", world.entry.visit)))
    assert address("withdraw", world.entry) not in page
    office = client_as(world.users[OFFICE])
    assert office.post(address("withdraw", world.entry), {"reason": "x"}).status_code == 302


def test_a_handover_entered_late_takes_nothing_from_who_went(client_as, world):
    """The visit stays the officer's: to see, to confirm, to correct."""
    held = world.binh.assignments.get()
    held.ended_on, held.end_reason = dt.date(2023, 6, 10), "transferred"
    held.save()
    client = client_as(world.users[OWN])
    assert client.get(address("detail", world.entry.visit)).status_code == 200
    assert world.entry.pk in seen(client)
    assert client.get(address("attachment", world.file)).status_code == 200
    assert client.post(WAITING, {"luot": as_read(world.entry)}).status_code in (302, 200)
