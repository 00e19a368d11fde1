"""Two years of an invented province: who was assigned, who left, who took over, who stands in.

As of the day: 95 officers ever assigned, 85 active, ten left; 109 communes, six without anybody.
On the first day all 95 were active and every commune had its officer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from assignments.demo.logins import random_for
from assignments.demo.people import invent_officers
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision, Officer
from communes.models import Commune

COMMUNES = 109
FIRST_NUMBER = 512
# Why the ten left, in the order of leaving; True: followed two communes.
DEPARTURES = (
    (EndReason.RETIRED, True),
    (EndReason.TRANSFERRED, True),
    (EndReason.RETIRED, False),
    (EndReason.DIED, False),
    (EndReason.TRANSFERRED, False),
    (EndReason.RETIRED, True),
    (EndReason.DISCIPLINED, False),
    (EndReason.TRANSFERRED, False),
    (EndReason.RESIGNED, False),
    (EndReason.RETIRED, False),
)
# The communes of the first departures found a successor; the six of the last five did not.
TAKEN_OVER_BY = 5
# The first two communes waited this long for theirs, under a temporary cover.
WAITING = dt.timedelta(days=38)
# Known ends ahead, in days, and why; the last has its successor already.
ENDINGS = ((19, EndReason.RETIRED), (47, EndReason.TRANSFERRED), (76, EndReason.RETIRED))
DAY = dt.timedelta(days=1)


def two_years_before(day: dt.date) -> dt.date:
    """Give the same day two years earlier (28 February for the 29th)."""
    if (day.month, day.day) == (2, 29):
        day -= DAY
    return day.replace(year=day.year - 2)


@dataclass
class World:
    """The rows of the invented province, unsaved, and who may still be given something to do."""

    day: dt.date
    signer: str
    rng: Random
    officers: list[Officer]
    decisions: list[Decision] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    free: list[Officer] = field(default_factory=list)

    @property
    def start(self) -> dt.date:
        return two_years_before(self.day)

    def decide(self, signed_on: dt.date, subject: str) -> Decision:
        """Sign a decision; its number comes when all are signed."""
        decision = Decision(signed_on=signed_on, signer=self.signer, subject=subject)
        self.decisions.append(decision)
        return decision

    def assign(
        self,
        officer: Officer,
        commune: Commune,
        on: dt.date,
        decision: Decision,
        role: AssignmentRole = AssignmentRole.MAIN,
        until: dt.date | None = None,
    ) -> Assignment:
        """Open an assignment; ``until`` is the known end of a temporary cover."""
        assignment = Assignment(
            officer=officer,
            commune=commune,
            role=role,
            started_on=on,
            ended_on=until,
            end_reason=EndReason.COVER_ENDED if until else "",
            opening_decision=decision,
        )
        self.assignments.append(assignment)
        return assignment

    def of(self, officer: Officer) -> list[Assignment]:
        return [assignment for assignment in self.assignments if assignment.officer is officer]

    def release(self, officer: Officer, on: dt.date, reason: EndReason) -> list[Assignment]:
        """Let an officer leave under a decision of their own; give the assignments that ended."""
        decision = self.decide(
            on - dt.timedelta(days=self.rng.randint(3, 12)),
            f"Về việc thôi phân công đối với đồng chí {officer.full_name}",
        )
        officer.left_on, officer.leave_reason = on, reason
        ended = self.of(officer)
        for assignment in ended:
            assignment.ended_on, assignment.end_reason = on, reason
            assignment.closing_decision = decision
        return ended

    def successor(self, commune: Commune) -> Officer:
        """Choose somebody with one commune, of the same district where there is one."""
        near = [
            officer
            for officer in self.free
            if self.of(officer)[0].commune.district_id == commune.district_id
        ]
        chosen = self.rng.choice(near or self.free)
        self.free.remove(chosen)
        return chosen


def invent_world(seed: int, day: dt.date, communes: Iterable[Commune], signer: str) -> World:
    """Invent the world as of ``day`` over ``communes`` (in the order of their districts)."""
    rng = random_for(seed, "world")
    officers = invent_officers(random_for(seed, "people"), day.year)
    world = World(day=day, signer=signer, rng=rng, officers=officers)
    singles, doubles = first_assignments(world, list(communes))
    # Nobody of the Standing Committee leaves: the ten come from the other two groups.
    leaving = {True: later_ranks(doubles), False: later_ranks(singles)}
    departing = [(leaving[two].pop(), reason) for reason, two in DEPARTURES]
    ending = [leaving[False].pop() for _ in ENDINGS]
    busy = [officer for officer, _ in departing] + ending
    world.free = [officer for officer in singles if officer not in busy]
    departures(world, departing)
    endings(world, ending)
    supports(world, doubles)
    number(world.decisions, rng)
    return world


def later_ranks(officers: list[Officer]) -> list[Officer]:
    return [officer for officer in officers if officer.protocol_rank > 13]


def first_assignments(world: World, communes: list[Commune]) -> tuple[list[Officer], list[Officer]]:
    """Assign every commune on the first day; give the officers with one and those with two."""
    decision = world.decide(
        world.start,
        "Về việc phân công cán bộ theo dõi, phụ trách Đảng bộ xã, phường, thị trấn",
    )
    pairs = [
        pair
        for pair in zip(communes[::2], communes[1::2], strict=False)
        if pair[0].district_id == pair[1].district_id
    ]
    twos = world.rng.sample(pairs, len(communes) - len(world.officers))
    paired = {commune.pk for pair in twos for commune in pair}
    loads = [(commune,) for commune in communes if commune.pk not in paired] + twos
    officers = shuffled(world.rng, world.officers)
    for officer, load in zip(officers, loads, strict=True):
        for commune in load:
            world.assign(officer, commune, world.start, decision)
    ones = len(loads) - len(twos)
    return shuffled(world.rng, officers[:ones]), shuffled(world.rng, officers[ones:])


def shuffled(rng: Random, officers: list[Officer]) -> list[Officer]:
    return rng.sample(officers, len(officers))


def departures(world: World, departing: list[tuple[Officer, EndReason]]) -> None:
    """Let the ten leave one after another; the first ones' communes find a successor."""
    span = (world.day - world.start).days
    days = sorted(world.rng.sample(range(120, span - 24, 7), len(departing)))
    for place, ((officer, reason), after) in enumerate(zip(departing, days, strict=True)):
        ended = world.release(officer, world.start + dt.timedelta(days=after), reason)
        if place == 0:
            waiting(world, ended)
        elif place < TAKEN_OVER_BY:
            for assignment in ended:
                world.assign(
                    world.successor(assignment.commune),
                    assignment.commune,
                    assignment.ended_on,
                    assignment.closing_decision,
                )


