"""Choosing a variant, changing it by hand, saying something of it, applying or dropping it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.enums import Role
from assignments.enums import PlanVariant
from assignments.models import Assignment, PlanComment
from assignments.services import end_assignment
from tests.reports.reassignments.conftest import STARTS_ON

DECISION = {"number": "512-QĐ/TU", "signed_on": "28/06/2023", "signer": "Lâm Văn Mẫn"}


def address(name: str, plan) -> str:
    return reverse(f"reassignments:{name}", args=[plan.pk])


def holder(plan, commune) -> int | None:
    """Give who the plan's rows give a commune to."""
    return plan.rows.get(commune=commune).after_id


def other(world, key: int) -> int:
    return world.far.pk if key == world.near.pk else world.near.pk


# --- choosing ------------------------------------------------------------------------------------


def test_a_variant_is_chosen_and_its_rows_are_the_plans(client_as, computed, world, again):
    office = client_as(Role.OFFICE)
    sent = {"variant": PlanVariant.EVEN_LOAD.value, "edition": computed.edition}
    page = office.post(address("choose", computed), sent, follow=True)
    assert "Đã chọn phương án “Chia việc đều nhất”" in page.text
    plan = again(computed)
    assert plan.variant == PlanVariant.EVEN_LOAD
    assert set(plan.rows.values_list("commune", flat=True)) == {world.left.pk, world.empty.pk}
    assert page.context["picture"].looked_at.key == "du_thao"


@pytest.mark.parametrize("variant", ["", "nhanh_nhat"])
def test_only_a_variant_can_be_chosen(client_as, computed, again, variant):
    sent = {"variant": variant, "edition": computed.edition}
    page = client_as(Role.OFFICE).post(address("choose", computed), sent, follow=True)
    assert "Chọn một trong ba phương án đã tính." in page.text
    assert again(computed).variant == ""


@pytest.mark.parametrize("name", ["change", "apply"])
def test_nothing_is_changed_or_applied_before_one_is_chosen(client_as, computed, name):
    page = client_as(Role.OFFICE).get(address(name, computed), follow=True)
    assert "Chọn một trong ba phương án trước khi" in page.text


# --- by hand -------------------------------------------------------------------------------------


def test_a_row_is_changed_by_its_select_and_marked(client_as, draft, world, again):
    office = client_as(Role.OFFICE)
    now = holder(draft, world.left)
    after = other(world, now)
    page = office.get(address("change", draft))
    assert f'name="sau_{world.left.pk}"' in page.text
    sent = {"edition": draft.edition, f"sau_{world.left.pk}": after}
    page = office.post(address("change", draft), sent, follow=True)
    assert "Đã đổi 1 Đảng bộ." in page.text
    plan = again(draft)
    assert holder(plan, world.left) == after
    assert plan.rows.get(commune=world.left).is_manual
    assert "sửa tay" in page.text
    assert len(page.context["picture"].columns) == 5


def test_any_commune_is_moved(client_as, draft, world, again):
    sent = {"edition": draft.edition, "dang_bo": world.near_one.pk, "can_bo": world.far.pk}
    client_as(Role.OFFICE).post(address("change", draft), sent)
    assert holder(again(draft), world.near_one) == world.far.pk


def test_options_say_how_many_communes_each_would_have(client_as, draft, world):
    page = client_as(Role.OFFICE).get(address("change", draft))
    [row] = [row for row in page.context["rows"] if row.change.commune == world.left.pk]
    assert any("Đảng bộ)" in option for option in row.options)
    assert "Không giao ai" in row.options[0]


def test_a_change_that_breaks_a_limit_is_refused_and_what_was_chosen_stays(
    client_as, draft, world, again
):
    sent = {
        "edition": draft.edition,
        **{f"sau_{one.pk}": world.near.pk for one in (world.left, world.empty)},
        "dang_bo": world.far_one.pk,
        "can_bo": world.near.pk,
    }
    before = list(draft.rows.values_list("commune", "after"))
    page = client_as(Role.OFFICE).post(address("change", draft), sent)
    assert page.status_code == 200
    assert page.context["refusals"]
    assert "Chưa ghi gì" in page.text
    assert list(again(draft).rows.values_list("commune", "after")) == before
    assert page.context["moved"] == (world.far_one.pk, world.near.pk)
    chosen = [row for row in page.context["rows"] if row.change.commune == world.far_one.pk]
    assert any("selected" in option for option in chosen[0].options)


