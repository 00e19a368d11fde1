"""Petitions brought into a state by the services, and acts done on them, for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from reports.enums import AnswerOutcome, PetitionAct, PetitionState
from reports.models import CompetentBody, Petition, PetitionAnswer
from reports.petitions import (
    AnswerFacts,
    PetitionFacts,
    Route,
    add_note,
    amend_petition,
    answer_petitions,
    extend_petition,
    group_petitions,
    mark_duplicate,
    note_progress,
    reopen_petition,
    route_petitions,
    tell_commune,
    ungroup_petition,
    withdraw_petition,
)
from tests.factories import DAY, make_body, make_matter, make_petition, make_user

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(17)))


def day(number: int) -> dt.date:
    """Give the day ``number`` days after :data:`DAY`."""
    return DAY + dt.timedelta(days=number)


def at(on: dt.date) -> dt.datetime:
    """Give five in the afternoon of a day."""
    return timezone.make_aware(dt.datetime.combine(on, dt.time(17)))


def moment(on: dt.date) -> dict[str, object]:
    return {"on": on, "now": at(on)}


def route(
    petition: Petition, by: User, on: dt.date = DAY, body: CompetentBody | None = None, **terms
) -> Petition:
    """Send one petition to a body."""
    [sent] = route_petitions(
        petitions=[petition], route=Route(body or make_body(), on, **terms), by=by, now=at(on)
    )
    return sent


def answer(
    petition: Petition,
    by: User,
    on: dt.date = DAY,
    outcome: AnswerOutcome = AnswerOutcome.RESOLVED,
    now: dt.datetime | None = None,
    **facts,
) -> PetitionAnswer:
    """Answer one petition, with what the outcome asks for."""
    needed = {}
    if outcome == AnswerOutcome.UNDER_RESOURCED:
        needed["roadmap_on"] = on + dt.timedelta(days=365)
    if outcome == AnswerOutcome.OUT_OF_COMPETENCE:
        needed["competent_body"] = make_body()
    return answer_petitions(
        petitions=[petition],
        facts=AnswerFacts(outcome, on, **{"content": "Đã lắp xong"} | needed | facts),
        files=[],
        by=by,
        now=now or at(on),
    )


def amend(petition: Petition, by: User, on: dt.date) -> Petition:
    said = PetitionFacts.of(petition)
    facts = PetitionFacts(**vars(said) | {"content": f"{said.content}, ấp 4"})
    return amend_petition(
        petition=petition, facts=facts, reason="", edition=None, by=by, now=at(on)
    )


def progress(act: PetitionAct) -> Callable:
    def noted(petition: Petition, by: User, on: dt.date) -> Petition:
        return note_progress(petition=petition, act=act, note="", edition=None, by=by, **moment(on))

    return noted


def extend(
    petition: Petition, by: User, on: dt.date, due_on: dt.date | None = None, **terms
) -> Petition:
    """Give the leading body until ``due_on``, or ten days more."""
    leg = petition.legs.leading().filter(ended_on=None).first()
    due_on = due_on or max(on, leg.due_on if leg else on) + dt.timedelta(days=10)
    terms = {"note": "Chờ khảo sát", "edition": None} | terms
    return extend_petition(petition=petition, due_on=due_on, by=by, now=at(on), **terms)


def words(act: Callable, note: str) -> Callable:
    """Give ``act`` with a day, an edition and words."""

    def done(petition: Petition, by: User, on: dt.date) -> Petition:
        return act(petition=petition, note=note, edition=None, by=by, **moment(on))

    return done


def repeat(petition: Petition, by: User, on: dt.date) -> Petition:
    other = make_petition()
    return mark_duplicate(petition=petition, of=other, note="", edition=None, by=by, **moment(on))


def settle_main(petition: Petition, by: User, on: dt.date) -> None:
    """Answer what the petition repeats, where that is open: then there is something to tell."""
    petition.refresh_from_db()
    if petition.duplicate_of and petition.duplicate_of.is_open:
        answer(petition.duplicate_of, by, on)


def tell(petition: Petition, by: User, on: dt.date) -> Petition:
    settle_main(petition, by, on)
    return words(tell_commune, "Gọi cho đồng chí Bí thư")(petition, by, on)


# One lawful way of doing each act.
DO: dict[PetitionAct, Callable[[Petition, User, dt.date], object]] = {
    PetitionAct.AMEND: amend,
    PetitionAct.ROUTE: route,
    PetitionAct.EXTEND: extend,
    PetitionAct.CONSIDER: progress(PetitionAct.CONSIDER),
    PetitionAct.START: progress(PetitionAct.START),
    PetitionAct.ANSWER: answer,
    PetitionAct.MARK_DUPLICATE: repeat,
    PetitionAct.TELL: tell,
    PetitionAct.REOPEN: words(reopen_petition, "Xã chưa đồng ý"),
    PetitionAct.GROUP: lambda petition, by, on: group_petitions(
        petitions=[petition], matter=make_matter(), by=by, now=at(on)
    ),
    PetitionAct.UNGROUP: lambda petition, by, on: ungroup_petition(
        petition=petition, note="", by=by, now=at(on)
    ),
    PetitionAct.NOTE: lambda petition, by, on: add_note(
        petition=petition, note="Đã gọi nhắc", by=by, now=at(on)
    ),
    PetitionAct.WITHDRAW: lambda petition, by, on: withdraw_petition(
        petition=petition, reason="Ghi nhầm", edition=None, by=by, now=at(on)
    ),
}
# How the office brings a new petition into each state.
WAY_TO: dict[PetitionState, tuple[Callable, ...]] = {
    PetitionState.NEW: (),
    PetitionState.ROUTED: (route,),
    PetitionState.CONSIDERING: (route, DO[PetitionAct.CONSIDER]),
    PetitionState.IN_PROGRESS: (route, DO[PetitionAct.START]),
    PetitionState.DUPLICATE: (repeat, settle_main),
    **{
        PetitionState(outcome): (
            route,
            lambda petition, by, on, outcome=outcome: answer(petition, by, on, outcome),
        )
        for outcome in AnswerOutcome
    },
}


def bring(petition: Petition, state: PetitionState, *, told: bool = False) -> Petition:
    """Bring a new petition into ``state`` on :data:`DAY`."""
    office = make_user()
    for step in (*WAY_TO[state], *([DO[PetitionAct.TELL]] if told else [])):
        step(petition, office, DAY)
    petition.refresh_from_db()
    return petition