def waiting(world: World, ended: list[Assignment]) -> None:
    """Cover the communes for a while, and give them a successor under a later decision."""
    until = ended[0].ended_on + WAITING
    decision = world.decide(until - 5 * DAY, "Về việc điều chỉnh, bổ sung phân công cán bộ")
    for assignment in ended:
        standing_in = world.rng.choice(world.free)
        world.assign(
            standing_in,
            assignment.commune,
            assignment.ended_on,
            assignment.closing_decision,
            AssignmentRole.COVER,
            until,
        )
        world.free.remove(standing_in)
        world.assign(world.successor(assignment.commune), assignment.commune, until, decision)


def endings(world: World, ending: list[Officer]) -> None:
    """Give officers of today a known last day; the last one's successor is already named."""
    for officer, (days, reason) in zip(ending, ENDINGS, strict=True):
        ended = world.release(officer, world.day + dt.timedelta(days=days), reason)
        for assignment in ended:
            signed_on = world.day - dt.timedelta(days=world.rng.randint(2, 9))
            assignment.closing_decision.signed_on = signed_on
    last = ended[-1]
    world.assign(world.successor(last.commune), last.commune, last.ended_on, last.closing_decision)


def supports(world: World, doubles: list[Officer]) -> None:
    """Let a few take part in following a further commune, and one stand in for a while.

    None of it changes who is active or what is covered.
    """
    decision = world.decide(
        world.day - dt.timedelta(days=200), "Về việc tăng cường cán bộ tham gia theo dõi địa bàn"
    )
    helped = [officer for officer in doubles if officer.left_on is None]
    for officer in world.rng.sample(helped, 4):
        helper = world.free.pop()
        commune = world.of(officer)[0].commune
        world.assign(
            helper, commune, decision.signed_on + 3 * DAY, decision, AssignmentRole.SUPPORT
        )
    covered = world.of(world.free.pop())[0].commune
    absence = world.decide(
        world.day - dt.timedelta(days=40), "Về việc phân công phụ trách tạm thời"
    )
    world.assign(
        world.free.pop(),
        covered,
        absence.signed_on + 2 * DAY,
        absence,
        AssignmentRole.COVER,
        world.day + dt.timedelta(days=33),
    )


def number(decisions: list[Decision], rng: Random) -> None:
    """Put decisions in the order of signing and number them, as one sequence of a term."""
    decisions.sort(key=lambda decision: decision.signed_on)
    last = FIRST_NUMBER
    decisions[0].number = f"{last}-QĐ/TU"
    for earlier, decision in pairwise(decisions):
        days = (decision.signed_on - earlier.signed_on).days
        last += 1 + int(days * 0.9) + rng.randint(0, 3)
        decision.number = f"{last}-QĐ/TU"
