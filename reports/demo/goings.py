"""When officers went: for duties that were done, for what was put off, of their own accord."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from assignments.demo.days import DAY, SATURDAY, days_between, is_working
from assignments.demo.going import Going
from assignments.demo.stage import Stage
from assignments.enums import AssignmentRole, DutyKind, VisitKind, VisitOutcome
from assignments.models import Officer
from communes.enums import CellKind
from communes.models import Commune, PartyCell
from reports.demo.fates import Fate, Manner
from reports.duties.records import Held

# How much likelier a day of a quarter's last weeks is; a weekend's, where people meet then.
LAST_WEEKS, HURRY = dt.timedelta(days=28), 1.5
WEEKEND = {VisitKind.CELL_MEETING: 0.2, VisitKind.LOCAL_ACTIVITY: 0.6, VisitKind.MASS_ACTIVITY: 0.4}
EARLY = 0.25  # of officers do what is asked in the first half of a quarter
PUT_OFF = 0.06  # of what was done, at the second attempt
PUT_OFF_FOR_GOOD = 0.35  # of what was explained
# How often, in a quarter and commune, one goes without having to.
MORE = {
    Manner.KEEN: {
        VisitKind.COMMITTEE_MEETING: 0.25,
        VisitKind.FIELD_VISIT: 0.5,
        VisitKind.LOCAL_ACTIVITY: 0.7,
        VisitKind.MASS_ACTIVITY: 0.5,
    },
    Manner.REGULAR: {
        VisitKind.FIELD_VISIT: 0.12,
        VisitKind.LOCAL_ACTIVITY: 0.3,
        VisitKind.MASS_ACTIVITY: 0.2,
    },
    Manner.NEVER: {VisitKind.FIELD_VISIT: 0.1, VisitKind.LOCAL_ACTIVITY: 0.2},
    Manner.RARE: {VisitKind.LOCAL_ACTIVITY: 0.06},
}
NEW_TO_IT = 0.45  # of those who owe nothing yet go all the same
JOINED = 0.8  # of the visits to a commune in which a second officer takes part
IN_OFFICE_CELL = 0.15  # of the cell meetings
IN_HAMLET = {
    VisitKind.FIELD_VISIT: 0.35,
    VisitKind.LOCAL_ACTIVITY: 0.5,
    VisitKind.MASS_ACTIVITY: 0.5,
}
NOT_LISTED = 0.02  # of the cell meetings: the list lacks the cell
UNLISTED_CELLS = ("Chi bộ Hợp tác xã", "Chi bộ doanh nghiệp", "Chi bộ chợ")
MISTAKES = ("Ghi nhầm ngày, đã ghi lại ở chuyến đi khác.", "Ghi trùng: chuyến đi này đã ghi trước.")


@dataclass(frozen=True)
class Season:
    """The days on which one may go in a stretch, and how likely each is for a kind of visit."""

    days: list[dt.date]
    weights: list[float]

    @property
    def first_half(self) -> Season:
        """Give the first half; all of it when nobody may go in that."""
        half = len(self.days) // 2
        is_open = any(self.weights[:half])
        return Season(self.days[:half], self.weights[:half]) if is_open else self

    def draw(self, rng: Random, number: int) -> list[dt.date]:
        """Give so many different days, in order; fewer when there are not so many."""
        chosen: dict[dt.date, None] = {}
        for _ in range(4 * number if self.days else 0):
            if len(chosen) < number:
                chosen[rng.choices(self.days, self.weights)[0]] = None
        return sorted(chosen)


def weight(day: dt.date, kind: str, until: dt.date) -> float:
    """Say how likely somebody goes on ``day`` of a period that ends with ``until``."""
    hurry = HURRY if until - day <= LAST_WEEKS else 1.0
    if is_working(day):
        return hurry
    return hurry * WEEKEND.get(kind, 0) if day.weekday() >= SATURDAY else 0


def whose(fate: Fate, kind: str) -> tuple:
    """Name the duty of a kind beside a fate: of the same officer, commune and period."""
    return fate.line.officer_id, fate.line.commune_id, fate.line.period.pk, str(kind)


@cache
def season_of(since: dt.date, until: dt.date, kind: VisitKind) -> Season:
    """Give a whole period's days for a kind of visit."""
    days = days_between(since, until)
    return Season(days, [weight(day, kind, until) for day in days])


