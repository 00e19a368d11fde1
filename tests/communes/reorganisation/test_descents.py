"""Who stands for whom on a day, against a walk from unit to unit, over random chains."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communes.models import Commune, Descent
from communes.reorganisation.checking import check
from communes.reorganisation.sheet import MappingRow
from communes.reorganisation.units import abolish, establish
from tests.factories import make_commune, make_reorganisation

pytestmark = pytest.mark.django_db
FIRST = dt.date(2020, 1, 1)
EVENTS = st.lists(st.tuples(st.integers(1, 40), st.randoms(use_true_random=False)), max_size=4)


class Naive:
    """Units as sets of steps, walked anew for every question."""

    def __init__(self):
        self.steps: list[tuple[dt.date, int, int, bool]] = []

    def heirs(self, old: int, day: dt.date) -> dict[int, bool]:
        """Give who stands for ``old`` on ``day``, and whether the records went along."""
        now, moved = {old: True}, True
        while moved:
            moved, after = False, {}
            for unit, carries in now.items():
                steps = [s for s in self.steps if s[1] == unit and s[0] <= day]
                moved = moved or bool(steps)
                for new, is_main in [(s[2], carries and s[3]) for s in steps] or [(unit, carries)]:
                    after[new] = after.get(new, False) or is_main
            now = after
        return {} if now == {old: True} else now


def random_rows(names: list[str], random, number: int) -> list[MappingRow]:
    """Draw a lawful mapping: some units merged, some divided, most left alone."""
    rows: list[MappingRow] = []
    leaving = random.sample(names, random.randint(1, min(4, len(names))))
    targets = [f"Xã T{number}x{n}" for n in range(random.randint(1, 3))]
    for name in leaving:
        if len(targets) > 1 and random.random() < 0.4:
            chosen = random.sample(targets, 2)
            rows += [
                MappingRow(0, old_name=name, new_name=new, extent="Một phần", heir="x" * (n == 0))
                for n, new in enumerate(chosen)
            ]
        else:
            rows.append(MappingRow(0, old_name=name, new_name=random.choice(targets)))
    for number_of_row, row in enumerate(rows, 2):
        row.number = number_of_row
    return rows


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=EVENTS)
def test_descents_agree_with_a_walk(events):
    with transaction.atomic():
        for number in range(6):
            make_commune(name=f"C{number}", district=None)
        naive, day, applied = Naive(), FIRST, []
        for number, (days, random) in enumerate(events):
            day += dt.timedelta(days=days)
            names = [str(unit) for unit in Commune.objects.existing_on(day)]
            checked = check(
                random_rows(names, random, number), effective_on=day, ends_districts=False
            )
            assert checked.refusals == ()
            event = make_reorganisation(effective_on=day)
            made = establish(checked, event)
            naive.steps += [
                (day, source.old.pk, made[unit.key].pk, source.is_main)
                for unit, source in checked.lines
            ]
            applied.append(event)
            compare(naive, day)
        if applied:
            last = applied.pop()
            abolish(last)
            naive.steps = [step for step in naive.steps if step[0] != last.effective_on]
            compare(naive, day)
        transaction.set_rollback(True)


def compare(naive: Naive, until: dt.date) -> None:
    days = {
        FIRST,
        until,
        *(step[0] + dt.timedelta(days=n) for step in naive.steps for n in (-1, 0)),
    }
    for day in days:
        stored: dict[int, dict[int, bool]] = {}
        for row in Descent.objects.on(day):
            stored.setdefault(row.old_id, {})[row.new_id] = row.is_main
        for unit in Commune.objects.all():
            if unit.established_on is None or unit.established_on <= day:
                expected = naive.heirs(unit.pk, day)
                assert stored.get(unit.pk, {}) == expected
                assert not expected or sum(expected.values()) == 1
