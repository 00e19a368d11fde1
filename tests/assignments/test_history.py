"""Mistakes other systems made with time (DESIGN §10: 1, 2, 6, 7), which must not be made here."""

import datetime as dt

import pytest

from assignments import services
from assignments.enums import EndReason
from assignments.models import Assignment, Officer
from tests.factories import STARTED_ON, make_assignment, make_commune, make_decision, make_officer
from tests.reports.counting import members

pytestmark = pytest.mark.django_db

BEFORE, ENDED, AFTER = dt.date(2022, 5, 31), dt.date(2022, 6, 1), dt.date(2022, 9, 1)


def end(assignment: Assignment) -> Assignment:
    return services.end_assignment(
        assignment=assignment,
        on=ENDED,
        end_reason=EndReason.TRANSFERRED,
        decision=make_decision(),
        by=None,
    )


def test_1_ending_an_assignment_does_not_hide_its_history():
    assignment = make_assignment()
    end(assignment)
    assert list(Assignment.objects.active_on(BEFORE)) == [assignment]
    assert not Assignment.objects.active_on(ENDED).exists()
    assert list(assignment.commune.assignments.started_by(AFTER)) == [assignment]
    assert list(members("officers_assigned", AFTER)) == [assignment.officer]
    assert list(members("officers_active", BEFORE)) == [assignment.officer]
    assert list(members("officers_left", AFTER)) == [assignment.officer]
    assert not members("officers_left", BEFORE).exists()


def test_2_a_pair_that_separated_can_come_back():
    first = make_assignment()
    end(first)
    for returned_on in (ENDED, AFTER):
        again = services.assign(
            officer=first.officer,
            commune=first.commune,
            on=returned_on,
            decision=make_decision(),
            by=None,
        )
        assert set(first.commune.assignments.all()) == {first, again}
        assert list(members("officers_active", AFTER)) == [first.officer]
        again.delete()


def test_6_people_who_left_are_not_offered():
    stays = make_officer("Lê Văn An")
    left = make_officer("Lý Đa", left_on=ENDED)
    comes = make_officer("Kim Sơn", joined_on=AFTER)
    assert set(Officer.objects.selectable_on(BEFORE)) == {stays, left}
    assert set(Officer.objects.selectable_on(ENDED)) == {stays}
    assert set(Officer.objects.selectable_on(AFTER)) == {stays, comes}


def test_7_the_assignment_of_someone_who_has_left_can_be_closed():
    assignment = make_assignment()
    Officer.objects.filter(pk=assignment.officer_id).update(
        left_on=BEFORE, leave_reason=EndReason.RETIRED
    )
    assert end(assignment).ended_on == ENDED


def test_7_the_assignment_of_a_dissolved_commune_can_be_closed_and_edited():
    commune = make_commune()
    assignment = make_assignment(commune=commune)
    commune.dissolved_on = BEFORE
    commune.save()
    ended = end(assignment)
    ended.note = "Thôi theo nghị quyết sắp xếp."
    ended.full_clean()
    assert ended.ended_on == ENDED


def test_someone_hired_late_was_not_assigned_earlier():
    assignment = make_assignment(started_on=AFTER)
    assert not members("officers_assigned", ENDED).exists()
    assert not members("officers_active", ENDED).exists()
    assert list(members("officers_active", AFTER)) == [assignment.officer]


def test_an_officer_with_one_of_two_communes_left_is_active_and_has_not_left():
    officer = make_officer()
    make_assignment(officer, ended_on=ENDED)
    make_assignment(officer)
    assert list(members("officers_active", AFTER)) == [officer]
    assert not members("officers_left", AFTER).exists()
    assert list(members("officers_assigned", STARTED_ON)) == [officer]
