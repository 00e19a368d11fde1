"""The records behind the duty list: who answered for what, what was done, what was excused."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import VISIT_DUTIES, AssignmentRole, VisitOutcome
from assignments.models import Assignment, Attendance, Officer
from communes.periods import overlaps
from reports.duties.stretches import Stretch, without
from reports.enums import WaiverEffect
from reports.models import Period, Waiver

# (officer, commune): whose duty it is.
Holding = tuple[int, int]
Held = dict[Holding, list[Stretch]]
# (officer, commune, kind of duty, period) → times.
Times = Counter[tuple[int, int | None, str, int]]


@dataclass(frozen=True)
class Reach:
    """Whose duties are read: ``officers`` None = everybody's; ``commune`` None = all communes'."""

    officers: frozenset[int] | None = None
    commune: int | None = None

    @classmethod
    def of(cls, user: User, officer: int | None, commune: int | None) -> Reach:
        """Give what ``user`` may read: all, or only what the officers they act for owe.

        A colleague's shortfall is not theirs to see, even in a commune they share.
        """
        if allowed(user, Permission.VIEW_ALL):
            return cls(None if officer is None else frozenset({officer}), commune)
        own = frozenset(Officer.objects.of_user(user).values_list("pk", flat=True))
        return cls(own if officer is None else own & {officer}, commune)

    def narrow(self, rows: QuerySet, commune: str) -> QuerySet:
        """Keep the rows of these officers and of this commune (column ``commune``)."""
        if self.officers is not None:
            rows = rows.filter(officer__in=self.officers)
        return rows if self.commune is None else rows.filter(**{commune: self.commune})

    def assignments(self) -> QuerySet:
        """Give the covering assignments that decide: a colleague's cover relieves the officer."""
        rows = Assignment.objects.covering()
        if self.officers is not None:
            theirs = Assignment.objects.filter(officer__in=self.officers)
            rows = rows.filter(commune__in=theirs.values("commune"))
        return rows if self.commune is None else rows.filter(commune=self.commune)

    def includes(self, officer: int) -> bool:
        return self.officers is None or officer in self.officers


def span(periods: Sequence[Period]) -> Stretch:
    """Give the stretch from the first day of all ``periods`` to their last."""
    return (
        min(period.started_on for period in periods),
        max(period.ended_on for period in periods),
    )


def answered_for(reach: Reach, periods: Sequence[Period], day: dt.date) -> Held:
    """Give when each (officer, commune) was to be answered for, of what had begun by ``day``."""
    rows = (
        reach.assignments()
        .started_by(day)
        .filter(overlaps(*span(periods)))
        .order_by()
        .values_list("officer", "commune", "role", "started_on", "ended_on")
    )
    mains: Held = defaultdict(list)
    covers: Held = defaultdict(list)
    for officer, commune, role, since, until in rows:
        of_role = covers if role == AssignmentRole.COVER else mains
        of_role[officer, commune].append((since, until or dt.date.max))
    held = relieved(mains, covers)
    return {key: stretches for key, stretches in held.items() if reach.includes(key[0])}


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


def attendances(reach: Reach, periods: Sequence[Period], day: dt.date) -> tuple[Times, Times]:
    """Count what was attended and what was postponed in each period, up to ``day``."""
    since, until = span(periods)
    within = [
        Count(
            "pk",
            filter=Q(
                visit__visited_on__gte=period.started_on, visit__visited_on__lt=period.ended_on
            ),
        )
        for period in periods
    ]
    rows = (
        reach.narrow(Attendance.objects.confirmed(), "visit__commune")
        .on_or_before(day)
        .filter(visit__kind__in=VISIT_DUTIES)
        .filter(visit__visited_on__gte=since, visit__visited_on__lt=until)
        .order_by()
        .values_list("officer", "visit__commune", "visit__kind", "visit__outcome")
        .annotate(**{f"in_period_{index}": count for index, count in enumerate(within)})
    )
    held, postponed = Counter(), Counter()
    for officer, commune, kind, outcome, *times in rows:
        counter = held if outcome == VisitOutcome.HELD else postponed
        for period, count in zip(periods, times, strict=True):
            counter[officer, commune, kind, period.pk] += count
    return held, postponed


def excused(reach: Reach, periods: Sequence[Period], day: dt.date) -> dict[str, Times]:
    """Count what was waived and what was explained, as it stood on ``day``, by effect."""
    result: dict[str, Times] = {effect: Counter() for effect in WaiverEffect.values}
    rows = (
        reach.narrow(Waiver.objects.standing_on(day), "commune")
        .filter(period__in=periods)
        .order_by()
        .values_list("effect", "officer", "commune", "duty_kind", "period")
        .annotate(Sum("times"))
    )
    for effect, officer, commune, kind, period, times in rows:
        result[effect][officer, commune, kind, period] += times
    return result