def test_who_comes_second_is_told_and_sees_both(client_as, draft, world, again):
    office = client_as(Role.OFFICE)
    after = other(world, holder(draft, world.left))
    office.post(address("change", draft), {"edition": draft.edition, f"sau_{world.left.pk}": after})
    late = {"edition": draft.edition, f"sau_{world.empty.pk}": ""}
    page = office.post(address("change", draft), late)
    assert page.context["refusals"]
    rows = {row.change.commune: row for row in page.context["rows"]}
    assert rows[world.left.pk].change.after.key == after  # as it is now
    assert "selected" in rows[world.empty.pk].options[0]  # as it was typed
    assert holder(again(draft), world.empty) is not None


def test_sending_nothing_new_says_so(client_as, draft):
    page = client_as(Role.OFFICE).post(address("change", draft), {"edition": draft.edition})
    assert "Chưa đổi dòng nào." in page.text


# --- comments ------------------------------------------------------------------------------------


def test_leaders_and_the_office_say_what_they_think(client_as, draft, users):
    for role, text in ((Role.LEADER, "Nên giữ\nđồng chí Cúc"), (Role.OFFICE, "Đã xem xét")):
        page = client_as(role).post(address("comment", draft), {"text": text}, follow=True)
        assert "Đã ghi ý kiến." in page.text
    shown = client_as(Role.ADMIN).get(address("detail", draft)).text
    assert "Nên giữ<br>đồng chí Cúc" in shown
    assert users[Role.LEADER].full_name in shown
    assert "Gửi ý kiến" not in shown


def test_an_empty_comment_is_refused(client_as, draft):
    page = client_as(Role.LEADER).post(address("comment", draft), {"text": " "}, follow=True)
    assert "Ghi ý kiến." in page.text
    assert not PlanComment.objects.exists()


# --- applying ------------------------------------------------------------------------------------


def test_what_will_be_written_is_told_in_numbers(client_as, draft):
    page = client_as(Role.OFFICE).get(address("apply", draft))
    effects = page.context["effects"]
    assert (len(effects.handed_over), len(effects.begun), len(effects.ended)) == (1, 1, 0)


def test_a_plan_is_applied_under_one_decision_and_is_a_record_then(client_as, draft, world, again):
    office = client_as(Role.OFFICE)
    sent = DECISION | {"edition": draft.edition}
    page = office.post(address("apply", draft), sent, follow=True)
    assert "Đã áp dụng phương án" in page.text
    plan = again(draft)
    assert plan.decision.number == "512-QĐ/TU"
    active = Assignment.objects.active_on(STARTS_ON)
    for row in plan.rows.all():
        assert active.get(commune=row.commune).officer_id == row.after_id
    assert not active.filter(officer=world.leaver).exists()
    assert "Đã phân công theo quyết định" in page.text
    assert "Phân công đã ghi" in page.text
    assert reverse("reports:decision_annex", args=[plan.decision_id]) in page.text
    for name in ("change", "apply", "drop"):
        assert address(name, plan) not in page.text
        assert office.get(address(name, plan)).status_code == 404


def test_the_decision_must_be_named(client_as, draft):
    page = client_as(Role.OFFICE).post(address("apply", draft), {"edition": draft.edition})
    assert "Cần ghi số quyết định." in page.text
    assert "Cần ghi ngày." in page.text


def test_a_plan_of_another_world_is_refused_and_computed_again(
    client_as, draft, world, users, again
):
    end_assignment(
        assignment=world.held[1],
        on=dt.date(2023, 6, 15),
        end_reason="other",
        decision=None,
        by=users[Role.OFFICE],
    )
    office = client_as(Role.OFFICE)
    sent = DECISION | {"edition": draft.edition}
    page = office.post(address("apply", draft), sent)
    assert page.status_code == 200
    assert "Tính lại" in page.text
    assert page.context["form"].errors
    assert again(draft).applied_at is None
    assert "Phân công đã thay đổi từ khi lập phương án" in office.get(address("detail", draft)).text
    renewed = office.post(address("renew", draft), {"edition": draft.edition}, follow=True)
    assert "đang được tính lại" in renewed.text
    assert again(draft).solutions == {}
    assert "data-making" in renewed.text


# --- dropping ------------------------------------------------------------------------------------


def test_a_draft_is_dropped_with_a_reason(client_as, draft, again):
    office = client_as(Role.OFFICE)
    assert "Ghi lý do rút lại." in office.post(address("drop", draft), {"reason": ""}).text
    page = office.post(address("drop", draft), {"reason": "Không còn phù hợp"}, follow=True)
    assert "Đã bỏ phương án." in page.text
    assert "Không còn phù hợp" in page.text
    assert "Phương án đã bỏ" in page.text
    assert again(draft).is_withdrawn
