"""Remarks of communes, the share of the best level, comparison of like with like."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.models import AuditEvent
from reports.enums import EvaluationState
from reports.evaluation.cap import excellent_warning
from reports.evaluation.comparing import compare
from reports.evaluation.remarks import (
    RemarkFacts,
    add_remark,
    remarking_communes,
    why_no_remark,
    withdraw_remark,
)
from reports.models import CommuneRemark, Evaluation
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_evaluation,
    make_officer,
    make_visit,
)
from tests.reports.evaluation.world import NOW, STARTED, TODAY, put

SAID = "Thường xuyên sát cơ sở"


def add(world, commune=None, by=None, given_on=STARTED) -> CommuneRemark:
    return add_remark(
        evaluation=world.evaluation,
        facts=RemarkFacts(commune or world.commune, given_on, "15-CV/ĐU", SAID),
        by=by or world.users[Role.OFFICE],
        now=NOW,
    )


# --- remarks -------------------------------------------------------------------------------------


def test_a_remark_is_of_a_commune_the_officer_answered_for(world):
    assert remarking_communes(world.evaluation) == [world.commune]
    assert add(world).content == SAID
    with pytest.raises(ValidationError, match="không phụ trách"):
        add(world, make_commune("Khác"))
    with pytest.raises(ValidationError, match="chưa đến"):
        add(world, given_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="đã có nhận xét"):
        add(world)


def test_a_remark_taken_back_stays_and_another_may_be_given(world):
    remark, office = add(world), world.users[Role.OFFICE]
    with pytest.raises(ValidationError, match="lý do"):
        withdraw_remark(remark=remark, reason=" ", by=office, now=NOW)
    taken = withdraw_remark(remark=remark, reason="Nhập nhầm Đảng ủy", by=office, now=NOW)
    assert (taken.withdrawn_by, taken.is_withdrawn) == (office, True)
    with pytest.raises(ValidationError, match="đã được rút"):
        withdraw_remark(remark=remark, reason="Lại", by=office, now=NOW)
    add(world)
    assert CommuneRemark.objects.count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_only_the_office_writes_remarks(world, role):
    assert why_no_remark(world.evaluation, world.users[role])
    with pytest.raises(ValidationError, match="Văn phòng"):
        add(world, by=world.users[role])


def test_nobody_writes_remarks_on_themselves_nor_of_what_is_decided(world):
    put(world.evaluation, EvaluationState.DECIDED)
    with pytest.raises(ValidationError, match="đã quyết định"):
        add(world)
    world.officer.user = world.users[Role.OFFICE]
    world.officer.save()
    with pytest.raises(ValidationError, match="chính mình"):
        add(world)


def test_the_log_says_neither_what_a_remark_says_nor_why_it_was_taken_back(world):
    remark = add(world)
    office = world.users[Role.OFFICE]
    withdraw_remark(remark=remark, reason="Nhập nhầm Đảng ủy", by=office, now=NOW)
    for row in AuditEvent.objects.all():
        assert (row.before, row.reason) == ({}, "")
        assert row.after == {"việc": "nhận xét của Đảng ủy xã"}


# --- the share of the best level -----------------------------------------------------------------


def rated(cycle, level: str, *, decided: bool = False) -> None:
    evaluation = make_evaluation(make_officer(), cycle=cycle)
    if decided:
        put(evaluation, EvaluationState.DECIDED)
        Evaluation.objects.filter(pk=evaluation.pk).update(decided_level=level)
    else:
        put(evaluation, EvaluationState.PROPOSED)
        Evaluation.objects.filter(pk=evaluation.pk).update(proposed_level=level)


def test_more_of_the_best_than_the_share_is_pointed_out(world):
    cycle, leader = world.evaluation.cycle, world.users[Role.LEADER]
    assert excellent_warning(cycle, leader) == ""
    rated(cycle, "excellent")
    assert "1 trên 1" in excellent_warning(cycle, leader)
    for _ in range(4):
        rated(cycle, "good", decided=True)
    rated(cycle, "completed")
    assert excellent_warning(cycle, leader) == ""  # one of five rated good or better
    rated(cycle, "excellent", decided=True)
    assert "2 trên 6" in excellent_warning(cycle, leader)
    assert "33%" in excellent_warning(cycle, leader)
    assert "20%" in excellent_warning(cycle, leader)


# --- comparison ----------------------------------------------------------------------------------


def colleague(world, name: str, communes: int = 1, *, since=STARTED, met: int = 0) -> None:
    officer = make_officer(name)
    for number in range(communes):
        commune = make_commune()
        make_assignment(officer, commune, started_on=since)
        if number < met:
            make_attendance(officer, make_visit(commune))
    make_evaluation(officer, cycle=world.evaluation.cycle)


def test_like_is_compared_with_like_in_the_order_of_names(world):
    colleague(world, "Trần Văn Yên", met=1)
    colleague(world, "Lê Thị Anh", met=1)
    colleague(world, "Sơn Hai", communes=2, met=1)
    colleague(world, "Lâm Nhiều", communes=5)
    colleague(world, "Kim Muộn", since=dt.date(2023, 5, 10))
    colleague(world, "Kim Trễ", since=dt.date(2023, 6, 1))
    groups = compare(world.evaluation.cycle, world.users[Role.LEADER], TODAY)
    assert [(group.label.split(" (")[0], len(group.rows)) for group in groups] == [
        ("1 Đảng bộ, giữ địa bàn cả kỳ", 3),
        ("1 Đảng bộ, giữ địa bàn phần lớn kỳ", 1),
        ("1 Đảng bộ, giữ địa bàn một phần kỳ", 1),
        ("2 Đảng bộ, giữ địa bàn cả kỳ", 1),
        ("Từ 3 Đảng bộ, giữ địa bàn cả kỳ", 1),
    ]
    first, small = groups[0], groups[1]
    assert [row.shown.officer for row in first.rows] == [
        "Lê Thị Anh",
        "Thạch Văn Bình",
        "Trần Văn Yên",
    ]
    assert first.medians == (Fraction(1), None)  # nobody had petitions to tell of
    assert small.is_small
    assert small.medians == (None, None)
    assert groups[3].rows[0].lines[0].measured.words == "1/2"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.ADMIN])
def test_who_does_not_see_evaluations_compares_nothing(world, role):
    assert compare(world.evaluation.cycle, world.users[role], TODAY) == []
