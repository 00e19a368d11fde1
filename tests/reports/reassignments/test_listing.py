"""The list of plans: who sees it, how each stands on a day, what is found by typing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from assignments.enums import PlanVariant
from assignments.models import PlanComment, PlannedRow, ReassignmentPlan
from tests.factories import (
    make_commune,
    make_decision,
    make_officer,
    make_plan_of_reassignment,
    make_user,
)
from tests.workbooks import formulas, opened, table

LIST = "/phuong-an/"


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


@pytest.fixture
def plans(db) -> dict[str, ReassignmentPlan]:
    """Give a draft, one applied on 1 July, one dropped on 2 July; all of 1 June."""
    begun = at(dt.date(2023, 6, 1))
    return {
        "draft": make_plan_of_reassignment(name="Bố trí lại Kế Sách", entered_at=begun),
        "applied": make_plan_of_reassignment(
            name="Thay đồng chí nghỉ hưu",
            entered_at=begun,
            variant=PlanVariant.EVEN_LOAD,
            applied_at=at(dt.date(2023, 7, 1)),
            decision=make_decision(),
        ),
        "dropped": make_plan_of_reassignment(
            name="Lập thử",
            entered_at=begun,
            withdrawn_at=at(dt.date(2023, 7, 2)),
            withdrawal_reason="Lập để thử",
        ),
    }


def names_on(client, **query: str) -> set[str]:
    answer = client.get(LIST, query)
    return {row.record.name for row in answer.context["rows"]}


def test_each_state_is_a_filter(client_as, plans):
    leader = client_as(Role.LEADER)
    assert names_on(leader) == {plan.name for plan in plans.values()}
    for state, key in (("du_thao", "draft"), ("da_ap_dung", "applied"), ("da_bo", "dropped")):
        assert names_on(leader, tinh_trang=state) == {plans[key].name}


def test_a_day_before_shows_it_as_it_was(client_as, plans):
    leader = client_as(Role.LEADER)
    assert names_on(leader, tinh_trang="du_thao", ngay="2023-07-01") == {
        plans["draft"].name,
        plans["dropped"].name,
    }
    assert names_on(leader, ngay="2023-05-31") == set()


def test_names_are_found_without_accents(client_as, plans):
    office = client_as(Role.OFFICE)
    assert names_on(office, tim="nghi huu thay") == {plans["applied"].name}
    assert names_on(office, tim="khong co") == set()


def test_the_office_alone_draws_up_plans(client_as, plans):
    assert reverse("reassignments:add") in client_as(Role.OFFICE).get(LIST).text
    assert reverse("reassignments:add") not in client_as(Role.LEADER).get(LIST).text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_who_may_be_moved_is_not_told_of_plans(client_as, plans, role):
    page = client_as(role).get("/phan-cong/")
    assert LIST not in page.text


def test_rows_and_comments_are_counted_apart(client_as, plans):
    user, draft = make_user(), plans["draft"]
    for _ in range(3):
        PlannedRow.objects.create(plan=draft, commune=make_commune(), after=make_officer())
    for text in ("Một", "Hai"):
        PlanComment.objects.create(plan=draft, by=user, text=text)
    page = client_as(Role.LEADER).get(LIST, {"tinh_trang": "du_thao"})
    [row] = page.context["rows"]
    assert (row.record.n_rows, row.record.n_comments) == (3, 2)


def test_queries_do_not_grow(
    client_as, plans, django_assert_max_num_queries, django_assert_num_queries
):
    office = client_as(Role.OFFICE)
    office.get(LIST)
    with django_assert_max_num_queries(12) as before:
        office.get(LIST)
    for number in range(20):
        plan = make_plan_of_reassignment(name=f"Phương án {number}", entered_by=make_user())
        PlannedRow.objects.create(plan=plan, commune=make_commune(), after=make_officer())
    with django_assert_num_queries(len(before)):
        office.get(LIST)


def test_the_file_is_what_is_seen_and_harmless(client_as, db):
    make_plan_of_reassignment(name='=HYPERLINK("http://a.b")', entered_at=at(dt.date(2023, 6, 1)))
    answer = client_as(Role.LEADER).get(LIST, {"xuat": "xlsx"})
    content = b"".join(answer.streaming_content)
    [row] = table(opened(content).worksheets[0])
    assert row["Phương án"] == '=HYPERLINK("http://a.b")'
    assert formulas(content) == []
