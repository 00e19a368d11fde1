"""Asking for a plan: what is suggested, what is refused, that nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.enums import Role
from assignments.enums import EndReason, OfficerGroup
from assignments.models import ReassignmentPlan
from assignments.planning.parameters import Parameters
from tests.factories import make_departure, make_officer
from tests.reports.reassignments.conftest import STARTS_ON

ADD = "/phuong-an/lap/"


@pytest.fixture
def client(client_as, world):
    return client_as(Role.OFFICE)


def sent(world, **changes) -> dict[str, object]:
    """Give what the form sends when the leaver is ticked."""
    return {
        "name": "Phương án tháng 7",
        "starts_on": "01/07/2023",
        "capacity": "3",
        "leavers": [world.leaver.pk],
        f"ly_do_{world.leaver.pk}": "retired",
        "needed": [world.empty.pk],
        "shown": [world.empty.pk],
        "cap-TOTAL_FORMS": "1",
        "cap-INITIAL_FORMS": "0",
        "rieng-TOTAL_FORMS": "1",
        "rieng-INITIAL_FORMS": "0",
        **changes,
    }


def made_from(plan: ReassignmentPlan) -> Parameters:
    return Parameters.from_json(plan.parameters["asked"])


# --- what is suggested ---------------------------------------------------------------------------


def test_open_communes_are_ticked_and_the_limit_is_the_setting(client, world, settings):
    settings.MAX_COMMUNES_PER_OFFICER = 4
    form = client.get(ADD, {"ngay_bat_dau": "2023-07-01"}).context["form"]
    assert form.open_rows() == [(world.empty, True)]
    assert form["capacity"].value() == 4
    assert form["starts_on"].value() == STARTS_ON


def test_only_the_communes_named_are_ticked(client, world):
    query = {"ngay_bat_dau": "2023-07-01", "dang_bo": world.near_one.pk}
    form = client.get(ADD, query).context["form"]
    assert form.open_rows() == [(world.empty, False)]


def test_communes_that_will_be_open_move_the_day(client, world):
    world.held[0].ended_on, world.held[0].end_reason = dt.date(2023, 8, 1), EndReason.RETIRED
    world.held[0].save()
    query = {"ngay_bat_dau": "2023-07-01", "dang_bo": world.left.pk}
    form = client.get(ADD, query).context["form"]
    assert form["starts_on"].value() == dt.date(2023, 8, 1)
    assert dict(form.open_rows())[world.left] is True


def test_who_is_named_is_ticked_and_who_is_known_to_leave_is_offered_first(client, world):
    make_departure(world.far, leaves_on=dt.date(2023, 9, 1), reason=EndReason.TRANSFERRED)
    query = {"ngay_bat_dau": "2023-07-01", "can_bo": world.leaver.pk}
    page = client.get(ADD, query)
    rows = page.context["form"].people_rows()
    assert [(row.person.officer, row.is_ticked) for row in rows] == [
        (world.leaver, True),
        (world.far, False),
        (world.near, False),
    ]
    assert rows[1].reason == EndReason.TRANSFERRED
    assert "thôi từ 01/09/2023" in page.text


def test_who_has_left_is_not_offered(client, world):
    gone = {"left_on": dt.date(2023, 6, 1), "leave_reason": EndReason.DIED}
    make_officer("Đã Thôi", **gone)
    form = client.get(ADD, {"ngay_bat_dau": "2023-07-01"}).context["form"]
    assert "Đã Thôi" not in {row.person.officer.full_name for row in form.people_rows()}


# --- what is made of it --------------------------------------------------------------------------


def test_everything_asked_reaches_the_solver(client, world):
    data = sent(
        world,
        **{
            "unneeded": [world.left.pk],
            "unmovable": [world.near.pk],
            f"least_{OfficerGroup.SECTOR}": "1",
            f"most_{OfficerGroup.SECTOR}": "3",
            "kind_rural_commune": list(OfficerGroup.values),
            "cap-TOTAL_FORMS": "3",
            "cap-0-rule": "khong_giao",
            "cap-0-officer": world.far.full_name,
            "cap-0-commune": world.empty.pk,
            "cap-0-reason": "Vợ công tác tại xã",
            "cap-1-rule": "que_quan",
            "cap-1-officer": "ly thi cuc",
            "cap-1-commune": world.far_one.pk,
            "cap-2-rule": "phai_giao",
            "cap-2-officer": world.near.full_name,
            "cap-2-commune": world.empty.pk,
            "rieng-0-officer": world.far.full_name,
            "rieng-0-most": "2",
        },
    )
    answer = client.post(ADD, data)
    plan = ReassignmentPlan.objects.get()
    assert answer.url == reverse("reassignments:detail", args=[plan.pk])
    asked = made_from(plan)
    assert asked.leavers == {world.leaver.pk: EndReason.RETIRED}
    assert list(asked.unneeded) == [world.left.pk]
    assert list(asked.unmovable) == [world.near.pk]
    assert asked.capacity == 3
    assert asked.capacities == {world.far.pk: 2}
    assert [tuple(pair) for pair in asked.fixed] == [(world.near.pk, world.empty.pk)]
    assert [tuple(pair) for pair in asked.home] == [(world.near.pk, world.far_one.pk)]
    [excluded] = asked.excluded
    assert (excluded.officer, excluded.commune) == (world.far.pk, world.empty.pk)
    assert excluded.reason == "Vợ công tác tại xã"
    [rule] = asked.group_rules
    assert (rule.group, rule.at_least, rule.at_most) == (OfficerGroup.SECTOR, 1, 3)
    [kind] = asked.kind_rules
    assert sorted(kind.groups) == sorted(OfficerGroup.values)


def test_open_communes_left_unticked_need_nobody(client, world):
    client.post(ADD, sent(world, needed=[]))
    assert list(made_from(ReassignmentPlan.objects.get()).unneeded) == [world.empty.pk]


def test_what_was_asked_is_told_on_the_plans_page(client, world):
    data = sent(world) | {
        "cap-0-rule": "khong_giao",
        "cap-0-officer": world.far.full_name,
        "cap-0-commune": world.empty.pk,
        "cap-0-reason": "Vợ công tác tại xã",
    }
    page = client.post(ADD, data, follow=True).text
    assert "Trần Văn Bình (nghỉ hưu)" in page
    assert "Võ Văn Dũng – Xã Kế An (Vợ công tác tại xã)" in page
    assert "3 Đảng bộ" in page


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "\u200b "}, "Ghi tên phương án."),
        ({"starts_on": "31/02/2023"}, "Ngày không hợp lệ"),
        ({"capacity": "0"}, "Ghi số lớn hơn."),
        ({"capacity": "100"}, "Ghi số không quá 99."),
        ({"leavers": ["999999"]}, "không còn trong danh sách"),
        ({"cap-0-officer": "Lý Thị Cúc", "cap-0-rule": "que_quan"}, "Chọn Đảng bộ."),
        ({"cap-0-officer": "Không Ai", "cap-0-rule": "que_quan"}, "Không có cán bộ"),
        ({"rieng-0-officer": "Lý Thị Cúc", "rieng-0-most": "-1"}, "Ghi số từ 0."),
        ({"least_sector": "3", "most_sector": "2"}, "Số nhiều nhất phải từ số ít nhất."),
    ],
)
def test_a_refused_form_says_why_and_keeps_everything(client, world, changes, sentence):
    page = client.post(ADD, sent(world, **changes))
    assert page.status_code == 200
    assert sentence in page.text
    assert not ReassignmentPlan.objects.exists()
    form = page.context["form"]
    # Characters nobody sees are gone before a form reads what was typed.
    typed = changes.get("name", "Phương án tháng 7").replace("\u200b", "")
    assert form["name"].value() == typed
    kept = changes.get("leavers", [world.leaver.pk])
    assert form.ticked("leavers") == {str(key) for key in kept}


def test_who_leaves_without_a_reason_is_named(client, world):
    page = client.post(ADD, sent(world, **{f"ly_do_{world.leaver.pk}": ""}))
    assert "Chọn lý do thôi của đồng chí Trần Văn Bình." in page.text
    assert not ReassignmentPlan.objects.exists()


def test_an_excluded_pair_needs_a_reason(client, world):
    row = {"cap-0-rule": "khong_giao", "cap-0-officer": "Võ Văn Dũng"}
    page = client.post(ADD, sent(world, **row, **{"cap-0-commune": world.empty.pk}))
    assert "Ghi lý do không giao." in page.text
    assert "Võ Văn Dũng" in page.context["asked"].pairs.forms[0]["officer"].value()


def test_another_day_shows_the_communes_open_by_then(client, world):
    world.held[1].ended_on, world.held[1].end_reason = STARTS_ON, EndReason.OTHER
    world.held[1].save()
    page = client.post(ADD, sent(world))
    assert "có thêm Đảng bộ chưa có người phụ trách" in page.text
    assert dict(page.context["form"].open_rows())[world.near_one] is True
    assert not ReassignmentPlan.objects.exists()


@pytest.mark.parametrize("more", ["cap", "rieng"])
def test_rows_are_added_without_script_and_without_losing_anything(client, world, more):
    data = sent(world, them_dong=more, name="") | {
        "cap-0-officer": "Lý Thị Cúc",
        "rieng-0-most": "2",
        f"ly_do_{world.leaver.pk}": "died",
    }
    page = client.post(ADD, data)
    asked = page.context["asked"]
    assert not asked.has_errors
    assert len({"cap": asked.pairs, "rieng": asked.own}[more].forms) == 4
    assert asked.pairs.forms[0]["officer"].value() == "Lý Thị Cúc"
    assert asked.own.forms[0]["most"].value() == "2"
    [leaver] = [row for row in asked.form.people_rows() if row.is_ticked]
    assert leaver.reason == "died"
    assert not ReassignmentPlan.objects.exists()


def test_queries_do_not_grow(client, world, django_assert_max_num_queries):
    client.get(ADD)
    with django_assert_max_num_queries(12) as before:
        client.get(ADD, {"ngay_bat_dau": "2023-07-01"})
    for number in range(15):
        make_departure(make_officer(f"Cán bộ {number}"))
    with django_assert_max_num_queries(len(before)):
        client.get(ADD, {"ngay_bat_dau": "2023-07-01"})
