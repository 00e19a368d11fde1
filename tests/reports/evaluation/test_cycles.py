"""Sets of criteria and cycles: adopted, opened, who is in, who is not and why."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.models import AuditEvent
from assignments.enums import AssignmentRole, PeriodKind
from reports.enums import CriterionKind, CycleKind, Measure, NotificationKind
from reports.evaluation.cycles import (
    CycleFacts,
    add_missing,
    left_out,
    open_cycle,
    suggested_cycles,
)
from reports.evaluation.rules import (
    RulesFacts,
    adopt_rules,
    criteria_to_start_from,
    default_criteria,
    offered_rules,
    retire_rules,
)
from reports.models import Criterion, EvaluationCycle, EvaluationRules, Notification
from tests.factories import (
    make_assignment,
    make_cycle,
    make_officer,
    make_period,
    make_rules,
    make_term,
)
from tests.reports.evaluation.world import ENDED, NOW, STARTED, TODAY

DUE = dt.date(2023, 7, 10)


def adopt(users, criteria=None, **facts) -> EvaluationRules:
    return adopt_rules(
        facts=RulesFacts(**{"name": "Bộ tiêu chí quý"} | facts),
        criteria=default_criteria() if criteria is None else criteria,
        by=users[Role.OFFICE],
        now=NOW,
    )


def judged(weight: int) -> Criterion:
    return Criterion(name="Sát cơ sở", kind=CriterionKind.JUDGED, weight=weight)


def counted(weight: int) -> Criterion:
    measure = Measure.REPORTS
    return Criterion(name="Báo cáo", kind=CriterionKind.COMPUTED, measure=measure, weight=weight)


def facts(rules: EvaluationRules, **fields) -> CycleFacts:
    return CycleFacts(
        **{
            "kind": CycleKind.QUARTER,
            "name": "Quý II/2023",
            "started_on": STARTED,
            "ended_on": ENDED,
            "self_rating_due_on": DUE,
            "rules": rules,
        }
        | fields
    )


# --- sets ----------------------------------------------------------------------------------------


def test_the_offered_criteria_are_a_whole_of_thirty_and_seventy(users):
    criteria = default_criteria()
    assert sum(one.weight for one in criteria) == 100
    assert [one.weight for one in criteria[:2]] == [15, 15]
    rules = adopt(users)
    assert [one.position for one in rules.criteria.all()] == list(range(1, len(criteria) + 1))
    row = AuditEvent.objects.get(verb="create")
    assert "15 điểm" in row.after["tiêu chí 1"]


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ([], "ít nhất một"),
        ([judged(60), counted(30)], "hiện là 90"),
        ([judged(60), counted(50)], "hiện là 110"),
        ([judged(60), counted(20), counted(20)], "chỉ dùng cho một"),
        ([Criterion(name="Không số liệu", kind="computed", weight=100)], "phải chọn số liệu"),
    ],
)
def test_sets_that_are_refused(users, criteria, sentence):
    with pytest.raises(ValidationError, match=sentence):
        adopt(users, criteria)
    assert not EvaluationRules.objects.exists()


def test_a_copy_is_changed_and_the_set_stays(users):
    rules = adopt(users)
    copy = criteria_to_start_from(rules)
    copy[0].weight, copy[1].weight = 10, 20
    changed = adopt(users, copy, name="Bộ tiêu chí quý (sửa đổi)")
    assert [one.weight for one in rules.criteria.all()][:2] == [15, 15]
    assert [one.weight for one in changed.criteria.all()][:2] == [10, 20]


def test_a_retired_set_opens_no_cycle_and_the_cycles_keep_it(users):
    rules, office = make_rules(), users[Role.OFFICE]
    make_assignment()
    retire_rules(rules=rules, on=TODAY, by=office, now=NOW)
    assert not offered_rules(office, TODAY).exists()
    assert offered_rules(office, TODAY - dt.timedelta(days=1)).get() == rules
    with pytest.raises(ValidationError, match="thôi dùng"):
        open_cycle(facts=facts(rules), by=office, now=NOW)
    rules.refresh_from_db()
    with pytest.raises(ValidationError, match="đã thôi dùng"):
        retire_rules(rules=rules, on=TODAY, by=office, now=NOW)


# --- cycles --------------------------------------------------------------------------------------


def test_a_cycle_takes_in_who_held_a_commune_long_enough(users):
    office, rules = users[Role.OFFICE], make_rules()
    whole = make_officer("Lê Văn Một", user=users[Role.OFFICER])
    make_assignment(whole)
    split, late, helper = (make_officer(name) for name in ("Hai", "Ba", "Tư"))
    for since, until in ((STARTED, dt.date(2023, 4, 16)), (dt.date(2023, 6, 1), None)):
        make_assignment(split, started_on=since, ended_on=until)
    make_assignment(late, started_on=dt.date(2023, 6, 21))
    make_assignment(helper, role=AssignmentRole.SUPPORT)
    gone = make_officer("Năm")
    make_assignment(gone, ended_on=STARTED)
    cycle = open_cycle(facts=facts(rules), by=office, now=NOW)
    assert set(cycle.evaluations.values_list("officer", flat=True)) == {whole.pk, split.pk}
    why = {one.officer: (one.days, one.why, one.may_be_added) for one in left_out(cycle)}
    assert why == {
        late: (10, "Giữ địa bàn 10 ngày trong kỳ, ít hơn 30 ngày.", False),
        helper: (0, "Tham gia cùng, không phải người phụ trách chính hoặc tạm thời.", False),
    }
    [told] = Notification.objects.filter(kind=NotificationKind.EVALUATION)
    assert (told.user, told.title) == (
        users[Role.OFFICER],
        "Quý II/2023: mời đồng chí tự đánh giá, hạn 10/07/2023",
    )
    assert AuditEvent.objects.get(verb="create").after["số cán bộ"] == 2


def test_who_is_entered_later_is_added(users):
    office = users[Role.OFFICE]
    make_assignment()
    cycle = open_cycle(facts=facts(make_rules()), by=office, now=NOW)
    assert add_missing(cycle=cycle, by=office, now=NOW) == []
    missed = make_officer("Sơn Hiền")
    make_assignment(missed)
    [one] = left_out(cycle)
    assert (one.officer, one.may_be_added) == (missed, True)
    [added] = add_missing(cycle=cycle, by=office, now=NOW)
    assert added.officer == missed
    assert left_out(cycle) == []


def test_cycles_that_are_refused(users):
    office, rules = users[Role.OFFICE], make_rules()
    with pytest.raises(ValidationError, match="Chưa có cán bộ"):
        open_cycle(facts=facts(rules), by=office, now=NOW)
    make_assignment()
    with pytest.raises(ValidationError, match="Hạn tự đánh giá"):
        open_cycle(facts=facts(rules, self_rating_due_on=dt.date(2023, 3, 1)), by=office, now=NOW)
    open_cycle(facts=facts(rules), by=office, now=NOW)
    with pytest.raises(ValidationError, match="cùng loại"):
        open_cycle(facts=facts(rules, name="Quý khác"), by=office, now=NOW)
    year = facts(rules, kind=CycleKind.YEAR, name="Năm 2023")
    assert open_cycle(facts=year, by=office, now=NOW).kind == CycleKind.YEAR
    assert EvaluationCycle.objects.count() == 2


def test_cycles_are_suggested_by_the_periods_and_the_term(users):
    make_period()
    make_period(dt.date(2023, 1, 1), dt.date(2023, 7, 1), kind=PeriodKind.HALF_YEAR, number=1)
    make_period(dt.date(2023, 4, 1), dt.date(2023, 5, 1), kind=PeriodKind.MONTH, number=4)
    make_period(dt.date(2023, 10, 1), dt.date(2024, 1, 1), number=4)
    make_term("2015–2020", started_on=dt.date(2015, 10, 1), ended_on=dt.date(2020, 10, 20))
    make_term()
    names = {one.kind: one.name for one in suggested_cycles(TODAY)}
    assert names == {
        CycleKind.QUARTER: "Quý II/2023",
        CycleKind.HALF_YEAR: "6 tháng đầu năm 2023",
        CycleKind.TERM: "Nhiệm kỳ 2015–2020",
    }
    make_cycle()
    assert CycleKind.QUARTER not in {one.kind for one in suggested_cycles(TODAY)}
