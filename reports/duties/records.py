"""The records behind the duty list: who answered for what, what was done, what was excused."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import VISIT_DUTIES, AssignmentRole, DutyKind, VisitOutcome
from assignments.models import Assignment, Attendance, Officer
from communes.periods import overlaps
from reports.duties.stretches import Stretch, without
from reports.enums import HANDED_IN, WaiverEffect
from reports.models import Period, PeriodicReport, Waiver

# (officer, commune): whose duty it is.
Holding = tuple[int, int]
Held = dict[Holding, list[Stretch]]
# Whose, and where; ``None`` for what is no commune's.
Whose = tuple[int, int | None]


@dataclass(frozen=True)
class Reach:
    """Whose duties are read, of which communes.

    Who does not see all reads only what the officers they act for owe: a colleague's shortfall is
    not theirs to see, even in a commune they share. ``user=None`` is the application itself.
    """

    user: User | None
    officers: Collection[int] | None = None
    communes: Collection[int] | None = None

    @property
    def whose(self) -> Q:
        """Give the condition that a record is of an officer read."""
        condition = Q() if self.officers is None else Q(officer__in=self.officers)
        if self.user is not None and not allowed(self.user, Permission.VIEW_ALL):
            condition &= Q(officer__in=Officer.objects.of_user(self.user).values("pk"))
        return condition

    def narrow(self, rows: QuerySet, commune: str) -> QuerySet:
        """Keep the rows of these officers and of these communes (column ``commune``)."""
        rows = rows.filter(self.whose)
        return rows if self.communes is None else rows.filter(**{f"{commune}__in": self.communes})

    def assignments(self) -> QuerySet:
        """Give the covering assignments that decide, with whether each one is read itself.

        A colleague's cover relieves the officer, so all of a commune's are needed.
        """
        rows = Assignment.objects.covering()
        if self.communes is not None:
            rows = rows.filter(commune__in=self.communes)
        elif self.whose:
            theirs = Assignment.objects.filter(self.whose)
            rows = rows.filter(commune__in=theirs.values("commune"))
        is_read = ExpressionWrapper(self.whose, BooleanField()) if self.whose else Value(True)
        return rows.annotate(is_read=is_read)


def span(periods: Sequence[Period]) -> Stretch:
    """Give the stretch from the first day of all ``periods`` to their last."""
    return (
        min(period.started_on for period in periods),
        max(period.ended_on for period in periods),
    )


def answered_for(reach: Reach, periods: Sequence[Period]) -> Held:
    """Give when each (officer, commune) is to be answered for, by all that is known of the periods.

    What is known ahead counts too, beginnings as well as ends: of a commune that changes hands on
    a known day each officer owes their share, and nobody's share is lost.
    """
    rows = (
        reach.assignments()
        .filter(overlaps(*span(periods)))
        .order_by()
        .values_list("officer", "commune", "role", "started_on", "ended_on", "is_read")
    )
    mains: Held = defaultdict(list)
    covers: Held = defaultdict(list)
    read = set()
    for officer, commune, role, since, until, is_read in rows:
        of_role = covers if role == AssignmentRole.COVER else mains
        of_role[officer, commune].append((since, until or dt.date.max))
        if is_read:
            read.add(officer)
    held = relieved(mains, covers)
    return {key: stretches for key, stretches in held.items() if key[0] in read}


def relieved(mains: Held, covers: Held) -> Held:
    """Give the cover's days to the cover, the other days to the main officer."""
    away: dict[int, list[Stretch]] = defaultdict(list)
    for (_, commune), stretches in covers.items():
        away[commune].extend(stretches)
    held: Held = defaultdict(list, {key: list(stretches) for key, stretches in covers.items()})
    for (officer, commune), stretches in mains.items():
        for stretch in stretches:
            held[officer, commune].extend(without(stretch, away[commune]))
    return held


@dataclass(slots=True)
class Went:
    """How often an officer went somewhere for something in a period, and the last time."""

    held: int = 0
    postponed: int = 0
    unconfirmed: int = 0
    last_on: dt.date | None = None

    def and_(self, other: Went) -> Went:
        """Give both together."""
        days = [day for day in (self.last_on, other.last_on) if day]
        return Went(
            self.held + other.held,
            self.postponed + other.postponed,
            self.unconfirmed + other.unconfirmed,
            max(days, default=None),
        )


NOWHERE = Went()


# Beside the effects: what was asked for and waits for the office.
ASKED = "asked"
EFFECTS = frozenset(WaiverEffect.values)


