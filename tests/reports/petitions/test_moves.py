"""The table of moves, act by act, state by state, role by role."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from assignments.bulk import RowErrors
from reports.enums import PETITION_MOVES, SETTLED_STATES, AnswerOutcome, PetitionAct, PetitionState
from reports.models import PetitionEvent
from reports.petitions import acts_open_to, why_not
from tests.factories import (
    DAY,
    make_assignment,
    make_matter,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.petitions.moves import DO, answer, bring

pytestmark = pytest.mark.django_db

A, S = PetitionAct, PetitionState
STANDS = [(state, False) for state in S] + [(state, True) for state in SETTLED_STATES]
IN_HAND = {S.ROUTED, S.CONSIDERING, S.IN_PROGRESS}
OPEN = {S.NEW, *IN_HAND}
# Written out by hand from DOMAIN R26, so that a change of the code's own table is noticed.
OFFICE_MAY: dict[PetitionAct, set[PetitionState]] = {
    A.AMEND: OPEN,
    A.ROUTE: OPEN | {S.UNDER_RESOURCED, S.OUT_OF_COMPETENCE},
    A.EXTEND: IN_HAND,
    A.CONSIDER: {S.ROUTED},
    A.START: {S.ROUTED, S.CONSIDERING},
    A.ANSWER: OPEN | {S.UNDER_RESOURCED},
    A.MARK_DUPLICATE: OPEN,
    A.TELL: {*S} - OPEN,
    A.REOPEN: {*S} - OPEN,
    A.GROUP: OPEN,
    A.UNGROUP: OPEN,
    A.NOTE: {*S},
    A.WITHDRAW: {S.NEW},
}
AFTER_TELLING = {A.REOPEN, A.NOTE}
LEADS_TO = {
    A.ROUTE: S.ROUTED,
    A.CONSIDER: S.CONSIDERING,
    A.START: S.IN_PROGRESS,
    A.ANSWER: S.RESOLVED,
    A.MARK_DUPLICATE: S.DUPLICATE,
    A.REOPEN: S.NEW,
}
OF_RAISER = {A.AMEND: {S.NEW}, A.WITHDRAW: {S.NEW}, A.ANSWER: {S.NEW}, A.TELL: {*S} - OPEN}


def is_lawful(who: str, act: PetitionAct, state: PetitionState, told: bool) -> bool:
    """Say from the tables above whether ``who`` may do it."""
    if told and act not in AFTER_TELLING:
        return False
    if who == "office":
        return state in OFFICE_MAY[act]
    if act == A.NOTE:
        return who in ("own", "colleague", "assistant", "leader")
    if who in ("own", "assistant"):
        return state in OF_RAISER.get(act, ())
    return who == "colleague" and act == A.TELL and state in OF_RAISER[act]


PEOPLE = ["office", "leader", "admin", "own", "assistant", "colleague", "stranger"]


@pytest.fixture
def people():
    """Give one user for each relation to the petition, and the petition's assignment."""
    held = make_assignment(make_officer(user=make_user(Role.OFFICER)))
    colleague = make_officer(user=make_user(Role.OFFICER))
    make_assignment(colleague, held.commune, role="support")
    assistant = make_user(Role.ASSISTANT)
    held.officer.assistants.add(assistant)
    stranger = make_assignment(make_officer(user=make_user(Role.OFFICER))).officer
    return held, {
        "office": make_user(Role.OFFICE),
        "leader": make_user(Role.LEADER),
        "admin": make_user(Role.ADMIN),
        "own": held.officer.user,
        "assistant": assistant,
        "colleague": colleague.user,
        "stranger": stranger.user,
    }


def standing(held, state, told, matter=None):
    return bring(make_petition(held.commune, held.officer, matter=matter), state, told=told)


@pytest.mark.parametrize(("state", "told"), STANDS)
def test_what_is_offered_is_what_the_table_says(people, state, told):
    held, users = people
    petition = standing(held, state, told, make_matter())
    for who, user in users.items():
        lawful = tuple(act for act in PETITION_MOVES if is_lawful(who, act, state, told))
        assert acts_open_to(petition, user) == lawful, who
        for act in PETITION_MOVES:
            assert bool(why_not(petition, act, user)) == (act not in lawful), (who, act)


@pytest.mark.parametrize("act", PETITION_MOVES)
@pytest.mark.parametrize(("state", "told"), STANDS)
def test_the_services_keep_to_the_table(people, act, state, told):
    """A posted form that no page offered gets the sentence; then nothing was written."""
    held, users = people
    for who, user in users.items():
        petition = standing(held, state, told, make_matter())
        if is_lawful(who, act, state, told) and not (act == A.WITHDRAW and petition.legs.exists()):
            DO[act](petition, user, DAY)
            check_done(petition, act, state, told)
        else:
            check_refused(petition, act, user)


def check_done(petition, act, state, told) -> None:
    before = petition.edition
    petition.refresh_from_db()
    event = petition.events.order_by("pk").last()
    assert (event.act, event.state, event.is_closed) == (act, petition.state, petition.is_closed)
    assert petition.state == LEADS_TO.get(act, state)
    assert petition.is_closed == (act == A.TELL or (told and act != A.REOPEN))
    assert petition.edition == before + 1


def check_refused(petition, act, user) -> None:
    events = PetitionEvent.objects.filter(petition=petition).count()
    with pytest.raises((ValidationError, RowErrors)) as refused:
        DO[act](petition, user, DAY)
    said = getattr(refused.value, "messages", None) or refused.value.errors[0]
    assert said == [why_not(petition, act, user)]
    edition = petition.edition
    petition.refresh_from_db()
    assert (petition.edition, petition.events.count()) == (edition, events)


@pytest.mark.parametrize("outcome", AnswerOutcome)
def test_officers_settle_on_the_spot_in_two_ways_only(people, outcome):
    held, users = people
    petition = standing(held, S.NEW, False)
    if outcome in (AnswerOutcome.RESOLVED, AnswerOutcome.ANSWERED):
        answer(petition, users["own"], outcome=outcome)
        petition.refresh_from_db()
        assert petition.state == outcome
    else:
        with pytest.raises(ValidationError, match="do Văn phòng"):
            answer(petition, users["own"], outcome=outcome)


def test_the_sentences_name_the_petition_the_state_and_the_act(people):
    held, users = people
    petition = standing(held, S.RESOLVED, True)
    said = why_not(petition, A.ROUTE, users["office"])
    assert petition.code in said
    assert "“Đã giải quyết”" in said
    assert "“Chuyển xử lý”" in said
    said = why_not(petition, A.TELL, users["office"])
    assert "09/05/2023" in said
    assert "mở lại" in said
