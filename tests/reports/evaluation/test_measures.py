"""Measures against a plain count; points, totals and levels as arithmetic."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from assignments.enums import AssignmentRole, DutyKind, VisitKind
from reports.enums import (
    Measure,
    PetitionAct,
    PetitionState,
    RatingLevel,
    ReportState,
    WaiverEffect,
)
from reports.evaluation.measures import Reading, measured, nothing
from reports.evaluation.points import Weighed, level_for, points_for, total_of
from reports.evaluation.shares import Measured, sentence_of
from reports.evaluation.telling_back import results_due
from reports.models import EvaluationRules, Petition, PetitionEvent
from tests.factories import (
    make_answer,
    make_assignment,
    make_attendance,
    make_commune,
    make_evaluation,
    make_officer,
    make_petition,
    make_report,
    make_user,
    make_visit,
    make_waiver,
)
from tests.reports.evaluation.world import ENDED, STARTED, TODAY, make_world

MOST = 60  # days of the invented histories, from the first day of the cycle
TELL_DAYS = 10


def day(number: int) -> dt.date:
    return STARTED + dt.timedelta(days=number)


def read(world, *, officer=None, on=TODAY) -> dict[int, dict[Measure, Measured]]:
    return measured(Reading(world.evaluation.cycle, on, officer))


def mine(world, measure: Measure, on=TODAY) -> Measured:
    return read(world, on=on)[world.officer.pk][measure]


# --- duties --------------------------------------------------------------------------------------


def test_what_was_waived_or_explained_does_not_count_against_the_officer(world):
    assert mine(world, Measure.COMMITTEE_MEETINGS).words == "0/1"
    make_waiver(world.officer, world.commune, world.quarter)
    found = mine(world, Measure.COMMITTEE_MEETINGS)
    assert (found.due, found.excused, found.counted) == (1, 1, 0)
    assert (found.applies, found.share) == (False, None)
    assert found.words == "Không phải làm (1 có lý do)"
    waived = {"duty_kind": DutyKind.CELL_MEETING, "effect": WaiverEffect.WAIVED}
    make_waiver(world.officer, world.commune, world.quarter, **waived)
    assert mine(world, Measure.CELL_MEETINGS).words == "Không phải làm (1 miễn)"


def test_a_measure_opens_the_list_of_what_it_adds_up(world):
    found = mine(world, Measure.COMMITTEE_MEETINGS)
    assert found.address == (
        f"/thuc-hien/?can_bo={world.officer.pk}&nhiem_vu=committee_meeting&ky=2023-q2&ngay={TODAY}"
    )
    assert [member.label for member in found.members] == ["Quý II/2023, Xã An Ninh"]
    assert f"can_bo={world.officer.pk}" in mine(world, Measure.PETITIONS_TOLD).address


def test_a_late_report_is_handed_in_and_not_in_time_for_ever(world):
    facts = {"period": world.quarter, "commune": world.commune, "state": ReportState.SUBMITTED}
    report = make_report(world.officer, first_submitted_on=day(95), due_on=day(90), **facts)
    report.events.create(move="submit", state="submitted", happened_on=day(95), content={})
    assert mine(world, Measure.REPORTS).words == "1/1"
    assert mine(world, Measure.REPORTS_ON_TIME).words == "0/1"
    make_waiver(world.officer, world.commune, world.quarter, duty_kind=DutyKind.REPORT)
    assert mine(world, Measure.REPORTS_ON_TIME).words == "Không phải làm (1 có lý do)"
    assert mine(world, Measure.REPORTS).words == "1/1"


def test_who_owed_nothing_has_no_share(world):
    stranger = make_officer("Sơn Hiền")
    found = nothing(Reading(world.evaluation.cycle, TODAY), stranger.pk, [Measure.REPORTS])
    assert found[Measure.REPORTS].words == "Không phải làm"
    assert list(found) == [Measure.REPORTS]


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_says_what_it_counts(measure):
    assert sentence_of(measure).endswith(".")
    assert "trên số" in sentence_of(measure)


GOINGS = st.lists(
    st.tuples(
        st.integers(0, 1),  # whose
        st.integers(0, 2),  # where
        st.integers(-5, 110),  # when
        st.sampled_from([VisitKind.COMMITTEE_MEETING, VisitKind.CELL_MEETING]),
        st.booleans(),  # confirmed
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(goings=GOINGS, seen_on=st.integers(10, 100))
def test_meetings_against_a_plain_count(users, goings, seen_on):
    with transaction.atomic():
        world = make_world(users)
        officers = [world.officer, make_officer("Sơn Hiền")]
        communes = [world.commune, make_commune("Một"), make_commune("Hai")]
        holds = {0: {0, 1}, 1: {2}}
        make_assignment(officers[0], communes[1])
        make_assignment(officers[1], communes[2])
        confirmer = users[Role.OFFICE]
        for whose, where, when, kind, is_confirmed in goings:
            visit = make_visit(communes[where], visited_on=day(when), kind=kind)
            confirmed = {"confirmed_by": confirmer} if is_confirmed else {"confirmed_at": None}
            make_attendance(officers[whose], visit, **confirmed)
        found = read(world, on=day(seen_on))
        kinds = {
            Measure.COMMITTEE_MEETINGS: VisitKind.COMMITTEE_MEETING,
            Measure.CELL_MEETINGS: VisitKind.CELL_MEETING,
        }
        for whose, officer in enumerate(officers):
            for measure, kind in kinds.items():
                done = {
                    place
                    for who, place, when, what, is_confirmed in goings
                    if who == whose
                    and what == kind
                    and is_confirmed
                    and place in holds[whose]
                    and 0 <= when <= min(seen_on, 90)
                }
                one = found[officer.pk][measure]
                assert (one.done, one.due) == (len(done), len(holds[whose]))
        transaction.set_rollback(True)


# --- results of petitions ------------------------------------------------------------------------


def happen(petition: Petition, *stood: tuple[int, PetitionAct, PetitionState, bool]) -> None:
    """Write how a petition stood from each day on, as its services do."""
    for number, act, state, is_closed in stood:
        on = day(number)
        petition.events.filter(superseded_on__isnull=True).update(superseded_on=on)
        is_answer = act == PetitionAct.ANSWER
        answer = {"answer": make_answer(issued_on=on)} if is_answer else {}
        PetitionEvent.objects.create(
            petition=petition, act=act, state=state, is_closed=is_closed, happened_on=on, **answer
        )


ANSWERED = (PetitionAct.ANSWER, PetitionState.RESOLVED, False)
TOLD = (PetitionAct.TELL, PetitionState.RESOLVED, True)
REOPENED = (PetitionAct.REOPEN, PetitionState.NEW, False)


def raised(world, officer=None, number: int = 0) -> Petition:
    raiser = world.officer if officer is None else officer
    return make_petition(world.commune, raiser, raised_on=day(number))


@pytest.mark.parametrize(
    ("course", "told", "in_time"),
    [
        ([], "Không phải làm", "Không phải làm"),
        ([(5, *ANSWERED)], "0/1", "0/1"),
        ([(5, *ANSWERED), (15, *TOLD)], "1/1", "1/1"),
        ([(5, *ANSWERED), (16, *TOLD)], "1/1", "0/1"),
        ([(5, *ANSWERED), (6, *REOPENED)], "Không phải làm", "Không phải làm"),
        ([(5, *ANSWERED), (6, *TOLD), (7, *REOPENED)], "1/1", "1/1"),
        ([(5, *ANSWERED), (6, *TOLD), (7, *REOPENED), (8, *ANSWERED)], "1/2", "1/2"),
        ([(105, *ANSWERED)], "Không phải làm", "Không phải làm"),  # still in time, and later
    ],
)
def test_results_to_tell_of(world, course, told, in_time):
    happen(raised(world), *course)
    assert mine(world, Measure.PETITIONS_TOLD).words == told
    assert mine(world, Measure.PETITIONS_TOLD_ON_TIME).words == in_time


def test_a_result_still_in_time_is_not_due(world):
    happen(raised(world), (5, *ANSWERED))
    assert not mine(world, Measure.PETITIONS_TOLD, day(5 + TELL_DAYS)).applies
    assert mine(world, Measure.PETITIONS_TOLD, day(6 + TELL_DAYS)).words == "0/1"


def test_what_repeats_another_has_its_result_when_that_has(world):
    other = make_commune("Khác")
    main = make_petition(other, None, raised_on=day(0))
    repeated = raised(world)
    happen(repeated, (1, PetitionAct.MARK_DUPLICATE, PetitionState.DUPLICATE, False))
    Petition.objects.filter(pk=repeated.pk).update(state=PetitionState.DUPLICATE, duplicate_of=main)
    assert not mine(world, Measure.PETITIONS_TOLD).applies
    happen(main, (20, *ANSWERED))
    found = results_due(STARTED, ENDED, TODAY)[world.officer.pk]
    assert [result.since for result in found] == [day(20)]
    happen(repeated, (22, PetitionAct.TELL, PetitionState.DUPLICATE, True))
    assert mine(world, Measure.PETITIONS_TOLD_ON_TIME).words == "1/1"


def test_who_left_before_it_was_due_owes_nothing(world):
    happen(raised(world), (5, *ANSWERED))
    world.assignment.ended_on, world.assignment.end_reason = day(10), "transferred"
    world.assignment.save()
    successor = make_officer("Sơn Hiền")
    make_assignment(successor, world.commune, started_on=day(10))
    assert results_due(STARTED, ENDED, TODAY).keys() == {successor.pk}
    assert read(world)[successor.pk][Measure.PETITIONS_TOLD].words == "0/1"


def test_who_raised_it_tells_while_they_follow_the_commune(world):
    helper = make_officer("Lâm Dự")
    make_assignment(helper, world.commune, role=AssignmentRole.SUPPORT)
    happen(raised(world, helper), (5, *ANSWERED))
    stranger = make_officer("Trần Khách")
    happen(raised(world, stranger), (5, *ANSWERED))
    found = read(world)
    assert found[helper.pk][Measure.PETITIONS_TOLD].words == "0/1"
    assert found[world.officer.pk][Measure.PETITIONS_TOLD].words == "0/1"
    assert read(world, officer=helper.pk).keys() == {helper.pk}


COURSES = st.lists(st.sampled_from(["wait", "wait", "act"]), min_size=1, max_size=MOST)


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(course=COURSES, choices=st.lists(st.booleans(), min_size=20, max_size=20))
def test_results_against_a_day_by_day_count(users, course, choices):
    """A new petition is answered, then told of or opened again, and so on, day after day."""
    with transaction.atomic():
        world = make_world(users)
        petition, chosen = raised(world), iter(choices)
        open_since, told, in_time, history = None, 0, 0, []
        is_told = False
        for number, what in enumerate(course, 1):
            if what == "wait" or len(history) == len(choices):
                continue
            if open_since is None and not is_told:
                history.append((number, *ANSWERED))
                open_since = number
            elif is_told or next(chosen):
                history.append((number, *REOPENED))
                open_since, is_told = None, False
            else:
                history.append((number, *TOLD))
                told, in_time = told + 1, in_time + (number - open_since <= TELL_DAYS)
                open_since, is_told = None, True
        happen(petition, *history)
        due = told + (open_since is not None)
        found = mine(world, Measure.PETITIONS_TOLD)
        assert (found.done, found.due) == (told, due)
        assert mine(world, Measure.PETITIONS_TOLD_ON_TIME).done == in_time
        transaction.set_rollback(True)


def test_as_many_queries_for_many_officers(world):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(world)
        return len(captured)

    happen(raised(world), (5, *ANSWERED))
    few = count()
    for number in range(6):
        commune = make_commune()
        officer = make_officer(f"Lê Văn {number}")
        make_assignment(officer, commune)
        make_evaluation(officer, cycle=world.evaluation.cycle)
        happen(make_petition(commune, officer, raised_on=STARTED), (5, *ANSWERED))
        make_attendance(officer, make_visit(commune), confirmed_by=make_user())
    assert count() == few <= 12


# --- points --------------------------------------------------------------------------------------


@given(weight=st.integers(1, 100), done=st.integers(0, 50), more=st.integers(0, 50))
def test_points_are_a_share_of_the_weight_rounded_half_up(weight, done, more):
    share = Fraction(done, done + more) if done + more else None
    points = points_for(weight, share)
    if share is None:
        assert points is None
        return
    tenths = weight * share * 10
    assert points * 10 == int(tenths + Fraction(1, 2))
    assert 0 <= points <= weight


def test_what_does_not_apply_is_taken_out_and_the_rest_scaled():
    lines = [
        Weighed(40, True, Decimal(30)),
        Weighed(30, True, Decimal("22.5")),
        Weighed(30, False, None),
    ]
    assert total_of(lines) == Decimal("75.0")
    assert total_of([]) is None
    assert total_of([Weighed(30, False, None)]) is None
    assert total_of([Weighed(30, True, None), *lines]) is None


@pytest.mark.parametrize(
    ("total", "level"),
    [
        ("100", RatingLevel.EXCELLENT),
        ("90.0", RatingLevel.EXCELLENT),
        ("89.9", RatingLevel.GOOD),
        ("70.0", RatingLevel.GOOD),
        ("69.9", RatingLevel.COMPLETED),
        ("50.0", RatingLevel.COMPLETED),
        ("49.9", RatingLevel.NOT_COMPLETED),
        (None, None),
    ],
)
def test_the_level_the_thresholds_name(total, level):
    assert level_for(total and Decimal(total), EvaluationRules()) == level
