"""The lines of the duty list, and their sums."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import reduce
from itertools import chain
from typing import NamedTuple

from accounts.models import User
from assignments.enums import DutyKind, DutyUnit
from assignments.models import Duty
from communes.templatetags.office import grouped
from reports.duties.records import (
    ASKED,
    NOWHERE,
    Held,
    Outcome,
    Outcomes,
    Reach,
    Went,
    Whose,
    answered_for,
    outcomes_of,
)
from reports.duties.rules import deadline, duties_of, owed
from reports.duties.stretches import days_within, merged
from reports.enums import WaiverEffect
from reports.models import Period


class DutyLine(NamedTuple):
    """What one officer owes of one duty in one period, as of a day.

    ``commune_id`` is ``None`` for a duty owed once whatever the communes. ``attended`` (or handed
    in) and ``postponed`` are what really happened; ``done`` counts no more than was due.
    """

    officer_id: int
    commune_id: int | None
    duty: Duty
    period: Period
    days: int  # answered for within the period
    due: int
    attended: int
    postponed: int
    done: int
    waived: int
    explained: int
    asked: int  # of what is missing: excuses that wait for the office
    unconfirmed: int  # entered by an assistant, counted once confirmed
    last_on: dt.date | None  # the last day it was attended within the period, or reported
    deadline: dt.date  # the last day that is in time, grace included

    @property
    def key(self) -> str:
        """Give what tells a line from all others, for ever: whose, where, what, when."""
        place = "" if self.commune_id is None else self.commune_id
        return f"{self.officer_id}-{place}-{self.duty.pk}-{self.period.pk}"

    @property
    def unexplained(self) -> int:
        return self.due - self.done - self.waived - self.explained

    def overdue(self, day: dt.date) -> int:
        """Give how much of it is overdue."""
        return self.unexplained if day > self.deadline else 0

    def is_overdue(self, day: dt.date) -> bool:
        """Say whether something is missing without explanation and the time for it is over."""
        return self.unexplained > 0 and day > self.deadline


@dataclass(frozen=True)
class Totals:
    """Sums over lines: the five numbers of every table of duties, and how many are overdue."""

    due: int = 0
    done: int = 0
    waived: int = 0
    explained: int = 0
    unexplained: int = 0
    overdue: int = 0  # of the unexplained

    def __add__(self, other: Totals) -> Totals:
        return Totals(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def done_or_waived(self) -> int:
        return self.done + self.waived

    @property
    def accounted(self) -> int:
        """Give what was done, waived or explained."""
        return self.done_or_waived + self.explained

    @property
    def fraction(self) -> str:
        """Give the rate with its denominator: "17/21 (2 miễn)"."""
        share = f"{grouped(self.done)}/{grouped(self.due)}"
        return f"{share} ({grouped(self.waived)} miễn)" if self.waived else share


def total(lines: Iterable[DutyLine], day: dt.date) -> Totals:
    """Add up lines as of ``day``, in one pass: there are thousands."""
    due = done = waived = explained = overdue = 0
    for line in lines:
        due += line.due
        done += line.done
        waived += line.waived
        explained += line.explained
        if day > line.deadline:
            overdue += line.unexplained
    return Totals(due, done, waived, explained, due - done - waived - explained, overdue)


def by_kind(lines: Iterable[DutyLine], day: dt.date) -> dict[DutyKind, Totals]:
    """Add up lines for each kind of duty, in the order of :class:`DutyKind`."""
    grouped: dict[str, list[DutyLine]] = defaultdict(list)
    for line in lines:
        grouped[line.duty.kind].append(line)
    return {kind: total(grouped[kind], day) for kind in DutyKind if kind in grouped}


class Holder(NamedTuple):
    """Who owes a duty: for which communes' sake, and for how many days of the period."""

    officer: int
    commune: int | None  # None: owed once, whatever the communes
    communes: tuple[int, ...]  # where going counts
    days: int


def went(goings: Mapping[Whose, Went], holder: Holder, kind: str) -> Went:
    """Give what happened in all the communes where going counts; what was reported of them."""
    places = (holder.commune,) if kind == DutyKind.REPORT else holder.communes
    keys = ((holder.officer, place) for place in places)
    found = [goings[key] for key in keys if key in goings]
    return reduce(Went.and_, found) if found else NOWHERE


