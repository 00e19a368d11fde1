"""What becomes of each duty: who is keen and who rarely goes, how much is done, what is excused."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random

from assignments.demo.stage import Stage
from assignments.enums import DutyKind, OfficerGroup
from reports.duties import DutyLine
from reports.models import Period


class Manner(Enum):
    """How readily an officer goes."""

    KEEN = "keen"
    REGULAR = "regular"
    RARE = "rare"
    NEVER = "never"  # to a cell, lately; otherwise like others


# How readily an officer's duty is the one that is missed.
MISSES = {Manner.KEEN: 0.1, Manner.REGULAR: 1.0, Manner.RARE: 4.5, Manner.NEVER: 1.0}
KEEN_ONES, RARE_ONES, NEVER_ONES = 18, 12, 3
NEVER_FOR = 2  # finished quarters


@dataclass(frozen=True)
class Shares:
    """Of what is due in a quarter, what is done, waived, explained; the rest is unexplained."""

    done: float
    waived: float
    explained: float


# Of the last finished quarter; before that somewhat less was done.
FINISHED = {
    DutyKind.COMMITTEE_MEETING: Shares(0.79, 0.037, 0.11),
    DutyKind.CELL_MEETING: Shares(0.785, 0.0275, 0.115),
    DutyKind.FIELD_VISIT: Shares(0.86, 0.02, 0.07),
}
FALL = 0.012  # each quarter further back
# Of the present quarter, once it will be over.
PRESENT = Shares(0.88, 0.02, 0.01)


@dataclass
class Fate:
    """What became of one line of the duty list."""

    line: DutyLine
    manner: Manner
    done: int
    waived: int = 0
    explained: int = 0

    @property
    def excused(self) -> int:
        return self.waived + self.explained

    @property
    def missing(self) -> int:
        """Give how often it was not done: nobody has said why."""
        return self.line.due - self.done - self.excused


@dataclass(frozen=True)
class Manners:
    """How each officer is; :data:`NEVER` ones are so in ``quarters`` only."""

    of_officer: dict[int, Manner]
    quarters: tuple[Period, ...]

    def of(self, line: DutyLine) -> Manner:
        """Give how the officer of a line is in its period."""
        manner = self.of_officer.get(line.officer_id, Manner.REGULAR)
        if manner is Manner.NEVER and line.period not in self.quarters:
            return Manner.RARE
        return manner

    def never(self, line: DutyLine) -> bool:
        return line.duty.kind == DutyKind.CELL_MEETING and self.of(line) is Manner.NEVER


def choose_manners(stage: Stage, lines: Sequence[DutyLine], quarters: Sequence[Period]) -> Manners:
    """Say how officers are; ``quarters`` are those begun by the day, oldest first."""
    rng = stage.random("manners")
    lately = tuple(quarters[-NEVER_FOR - 1 :])
    candidates = steady(stage, lines, lately)
    never = rng.sample(candidates, min(NEVER_ONES, len(candidates)))
    chosen = dict.fromkeys(never, Manner.NEVER) | {stage.shown.pk: Manner.KEEN}
    others = [officer.pk for officer in stage.world.officers if officer.pk not in chosen]
    drawn = rng.sample(others, KEEN_ONES + RARE_ONES)
    chosen |= dict.fromkeys(drawn[:KEEN_ONES], Manner.KEEN)
    chosen |= dict.fromkeys(drawn[KEEN_ONES:], Manner.RARE)
    return Manners(chosen, lately)


def steady(stage: Stage, lines: Iterable[DutyLine], quarters: Sequence[Period]) -> list[int]:
    """Give the officers who answered for one and the same commune throughout ``quarters``."""
    held: dict[int, Counter] = defaultdict(Counter)
    for line in lines:
        if line.duty.kind == DutyKind.CELL_MEETING and line.period in quarters:
            held[line.officer_id][line.commune_id] += line.days == line.period.days
    return [
        officer.pk
        for officer in stage.world.officers
        if list(held[officer.pk].values()) == [len(quarters)]
        and officer.group != OfficerGroup.STANDING_COMMITTEE
        and officer.left_on is None
        and officer is not stage.shown
    ]


def invent_fates(stage: Stage, lines: Sequence[DutyLine], quarters: Sequence[Period]) -> list[Fate]:
    """Say what became of each line of ``quarters``, oldest first; the last is the present one."""
    rng = stage.random("fates")
    manners = choose_manners(stage, lines, quarters)
    ages = {period: age for age, period in enumerate(reversed(quarters), start=-1)}
    order = sorted(lines, key=lambda line: (group(line), line.officer_id, line.commune_id))
    return [
        fate
        for (_, kind), members in itertools.groupby(order, key=group)
        for fate in of_group(rng, list(members), manners, kind, ages, stage.shown.pk)
    ]


def group(line: DutyLine) -> tuple:
    return line.period.started_on, line.duty.kind


def shares_of(kind: str, age: int) -> Shares:
    """Give the shares of a kind of duty in the quarter ``age`` before the last finished one."""
    if age < 0:
        return PRESENT
    base = FINISHED[kind]
    return Shares(base.done - FALL * age, base.waived, base.explained)


def of_group(
    rng: Random,
    lines: list[DutyLine],
    manners: Manners,
    kind: str,
    ages: dict[Period, int],
    shown: int,
) -> Iterator[Fate]:
    """Say what became of one kind of duty in one quarter."""
    shares = shares_of(kind, ages[lines[0].period])
    due = sum(line.due for line in lines)
    missed = choose_missed(rng, lines, manners, round(due * (1 - shares.done)), shown)
    fates = [Fate(line, manners.of(line), line.due - missed[line]) for line in lines]
    excuse(
        rng,
        [fate for fate in fates if fate.missing and not manners.never(fate.line)],
        round(due * shares.waived),
        round(due * shares.explained),
        whole_first=kind == DutyKind.CELL_MEETING,
    )
    yield from fates


def choose_missed(
    rng: Random, lines: list[DutyLine], manners: Manners, number: int, shown: int
) -> Counter:
    """Choose which ``number`` of what is due is missed: all that is of who never goes, first."""
    missed = Counter({line: line.due for line in lines if manners.never(line)})
    others = [line for line in lines if not missed[line] and line.officer_id != shown]
    slots = [line for line in others for _ in range(line.due)]
    drawn = [(rng.random() ** (1 / MISSES[manners.of(line)]), line) for line in slots]
    drawn.sort(key=lambda pair: -pair[0])
    missed.update(line for _, line in drawn[: max(0, number - missed.total())])
    return missed


def excuse(
    rng: Random, fates: list[Fate], waived: int, explained: int, *, whole_first: bool
) -> None:
    """Excuse so many of what was missed; who rarely goes comes last.

    With ``whole_first`` nobody who did nothing at all is left unexcused: that is for the few who
    never go.
    """

    def is_whole(fate: Fate) -> bool:
        return whole_first and fate.line.due > 1 and not fate.done

    places = {id(fate): rng.random() + (fate.manner is Manner.RARE) for fate in fates}
    for fate in sorted(fates, key=lambda fate: (not is_whole(fate), places[id(fate)])):
        if waived >= fate.missing:
            waived -= fate.missing
            fate.waived = fate.missing
        elif explained >= fate.missing or is_whole(fate):
            explained -= fate.missing
            fate.explained = fate.missing