class Calendar:
    """Invents goings: knows who answered for what when, and which cell's turn it is."""

    def __init__(self, stage: Stage, held: Held):
        self.stage, self.held = stage, held
        self.rng = stage.random("goings")
        self.officers = {officer.pk: officer for officer in stage.world.officers}
        self.communes = {commune.pk: commune for commune in stage.communes}
        self.turns: dict[int, int] = defaultdict(int)
        self.is_early: dict[tuple[int, int], bool] = {}

    def season(self, fate: Fate, kind: VisitKind) -> Season:
        """Give the days of a duty's period on which its officer answered for the commune."""
        period = fate.line.period
        whole = season_of(period.started_on, period.ended_on, kind)
        days, weights = [], []
        for since, until in self.held[fate.line.officer_id, fate.line.commune_id]:
            first = max(0, (since - period.started_on).days)
            last = max(0, (min(until, period.ended_on) - period.started_on).days)
            days += whole.days[first:last]
            weights += whole.weights[first:last]
        return Season(days, weights) if any(weights) else Season([], [])

    def of_fates(self, fates: Sequence[Fate]) -> Iterator[Going]:
        """Give the goings of duties, and those beside them; some lie after the world's day."""
        short = {whose(fate, fate.line.duty.kind) for fate in fates if fate.done < fate.line.due}
        for fate in fates:
            yield from self.of_duty(fate)
            if fate.line.duty.kind == DutyKind.COMMITTEE_MEETING:
                yield from self.beside(fate, short) if fate.line.due else self.first_look(fate)

    def of_duty(self, fate: Fate) -> Iterator[Going]:
        kind = VisitKind(fate.line.duty.kind)
        season = self.season(fate, kind)
        for day in self.pace(fate, season).draw(self.rng, fate.done):
            earlier = day - self.rng.randint(4, 15) * DAY
            if self.rng.random() < PUT_OFF and earlier in season.days and is_working(earlier):
                yield self.going(fate, earlier, kind, VisitOutcome.POSTPONED)
            yield self.going(fate, day, kind)
        if fate.explained and self.rng.random() < PUT_OFF_FOR_GOOD:
            for day in season.draw(self.rng, 1):
                yield self.going(fate, day, kind, VisitOutcome.POSTPONED)

    def pace(self, fate: Fate, season: Season) -> Season:
        """Narrow a season to its first half for who does everything early this time."""
        key = fate.line.officer_id, fate.line.period.pk
        if key not in self.is_early:
            self.is_early[key] = self.rng.random() < EARLY
        return season.first_half if self.is_early[key] else season

    def beside(self, fate: Fate, short: set[tuple]) -> Iterator[Going]:
        """Give what an officer did in a quarter and commune beyond what was asked.

        Nothing of a kind of which they fell ``short``: it would make up for that.
        """
        for kind, chance in MORE[fate.manner].items():
            if self.rng.random() < chance and whose(fate, kind) not in short:
                for day in self.season(fate, kind).draw(self.rng, 1):
                    yield self.going(fate, day, kind)

    def first_look(self, fate: Fate) -> Iterator[Going]:
        """Give the visit of who has just come to a commune and owes nothing yet."""
        if self.rng.random() < NEW_TO_IT:
            kind = VisitKind.FIELD_VISIT
            for day in self.season(fate, kind).draw(self.rng, 1):
                yield self.going(fate, day, kind)

    def going(
        self, fate: Fate, day: dt.date, kind: VisitKind, outcome: VisitOutcome = VisitOutcome.HELD
    ) -> Going:
        commune = self.communes[fate.line.commune_id]
        officer = self.officers[fate.line.officer_id]
        return self.to(commune, day, kind, self.party(commune, officer, day), outcome)

    def to(
        self,
        commune: Commune,
        day: dt.date,
        kind: VisitKind,
        officers: tuple[Officer, ...],
        outcome: VisitOutcome = VisitOutcome.HELD,
    ) -> Going:
        """Give a going to one of the commune's cells, where it is to a cell."""
        if kind == VisitKind.CELL_MEETING and self.rng.random() < NOT_LISTED:
            name = f"{self.rng.choice(UNLISTED_CELLS)} {commune.name_in_sentence}"
            return Going(day, commune, kind, officers, outcome, cell_name=name)
        return Going(day, commune, kind, officers, outcome, cell=self.cell(commune, day, kind))

    def cell(self, commune: Commune, day: dt.date, kind: VisitKind) -> PartyCell | None:
        """Give the cell whose turn it is: hamlets one after another, an office now and then."""
        if kind != VisitKind.CELL_MEETING and self.rng.random() >= IN_HAMLET.get(kind, 0):
            return None
        hamlets = self.stage.cells.hamlets(commune, day)
        if kind == VisitKind.CELL_MEETING and self.rng.random() < IN_OFFICE_CELL:
            existing = self.stage.cells.existing(commune, day)
            return self.rng.choice([cell for cell in existing if cell.kind == CellKind.OFFICE])
        self.turns[commune.pk] += 1
        return hamlets[self.turns[commune.pk] % len(hamlets)]

    def party(self, commune: Commune, officer: Officer, day: dt.date) -> tuple[Officer, ...]:
        """Give who went together: now and then with who takes part in following the commune."""
        helpers = [
            row.officer
            for row in self.stage.following(commune, day)
            if row.role == AssignmentRole.SUPPORT and row.officer is not officer
        ]
        return (officer, *(helper for helper in helpers if self.rng.random() < JOINED))

    def mistakes(self, goings: Sequence[Going]) -> Iterator[Going]:
        """Give two entries that were taken back, each beside a true one of lately."""
        true = [
            going
            for going in goings
            if len(going.officers) == 1
            and dt.timedelta(20) < self.stage.day - going.day < dt.timedelta(150)
            and going.officers[0] is not self.stage.shown
            and self.stage.answering(going.commune, going.day - DAY)
            is self.stage.answering(going.commune, going.day)
        ]
        for going, reason in zip(
            self.rng.sample(true, min(len(MISTAKES), len(true))), MISTAKES, strict=False
        ):
            yield replace(going, day=going.day - DAY, mistake=reason)


def in_order(goings: Iterable[Going], day: dt.date) -> list[Going]:
    """Give the goings before ``day`` by their day, without what would be entered twice."""

    def facts(going: Going) -> tuple:
        return going.day, going.commune.pk, going.kind, going.outcome, going.cell, going.mistake

    found = {facts(going): going for going in goings if going.day < day}
    return sorted(found.values(), key=lambda going: facts(going)[:4])
