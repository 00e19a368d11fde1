"""Undoing: everything as it was, to the byte; refused, with names, while anything hangs on it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.models import Assignment
from communes.models import Commune, PartyCell
from reports.reorganising.applying import apply_reorganisation
from reports.reorganising.drafts import ALREADY_APPLIED
from reports.reorganising.undoing import (
    NEEDS_REASON,
    NOT_IN_FORCE,
    hindrances,
    undo_reorganisation,
)
from tests.factories import (
    DAY,
    make_area,
    make_assignment,
    make_cell,
    make_commune,
    make_contact,
    make_frozen,
    make_handover,
    make_notice,
    make_officer,
    make_petition,
    make_plan,
    make_plan_of_reassignment,
    make_review,
    make_user,
    make_visit,
)
from tests.reports.reorganising.dumping import dump
from tests.reports.reorganising.merging import applied, heir, merge

pytestmark = pytest.mark.django_db
LATER = DAY + dt.timedelta(days=30)


@pytest.fixture
def office():
    return make_user()


@pytest.fixture
def old():
    return [make_commune("An Hòa", code="31001"), make_commune("An Bình", code="31002")]


def undo(event, office):
    return undo_reorganisation(reorganisation=event, reason="Nạp nhầm bảng", by=office)


def test_everything_is_as_it_was(office, old):
    officer, cell = make_officer("Lê An"), make_cell(old[0], "3")
    make_cell(old[1], "3")
    make_cell(old[1], "5", started_on=LATER)
    make_contact(old[0])
    make_contact(old[1], started_on=LATER)
    make_handover(make_assignment(officer, old[0], ended_on=LATER))
    make_assignment(officer, old[1])
    make_assignment(make_officer("Lý Bình"), old[0], started_on=LATER)
    gone = make_assignment(make_officer("Lý Cát"), old[1], started_on=LATER, role="support")
    make_visit(old[0], visited_on=LATER, cell=cell)
    make_plan(officer, old[0], planned_on=LATER)
    make_notice(old[1], held_on=LATER)
    make_petition(old[1], raised_on=LATER)
    before = dump()
    event = applied(merge(*old, into="Xã An Hòa"), office, **{f"o{gone.officer_id}": "end"})
    assert dump() != before
    assert not hindrances(event)
    undo(event, office)
    assert dump() == before


def test_the_reorganisation_stays_with_its_journal_and_the_log_tells(office, old):
    row = make_assignment(commune=old[0])
    event = undo(applied(merge(*old, into="Xã An Hòa"), office), office)
    event.refresh_from_db()
    assert (event.undo_reason, event.is_in_force) == ("Nạp nhầm bảng", False)
    assert event.journal
    undone = AuditEvent.objects.filter(verb=Verb.UNDO)
    assert undone.filter(target_key=f"assignments.assignment:{row.pk}").get().reason
    assert undone.filter(target_key=f"communes.reorganisation:{event.pk}").exists()


def test_it_can_be_applied_anew(office, old):
    make_assignment(commune=old[0])
    undo(applied(merge(*old, into="Xã An Hòa"), office), office)
    again = applied(merge(*old, into="Xã An Hòa"), office)
    assert Commune.objects.existing_on(DAY).get() == heir(again, old[0])


def test_not_twice_and_never_without_a_reason(office, old):
    event = applied(merge(*old, into="Xã An Hòa"), office)
    with pytest.raises(ValidationError, match=NEEDS_REASON):
        undo_reorganisation(reorganisation=event, reason="  ", by=office)
    undo(event, office)
    with pytest.raises(ValidationError, match=NOT_IN_FORCE):
        undo(event, office)
    with pytest.raises(ValidationError, match=ALREADY_APPLIED):
        apply_reorganisation(reorganisation=event, by=office)


def of(model):
    return lambda unit: model.objects.filter(commune=unit).first()


def update(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


HANGING = {
    "a visit": lambda unit: make_visit(unit, visited_on=LATER),
    "a visit to a cell": lambda unit: make_visit(unit, cell=of(PartyCell)(unit)),
    "a petition": make_petition,
    "an assignment": lambda unit: make_assignment(commune=unit, started_on=LATER, role="support"),
    "an assignment that ended": lambda unit: update(
        of(Assignment)(unit), ended_on=LATER, end_reason="retired"
    ),
    "an assignment taken away": lambda unit: of(Assignment)(unit).delete(),
    "a hand-over": lambda unit: make_handover(of(Assignment)(unit)),
    "a cell": make_cell,
    "a cell that ended": lambda unit: update(of(PartyCell)(unit), ended_on=LATER, end_note="Nhập"),
    "a contact": make_contact,
    "another name": lambda unit: update(unit, code="39999"),
    "a plan of reassignment": lambda _: make_plan_of_reassignment(starts_on=LATER),
    "frozen figures": lambda unit: make_frozen(make_review(day=LATER)),
}


@pytest.mark.parametrize("what", HANGING)
def test_refused_while_something_hangs_on_it(office, old, what):
    make_assignment(commune=old[0])
    make_cell(old[0], "3")
    event = applied(merge(*old, into="Xã An Hòa"), office)
    HANGING[what](heir(event, old[0]))
    before = dump()
    assert hindrances(event)
    with pytest.raises(ValidationError) as error:
        undo(event, office)
    assert error.value.messages == [str(one) for one in hindrances(event)]
    assert dump() == before


def test_an_area_does_not_hang_on_it(office, old):
    event = applied(merge(*old, into="Xã An Hòa"), office)
    update(heir(event, old[0]), area=make_area())
    undo(event, office)


def test_two_in_a_row_are_undone_in_reverse(office, old):
    third = make_commune("An Phú")
    make_assignment(commune=old[0])
    make_cell(old[0], "3")
    before = dump()
    first = applied(merge(*old, into="Xã An Hòa"), office)
    between = dump()
    second = applied(merge(heir(first, old[0]), third, into="Xã An Phú"), office, on=LATER)
    with pytest.raises(ValidationError, match="Lần sắp xếp sau"):
        undo(first, office)
    undo(second, office)
    assert dump() == between
    undo(first, office)
    assert dump() == before
