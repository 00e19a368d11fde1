"""Goings to the base written as visits, attendances and notes, with the log of entering them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from accounts import audit
from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from assignments.demo.days import DAY, moment
from assignments.demo.going import Going
from assignments.demo.log import entries, write_log
from assignments.demo.stage import Stage
from assignments.demo.telling import Teller
from assignments.models import Attendance, MassOrganisationNote, Officer, Visit
from assignments.visits import Account

# Days between going and entering, and how often: the same evening, a week later, much later.
DELAYS = ((range(1), 62), (range(1, 2), 16), (range(2, 7), 13), (range(7, 36), 9))
BY_ASSISTANT = 0.4  # of what the shown officer did lately
LATELY = dt.timedelta(days=200)
SETTLED = dt.timedelta(days=15)  # what an assistant entered longer ago has been confirmed


@dataclass
class Written:
    """The rows of all goings, in the order of days."""

    visits: list[Visit]
    attendances: list[Attendance]
    notes: list[MassOrganisationNote]


@dataclass(frozen=True)
class Clerk:
    """Says who entered what, and when."""

    stage: Stage
    rng: Random

    def author(self, going: Going, officer: Officer) -> User:
        """Give who entered a going for an officer."""
        age = self.stage.day - going.day
        if officer is self.stage.shown and not going.mistake:
            is_settled = SETTLED < age < LATELY
            if going.waits or (is_settled and self.rng.random() < BY_ASSISTANT):
                return self.stage.users[Role.ASSISTANT]
        return self.stage.author(officer)

    def entered_at(self, day: dt.date) -> dt.datetime:
        """Give when something of ``day`` was entered: that evening, or some days late."""
        [delays] = self.rng.choices(*zip(*DELAYS, strict=True))
        delay = self.rng.choice(delays)
        late = moment(day + delay * DAY, self.time(7, 20))
        evening = moment(day, self.time(16, 21))
        return late if delay and late < self.stage.now else evening

    def time(self, first_hour: int, last_hour: int) -> dt.time:
        rng = self.rng
        return dt.time(rng.randint(first_hour, last_hour), rng.randint(0, 59), rng.randint(0, 59))

    def later(self, than: dt.datetime, days: int) -> dt.datetime:
        """Give a moment up to so many days later."""
        delay = self.rng.randint(0, days)
        if delay == 0:
            return self.stage.before(than + dt.timedelta(minutes=self.rng.randint(20, 90)))
        return self.stage.before(moment(than.date() + delay * DAY, self.time(7, 20)))

    def attendance(self, going: Going, officer: Officer, visit: Visit) -> Attendance:
        """Enter that an officer was there; what an assistant entered is confirmed later, or not."""
        by, at = self.author(going, officer), self.entered_at(going.day)
        row = Attendance(
            visit=visit,
            officer=officer,
            entry_key=uuid.UUID(int=self.rng.getrandbits(128), version=4),
            entered_by=by,
            entered_at=at,
        )
        if by.role != Role.ASSISTANT:
            row.confirmed_at, row.confirmed_by = at, by
        elif not going.waits:
            row.confirmed_at, row.confirmed_by = self.later(at, 5), self.stage.author(officer)
        if going.mistake:
            row.withdrawn_at, row.withdrawn_by = self.later(at, 3), by
            row.withdrawal_reason = going.mistake
        return row


def invent_visits(stage: Stage, goings: Iterable[Going]) -> Written:
    """Give the rows of ``goings``, unsaved; they must come in the order of days."""
    clerk, teller = Clerk(stage, stage.random("entering")), Teller(stage)
    written = Written([], [], [])
    for going in goings:
        visit = event(going)
        for place, officer in enumerate(going.officers):
            row = clerk.attendance(going, officer, visit)
            account = teller.account(going, is_first=place == 0)
            for name in Account.columns():
                setattr(row, name, getattr(account, name))
            written.attendances.append(row)
            written.notes += notes_of(row, account)
            if place == 0:
                visit.entered_by, visit.entered_at = row.entered_by, row.entered_at
        written.visits.append(visit)
    return written


def event(going: Going) -> Visit:
    return Visit(
        commune=going.commune,
        visited_on=going.day,
        kind=going.kind,
        outcome=going.outcome,
        cell=going.cell,
        cell_name=going.cell_name,
    )


def notes_of(attendance: Attendance, account: Account) -> Iterator[MassOrganisationNote]:
    for organisation, text in account.organisations.items():
        yield MassOrganisationNote(attendance=attendance, organisation=organisation, note=text)


def write_visits(stage: Stage, goings: Iterable[Going]) -> Written:
    """Write the rows of ``goings`` and the log that the services would have left."""
    written = invent_visits(stage, goings)
    Visit.objects.bulk_create(written.visits)
    Attendance.objects.bulk_create(written.attendances)
    MassOrganisationNote.objects.bulk_create(written.notes)
    write_log(events(written))
    return written


def events(written: Written) -> Iterator[AuditEvent]:
    """Give the log rows of entering, confirming and taking back."""
    yield from entries(written.visits)
    for row in written.attendances:
        by, at = row.entered_by, row.entered_at
        yield audit.event(Verb.CREATE, row, by=by, at=at, after=told(row))
        if row.confirmed_by is not None and row.confirmed_by is not by:
            yield audit.event(Verb.CONFIRM, row, by=row.confirmed_by, at=row.confirmed_at)
        if row.is_withdrawn:
            yield audit.event(
                Verb.WITHDRAW,
                row,
                by=row.withdrawn_by,
                at=row.withdrawn_at,
                reason=row.withdrawal_reason,
            )


def told(row: Attendance) -> dict[str, object]:
    """Give what the log keeps of entering an attendance."""
    is_confirmed = row.confirmed_by is row.entered_by
    return {
        **audit.snapshot(row),
        "xác nhận": "đã xác nhận" if is_confirmed else "chờ xác nhận",
    }