class Outcome(NamedTuple):
    """What became of one kind of duty in one period.

    ``excused`` is by effect, and what was asked for only under :data:`ASKED`.
    """

    goings: dict[Whose, Went]
    excused: dict[str, Counter[Whose]]

    @classmethod
    def none(cls) -> Outcome:
        return cls({}, {name: Counter() for name in (*WaiverEffect.values, ASKED)})

    def add(self, whose: Whose, outcome: str, *, counts: bool, times: int, last: dt.date) -> None:
        """Add what one row says; ``counts``: it is confirmed, or stands."""
        if outcome in EFFECTS:
            self.excused[outcome if counts else ASKED][whose] += times
            return
        went = self.goings.get(whose)
        if went is None:
            went = self.goings[whose] = Went()
        if not counts:
            went.unconfirmed += times
        elif outcome == VisitOutcome.HELD:
            went.held, went.last_on = times, last
        else:
            went.postponed = times


# By kind of duty and period.
Outcomes = dict[tuple[str, int], Outcome]


def outcomes_of(
    reach: Reach, periods: Sequence[Period], day: dt.date, kinds: Collection[str]
) -> Outcomes:
    """Count in each period what was attended, postponed, not yet confirmed, reported, excused.

    Up to ``day``, of the duties of ``kinds``, in one query.
    """
    sources = [
        source(reach, periods, day)
        for source, fulfilled in ((attended, VISIT_DUTIES), (reported, [DutyKind.REPORT]))
        if not set(fulfilled).isdisjoint(kinds)
    ]
    rows = excused(reach, periods, day).union(*sources, all=True)
    made: Outcomes = defaultdict(Outcome.none)
    keys = [period.pk for period in periods]
    for officer, commune, kind, outcome, counts, *found in rows:
        for key, times, last in zip(keys, found[::2], found[1::2], strict=True):
            if times:
                whose = officer, commune
                made[kind, key].add(whose, outcome, counts=counts, times=times, last=last)
    return made


def attended(reach: Reach, periods: Sequence[Period], day: dt.date) -> QuerySet:
    """Give the rows of visits: whose, where, for what, held or not, confirmed or not.

    Then, for each period, how often and the last day.
    """
    since, until = span(periods)
    within = [
        Q(visit__visited_on__gte=period.started_on, visit__visited_on__lt=period.ended_on)
        for period in periods
    ]
    return (
        reach.narrow(Attendance.objects.standing(), "visit__commune")
        .on_or_before(day)
        .filter(visit__kind__in=VISIT_DUTIES)
        .filter(visit__visited_on__gte=since, visit__visited_on__lt=until)
        .order_by()
        .annotate(is_confirmed=Case(When(confirmed_at__isnull=False, then=True), default=False))
        .values_list("officer", "visit__commune", "visit__kind", "visit__outcome", "is_confirmed")
        .annotate(**times_and_last("visit__visited_on", within))
    )


def reported(reach: Reach, periods: Sequence[Period], day: dt.date) -> QuerySet:
    """Give the rows of reports that stood as handed in on ``day``, not those sent back by then.

    In the shape of :func:`attended`; the last day is the one a report was first handed in.
    """
    as_a_visit = {
        "duty": Value(DutyKind.REPORT.value),
        "outcome": Value(VisitOutcome.HELD.value),
        "is_confirmed": Value(True),
    }
    return (
        reach.narrow(PeriodicReport.objects.standing().on(day), "commune")
        .filter(period__in=periods, first_submitted_on__lte=day, state_on__in=HANDED_IN)
        .order_by()
        .annotate(**as_a_visit)
        .values_list("officer", "commune", *as_a_visit)
        .annotate(**times_and_last("first_submitted_on", [Q(period=one) for one in periods]))
    )


def times_and_last(column: str, conditions: Iterable[Q]) -> dict[str, Aggregate]:
    """Give for each condition the number of rows that meet it, and the last ``column`` of them."""
    columns = {}
    for index, condition in enumerate(conditions):
        columns[f"times_{index}"] = Count("pk", filter=condition)
        columns[f"last_{index}"] = Max(column, filter=condition)
    return columns


def excused(reach: Reach, periods: Sequence[Period], day: dt.date) -> QuerySet:
    """Give the rows of what was waived or explained, or asked for only, as it stood on ``day``.

    In the shape of :func:`attended`, without a last day.
    """
    columns = {}
    for index, period in enumerate(periods):
        columns[f"times_{index}"] = Sum("times", filter=Q(period=period))
        columns[f"last_{index}"] = Value(None, output_field=DateField())
    return (
        reach.narrow(Waiver.objects.standing_or_waiting_on(day), "commune")
        .filter(period__in=periods)
        .order_by()
        .values_list("officer", "commune", "duty_kind", "effect", "stands")
        .annotate(**columns)
    )
