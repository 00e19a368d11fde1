"""An officer leaves: all at once, on one day, to come or past; taken back exactly."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import clock
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments import services
from assignments.bulk import RowErrors
from assignments.departures import (
    Leaving,
    Replacement,
    depart,
    move_departure,
    withdraw_departure,
)
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Departure, Officer
from reports.models import Handover, HandoverItem
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_decision,
    make_departure,
    make_officer,
    make_plan,
    make_user,
    make_visit,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2023, 3, 15)
ON = dt.date(2023, 7, 1)  # a retirement known in March
ROWS = (Assignment, Officer, Handover, HandoverItem)


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel(dt.datetime(2023, 3, 15, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def clerk():
    return make_user(full_name="Trần Thị Bé")


def leaving(on: dt.date = ON, **facts) -> Leaving:
    return Leaving(on, EndReason.RETIRED, **facts)


def written() -> list:
    """Give every row a departure may touch."""
    return [list(model.objects.order_by("pk").values()) for model in ROWS]


def test_everything_ends_on_one_day_each_commune_as_it_was_said(clerk):
    officer, successor, stand_in = make_officer(), make_officer("Lê Văn Ba"), make_officer("Lý Đa")
    decision = make_decision("77-QĐ/TU")
    first, second, third = (make_assignment(officer, make_commune(name)) for name in "ABC")
    until = dt.date(2023, 9, 1)
    departure = depart(
        officer=officer,
        leaving=leaving(decision=decision, note="đủ tuổi"),
        replacements={
            first.pk: Replacement(successor),
            second.pk: Replacement(stand_in, until),
        },
        by=clerk,
    )
    for row in (first, second, third):
        row.refresh_from_db()
        assert (row.ended_on, row.end_reason, row.closing_decision) == (ON, "retired", decision)
    main, cover = Assignment.objects.exclude(officer=officer).order_by("pk")
    assert (main.officer, main.role, main.started_on, main.ended_on) == (
        successor,
        AssignmentRole.MAIN,
        ON,
        None,
    )
    assert (cover.officer, cover.role, cover.ended_on) == (stand_in, AssignmentRole.COVER, until)
    assert not third.commune.assignments.active_on(ON).exists()
    officer.refresh_from_db()
    assert (officer.left_on, officer.leave_reason) == (ON, "retired")
    assert not Officer.objects.selectable_on(ON).contains(officer)
    assert Officer.objects.selectable_on(TODAY).contains(officer)
    assert AuditEvent.objects.filter(verb=Verb.DEPART).count() == 1
    dossiers = Handover.objects.order_by("outgoing")
    assert [one.incoming for one in dossiers] == [main, cover, None]
    assert {one.departure for one in dossiers} == {departure}


def test_what_ends_earlier_keeps_its_end_what_ends_later_is_brought_forward(clerk):
    officer = make_officer()
    earlier = make_assignment(officer, ended_on=dt.date(2023, 5, 1))
    later = make_assignment(officer, ended_on=dt.date(2023, 12, 1))
    depart(officer=officer, leaving=leaving(), replacements={}, by=clerk)
    earlier.refresh_from_db()
    later.refresh_from_db()
    assert (earlier.ended_on, earlier.end_reason) == (dt.date(2023, 5, 1), "transferred")
    assert (later.ended_on, later.end_reason) == (ON, "retired")


def test_what_has_not_begun_by_then_is_called_off_and_may_go_to_somebody_else(clerk):
    officer, other = make_officer(), make_officer("Lý Đa")
    to_come = make_assignment(officer, started_on=dt.date(2023, 8, 1))
    depart(
        officer=officer,
        leaving=leaving(),
        replacements={to_come.pk: Replacement(other)},
        by=clerk,
    )
    [made] = Assignment.objects.all()
    assert (made.officer, made.started_on) == (other, dt.date(2023, 8, 1))
    assert AuditEvent.objects.filter(verb=Verb.CANCEL).count() == 1
    assert not Handover.objects.exists()


def test_only_follows_nothing_any_more(clerk):
    row = make_assignment()
    depart(officer=row.officer, leaving=leaving(leaves_office=False), replacements={}, by=clerk)
    row.officer.refresh_from_db()
    assert row.officer.left_on is None
    assert Officer.objects.selectable_on(ON).contains(row.officer)


@pytest.mark.parametrize(
    ("replacement", "sentence"),
    [
        (lambda row: Replacement(row.officer), "Người tiếp tục phải là đồng chí khác."),
        (
            lambda row: Replacement(make_officer("Lý Đa", left_on=ON)),
            "Đồng chí Lý Đa đã thôi công tác từ 01/07/2023.",
        ),
        (
            lambda row: Replacement(make_officer("Lý Đa", left_on=dt.date(2023, 8, 1))),
            "Đồng chí Lý Đa thôi công tác từ 01/08/2023 nên không phụ trách được từ ngày đó.",
        ),
        (
            lambda row: Replacement(make_officer("Lý Đa"), ON),
            "Ngày cuối phụ trách tạm thời phải từ ngày bắt đầu trở đi.",
        ),
    ],
)
def test_a_commune_that_cannot_be_given_so_keeps_all_from_being_written(
    clerk, replacement, sentence
):
    row = make_assignment()
    make_assignment(row.officer)
    chosen = {row.pk: replacement(row)}
    before = written()
    with pytest.raises(RowErrors) as refused:
        depart(officer=row.officer, leaving=leaving(), replacements=chosen, by=clerk)
    assert list(refused.value.errors.values()) == [[sentence]]
    assert written() == before
    assert not Departure.objects.exists()


def test_who_only_takes_part_needs_nobody(clerk):
    row = make_assignment(role=AssignmentRole.SUPPORT)
    with pytest.raises(RowErrors) as refused:
        depart(
            officer=row.officer,
            leaving=leaving(),
            replacements={row.pk: Replacement(make_officer())},
            by=clerk,
        )
    assert "không cần người thay" in refused.value.errors[0][0]
    depart(officer=row.officer, leaving=leaving(), replacements={}, by=clerk)
    assert not Handover.objects.exists()


def test_nothing_to_end(clerk):
    officer = make_officer()
    with pytest.raises(ValidationError, match="không còn phụ trách"):
        depart(officer=officer, leaving=leaving(leaves_office=False), replacements={}, by=clerk)
    depart(officer=officer, leaving=leaving(), replacements={}, by=clerk)
    with pytest.raises(ValidationError, match="đã thôi công tác từ 01/07/2023"):
        depart(officer=officer, leaving=leaving(), replacements={}, by=clerk)


def test_an_assignment_that_is_not_the_officers_is_refused(clerk):
    row, strange = make_assignment(), make_assignment()
    with pytest.raises(ValidationError, match="vừa được người khác thay đổi"):
        depart(
            officer=row.officer,
            leaving=leaving(),
            replacements={strange.pk: Replacement(make_officer())},
            by=clerk,
        )


def test_who_is_known_to_leave_is_not_assigned_beyond(clerk):
    officer = make_officer("Lý Đa", left_on=ON)
    commune, decision = make_commune(), make_decision()
    facts = {"officer": officer, "commune": commune, "decision": decision, "by": clerk}
    with pytest.raises(ValidationError, match="thôi công tác từ 01/07/2023"):
        services.assign(on=TODAY, **facts)
    services.assign(on=TODAY, role=AssignmentRole.COVER, until=ON, **facts)


# --- taken back ----------------------------------------------------------------------------------


def make_world() -> tuple[Officer, dict[int, Replacement]]:
    officer = make_officer()
    first, _, to_come = (
        make_assignment(officer, note="theo tờ trình"),
        make_assignment(officer, ended_on=dt.date(2023, 12, 1)),
        make_assignment(officer, started_on=dt.date(2023, 8, 1)),
    )
    return officer, {
        first.pk: Replacement(make_officer("Lê Văn Ba")),
        to_come.pk: Replacement(make_officer("Lý Đa"), dt.date(2023, 10, 1)),
    }


def test_taken_back_everything_is_as_before(clerk):
    officer, replacements = make_world()
    before = written()
    departure = depart(officer=officer, leaving=leaving(), replacements=replacements, by=clerk)
    assert written() != before
    taken = withdraw_departure(
        departure=departure, reason="chưa đủ tuổi", by=clerk, now=clock.now()
    )
    assert written() == before
    assert taken.is_withdrawn
    with pytest.raises(ValidationError, match="đã được rút lại"):
        withdraw_departure(departure=departure, reason="x", by=clerk, now=clock.now())


def test_the_day_is_moved(clerk):
    officer, replacements = make_world()
    departure = depart(officer=officer, leaving=leaving(), replacements=replacements, by=clerk)
    later = dt.date(2023, 7, 15)
    moved = move_departure(departure=departure, on=later, reason="hoãn", by=clerk, now=clock.now())
    assert moved.leaves_on == later
    assert set(officer.assignments.values_list("ended_on", flat=True)) == {later}
    assert Departure.objects.standing().get() == moved
    successor = Assignment.objects.get(officer__full_name="Lê Văn Ba")
    assert successor.started_on == later


def test_the_day_is_not_moved_where_it_cannot_be(clerk):
    officer, replacements = make_world()
    departure = depart(officer=officer, leaving=leaving(), replacements=replacements, by=clerk)
    before = written()
    with pytest.raises(RowErrors):
        move_departure(
            departure=departure,
            on=dt.date(2023, 11, 1),  # after the cover was to end
            reason="hoãn",
            by=clerk,
            now=clock.now(),
        )
    assert written() == before
    assert not Departure.objects.get().is_withdrawn


def test_it_is_not_taken_back_over_what_came_after(clerk):
    row, successor = make_assignment(), make_officer("Lê Văn Ba")
    departure = depart(
        officer=row.officer,
        leaving=leaving(),
        replacements={row.pk: Replacement(successor)},
        by=clerk,
    )
    facts = {"departure": departure, "reason": "nhầm", "by": clerk, "now": clock.now()}
    plan = make_plan(successor, row.commune, planned_on=dt.date(2023, 7, 5))
    with pytest.raises(ValidationError, match=r"1 kế hoạch đi cơ sở \(05/07/2023\)"):
        withdraw_departure(**facts)
    type(plan).objects.filter(pk=plan.pk).delete()
    row.refresh_from_db()
    row.note = "sửa"
    row.save()
    with pytest.raises(ValidationError, match="đã thay đổi sau khi ghi"):
        withdraw_departure(**facts)


def test_a_visit_of_the_successor_keeps_it(clerk):
    row, successor = make_assignment(), make_officer("Lê Văn Ba")
    on = dt.date(2023, 3, 1)
    departure = depart(
        officer=row.officer,
        leaving=leaving(on),
        replacements={row.pk: Replacement(successor)},
        by=clerk,
    )
    make_attendance(successor, make_visit(row.commune, visited_on=dt.date(2023, 3, 10)))
    with pytest.raises(ValidationError, match=r"1 chuyến đi \(10/03/2023\)"):
        withdraw_departure(departure=departure, reason="nhầm", by=clerk, now=clock.now())


def test_a_departure_without_a_journal_is_of_the_factory(clerk):
    """The row alone, as the factory makes it, ends nothing."""
    assert make_departure().journal == {}


DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2024, 1, 1))


class TestTakenBack(TestCase):
    """Whatever the assignments, a departure taken back leaves the same rows."""

    @settings(max_examples=40)
    @given(
        on=DAYS,
        rows=st.lists(
            st.tuples(DAYS, st.none() | DAYS, st.sampled_from(AssignmentRole)), max_size=4
        ),
        given_on=st.sets(st.integers(0, 3)),
    )
    def test_the_same_rows(self, on, rows, given_on):
        officer, successor = make_officer(), make_officer("Lê Văn Ba")
        made = [
            make_assignment(
                officer,
                started_on=since,
                role=role,
                **({"ended_on": until} if until and until > since else {}),
            )
            for since, until, role in rows
        ]
        chosen = {row.pk: Replacement(successor) for at, row in enumerate(made) if at in given_on}
        before = written()
        try:
            departure = depart(officer=officer, leaving=leaving(on), replacements=chosen, by=None)
        except (ValidationError, RowErrors):
            assert written() == before
            return
        left = officer.assignments.filter(started_on__gte=on)
        assert not left.filter(ended_on__isnull=True).exists()
        withdraw_departure(departure=departure, reason="thử", by=None, now=clock.now())
        assert written() == before
