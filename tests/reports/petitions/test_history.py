"""Any lawful history: how a petition stood and who had it, day by day, against a plain replay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from reports.enums import LegRole, PetitionAct, PetitionState
from reports.models import Petition, PetitionEvent
from reports.petitions import acts_open_to
from tests.factories import DAY, make_body, make_petition
from tests.reports.petitions.moves import DO, day, route

IN_HAND = {PetitionState.ROUTED, PetitionState.CONSIDERING, PetitionState.IN_PROGRESS}
UNDONE = {PetitionAct.WITHDRAW, PetitionAct.UNGROUP}
LEADS_TO = {
    PetitionAct.ROUTE: "routed",
    PetitionAct.CONSIDER: "considering",
    PetitionAct.START: "in_progress",
    PetitionAct.ANSWER: "resolved",
    PetitionAct.MARK_DUPLICATE: "duplicate",
    PetitionAct.REOPEN: "new",
}


@dataclass
class Replay:
    """What a clerk would write in a table: from which day on it stands how."""

    stands: list[tuple[dt.date, str, bool]] = field(default_factory=list)

    def note(self, act: PetitionAct, on: dt.date) -> None:
        _, state, closed = self.stands[-1]
        if act == PetitionAct.TELL:
            self.stands.append((on, state, True))
        elif act in LEADS_TO:
            self.stands.append((on, LEADS_TO[act], closed and act != PetitionAct.REOPEN))

    def on(self, asked: dt.date) -> tuple[str, bool]:
        return [(state, closed) for since, state, closed in self.stands if since <= asked][-1]


def live(petition: Petition, drawn: list[tuple[int, int]], office) -> tuple[Replay, int]:
    """Do the drawn acts, each some days after the one before; give the replay and the last day."""
    replay, number = Replay([(DAY, "new", False)]), 0
    bodies = [make_body() for _ in range(3)]
    for choice, pause in drawn:
        petition.refresh_from_db()
        number += pause
        open_acts = [act for act in acts_open_to(petition, office) if act not in UNDONE]
        act = open_acts[choice % len(open_acts)]
        if act == PetitionAct.ROUTE:
            send(petition, office, number, bodies, choice)
        else:
            DO[act](petition, office, day(number))
        replay.note(act, day(number))
    return replay, number


def send(petition: Petition, office, number: int, bodies, choice: int) -> None:
    """Route to a body that does not lead, one of the others beside it."""
    leading = petition.legs.filter(role=LegRole.LEAD, ended_on=None).first()
    others = [body for body in bodies if not leading or body != leading.body]
    body = others[choice % len(others)]
    beside = [one for one in bodies if one != body][: choice % 3]
    route(petition, office, day(number), body, coordinating=beside)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(st.tuples(st.integers(0, 59), st.integers(0, 3)), max_size=14))
def test_a_petition_lives_as_a_plain_replay_says(users, drawn):
    office = users[Role.OFFICE]
    with transaction.atomic():
        petition = make_petition()
        replay, last = live(petition, drawn, office)
        legs = [*petition.legs.filter(role=LegRole.LEAD)]
        events = [*petition.events.order_by("pk")]
        with_it = 0
        for number in range(last + 3):
            asked = day(number)
            stored = Petition.objects.on(asked).get(pk=petition.pk)
            assert (stored.state_on, stored.is_closed_on) == replay.on(asked)
            holding = [
                leg
                for leg in legs
                if leg.started_on <= asked and (leg.ended_on is None or asked < leg.ended_on)
            ]
            assert len(holding) == (stored.state_on in IN_HAND)
            with_it += len(holding)
        horizon = day(last + 3)
        assert with_it == sum(((leg.ended_on or horizon) - leg.started_on).days for leg in legs)
        petition.refresh_from_db()
        assert (petition.state, petition.is_closed) == replay.on(day(last))
        assert (len(events), petition.edition) == (len(drawn) + 1, len(drawn) + 1)
        assert [event.happened_on for event in events] == sorted(e.happened_on for e in events)
        transaction.set_rollback(True)


# --- in the table --------------------------------------------------------------------------------


def event_of(petition: Petition, first: int, end: int | None) -> PetitionEvent:
    """Give an unsaved note that stands from one day until another."""
    return PetitionEvent(
        petition=petition,
        act=PetitionAct.NOTE,
        state=petition.state,
        happened_on=day(first),
        superseded_on=None if end is None else day(end),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "end"), [(0, 0), (3, 3), (9, 9)])
def test_what_has_no_day_stands_beside_what_has(first, end):
    petition = make_petition()
    for _ in range(2):
        event = event_of(petition, first, end)
        event.full_clean()
        PetitionEvent.objects.bulk_create([event])
    assert petition.events.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "end"), [(0, 1), (3, 4), (9, None)])
def test_no_two_stand_on_one_day(first, end):
    petition = make_petition()
    with pytest.raises(ValidationError, match="theo thứ tự thời gian"):
        event_of(petition, first, end).full_clean()
    with pytest.raises(IntegrityError, match="one_standing"), transaction.atomic():
        PetitionEvent.objects.bulk_create([event_of(petition, first, end)])


@pytest.mark.django_db
def test_a_point_may_not_grow_into_what_stands():
    petition = make_petition()
    PetitionEvent.objects.bulk_create([event_of(petition, 3, 3)])
    point = petition.events.get(happened_on=day(3))
    with pytest.raises(IntegrityError, match="one_standing"), transaction.atomic():
        PetitionEvent.objects.filter(pk=point.pk).update(superseded_on=day(4))
