"""Assignments written by several at once: one order of locks, one outcome, nothing lost."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments import bulk, services
from assignments.departures import Leaving, Replacement, depart
from assignments.departures import leaving as leaving_module
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision, Departure
from assignments.services import Terms
from communes.periods import constraint_sentences
from reports.reorganising.applying import apply_reorganisation
from tests.factories import (
    DAY,
    make_assignment,
    make_commune,
    make_decision,
    make_officer,
    make_user,
)
from tests.races.together import at_once, wait_for_the_other
from tests.reports.reorganising.merging import draft_of, merge, take_proposals

pytestmark = pytest.mark.django_db(transaction=True)

ON = dt.date(2022, 6, 1)
LEAVING = Leaving(ON, EndReason.RETIRED)


def errors(results: list[object]) -> list[object]:
    return [one for one in results if isinstance(one, Exception)]


@pytest.fixture
def each_waits_after_its_first(monkeypatch):
    """Hold each writer after its first new assignment until the other has written one too."""
    barrier = threading.Barrier(2)
    record, waited = services.audit.record, set()

    def record_and_wait(verb, *args, **kwargs):
        result = record(verb, *args, **kwargs)
        if verb == Verb.ASSIGN and threading.get_ident() not in waited:
            waited.add(threading.get_ident())
            wait_for_the_other(barrier)
        return result

    monkeypatch.setattr(services.audit, "record", record_and_wait)


@pytest.mark.usefixtures("each_waits_after_its_first")
def test_officers_crosswise_do_not_block_each_other():
    """A then B here, B then A there."""
    one, other = make_officer("Lê Văn An"), make_officer("Lý Đa")
    communes, terms = [make_commune() for _ in range(4)], Terms(ON, make_decision(), None)

    def act(*pairs):
        return lambda: bulk.assign_all(pairs=pairs, terms=terms, role=AssignmentRole.MAIN)

    results = at_once(
        act((communes[0], one), (communes[1], other)),
        act((communes[2], other), (communes[3], one)),
    )
    assert not errors(results), results
    assert Assignment.objects.count() == 4


@pytest.mark.usefixtures("each_waits_after_its_first")
def test_each_takes_over_from_the_other_at_once():
    """Two leave, each replaced by the other: neither waits for ever; nobody follows who left."""
    rows = [make_assignment(make_officer("Lê Văn An")), make_assignment(make_officer("Lý Đa"))]

    def leave(row, successor):
        def act():
            with constraint_sentences(Departure):
                return depart(
                    officer=row.officer,
                    leaving=LEAVING,
                    replacements={row.pk: Replacement(successor)},
                    by=None,
                )

        return act

    results = at_once(leave(rows[0], rows[1].officer), leave(rows[1], rows[0].officer))
    assert sum(isinstance(one, Departure) for one in results) == 1, results
    for row in Assignment.objects.filter(ended_on=None).select_related("officer"):
        assert row.officer.left_on is None


def test_leaving_and_handing_over_hold_the_commune_first(monkeypatch):
    """Who leaves holds the commune before the assignment is read; so does who hands it over."""
    row, barrier = make_assignment(), threading.Barrier(2)
    to, decision = make_officer("Lý Đa"), make_decision()
    hold = leaving_module.hold

    def hold_and_wait(communes):
        hold(communes)
        wait_for_the_other(barrier)

    monkeypatch.setattr(leaving_module, "hold", hold_and_wait)

    def hand_over():
        wait_for_the_other(barrier)
        return services.hand_over(assignment=row, to=to, on=ON, decision=decision, by=None)

    results = at_once(
        lambda: depart(officer=row.officer, leaving=LEAVING, replacements={}, by=None), hand_over
    )
    assert len(errors(results)) == 1, results
    [refused] = errors(results)
    assert "đã thôi" in str(refused), refused
    assert not any("40P01" in str(one) or "deadlock" in str(one) for one in errors(results))


def test_one_new_decision_written_by_several_is_one():
    communes, officer = [make_commune() for _ in range(4)], make_officer()

    def act(commune):
        def assign():
            decision = services.decision_for(number="9-QĐ/TU", signed_on=ON, by=None)
            return services.assign(
                officer=officer, commune=commune, on=ON, decision=decision, by=None
            )

        return assign

    results = at_once(*map(act, communes))
    assert not errors(results), results
    assert Decision.objects.count() == 1
    assert AuditEvent.objects.filter(verb=Verb.CREATE).count() == 1


def test_assigned_while_the_unit_is_merged():
    """Whoever is first: nobody follows a unit beyond its end, and each act is there or refused."""
    office, old = make_user(Role.OFFICE), [make_commune("An Hòa"), make_commune("An Bình")]
    make_assignment(commune=old[0])
    event, officers = draft_of(merge(*old, into="Xã An Hòa"), office), [make_officer("Lý Đa")]
    take_proposals(event, office)
    officers += [make_officer(f"Lê Văn {name}") for name in ("Ba", "Bốn", "Năm")]
    decision = make_decision()

    def assign(officer):
        return lambda: services.assign(
            officer=officer, commune=old[1], on=ON, decision=decision, by=office
        )

    results = at_once(
        lambda: apply_reorganisation(reorganisation=event, by=office), *map(assign, officers)
    )
    refused = errors(results)
    assert all(isinstance(one, ValidationError) for one in refused), results
    assigned = sum(isinstance(one, Assignment) for one in results)
    assert AuditEvent.objects.filter(verb=Verb.ASSIGN, actor=str(office)).count() >= assigned
    event.refresh_from_db()
    open_rows = Assignment.objects.filter(commune__in=old, ended_on=None)
    assert not (event.applied_at and open_rows.exists())
    assert assigned <= 1
    assert event.applied_at or assigned == 1
    assert DAY >= ON
