"""Who knows what after communes were merged or divided: as of one commune, over all it came of."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

import pytest

from accounts import clock
from accounts.enums import Role
from accounts.models import User
from assignments.enums import AssignmentRole
from assignments.models import (
    Assignment,
    Decision,
    FollowUp,
    MeetingNotice,
    Officer,
    Visit,
    VisitPlan,
)
from assignments.open_units import communes_open_to
from communes.models import Commune
from tests.factories import (
    make_assignment,
    make_commune,
    make_division,
    make_follow_up,
    make_merger,
    make_notice,
    make_officer,
    make_plan,
    make_user,
    make_visit,
)

MERGED = dt.date(2024, 9, 1)
BEFORE, AFTER = MERGED - dt.timedelta(days=30), MERGED + dt.timedelta(days=30)

pytestmark = pytest.mark.django_db


def make_follower(*held: tuple[Commune, dict], name: str = "Lê Văn Bình") -> User:
    """Make the user of an officer with these assignments."""
    user = make_user(Role.OFFICER)
    officer = make_officer(name, user=user)
    for commune, fields in held:
        make_assignment(officer, commune, **fields)
    return user


def seen(user: User) -> set[Commune]:
    """Give the communes of the visits a user sees, each of which has one before the merger."""
    return {visit.commune for visit in Visit.objects.visible_to(user).select_related("commune")}


class TestMerger:
    """Two communes become one."""

    @pytest.fixture
    def old(self):
        return [make_commune("Kế An"), make_commune("Kế Thành")]

    @pytest.fixture
    def new(self, old):
        for unit in old:
            make_visit(unit, visited_on=BEFORE)
        new = make_merger(*old, name="Kế Mới", on=MERGED)
        make_visit(new, visited_on=AFTER)
        return new

    def test_who_follows_the_new_unit_knows_the_past_of_both(self, old, new):
        heir = make_follower((new, {"started_on": MERGED}))
        assert seen(heir) == {*old, new}

    def test_an_assistant_knows_as_much(self, old, new):
        heir = make_follower((new, {"started_on": MERGED}))
        assistant = make_user(Role.ASSISTANT)
        heir.officer.assistants.add(assistant)
        assert seen(assistant) == {*old, new}

    def test_who_ended_with_an_old_unit_keeps_that_and_learns_nothing_more(self, old, new):
        gone = make_follower((old[0], {"ended_on": MERGED}))
        assert seen(gone) == {old[0]}

    def test_who_left_before_the_merger_does_not_know_the_last_days(self, old, new):
        left = make_follower((old[0], {"ended_on": BEFORE}))
        assert seen(left) == set()

    def test_who_left_the_new_unit_keeps_what_went_before(self, old, new):
        left = make_follower((new, {"started_on": MERGED, "ended_on": AFTER}))
        assert seen(left) == set(old)

    def test_a_colleague_of_another_new_unit_sees_nothing(self, old, new):
        elsewhere = make_merger(make_commune(), make_commune(), on=MERGED)
        assert seen(make_follower((elsewhere, {"started_on": MERGED}))) == set()

    def test_every_kind_of_record_is_known_alike(self, old, new):
        heir = make_follower((new, {"started_on": MERGED}))
        stranger = make_follower((make_commune(), {}))
        former = make_assignment(make_officer("Trần Văn Cũ"), old[0], ended_on=MERGED)
        records = [
            make_plan(former.officer, old[0], planned_on=BEFORE),
            make_notice(old[0], held_on=BEFORE),
            make_follow_up(commune=old[0], noted_on=BEFORE),
            former,
            former.officer,
            former.opening_decision,
        ]
        for record in records:
            rows = type(record).objects
            assert rows.visible_to(heir).filter(pk=record.pk).exists(), record
            assert not rows.visible_to(stranger).filter(pk=record.pk).exists(), record
        assert {type(one) for one in records} == {
            VisitPlan,
            MeetingNotice,
            FollowUp,
            Assignment,
            Officer,
            Decision,
        }

    def test_pages_of_old_units_stay_open_to_the_heir(self, old, new):
        heir = make_follower((new, {"started_on": MERGED}))
        gone = make_follower((old[0], {"ended_on": MERGED}))
        office = make_user(Role.OFFICE)
        assert set(communes_open_to(heir, AFTER)) == {*old, new}
        assert set(communes_open_to(gone, AFTER)) == set()
        assert set(communes_open_to(gone, BEFORE)) == {old[0]}
        assert set(communes_open_to(office, AFTER)) == {*old, new}
        assert set(communes_open_to(office, BEFORE)) == set(old)


def test_both_heirs_of_a_divided_unit_know_its_past():
    old = make_commune("Long Phú")
    make_visit(old, visited_on=BEFORE)
    parts = make_division(old, "Long Phú Đông", "Long Phú Tây", on=MERGED)
    for part in parts:
        make_visit(part, visited_on=AFTER)
    for part in parts:
        heir = make_follower((part, {"started_on": MERGED}))
        assert seen(heir) == {old, part}
        assert set(communes_open_to(heir, AFTER)) == {old, part}


def test_over_a_chain_the_last_unit_knows_all_and_nobody_beside():
    first, second = make_commune("Chín"), make_commune("Một")
    middle = make_merger(first, second, name="Một mới", on=MERGED)
    beside = make_commune("Hai")
    for unit in (first, middle, beside):
        make_visit(unit, visited_on=BEFORE if unit == first else AFTER)
    last = make_merger(middle, beside, name="Phú Lợi", on=dt.date(2025, 7, 1))
    assert seen(make_follower((last, {"started_on": dt.date(2025, 7, 1)}))) == {
        first,
        middle,
        beside,
    }
    assert seen(make_follower((beside, {"ended_on": dt.date(2025, 7, 1)}))) == {beside}


def test_nothing_is_seen_through_a_merger_entered_ahead_of_its_day(monkeypatch):
    old = make_commune()
    make_visit(old, visited_on=BEFORE)
    new = make_merger(old, on=MERGED)
    heir = make_follower((new, {"started_on": MERGED}))
    monkeypatch.setattr(clock, "today", lambda: MERGED - dt.timedelta(days=1))
    assert seen(heir) == set()
    assert old not in communes_open_to(heir, AFTER)
    monkeypatch.setattr(clock, "today", lambda: MERGED)
    assert seen(heir) == {old}
    assert old in communes_open_to(heir, AFTER)


# --- against a naive model -----------------------------------------------------------------------

FIRST, TODAY = dt.date(2022, 1, 1), dt.date(2026, 1, 1)
EVENTS = [dt.date(2023, 5, 1), dt.date(2024, 9, 1), dt.date(2027, 1, 1)]  # the last lies ahead


@dataclass
class World:
    """Random units, mergers and divisions, and who followed what: remembered plainly."""

    dice: random.Random
    units: list[Commune] = field(default_factory=list)
    edges: list[tuple[dt.date, int, int]] = field(default_factory=list)
    held: list[Assignment] = field(default_factory=list)

    def rearrange(self, on: dt.date) -> None:
        there = [unit for unit in self.units if unit.dissolved_on is None]
        self.dice.shuffle(there)
        merged, divided = there[:2], there[2]
        new = make_merger(*merged, name=f"Gộp {on}", on=on)
        self.edges += [(on, unit.pk, new.pk) for unit in merged]
        parts = make_division(divided, f"Đông {on}", f"Tây {on}", on=on)
        self.edges += [(on, divided.pk, part.pk) for part in parts]
        self.units += [new, *parts]

    def day(self, since: dt.date = FIRST, until: dt.date = dt.date(2028, 1, 1)) -> dt.date:
        return since + dt.timedelta(days=self.dice.randrange((until - since).days))

    def follow(self, officer: Officer, unit: Commune) -> None:
        since = max(self.day(), unit.established_on or FIRST)
        if unit.dissolved_on and since >= unit.dissolved_on:
            return
        end = self.dice.choice([None, since + dt.timedelta(days=self.dice.randrange(1, 900))])
        end = min(filter(None, (end, unit.dissolved_on)), default=None)
        row = make_assignment(
            officer, unit, started_on=since, ended_on=end, role=AssignmentRole.SUPPORT
        )
        self.held.append(row)

    def ways(self, old: int, new: int) -> bool:
        """Say whether ``new`` came of ``old``, in any number of steps, by today."""
        return any(
            start == old and (end == new or self.ways(end, new))
            for day, start, end in self.edges
            if day <= TODAY
        )

    def knows(self, officer: Officer, unit: int, day: dt.date) -> bool:
        return any(
            row.officer_id == officer.pk
            and (row.commune_id == unit or self.ways(unit, row.commune_id))
            and (row.ended_on is None or day < row.ended_on)
            for row in self.held
        )


@pytest.mark.parametrize("seed", range(8))
def test_what_is_seen_is_what_a_naive_model_says(seed, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    world = World(random.Random(seed))
    world.units = [make_commune() for _ in range(8)]
    for on in EVENTS:
        world.rearrange(on)
    users = [make_user(Role.OFFICER) for _ in range(5)]
    officers = [make_officer(f"Người {user.pk}", user=user) for user in users]
    for officer in officers:
        for unit in world.dice.sample(world.units, 4):
            world.follow(officer, unit)
    visits = [make_visit(unit, visited_on=world.day()) for unit in world.units for _ in range(3)]
    for user, officer in zip(users, officers, strict=True):
        expected = {
            one.pk for one in visits if world.knows(officer, one.commune_id, one.visited_on)
        }
        assert set(Visit.objects.visible_to(user).values_list("pk", flat=True)) == expected
        rows = {
            row.pk for row in world.held if world.knows(officer, row.commune_id, row.started_on)
        }
        assert set(Assignment.objects.visible_to(user).values_list("pk", flat=True)) == rows
