"""One petition's life, lived in memory by the rules that the services keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from accounts.models import User
from assignments.demo.days import moment
from assignments.demo.stage import Stage
from reports.enums import PETITION_MOVES, LegRole, PetitionAct, PetitionState
from reports.models import (
    CompetentBody,
    Petition,
    PetitionAnswer,
    PetitionEvent,
    PetitionLeg,
    PetitionMatter,
)
from reports.petitions.events import MOVING

OFFICE_HOURS = (8, 16)
PAUSE = dt.timedelta(minutes=7)  # between two things done on one day


@dataclass(frozen=True)
class Sent:
    """To whom petitions go, by when, by which document."""

    body: CompetentBody
    on: dt.date
    due_on: dt.date
    reference: str
    note: str = ""
    coordinating: tuple[CompetentBody, ...] = ()


class Life:
    """A petition with its events and legs, unsaved."""

    def __init__(self, stage: Stage, rng: Random, petition: Petition):
        self.stage, self.rng, self.petition = stage, rng, petition
        self.events: list[PetitionEvent] = []
        self.legs: list[PetitionLeg] = []
        self.add(PetitionAct.RAISE, petition.raised_on, petition.entered_by)

    @property
    def office(self) -> User:
        return self.stage.office

    @property
    def teller(self) -> User:
        """Give who tells the commune, and enters what its officer says."""
        officer = self.petition.officer
        return self.stage.author(officer) if officer else self.office

    def at(self, day: dt.date) -> dt.datetime:
        """Give when something of ``day`` was entered: after what was entered before it."""
        hour = self.rng.randint(*OFFICE_HOURS)
        wanted = moment(day, dt.time(hour, self.rng.randint(0, 59)))
        if not self.events:
            return self.petition.entered_at
        return max(wanted, self.events[-1].happened_at + PAUSE)

    def add(self, act: PetitionAct, on: dt.date, by: User, **columns: object) -> PetitionEvent:
        """Add an event; the petition is as it stands after it."""
        if act in MOVING:
            for event in self.events:
                event.superseded_on = event.superseded_on or on
        event = PetitionEvent(
            petition=self.petition,
            act=act,
            state=self.petition.state,
            is_closed=self.petition.is_closed,
            happened_on=on,
            superseded_on=None if act in MOVING else on,
            happened_at=self.at(on),
            by=by,
            **columns,
        )
        self.events.append(event)
        self.petition.edition = len(self.events)
        return event

    def move(self, act: PetitionAct, on: dt.date, by: User, **columns: object) -> PetitionEvent:
        self.petition.state = PETITION_MOVES[act].target or self.petition.state
        return self.add(act, on, by, **columns)

    def route(self, sent: Sent) -> None:
        """Give it to a body, and to those beside it; who led until then has it no more."""
        self.end_legs(sent.on)
        event = self.move(PetitionAct.ROUTE, sent.on, self.office, body=sent.body, note=sent.note)
        roles = [(sent.body, LegRole.LEAD)]
        roles += [(body, LegRole.COORDINATING) for body in sent.coordinating]
        for body, role in roles:
            leg = PetitionLeg(
                petition=self.petition,
                body=body,
                role=role,
                started_on=sent.on,
                held_since=sent.on,
                due_on=sent.due_on,
                reference=sent.reference,
                entered_by=self.office,
                entered_at=event.happened_at,
            )
            self.legs.append(leg)

    def end_legs(self, on: dt.date) -> None:
        for leg in self.legs:
            leg.ended_on = leg.ended_on or on

    def join(self, matter: PetitionMatter, on: dt.date) -> None:
        self.petition.matter = matter
        self.move(PetitionAct.GROUP, on, self.office, note=matter.title)

    def progress(self, act: PetitionAct, on: dt.date, note: str) -> None:
        self.move(act, on, self.office, note=note)

    def answer(self, answer: PetitionAnswer) -> None:
        self.end_legs(answer.issued_on)
        self.petition.state = PetitionState(answer.outcome)
        by = answer.entered_by
        self.add(PetitionAct.ANSWER, answer.issued_on, by, body=answer.body, answer=answer)

    def repeat(self, main: Petition, on: dt.date, note: str) -> None:
        self.petition.duplicate_of = main
        self.move(PetitionAct.MARK_DUPLICATE, on, self.office, note=note)

    def tell(self, on: dt.date, note: str) -> None:
        self.petition.told_on = on
        self.add(PetitionAct.TELL, on, self.teller, note=note)

    def reopen(self, on: dt.date, note: str) -> None:
        self.petition.told_on = None
        self.move(PetitionAct.REOPEN, on, self.office, note=note)

    def say(self, act: PetitionAct, on: dt.date, by: User, note: str) -> None:
        """Add what changes nothing of how it stands."""
        self.add(act, on, by, note=note)

    def withdraw(self, on: dt.date, reason: str) -> None:
        event = self.add(PetitionAct.WITHDRAW, on, self.teller, note=reason)
        self.petition.withdrawn_at, self.petition.withdrawn_by = event.happened_at, self.teller
        self.petition.withdrawal_reason = reason


def in_order(lives: Iterable[Life]) -> list[Life]:
    """Put lives in the order in which they were entered, and number them within each year."""
    lives = sorted(lives, key=lambda life: (life.petition.entered_at, life.petition.content))
    last: dict[int, int] = {}
    for life in lives:
        year = life.petition.entered_at.year
        last[year] = last.get(year, 0) + 1
        life.petition.year, life.petition.number = year, last[year]
    return lives
