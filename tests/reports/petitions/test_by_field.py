"""Petitions by field and by body: every number is its list's."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.enums import Role
from reports.enums import BodyLevel, PetitionAct
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_commune,
    make_district,
    make_field,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.petitions.moves import DO, answer, route
from tests.workbooks import opened, table

pytestmark = pytest.mark.django_db

ONE = dt.timedelta(days=1)
ROLES = (Role.LEADER, Role.OFFICE, Role.OFFICER)
TODAY = DAY + 60 * ONE


def routed(petition, body, on=DAY, by=None):
    return route(petition, by or make_user(Role.OFFICE), on, body, due_on=on + 30 * ONE)


def answered(petition, on):
    answer(petition, make_user(Role.OFFICE), on)


@pytest.fixture
def world(users):
    """Make petitions of two fields, three communes, three bodies, in all standings.

    The officer who is a user has the first commune.
    """
    district = make_district()
    communes = [make_commune(f"Xã {n}", district=district) for n in range(3)]
    own = make_officer(user=users[Role.OFFICER])
    make_assignment(own, communes[0])
    lights, roads = make_field("Đèn đường"), make_field("Giao thông")
    industry, transport = make_body("Sở Công Thương"), make_body("Sở Giao thông")
    hall = make_body("Ủy ban nhân dân xã", level=BodyLevel.COMMUNE)

    def raised(commune, field, **fields):
        return make_petition(
            communes[commune], own if commune == 0 else None, field=field, **fields
        )

    made = {
        "new": raised(0, lights),
        "held": raised(0, lights),
        "late": raised(1, lights),
        "longest": raised(1, roads),
        "answered": raised(2, lights),
        "answered late": raised(0, roads),
        "told": raised(2, roads),
        "at the commune": raised(1, roads),
        "to come": raised(2, lights, raised_on=TODAY + ONE),
    }
    routed(made["held"], industry, TODAY - 5 * ONE)
    routed(made["late"], industry, TODAY - 40 * ONE)
    routed(made["longest"], transport, TODAY - 50 * ONE)
    routed(made["at the commune"], hall, TODAY - 55 * ONE)
    for name, on in (("answered", DAY + 10 * ONE), ("answered late", DAY + 35 * ONE)):
        routed(made[name], industry)
        answered(made[name], on)
    routed(made["told"], transport)
    answered(made["told"], DAY + 2 * ONE)
    DO[PetitionAct.TELL](made["told"], users[Role.OFFICE], DAY + 3 * ONE)
    return made


def numbers(page):
    """Give each number of a table with the list it opens."""
    return [
        (cell.column.key, cell.value, cell.url)
        for row in page.context["rows"]
        for cell in row.cells
        if cell.url
    ]


def listed(client, url, day=TODAY):
    joint = "&" if "?" in url else "?"
    page = client.get(f"{url}{joint}ngay={day}")
    return [row.record for row in page.context["rows"]], page.context["page"].paginator.count


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", ["/kien-nghi/linh-vuc/", "/kien-nghi/co-quan/"])
@pytest.mark.parametrize("day", [TODAY, DAY + 2 * ONE, DAY + 20 * ONE])
def test_every_number_is_its_list(client_as, world, role, address, day):
    client = client_as(role)
    found = numbers(client.get(f"{address}?ngay={day}"))
    assert found or day < TODAY
    for key, number, url in found:
        records, count = listed(client, url, day)
        if key == "communes":
            assert number == len({one.commune_id for one in records})
        else:
            assert number == count, (key, url)


@pytest.mark.parametrize("role", ROLES)
def test_the_sums_are_their_lists_too(client_as, world, role):
    client = client_as(role)
    for label, number, url, _ in client.get(f"/kien-nghi/linh-vuc/?ngay={TODAY}").context["sums"]:
        records, count = listed(client, url)
        is_of_communes = label == "Số Đảng bộ"
        assert number == (len({one.commune_id for one in records}) if is_of_communes else count)


def test_what_narrows_the_table_narrows_the_lists(client_as, world):
    client = client_as(Role.LEADER)
    make_petition(make_commune(district=make_district()), field=world["new"].field, year=2022)
    district = world["new"].commune.district_id
    page = client.get(f"/kien-nghi/linh-vuc/?ngay={TODAY}&huyen={district}&nam=2023")
    assert numbers(page)
    for key, number, url in numbers(page):
        assert f"huyen={district}" in url
        assert "nam=2023" in url
        if key != "communes":
            assert number == listed(client, url)[1]


def row_of(page, name):
    return next(
        row.record for row in page.context["rows"] if name in (row.cells[0].value, row.record)
    )


def test_fields_count_communes_and_standings(client_as, world):
    page = client_as(Role.LEADER).get(f"/kien-nghi/linh-vuc/?ngay={TODAY}")
    lights = row_of(page, "Đèn đường")
    assert (lights.communes, lights.raised, lights.open, lights.overdue) == (3, 4, 3, 1)
    assert (lights.settled, lights.told) == (1, 0)
    roads = row_of(page, "Giao thông")
    assert (roads.communes, roads.raised, roads.settled, roads.told) == (3, 4, 2, 1)
    sums = {label: value for label, value, *_ in page.context["sums"]}
    assert (sums["Số Đảng bộ"], sums["Kiến nghị"]) == (3, 8)


def test_an_officer_counts_only_their_own(client_as, world):
    page = client_as(Role.OFFICER).get(f"/kien-nghi/linh-vuc/?ngay={TODAY}")
    sums = {label: value for label, value, *_ in page.context["sums"]}
    assert (sums["Số Đảng bộ"], sums["Kiến nghị"], sums["Trong đó quá hạn"]) == (1, 3, 0)
    page = client_as(Role.OFFICER).get(f"/kien-nghi/co-quan/?ngay={TODAY}")
    assert [row.record.body.name for row in page.context["rows"]] == ["Sở Công Thương"]


def test_the_bars_say_in_words_what_they_show(client_as, world):
    page = client_as(Role.LEADER).get(f"/kien-nghi/linh-vuc/?ngay={TODAY}").content.decode()
    for told in (
        "Đèn đường – Đã có kết quả: 1/4",
        "Đèn đường – Đang giải quyết, chưa quá hạn: 2/4",
        "Đèn đường – Đang giải quyết, quá hạn: 1/4",
    ):
        assert told in page


@pytest.mark.parametrize("address", ["/kien-nghi/linh-vuc/", "/kien-nghi/co-quan/"])
def test_the_file_has_the_rows(client_as, world, address):
    client = client_as(Role.LEADER)
    rows = client.get(f"{address}?ngay={TODAY}").context["rows"]
    response = client.get(f"{address}?ngay={TODAY}&xuat=xlsx")
    found = table(opened(b"".join(response.streaming_content)).active)
    names = {row.cells[0].value for row in rows}
    assert names <= {value for row in found for value in row.values()}


@pytest.mark.parametrize("column", ["communes", "-raised", "overdue", "-khong_co"])
def test_sorting(client_as, world, column):
    page = client_as(Role.LEADER).get(f"/kien-nghi/linh-vuc/?ngay={TODAY}&sap={column}")
    key = column.removeprefix("-") if column != "-khong_co" else "communes"
    values = [getattr(row.record, key) for row in page.context["rows"]]
    assert values == sorted(values, reverse=column.startswith("-"))


# --- by body -------------------------------------------------------------------------------------


def bodies(page):
    return {row.record.body.name: row.record for row in page.context["rows"]}


def test_ages_are_of_the_present_leg(client_as, world):
    found = bodies(client_as(Role.LEADER).get(f"/kien-nghi/co-quan/?ngay={TODAY}"))
    industry = found["Sở Công Thương"]
    assert (industry.held, industry.overdue) == (2, 1)
    assert (industry.median, industry.longest) == (5, 40)
    assert (industry.in_time, industry.late) == (1, 1)
    transport = found["Sở Giao thông"]
    assert (transport.held, transport.overdue, transport.longest) == (1, 1, 50)
    assert (transport.in_time, transport.late) == (1, 0)


def test_days_at_the_commune_are_nobodys_age(client_as, world):
    found = bodies(client_as(Role.LEADER).get(f"/kien-nghi/co-quan/?ngay={TODAY}"))
    hall = found["Ủy ban nhân dân xã"]
    assert (hall.held, hall.median, hall.longest) == (1, None, None)
    back = world["at the commune"]
    routed(back, make_body("Sở Xây dựng"), TODAY - ONE)
    found = bodies(client_as(Role.LEADER).get(f"/kien-nghi/co-quan/?ngay={TODAY}"))
    assert found["Sở Xây dựng"].longest == 1
    assert "Ủy ban nhân dân xã" not in found


def test_only_twelve_months_are_looked_back(client_as, world):
    client = client_as(Role.LEADER)
    later = DAY + 10 * ONE + dt.timedelta(days=365)
    assert bodies(client.get(f"/kien-nghi/co-quan/?ngay={later - ONE}"))["Sở Công Thương"].in_time
    found = bodies(client.get(f"/kien-nghi/co-quan/?ngay={later}"))["Sở Công Thương"]
    assert (found.in_time, found.late) == (0, 1)


def test_a_body_that_passed_it_on_that_day_did_not_answer(client_as, world):
    petition = world["held"]
    routed(petition, make_body("Sở Sau"), TODAY)
    answered(petition, TODAY)
    found = bodies(client_as(Role.LEADER).get(f"/kien-nghi/co-quan/?ngay={TODAY}"))
    assert found["Sở Sau"].in_time == 1
    assert found["Sở Công Thương"].in_time == 1  # the one before


def test_the_list_of_all_answered_late(client_as, world):
    records, _ = listed(client_as(Role.LEADER), "/kien-nghi/?tra_loi=sau_han")
    assert records == [world["answered late"]]


@pytest.mark.parametrize("address", ["/kien-nghi/linh-vuc/", "/kien-nghi/co-quan/"])
@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_the_queries_do_not_grow(client_as, world, role, address, django_assert_max_num_queries):
    client = client_as(role)

    def count():
        with django_assert_max_num_queries(12) as asked:
            assert client.get(f"{address}?ngay={TODAY}").status_code == 200
        return len(asked)

    before = count()
    for _ in range(4):
        petition = make_petition(world["new"].commune, field=make_field())
        routed(petition, make_body(), TODAY - ONE)
    assert count() == before
