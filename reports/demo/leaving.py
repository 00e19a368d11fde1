"""The officers who left, or are known to leave, and how far their communes are handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from assignments.demo.days import DAY, is_working, moment
from assignments.demo.log import write_log
from assignments.demo.stage import Stage
from assignments.departures.journal import kept, kept_officer
from assignments.enums import COVERING_ROLES
from assignments.models import Assignment, Departure, Officer
from reports.enums import HandoverMove, HandoverState
from reports.models import Handover, HandoverEvent

ENTERED_AT, OFFERED_AT, ACCEPTED_AT = dt.time(10, 15), dt.time(14, 20), dt.time(9, 35)
OFFERED_AFTER, ACCEPTED_AFTER = (1, 4), (3, 12)  # days: at least, at most


def write_leaving(stage: Stage) -> None:
    """Write the departures with the dossiers of what was left, and the log of entering them."""
    left = (officer for officer in stage.world.officers if officer.left_on)
    departures = [departure_of(stage, officer) for officer in left]
    departures.sort(key=lambda one: (one.entered_at, one.officer_id))
    Departure.objects.bulk_create(departures)
    rng = stage.random("handing over")
    handovers = [one for departure in departures for one in handovers_of(stage, departure)]
    settle(stage, handovers, rng)
    Handover.objects.bulk_create(handovers)
    HandoverEvent.objects.bulk_create(moves_of(stage, handovers, rng))
    log = [told(one, Verb.DEPART) for one in departures]
    write_log([*log, *(told(one, Verb.CREATE) for one in handovers)])


def told(row: Departure | Handover, verb: Verb) -> AuditEvent:
    by, at = row.entered_by, row.entered_at
    return audit.event(verb, row, by=by, at=at, after=audit.snapshot(row))


def working_day(day: dt.date) -> dt.date:
    """Give the first working day from ``day`` on."""
    while not is_working(day):
        day += DAY
    return day


def departure_of(stage: Stage, officer: Officer) -> Departure:
    """Give the departure of an officer of the world who left, entered when it was decided."""
    ended = stage.world.of(officer)
    decision = ended[-1].closing_decision
    return Departure(
        officer=officer,
        leaves_on=officer.left_on,
        reason=officer.leave_reason,
        leaves_office=True,
        decision=decision,
        journal=journal_of(officer, [row for row in ended if row.ended_on == officer.left_on]),
        entered_by=stage.office,
        entered_at=moment(min(decision.signed_on + DAY, stage.day - DAY), ENTERED_AT),
    )


def journal_of(officer: Officer, ended: list[Assignment]) -> dict[str, object]:
    """Give how the officer and what they followed stood before, as departing keeps it."""
    in_post = Officer(left_on=None, leave_reason="")
    return kept_officer(in_post) | {
        "ended": [before_end(row) for row in ended],
        "cancelled": [],
        "choices": {},
        "made": [],
    }


def before_end(row: Assignment) -> dict[str, object]:
    return kept(row) | {"ended_on": None, "end_reason": "", "closing_decision_id": None}


def handovers_of(stage: Stage, departure: Departure) -> Iterator[Handover]:
    """Give the dossier of each commune the officer covered to the end."""
    for row in stage.world.of(departure.officer):
        if row.ended_on == departure.leaves_on and row.role in COVERING_ROLES:
            yield Handover(
                outgoing=row,
                incoming=next_one(stage, row),
                departure=departure,
                entered_by=stage.office,
                entered_at=departure.entered_at,
            )


def next_one(stage: Stage, ended: Assignment) -> Assignment | None:
    """Give who covers the commune from the day on which ``ended`` ends."""
    rows = stage.by_commune[ended.commune_id]
    return next((row for row in rows if row.started_on == ended.ended_on), None)


def settle(stage: Stage, handovers: list[Handover], rng: Random) -> None:
    """Let those who took over in the past have accepted; the others are still open."""
    for one in handovers:
        accepted_on = working_day(one.outgoing.ended_on + rng.randint(*ACCEPTED_AFTER) * DAY)
        if one.incoming and accepted_on < stage.day:
            one.state, one.settled_on = HandoverState.ACCEPTED, accepted_on


def moves_of(stage: Stage, handovers: list[Handover], rng: Random) -> Iterator[HandoverEvent]:
    """Give how the settled ones were offered and accepted."""
    for one in handovers:
        if one.settled_on:
            offered_on = working_day(one.outgoing.ended_on + rng.randint(*OFFERED_AFTER) * DAY)
            offered_at = moment(min(offered_on, one.settled_on - DAY), OFFERED_AT)
            yield event(one, HandoverMove.OFFER, offered_at, stage.office)
            receiver = stage.author(one.incoming.officer)
            yield event(one, HandoverMove.ACCEPT, moment(one.settled_on, ACCEPTED_AT), receiver)


def event(handover: Handover, move: HandoverMove, at: dt.datetime, by: User) -> HandoverEvent:
    return HandoverEvent(handover=handover, move=move, at=at, by=by)
