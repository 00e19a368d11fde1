"""A plan is computed one variant at a time; its page shows each as it comes, then all three."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from assignments.enums import PlanVariant
from assignments.planning.services import create_plan
from reports.views.reassignments import solving
from tests.reports.reassignments.conftest import NOW, STARTS_ON, solved

JSON = {"HTTP_ACCEPT": "application/json"}


def test_the_button_computes_one_variant_each_time(client_as, plan, again):
    office = client_as(Role.OFFICE)
    page, more = (reverse(f"reassignments:{name}", args=[plan.pk]) for name in ("detail", "solve"))
    for number, variant in enumerate(PlanVariant, start=1):
        assert f"Tính “{variant.label}”" in office.get(page).text
        assert office.post(more).url == page
        assert len(again(plan).solutions) == number
    shown = office.get(page).text
    assert "data-making" not in shown
    assert "Chọn phương án này" in shown


def test_the_script_is_told_how_far_it_is(client_as, plan):
    office = client_as(Role.OFFICE)
    more = reverse("reassignments:solve", args=[plan.pk])
    told = [office.post(more, **JSON).json() for _ in PlanVariant]
    assert [one["made"] for one in told] == [1, 2, 3]
    assert {one["all"] for one in told} == {3}
    assert told[0]["next"] == PlanVariant.EVEN_LOAD.label
    assert (told[-1]["next"], told[-1]["sentence"]) == ("", "")


def test_a_variant_that_cannot_be_computed_says_why(client_as, plan, monkeypatch):
    def refuse(**facts):
        raise ValidationError("Hai yêu cầu trái nhau.")

    monkeypatch.setattr(solving, "solve_variant", refuse)
    office = client_as(Role.OFFICE)
    more = reverse("reassignments:solve", args=[plan.pk])
    answer = office.post(more, **JSON)
    assert (answer.status_code, answer.json()["sentence"]) == (409, "Hai yêu cầu trái nhau.")
    assert "Hai yêu cầu trái nhau." in office.post(more, follow=True).text


def test_each_result_is_shown_as_it_comes(client_as, plan, office):
    leader = client_as(Role.LEADER)
    address = reverse("reassignments:detail", args=[plan.pk])
    waiting = leader.get(address)
    assert "Ba phương án đang được tính" in waiting.text
    assert "data-making" not in waiting.text
    client_as(Role.OFFICE).post(reverse("reassignments:solve", args=[plan.pk]))
    page = leader.get(address)
    assert [one.key for one in page.context["picture"].variants] == [PlanVariant.FEWEST_MOVES]
    assert "Các phương án đã tính" in page.text


def test_three_plans_stand_side_by_side_with_the_best_in_words(client_as, computed):
    page = client_as(Role.LEADER).get(reverse("reassignments:detail", args=[computed.pk]))
    picture = page.context["picture"]
    assert [one.label for one in picture.columns] == ["Nếu không làm gì", *PlanVariant.labels]
    rows = {row.label: row.cells for row in picture.score_rows}
    assert len(rows) == len(picture.score_rows)
    assert all(len(cells) == 4 for cells in rows.values())
    assert all(cells[0].word == "" for cells in rows.values())


def test_the_version_asked_for_is_the_one_shown(client_as, computed):
    leader = client_as(Role.LEADER)
    address = reverse("reassignments:detail", args=[computed.pk])
    for variant in PlanVariant:
        page = leader.get(address, {"phuong_an": variant.value})
        assert page.context["picture"].looked_at.key == variant
        [tab] = [tab for tab in page.context["version_tabs"] if tab.is_current]
        assert tab.label == variant.label
    unknown = leader.get(address, {"phuong_an": "../x"})
    assert unknown.context["picture"].looked_at.key == PlanVariant.FEWEST_MOVES


def test_only_what_changes_is_listed_unless_all_is_asked_for(client_as, computed, world):
    leader = client_as(Role.LEADER)
    address = reverse("reassignments:detail", args=[computed.pk])
    rows = {one.commune: one for one in leader.get(address).context["rows"]}
    assert {world.left.pk, world.empty.pk} <= rows.keys()
    assert all(one.is_change for one in rows.values())
    left = rows[world.left.pk]
    assert left.before.name == world.leaver.full_name
    assert left.after.key in (world.near.pk, world.far.pk)
    everything = leader.get(address, {"tat_ca": "1"})
    assert len(everything.context["rows"]) == 4
    assert "không đổi" in everything.text


def test_the_map_tells_who_before_and_who_after(client_as, computed, world):
    page = client_as(Role.LEADER).get(reverse("reassignments:detail", args=[computed.pk]))
    [left] = [one for one in page.context["rows"] if one.commune == world.left.pk]
    assert f"<title>Xã An Mỹ: Trần Văn Bình → {left.after.name}</title>" in page.text
    tones = {shape.commune.pk: shape.tone for shape in page.context["map"].shapes}
    assert tones[world.left.pk] == "changed"
    assert tones[world.empty.pk] == "due"


def test_officers_are_told_what_they_get_and_give_up(client_as, computed, world):
    page = client_as(Role.LEADER).get(reverse("reassignments:detail", args=[computed.pk]))
    loads = {load.person.key: load for load in page.context["loads"]}
    leaver = loads[world.leaver.pk]
    assert leaver.is_leaving
    assert [one.commune for one in leaver.dropped] == [world.left.pk]
    assert (leaver.count_before, leaver.count_after, leaver.after) == (1, 0, 0)
    added = [one.commune for load in loads.values() for one in load.added]
    assert sorted(added) == sorted([world.left.pk, world.empty.pk])


def test_each_new_officer_has_a_reason(client_as, computed, world):
    page = client_as(Role.LEADER).get(reverse("reassignments:detail", args=[computed.pk]))
    notes = {one.commune: one.note for one in page.context["rows"]}
    assert "cùng huyện" in notes[world.left.pk]
    assert " km" in notes[world.empty.pk]


def test_what_cannot_be_met_is_explained_beside_the_best_partial_plan(
    client_as, world, office, again
):
    plan = create_plan(
        name="Thiếu người",
        starts_on=STARTS_ON,
        parameters=world.parameters(capacity=1),
        by=office,
        now=NOW,
    )
    solved(plan, office)
    page = client_as(Role.LEADER).get(reverse("reassignments:detail", args=[plan.pk]))
    assert "Không đáp ứng được hết các giới hạn" in page.text
    assert page.context["picture"].unmet
    assert "không có người" in page.text


@pytest.mark.parametrize("name", ["solve", "choose", "renew"])
def test_a_record_is_not_computed_again(client_as, draft, name):
    client_as(Role.OFFICE).post(
        reverse("reassignments:drop", args=[draft.pk]), {"reason": "Không dùng"}
    )
    answer = client_as(Role.OFFICE).post(reverse(f"reassignments:{name}", args=[draft.pk]))
    assert answer.status_code == 404
