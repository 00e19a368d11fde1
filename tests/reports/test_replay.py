"""A random life of a province, replayed day by day by a model that knows only days.

Assigning, ending, handing over, covering, correcting, merging and undoing go through the services;
the model paints the days each of them means. After each sequence both must say the same of random
days: which units there are, who is in each, which have nobody, whose records stand under whom.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from assignments.correcting import Corrected, correct_assignment
from assignments.coverage import is_covered_on
from assignments.departures import cover
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Attendance, Decision, Officer
from assignments.services import assign, end_assignment, hand_over
from communes.enums import CommuneKind
from communes.lineage import Reading
from communes.models import Commune, Reorganisation
from communes.reorganisation.sheet import MappingRow, MappingSheet
from reports.look_ahead.gaps import counts
from reports.look_ahead.known import Known
from reports.reorganising.applying import apply_reorganisation
from reports.reorganising.drafts import Draft, choose
from reports.reorganising.seats import Fate
from reports.reorganising.undoing import undo_reorganisation
from tests.factories import (
    make_attendance,
    make_commune,
    make_decision,
    make_officer,
    make_user,
    make_visit,
)

ORIGIN = dt.date(2023, 1, 1)
LENGTH = 400  # days; what is open lasts until then
WORLDS, DAYS_EACH, ACTS_EACH = 20, 50, 45
Days = frozenset[int]


def at(number: int) -> dt.date:
    return ORIGIN + dt.timedelta(days=number)


def from_to(first: int, end: int) -> Days:
    return frozenset(range(first, max(first, min(end, LENGTH))))


@dataclass(frozen=True)
class Row:
    """An assignment as the model knows it: who, where, how, on which days."""

    officer: int
    unit: int
    role: str
    days: Days

    @property
    def end(self) -> int:
        return max(self.days) + 1


@dataclass
class Model:
    """The province as days: of each unit, of each assignment; and who came of whom."""

    units: dict[int, Days] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    heirs: dict[int, tuple[int, int]] = field(default_factory=dict)  # old: (day, new)
    visits: list[tuple[int, int]] = field(default_factory=list)  # (unit, day)

    def check(self) -> None:
        """Nobody is where two may not be."""
        seen: Counter[tuple] = Counter()
        for row in self.rows.values():
            for day in row.days:
                seen["once", row.officer, row.unit, day] += 1
                if row.role != AssignmentRole.SUPPORT:
                    seen[row.role, row.unit, day] += 1
        assert not [key for key, times in seen.items() if times > 1]

    def standing_for(self, unit: int, day: int) -> int:
        """Give who stands for a unit on a day: follow the mergers that have come by then."""
        while unit in self.heirs and self.heirs[unit][0] <= day:
            unit = self.heirs[unit][1]
        return unit

    def may_assign(self, officer: int, unit: int, role: str, days: Days) -> bool:
        """Say whether an assignment of these days meets no other it may not meet."""
        for row in self.rows.values():
            same_seat = row.unit == unit and (row.role == role or row.officer == officer)
            if same_seat and row.days & days:
                return False
        return True


@dataclass
class Merger:
    """One that was applied: the new unit, and how the model stood in all it touched."""

    event: Reorganisation
    new: int
    old: list[int]
    rows_before: dict[int, Row]
    rows_after: set[int]
    is_undone: bool = False


class Province:
    """The application and the model side by side."""

    def __init__(self, seed: int):
        self.rng, self.model, self.mergers = Random(seed), Model(), []
        self.today, self.done = 60, Counter()
        self.by: User = make_user(role=Role.OFFICE)
        self.decision: Decision = make_decision()
        self.officers = [make_officer() for _ in range(5)]
        for _ in range(6):
            self.model.units[make_commune(district=None).pk] = from_to(0, LENGTH)

    # --- choosing ---------------------------------------------------------------------------------

    def some_day(self, before: int = 20, after: int = 70) -> int:
        return self.rng.randint(max(1, self.today - before), min(LENGTH - 5, self.today + after))

    def some_unit(self) -> Commune:
        return Commune.objects.get(pk=self.rng.choice(sorted(self.model.units)))

    def some_officer(self) -> Officer:
        return self.rng.choice(self.officers)

    def some_row(self) -> tuple[int, Row] | None:
        rows = sorted(self.model.rows.items())
        return self.rng.choice(rows) if rows else None

    # --- acts -------------------------------------------------------------------------------------

    def life_end(self, unit: int) -> int:
        return max(self.model.units[unit]) + 1

    def written(self, row: Assignment) -> None:
        """Read a row into the model: only its identity and its first and last day are taken."""
        first = (row.started_on - ORIGIN).days
        end = (row.ended_on - ORIGIN).days if row.ended_on else LENGTH
        self.model.rows[row.pk] = Row(row.officer_id, row.commune_id, row.role, from_to(first, end))

    def assigning(self) -> None:
        unit, officer, day = self.some_unit(), self.some_officer(), self.some_day()
        days = from_to(day, self.life_end(unit.pk))
        lawful = day in self.model.units[unit.pk] and self.model.may_assign(
            officer.pk, unit.pk, AssignmentRole.MAIN, days
        )
        made = self.attempt(
            lambda: assign(
                officer=officer, commune=unit, on=at(day), decision=self.decision, by=self.by
            )
        )
        assert (made is not None) == lawful
        if made:
            self.model.rows[made.pk] = Row(officer.pk, unit.pk, AssignmentRole.MAIN, days)

    def covering(self) -> None:
        unit, officer, day = self.some_unit(), self.some_officer(), self.some_day()
        until = day + self.rng.randint(1, 40)
        days = from_to(day, min(until, self.life_end(unit.pk)))
        lawful = day in self.model.units[unit.pk] and self.model.may_assign(
            officer.pk, unit.pk, AssignmentRole.COVER, days
        )
        made = self.attempt(
            lambda: cover(
                commune=unit,
                officer=officer,
                on=at(day),
                until=at(until),
                decision=self.decision,
                by=self.by,
            )
        )
        assert (made is not None) == lawful
        if made:
            self.model.rows[made.pk] = Row(officer.pk, unit.pk, AssignmentRole.COVER, days)

    def ending(self) -> None:
        key, row = self.some_row() or (0, None)
        if row is None:
            return
        day = self.some_day()
        made = self.attempt(
            lambda: end_assignment(
                assignment=Assignment.objects.get(pk=key),
                on=at(day),
                end_reason=EndReason.OTHER,
                decision=None,
                by=self.by,
            )
        )
        if made:
            assert day > min(row.days)
            self.model.rows[key] = replace(row, days=from_to(min(row.days), day))

    def handing_over(self) -> None:
        key, row = self.some_row() or (0, None)
        if row is None:
            return
        day, to = self.some_day(), self.some_officer()
        made = self.attempt(
            lambda: hand_over(
                assignment=Assignment.objects.get(pk=key),
                to=to,
                on=at(day),
                decision=self.decision,
                by=self.by,
            )
        )
        if made:
            end = row.end if row.role == AssignmentRole.COVER else self.life_end(row.unit)
            self.model.rows[key] = replace(row, days=from_to(min(row.days), day))
            self.model.rows[made.pk] = Row(to.pk, row.unit, row.role, from_to(day, end))

    def correcting(self) -> None:
        key, row = self.some_row() or (0, None)
        if row is None:
            return
        first = max(1, min(row.days) + self.rng.randint(-15, 15))
        end = self.rng.choice([None, first + self.rng.randint(1, 90)])
        if end is None and self.life_end(row.unit) < LENGTH:
            return  # an open end would outlast the unit: asked of the services elsewhere
        now = Assignment.objects.get(pk=key)
        corrected = Corrected(
            role=AssignmentRole(row.role),
            started_on=at(first),
            ended_on=at(end) if end else None,
            end_reason=EndReason.OTHER if end else "",
            opening_decision=now.opening_decision,
            closing_decision=now.closing_decision if end else None,
            note="đính chính",
        )
        made = self.attempt(
            lambda: correct_assignment(
                assignment=now, corrected=corrected, reason="Ghi nhầm ngày", by=self.by
            )
        )
        if made:
            self.model.rows[key] = replace(row, days=from_to(first, end or LENGTH))

    def visiting(self) -> None:
        unit, officer = self.some_unit(), self.some_officer()
        life = sorted(self.model.units[unit.pk] & from_to(0, self.today + 1))
        if life:
            day = self.rng.choice(life)
            make_attendance(officer, make_visit(unit, visited_on=at(day)))
            self.model.visits.append((unit.pk, day))
            self.done["visiting"] += 1

    def merging(self) -> None:
        day = self.some_day(before=0)
        open_units = [
            key
            for key, life in sorted(self.model.units.items())
            if self.life_end(key) == LENGTH and min(life) < day
        ]
        old = self.rng.sample(open_units, min(len(open_units), self.rng.choice([1, 2, 2, 3])))
        if not old or len(open_units) <= 2:
            return
        rows = [mapping_row(n, Commune.objects.get(pk=key)) for n, key in enumerate(old, 1)]
        name = f"Mới {len(self.mergers)}"
        event = Reorganisation.objects.create(
            resolution=f"{len(self.mergers)}/NQ",
            effective_on=at(day),
            mapping=MappingSheet([replace(row, new_name=f"Xã {name}") for row in rows]).to_json(),
            created_by=self.by,
        )
        draft = Draft.of(event)
        assert draft.mapping.is_sound, draft.mapping.refusals
        (unit,) = draft.units
        seats = {
            seat.key: self.rng.choice([f for f in seat.options if f != Fate.SUPPORT]).value
            for seat in unit.seats
        }
        choose(
            reorganisation=event,
            choices={unit.unit.key: {"seats": seats, "empty": True}},
            by=self.by,
        )
        if self.attempt(lambda: apply_reorganisation(reorganisation=event, by=self.by)):
            self.merged(event, day, old, name, seats)

    def merged(self, event, day: int, old: list[int], name: str, seats: dict[str, str]) -> None:
        """Paint what the application was told: who stays how; everything else ends that day."""
        new = Commune.objects.get(kind=CommuneKind.RURAL_COMMUNE, name=name).pk
        later = from_to(day, LENGTH)
        before = {
            key: row for key, row in self.model.rows.items() if row.unit in old and row.days & later
        }
        expected = Counter()
        for key, fate in seats.items():
            rows = [self.model.rows[int(pk)] for pk in key.split("-")]
            days = frozenset().union(*(row.days & later for row in rows))
            if fate != Fate.END:
                expected[Row(rows[0].officer, new, fate, days)] += 1
        for key, row in before.items():
            left = row.days - later
            if left:
                self.model.rows[key] = replace(row, days=left)
            else:
                del self.model.rows[key]
        for unit in old:
            self.model.units[unit] -= later
            self.model.heirs[unit] = day, new
        self.model.units[new] = later
        made = set(Assignment.objects.filter(commune=new).values_list("pk", flat=True))
        for row in Assignment.objects.filter(pk__in=made):
            self.written(row)
        assert Counter(self.model.rows[key] for key in made) == expected
        self.model.visits = [
            (new if unit in old and on >= day else unit, on) for unit, on in self.model.visits
        ]
        self.mergers.append(Merger(event, new, old, before, made))

    def undoing(self) -> None:
        standing = [one for one in self.mergers if not one.is_undone]
        if not standing:
            return
        one = standing[-1]  # only the last can be undone: others have later ones on them
        if not self.attempt(
            lambda: undo_reorganisation(reorganisation=one.event, reason="Nạp nhầm", by=self.by)
        ):
            return
        one.is_undone = True
        day = self.model.heirs[one.old[0]][0]
        for key in one.rows_after - one.rows_before.keys():
            del self.model.rows[key]
        self.model.rows |= one.rows_before
        del self.model.units[one.new]
        for unit in one.old:
            self.model.units[unit] |= from_to(day, LENGTH)
            del self.model.heirs[unit]
        assert not [unit for unit, _ in self.model.visits if unit == one.new]

    # --- living -----------------------------------------------------------------------------------

    def attempt(self, act: Callable[[], object]) -> object | None:
        """Do it; ``None`` when a sentence says why not."""
        try:
            with transaction.atomic():
                result = act()
        except ValidationError:
            return None
        return result or True

    def live(self) -> None:
        acts = [
            *[self.assigning] * 6,
            *[self.handing_over] * 4,
            *[self.covering] * 3,
            *[self.ending] * 3,
            *[self.correcting] * 3,
            *[self.visiting] * 3,
            *[self.merging] * 2,
            *[self.undoing] * 2,
        ]
        for _ in range(ACTS_EACH):
            self.today = min(LENGTH - 100, self.today + self.rng.randint(0, 8))
            act = self.rng.choice(acts)
            before = self.stand()
            with time_machine.travel(dt.datetime.combine(at(self.today), dt.time(5)), tick=False):
                act()
            self.done[act.__name__] += before != self.stand()
            self.model.check()

    def stand(self) -> tuple:
        return dict(self.model.rows), dict(self.model.units), len(self.model.visits)


def mapping_row(number: int, old: Commune) -> MappingRow:
    return MappingRow(number, old_code=old.code, old_name=old.full_name, extent="Toàn bộ")


def compare(province: Province, number: int) -> None:
    """Say the same of one day, from the days painted and from the application."""
    model, day = province.model, at(number)
    units = {key for key, life in model.units.items() if number in life}
    assert set(Commune.objects.existing_on(day).values_list("pk", flat=True)) == units
    told = {(row.officer, row.unit, row.role) for row in model.rows.values() if number in row.days}
    active = Assignment.objects.active_on(day)
    assert set(active.values_list("officer", "commune", "role")) == told
    covered = {unit for _, unit, role in told if role != AssignmentRole.SUPPORT}
    bare = Commune.objects.existing_on(day).exclude(is_covered_on(day))
    assert set(bare.values_list("pk", flat=True)) == units - covered
    heirs = {
        unit: heir for unit in model.units if (heir := model.standing_for(unit, number)) != unit
    }
    new = Reading(day)
    assert {old: heir.pk for old, heir in new.heirs.items()} == heirs
    by_unit = Counter(model.standing_for(unit, number) for unit, _ in model.visits)
    for unit in model.units:
        if unit in heirs:
            continue
        found = Attendance.objects.filter(new.within([unit], "visit__commune")).count()
        assert found == by_unit[unit]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_application_and_the_model_say_the_same(seed):
    province = Province(seed)
    province.live()
    for _ in range(DAYS_EACH):
        compare(province, province.rng.randint(0, LENGTH - 1))
    first = province.rng.randint(0, LENGTH - 100)
    ahead = Known.of(province.by, at(first))
    for day, count in counts(ahead).items():
        number = (day - ORIGIN).days
        units = {key for key, life in province.model.units.items() if number in life}
        covered = {
            row.unit
            for row in province.model.rows.values()
            if number in row.days and row.role != AssignmentRole.SUPPORT
        }
        assert count == len(units - covered)


@pytest.mark.django_db
def test_every_act_comes_about_often_enough():
    """What is refused each time would prove nothing."""
    done = Counter()
    for seed in range(6):
        with transaction.atomic():
            province = Province(seed)
            province.live()
            done += province.done
            transaction.set_rollback(True)
    acts = ("assigning", "handing_over", "covering", "ending", "correcting", "merging", "undoing")
    assert min(done[act] for act in acts) >= 3, done
