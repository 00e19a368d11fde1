"""Plans from the database: made, solved, chosen, changed by hand, applied, refused, withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import clock
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.departures import Leaving, depart
from assignments.enums import AssignmentRole, DutyKind, EndReason, OfficerGroup, PlanVariant
from assignments.models import Assignment, Officer, ReassignmentPlan
from assignments.planning.annex import annex_rows
from assignments.planning.checks import violations
from assignments.planning.parameters import Exclusion, GroupRule, KindRule, Parameters
from assignments.planning.problem import Limit
from assignments.planning.rows import placing_of, solution_of
from assignments.planning.scores import scores
from assignments.planning.services import (
    apply_plan,
    change_rows,
    choose_variant,
    comment,
    create_plan,
    renew_plan,
    solve_variant,
    withdraw_plan,
)
from assignments.planning.world import changes, problem_of
from assignments.services import end_assignment
from tests.factories import (
    make_area,
    make_assignment,
    make_commune,
    make_decision,
    make_district,
    make_merger,
    make_officer,
    make_regulation,
    make_user,
)

pytestmark = pytest.mark.django_db
STARTS_ON = dt.date(2023, 7, 1)
EVE = dt.date(2023, 6, 30)


@pytest.fixture
def office():
    return make_user()


class Province:
    """Three officers, four communes: An leaves two, Bình follows one, Chi none; one is empty."""

    def __init__(self):
        district = make_district("Mỹ Tú")
        self.an = make_officer("Nguyễn Văn An", office="Giám đốc Sở Y tế")
        self.binh = make_officer("Trần Văn Bình", office="Phó Giám đốc Sở Y tế")
        self.chi = make_officer("Lê Thị Chi", office="Bí thư Tỉnh đoàn")
        self.one, self.two = (make_commune(name, district=district) for name in ("Một", "Hai"))
        self.three = make_commune("Ba", area=make_area())
        self.four = make_commune("Bốn")
        self.ans = [make_assignment(self.an, unit) for unit in (self.one, self.two)]
        self.binhs = make_assignment(self.binh, self.three)

    def ask(self, **asked) -> Parameters:
        return Parameters(**{"leavers": {self.an.pk: EndReason.RETIRED.value}} | asked)


@pytest.fixture
def province():
    return Province()


def make(parameters: Parameters, by, starts_on: dt.date = STARTS_ON) -> ReassignmentPlan:
    return create_plan(
        name="Điều chỉnh tháng 7",
        starts_on=starts_on,
        parameters=parameters,
        by=by,
        now=clock.now(),
    )


def chosen(parameters: Parameters, by, variant=PlanVariant.FEWEST_MOVES) -> ReassignmentPlan:
    plan = make(parameters, by)
    solve_variant(plan=plan, variant=variant, by=by)
    return choose_variant(plan=plan, variant=variant, edition=1, by=by)


def apply(plan: ReassignmentPlan, by, **given):
    asked = {
        "edition": None,
        "number": "77-QĐ/TU",
        "signed_on": EVE,
        "signer": "Lâm Văn Mẫn",
        "now": clock.now(),
    }
    return apply_plan(plan=plan, by=by, **asked | given)


def sentences(refused) -> str:
    return " ".join(refused.value.messages)


# --- the world --------------------------------------------------------------------------------


def test_the_problem_is_what_the_day_will_be(province, office):
    make_regulation(DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING)
    make_assignment(province.chi, province.four, role=AssignmentRole.COVER)
    problem = problem_of(make(province.ask(), office))
    assert set(problem.candidate) == {province.binh.pk, province.chi.pk}
    one, four = problem.unit[province.one.pk], problem.unit[province.four.pk]
    assert (one.before, one.holder, one.before_field) == (province.an.pk, None, "sở y tế")
    assert problem.candidate[province.binh.pk].field == "sở y tế"
    assert (one.place, four.place) == (f"district:{province.one.district_id}", "")
    assert one.weight == 8
    assert problem.limit_on(problem.candidate[province.chi.pk], four) == Limit.THERE_ALREADY
    assert problem.present[province.three.pk] == province.binh.pk


def test_a_known_end_and_a_known_successor_are_understood(province, office):
    end_assignment(
        assignment=province.binhs,
        on=STARTS_ON,
        end_reason=EndReason.TRANSFERRED,
        decision=None,
        by=office,
    )
    make_assignment(province.chi, province.four, started_on=dt.date(2023, 9, 1))
    problem = problem_of(make(province.ask(), office))
    three, four = problem.unit[province.three.pk], problem.unit[province.four.pk]
    assert (three.before, three.holder, three.needs) == (province.binh.pk, None, True)
    assert problem.limit_on(problem.candidate[province.binh.pk], three) == Limit.JUST_LEFT
    assert (four.before, four.holder) == (province.chi.pk, province.chi.pk)
    assert (province.chi.pk, province.four.pk) in problem.fixed


LAST_DAY = dt.date(2023, 9, 1)


def leaves(officer: Officer, on: dt.date = LAST_DAY) -> None:
    """Write that an officer is no longer in post from a day on."""
    officer.left_on, officer.leave_reason = on, EndReason.RETIRED
    officer.save()


def test_who_leaves_soon_keeps_what_they_have_and_gets_nothing_new(province, office):
    """Also more than others may have, and less than their group asks."""
    binhs = [province.three, make_commune("Năm")]
    make_assignment(province.binh, binhs[1])
    leaves(province.binh)
    rules = (GroupRule(province.binh.group, at_least=3),)
    asked = province.ask(capacities={province.binh.pk: 1}, group_rules=rules)
    for variant in PlanVariant:
        plan = chosen(asked, office, variant)
        after = placing_of(problem_of(plan), plan)
        assert {key for key, who in after.items() if who == province.binh.pk} == {
            unit.pk for unit in binhs
        }
        assert solution_of(plan, variant).is_complete
    with pytest.raises(ValidationError) as refused:
        change_rows(plan=plan, after={province.four.pk: province.binh.pk}, edition=None, by=office)
    assert "Trần Văn Bình – Xã Bốn: thôi công tác từ 01/09/2023." in sentences(refused)
    with pytest.raises(ValidationError) as refused:
        make(province.ask(fixed=((province.binh.pk, province.four.pk),)), office)
    assert "thôi công tác từ 01/09/2023" in sentences(refused)
    written = apply(plan, office)
    assert province.binh not in {one.officer for one in written}


def test_what_is_asked_goes_before_what_somebody_who_leaves_soon_keeps(province, office):
    leaves(province.binh)
    plan = chosen(province.ask(fixed=((province.chi.pk, province.three.pk),)), office)
    assert plan.rows.get(commune=province.three).after == province.chi
    left = ((province.binh.pk, province.three.pk),)
    plan = chosen(province.ask(home=left), office)
    assert plan.rows.get(commune=province.three).after == province.chi


def test_where_only_who_leaves_soon_is_there_nobody_gets_it(province, office):
    for officer in (province.binh, province.chi):
        leaves(officer)
    plan = make(province.ask(), office)
    solution = solve_variant(plan=plan, variant=PlanVariant.EVEN_LOAD, by=office)
    assert solution.value("uncovered") == 3
    assert "(2 đồng chí sắp thôi công tác)" in solution.unmet[0].sentence


def test_who_is_known_to_leave_on_the_very_day_is_not_there(province, office):
    """Until the day, not on it: what they follow is free."""
    leaves(province.binh, STARTS_ON)
    problem = problem_of(make(province.ask(), office))
    assert province.binh.pk not in problem.candidate
    assert problem.unit[province.three.pk].holder is None


def test_a_unit_that_is_known_to_end_is_planned_and_ends_with_its_day(province, office):
    province.four.dissolved_on = LAST_DAY
    province.four.save()
    written = apply(chosen(province.ask(), office), office)
    [last] = [one for one in written if one.commune == province.four]
    assert (last.ended_on, last.end_reason) == (LAST_DAY, EndReason.UNIT_REORGANISED)


def test_who_was_in_an_old_unit_was_in_the_new_one(province, office):
    old = make_commune("Cũ")
    make_assignment(province.chi, old, ended_on=dt.date(2022, 5, 1))
    new = make_merger(old, on=dt.date(2023, 1, 1))
    problem = problem_of(make(province.ask(), office))
    assert problem.candidate[province.chi.pk].former == (new.pk,)
    assert old.pk not in problem.unit


def test_limits_that_contradict_each_other_are_refused(province, office):
    pair = (province.binh.pk, province.one.pk)
    with pytest.raises(ValidationError) as refused:
        make(province.ask(fixed=(pair,), home=(pair,)), office)
    assert "Vừa ấn định vừa không cho phép" in sentences(refused)
    with pytest.raises(ValidationError) as refused:
        make(province.ask(fixed=((province.an.pk, province.one.pk),)), office)
    assert "đã thôi" in sentences(refused)


def test_the_world_is_read_by_a_fixed_number_of_queries(
    province, office, django_assert_num_queries
):
    plan = make(province.ask(), office)
    make_assignment(province.chi, province.four, ended_on=dt.date(2022, 5, 1))
    for number in range(5):
        make_assignment(make_officer(f"Phạm Văn {number}"), make_commune())
    with django_assert_num_queries(6):
        problem_of(plan)


# --- solving and choosing ----------------------------------------------------------------------


@pytest.mark.parametrize("variant", PlanVariant)
def test_each_variant_gives_every_commune_somebody(province, office, variant):
    plan = make(province.ask(), office)
    solution = solve_variant(plan=plan, variant=variant, by=office)
    assert (solution.is_proven, solution.is_complete) == (True, True)
    plan.refresh_from_db()
    assert solution_of(plan, variant) == solution
    assert plan.edition == 1


def test_only_changed_communes_become_rows(province, office):
    plan = chosen(province.ask(), office)
    assert {row.commune_id for row in plan.rows.all()} == {
        province.one.pk,
        province.two.pk,
        province.four.pk,
    }
    problem = problem_of(plan)
    assert placing_of(problem, plan) == solution_of(plan, plan.variant).placing
    worth = {score.key: score for score in scores(problem, placing_of(problem, plan))}
    assert (worth["changed"].value, worth["moved"].value, worth["uncovered"].value) == (3, 0, 0)
    assert AuditEvent.objects.filter(verb=Verb.CHANGE).count() == 2


def test_rules_of_groups_and_kinds_hold(province, office):
    province.chi.group = OfficerGroup.STANDING_COMMITTEE
    province.chi.save()
    rules = (GroupRule(OfficerGroup.SECTOR, at_most=1),)
    plan = chosen(province.ask(group_rules=rules), office)
    rows = plan.rows.values_list("after", flat=True)
    assert set(rows) == {province.chi.pk}
    kinds = (KindRule(province.four.kind, (OfficerGroup.COMMITTEE.value,)),)
    stuck = make(province.ask(kind_rules=kinds), office)
    solution = solve_variant(plan=stuck, variant=PlanVariant.EVEN_LOAD, by=office)
    assert not solution.is_complete
    assert "không thuộc nhóm" in solution.unmet[0].sentence


def test_who_was_slower_is_told(province, office):
    plan = chosen(province.ask(), office)
    with pytest.raises(ValidationError) as refused:
        choose_variant(plan=plan, variant=plan.variant, edition=1, by=office)
    assert "người khác sửa" in sentences(refused)


def test_a_variant_not_solved_cannot_be_chosen(province, office):
    with pytest.raises(ValidationError):
        choose_variant(
            plan=make(province.ask(), office), variant=PlanVariant.EVEN_LOAD, edition=1, by=office
        )


# --- by hand ---------------------------------------------------------------------------------


def test_a_change_by_hand_is_kept_and_marked(province, office):
    plan = chosen(province.ask(), office)
    row = plan.rows.get(commune=province.one)
    other = ({province.binh.pk, province.chi.pk} - {row.after_id}).pop()
    change_rows(plan=plan, after={province.one.pk: other}, edition=plan.edition, by=office)
    row = plan.rows.get(commune=province.one)
    assert (row.after_id, row.is_manual) == (other, True)
    assert plan.rows.filter(is_manual=True).count() == 1


def test_a_change_by_hand_breaks_no_limit(province, office):
    excluded = (Exclusion(province.binh.pk, province.one.pk, "anh em với bí thư"),)
    plan = chosen(province.ask(excluded=excluded, capacities={province.binh.pk: 1}), office)
    for after, word in (
        ({province.one.pk: province.binh.pk}, "anh em với bí thư"),
        ({province.two.pk: province.binh.pk}, "nhiều nhất 1"),
        ({province.two.pk: None}, "chưa có người"),
        ({province.two.pk: province.an.pk}, "không nhận phân công"),
        ({0: province.chi.pk}, "không thuộc phương án"),
        ({province.two.pk: 0}, "không nhận phân công"),
    ):
        with pytest.raises(ValidationError) as refused:
            change_rows(plan=plan, after=after, edition=None, by=office)
        assert word in sentences(refused)
    assert not plan.rows.filter(is_manual=True).exists()


# --- applying ----------------------------------------------------------------------------------


def test_applying_ends_and_begins_on_one_day_under_one_decision(province, office):
    support = make_assignment(province.an, province.four, role=AssignmentRole.SUPPORT)
    plan = chosen(province.ask(), office)
    apply(plan, office)
    plan.refresh_from_db()
    assert plan.applied_at
    assert plan.decision.number == "77-QĐ/TU"
    for ended in (*province.ans, support):
        ended.refresh_from_db()
        assert (ended.ended_on, ended.end_reason) == (STARTS_ON, EndReason.RETIRED)
        assert ended.closing_decision == plan.decision
    begun = Assignment.objects.filter(opening_decision=plan.decision)
    assert {(one.commune_id, one.officer_id) for one in begun} == {
        (row.commune_id, row.after_id) for row in plan.rows.all()
    }
    assert {one.started_on for one in begun} == {STARTS_ON}
    province.binhs.refresh_from_db()
    assert province.binhs.ended_on is None
    assert AuditEvent.objects.filter(verb=Verb.DECIDE).count() == 1
    with pytest.raises(ValidationError):
        apply(plan, office)


def test_a_known_end_is_kept(province, office):
    decision = make_decision()
    end_assignment(
        assignment=province.ans[0],
        on=STARTS_ON,
        end_reason=EndReason.TRANSFERRED,
        decision=decision,
        by=office,
    )
    apply(chosen(province.ask(), office), office)
    province.ans[0].refresh_from_db()
    assert province.ans[0].end_reason == EndReason.TRANSFERRED
    assert province.ans[0].closing_decision == decision
    assert Assignment.objects.active_on(STARTS_ON).filter(commune=province.one).count() == 1


def test_a_world_that_has_changed_is_refused_by_name(province, office):
    plan = chosen(province.ask(), office)
    make_assignment(make_officer("Kiên Minh"), province.four)
    assert changes(plan) == [
        "Xã Bốn: phân công hoặc đơn vị đã thay đổi.",
        "Đồng chí Kiên Minh: nhóm hoặc thời gian công tác đã thay đổi.",
    ]
    with pytest.raises(ValidationError) as refused:
        apply(plan, office)
    assert "Xã Bốn" in sentences(refused)
    assert not Assignment.objects.filter(ended_on=STARTS_ON).exists()
    renewed = renew_plan(plan=plan, edition=None, by=office)
    assert (renewed.solutions, renewed.variant, changes(renewed)) == ({}, "", [])
    assert not renewed.rows.exists()


def test_who_was_to_have_a_commune_and_left_is_told(province, office):
    fixed = [(province.binh.pk, province.three.pk)]
    plan = chosen(province.ask(fixed=fixed), office)
    depart(
        officer=province.binh,
        leaving=Leaving(EVE, EndReason.DIED),
        replacements={},
        by=office,
    )
    problem = problem_of(plan)
    told = [one.sentence for one in violations(problem, placing_of(problem, plan))]
    assert "Cán bộ được ấn định đã thôi, hoặc được chọn là người thôi phụ trách." in told


def test_what_cannot_be_written_undoes_all(province, office):
    plan = chosen(province.ask(), office)
    with pytest.raises(ValidationError):
        apply(plan, office, number="")
    plan.refresh_from_db()
    assert plan.applied_at is None
    assert not Assignment.objects.filter(ended_on=STARTS_ON).exists()


def test_a_swap_by_hand_is_applied(province, office):
    """Two officers exchange communes: each ends before the other begins."""
    chis = make_assignment(province.chi, province.four)
    plan = chosen(province.ask(), office)
    swap = {province.three.pk: province.chi.pk, province.four.pk: province.binh.pk}
    apply(change_rows(plan=plan, after=swap, edition=None, by=office), office)
    chis.refresh_from_db()
    assert chis.end_reason == EndReason.REPLACED
    now = Assignment.objects.active_on(STARTS_ON)
    assert now.get(commune=province.three).officer == province.chi
    assert now.get(commune=province.four).officer == province.binh


# --- the annex, comments, dropping --------------------------------------------------------------


def test_the_annex_has_one_line_for_each_change(province, office):
    plan = chosen(province.ask(), office)
    rows = annex_rows(plan)
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.place for row in rows] == ["Huyện Mỹ Tú", "Huyện Mỹ Tú", ""]
    assert {row.commune for row in rows[:2]} == {province.one, province.two}
    assert rows[0].note == "Đồng chí Nguyễn Văn An: nghỉ hưu"
    assert (rows[2].before, rows[2].note) == (None, "Bổ sung phân công")


def test_comments_are_added_while_the_plan_is_open(province, office):
    plan = chosen(province.ask(), office)
    made = comment(plan=plan, text="Nên để đồng chí Chi ở Xã Một.", by=office, now=clock.now())
    assert list(plan.comments.all()) == [made]
    withdraw_plan(plan=plan, reason="Chưa cần", by=office, now=clock.now())
    with pytest.raises(ValidationError) as refused:
        comment(plan=plan, text="Muộn", by=office, now=clock.now())
    assert "đã bỏ" in sentences(refused)
