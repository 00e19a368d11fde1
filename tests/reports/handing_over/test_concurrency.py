"""Two people at once: one succeeds, the other reads a sentence, nothing is left half done."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from assignments import services
from assignments.bulk import RowErrors
from assignments.correcting import Corrected, correct_assignment
from assignments.departures import Leaving, depart, withdraw_departure
from assignments.enums import EndReason
from assignments.models import Assignment, Departure
from reports.enums import HandoverMove
from reports.handing_over import make_move
from reports.models import Handover, HandoverEvent
from tests.factories import (
    make_assignment,
    make_commune,
    make_decision,
    make_departure,
    make_handover,
    make_officer,
    make_user,
)
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ON = dt.date(2023, 7, 1)
NOW = dt.datetime(2023, 7, 5, 2, tzinfo=dt.UTC)
LEAVING = Leaving(ON, EndReason.RETIRED)


def refusals(results: list[object]) -> list[object]:
    return [one for one in results if isinstance(one, Exception)]


def leave(officer):
    """Write down that an officer leaves; give what refuses it."""
    try:
        return depart(officer=officer, leaving=LEAVING, replacements={}, by=None)
    except RowErrors as refused:
        return ValidationError([text for texts in refused.errors.values() for text in texts])


def test_accepted_and_taken_back_at_once():
    taker, giver = (make_officer(user=make_user("officer")) for _ in range(2))
    outgoing = make_assignment(giver, ended_on=ON)
    incoming = make_assignment(taker, outgoing.commune, started_on=ON)
    handover = make_handover(outgoing, incoming=incoming, state="offered")

    def act(move: HandoverMove, by):
        return make_move(handover=handover, move=move, note="", by=by, now=NOW)

    results = at_once(
        lambda: act(HandoverMove.ACCEPT, taker.user),
        lambda: act(HandoverMove.ACCEPT, taker.user),
        lambda: act(HandoverMove.RECALL, giver.user),
    )
    assert len(refusals(results)) == 2, results
    assert all("tình trạng" in one.messages[0] for one in refusals(results)), results
    assert HandoverEvent.objects.count() == 1


def test_one_officer_leaves_twice_at_once():
    row = make_assignment()
    results = at_once(lambda: leave(row.officer), lambda: leave(row.officer))
    assert len(refusals(results)) == 1, results
    assert Departure.objects.count() == Handover.objects.count() == 1


def test_assigned_while_leaving():
    """Whoever is first, nobody keeps a commune after they left."""
    row, commune, decision = make_assignment(), make_commune(), make_decision()
    facts = {"officer": row.officer, "commune": commune, "decision": decision, "by": None}
    results = at_once(
        lambda: leave(row.officer),
        lambda: services.assign(on=dt.date(2023, 1, 1), **facts),
    )
    assert len(refusals(results)) <= 1, results
    row.officer.refresh_from_db()
    open_ones = Assignment.objects.filter(officer=row.officer, ended_on__isnull=True)
    assert row.officer.left_on is None or not open_ones.exists()


def test_taken_back_twice_at_once():
    departure = make_departure(journal={"ended": [], "cancelled": [], "made": [], "officer": {}})
    Departure.objects.update(leaves_office=False)

    def withdraw():
        return withdraw_departure(departure=departure, reason="nhầm", by=None, now=NOW)

    results = at_once(withdraw, withdraw)
    assert len(refusals(results)) == 1, results


def test_taken_up_again_while_leaving():
    """An assignment put right to go on, a cover that lasts longer: not beyond the last day."""
    officer = make_officer()
    make_assignment(officer)
    ended = make_assignment(officer, ended_on=dt.date(2023, 5, 1))
    going_on = Corrected(ended.role, ended.started_on, None, "", None, None, "")
    facts = {"assignment": ended, "corrected": going_on, "reason": "Ghi nhầm", "by": None}
    results = at_once(lambda: leave(officer), lambda: correct_assignment(**facts))
    assert len(refusals(results)) <= 1, results
    officer.refresh_from_db()
    open_rows = Assignment.objects.filter(officer=officer, ended_on__isnull=True)
    assert officer.left_on is None or not open_rows.exists(), results
