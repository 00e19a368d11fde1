"""The pages of a plan ask as much of the database whatever there is in it, and take any input."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.enums import Role
from assignments.models import PlanComment
from assignments.planning.services import choose_variant, create_plan
from tests.factories import make_assignment, make_officer, make_user
from tests.reports.reassignments.conftest import NOW, STARTS_ON, placed, solved
from tests.reports.reassignments.test_deciding import DECISION, address

MARKUP = "<script>alert(1)</script>"


@pytest.fixture
def grown(world, office, again):
    """Give ``grown(number)``: a draft in the province grown by so many officers and communes."""

    def make(number: int):
        for column in range(number):
            commune = placed(f"Thêm {number} {column}", 5 + column, world.left.district)
            officer = make_officer(f"Cán bộ {column}")
            make_assignment(officer, commune, started_on=dt.date(2022, 1, 1))
            placed(f"Trống {number} {column}", 5 + column, world.left.district)
        plan = create_plan(
            name="Phương án",
            starts_on=STARTS_ON,
            parameters=world.parameters(),
            by=office,
            now=NOW,
        )
        plan = solved(plan, office)
        choose_variant(plan=plan, variant="fewest_moves", edition=None, by=office)
        for _ in range(number):
            PlanComment.objects.create(plan=plan, by=make_user(), text="Đồng ý")
        return again(plan)

    return make


@pytest.mark.parametrize("name", ["detail", "change", "apply"])
def test_queries_do_not_grow(client_as, grown, django_assert_max_num_queries, name):
    office = client_as(Role.OFFICE)
    small = grown(1)
    office.get(address(name, small))
    with django_assert_max_num_queries(12) as before:
        office.get(address(name, small))
    large = grown(12)
    with django_assert_max_num_queries(len(before)):
        office.get(address(name, large))


@pytest.mark.parametrize("number", [1, 8])
def test_a_record_asks_as_little(client_as, grown, django_assert_num_queries, number):
    office, plan = client_as(Role.OFFICE), grown(number)
    office.post(address("apply", plan), DECISION | {"edition": plan.edition})
    with django_assert_num_queries(9):
        office.get(address("detail", plan))


def test_hostile_words_are_words(client_as, draft, world):
    for record in (world.leaver, world.near, world.far):
        record.full_name = f"{record.full_name} {MARKUP}"
        record.save()
    world.left.name = MARKUP
    world.left.save()
    draft.name = f"Phương án {MARKUP}"
    draft.save()
    office = client_as(Role.OFFICE)
    office.post(address("comment", draft), {"text": MARKUP})
    for name in ("detail", "change", "apply", "drop"):
        page = office.get(address(name, draft)).text
        assert "&lt;script&gt;" in page, name
        assert "<script>alert" not in page, name
    for page in ("/phuong-an/", "/phuong-an/lap/?ngay_bat_dau=2023-07-01"):
        shown = office.get(page).text
        assert "&lt;script&gt;" in shown
        assert "<script>alert" not in shown