def duty_list(
    user: User,
    periods: Iterable[Period],
    day: dt.date,
    *,
    officer: int | Collection[int] | None = None,
    commune: int | Collection[int] | None = None,
    kinds: Collection[str] = tuple(DutyKind),
) -> list[DutyLine]:
    """Give the lines of ``periods`` that ``user`` may see, as of ``day``, in a handful of queries.

    ``officer`` or ``commune`` (keys, one or several) narrows the list; a duty owed once by an
    officer is no commune's; ``kinds`` narrows the duties. A period that had not begun has no
    line. Lines with nothing due are given too: they say why somebody who came late or left early is
    not counted.
    """
    asked = list(duties_of(period for period in periods if period.started_on <= day))
    asked = [pair for pair in asked if pair[1].kind in kinds]
    if commune is not None:
        asked = [pair for pair in asked if pair[1].unit == DutyUnit.PER_ASSIGNMENT]
    if not asked:
        return []
    reach = Reach(user, several(officer), several(commune))
    counted = list(dict.fromkeys(period for period, _ in asked))
    held = answered_for(reach, counted)
    outcomes = outcomes_of(reach, counted, day, {duty.kind for _, duty in asked})
    # Duties of one period are mostly owed by the same.
    whose = {
        (period, unit): list(holders(period, unit, held))
        for period, unit in {(period, duty.unit) for period, duty in asked}
    }
    return list(
        chain.from_iterable(
            lines(period, duty, whose[period, duty.unit], outcomes) for period, duty in asked
        )
    )


def several(keys: int | Collection[int] | None) -> Collection[int] | None:
    return {keys} if isinstance(keys, int) else keys


def holders(period: Period, unit: str, held: Held) -> Iterator[Holder]:
    """Give who answered on some day of ``period`` for what is counted by ``unit``."""
    whole = period.started_on, period.ended_on
    days = {key: days_within(stretches, whole) for key, stretches in held.items()}
    present = [key for key, count in days.items() if count]
    if unit == DutyUnit.PER_ASSIGNMENT:
        for officer, commune in present:
            yield Holder(officer, commune, (commune,), days[officer, commune])
        return
    communes_of: dict[int, list[int]] = defaultdict(list)
    for officer, commune in present:
        communes_of[officer].append(commune)
    for officer, communes in communes_of.items():
        together = merged(stretch for commune in communes for stretch in held[officer, commune])
        yield Holder(officer, None, tuple(communes), days_within(together, whole))


def lines(
    period: Period, duty: Duty, holders: Collection[Holder], outcomes: Outcomes
) -> Iterator[DutyLine]:
    """Fill in one duty's lines: excuses count only for what was not done, waivers first.

    There are tens of thousands: what they share is looked up once, and each is made by position.
    """
    kind, last_day_in_time = duty.kind, deadline(duty, period)
    goings, excused = outcomes.get((kind, period.pk)) or Outcome.none()
    waivers, explanations = excused[WaiverEffect.WAIVED], excused[WaiverEffect.EXPLAINED]
    requests = excused[ASKED]
    owed_for = {days: owed(duty, days, period.days) for days in {one.days for one in holders}}
    is_of_one = duty.unit == DutyUnit.PER_ASSIGNMENT
    for holder in holders:
        officer, commune, _, days = holder
        key = officer, commune
        gone = goings.get(key, NOWHERE) if is_of_one else went(goings, holder, kind)
        due = missing = owed_for[days]
        done = min(gone.held, due)
        missing -= done
        waived = min(missing, waivers.get(key, 0))
        missing -= waived
        explained = min(missing, explanations.get(key, 0))
        missing -= explained
        yield DutyLine(
            officer,
            commune,
            duty,
            period,
            days,
            due,
            gone.held,  # attended
            gone.postponed,
            done,
            waived,
            explained,
            min(missing, requests.get(key, 0)),  # asked
            gone.unconfirmed,
            gone.last_on,
            last_day_in_time,
        )
