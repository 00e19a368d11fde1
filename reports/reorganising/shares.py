"""What each officer owes of the periods a rearrangement falls into: before its day, and from it.

The numbers are those of the duty list (:mod:`reports.duties`): the same holdings, cut at the day,
with the new units in place of the old ones.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from assignments.enums import COVERING_ROLES, AssignmentRole
from reports.duties.lines import holders
from reports.duties.records import Held, Reach, answered_for, relieved
from reports.duties.rules import duties_of, owed
from reports.duties.stretches import Stretch
from reports.models import Period
from reports.reorganising.drafts import Draft
from reports.reorganising.seats import Fate


@dataclass(frozen=True)
class Share:
    """How many times an officer owes something of the running periods, over all communes.

    ``planned`` is what was owed without the rearrangement, ``total`` with it; ``before`` is for
    the days up to it.
    """

    planned: int
    before: int
    total: int

    @property
    def after(self) -> int:
        return self.total - self.before


def shares(draft: Draft, user: User) -> dict[int, Share]:
    """Give each officer's share of the periods that run on the day, by the choices as they are."""
    day = draft.mapping.effective_on
    periods = list(Period.objects.containing(day).filter(~Q(started_on=day)))
    if not periods:
        return {}
    held = answered_for(Reach(user), periods)
    old = {unit.pk for unit in draft.mapping.old_units}
    until_day = {key: cut(stretches, day) for key, stretches in held.items()}
    joint = {key: until_day[key] if key[1] in old else held[key] for key in held}
    joint |= in_new_units(draft)
    sums = [counted(periods, one) for one in (held, until_day, joint)]
    return {key: Share(*(one[key] for one in sums)) for key in set().union(*sums)}


def cut(stretches: Iterable[Stretch], day: dt.date) -> list[Stretch]:
    """Give the days of stretches up to, not including, ``day``."""
    return [(since, min(until, day)) for since, until in stretches if since < day]


def in_new_units(draft: Draft) -> Held:
    """Give who is to answer for the new units; these are no rows yet, and numbered below zero."""
    mains: Held = defaultdict(list)
    covers: Held = defaultdict(list)
    for number, one in enumerate(draft.units, start=1):
        for seat in one.seats:
            fate = one.fates[seat.key]
            if fate == Fate.END or fate.value not in COVERING_ROLES:
                continue
            of_role = covers if fate.value == AssignmentRole.COVER else mains
            of_role[seat.officer.pk, -number].append((seat.since, seat.until or dt.date.max))
    return relieved(mains, covers)


def counted(periods: Iterable[Period], held: Mapping) -> Counter[int]:
    """Add up what each officer owes of ``periods`` by what they hold."""
    sums: Counter[int] = Counter()
    for period, duty in duties_of(periods):
        for holder in holders(period, duty.unit, held):
            sums[holder.officer] += owed(duty, holder.days, period.days)
    return sums
