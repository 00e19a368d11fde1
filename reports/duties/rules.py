"""What a version of the regulation asks: of which period, by when, how many times."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator

from assignments.enums import DutyKind, ProRata, WeekendRule
from assignments.models import Duty, Regulation
from reports.models import Period

SATURDAY = 5


def duties_of(periods: Iterable[Period]) -> Iterator[tuple[Period, Duty]]:
    """Give each period with each duty that its version asks."""
    duties = list(Duty.objects.select_related("regulation"))
    for period in periods:
        for duty in duties:
            is_asked = was_in_force(duty.regulation, period.started_on)
            if is_asked and duty.period_kind == period.kind:
                yield period, duty


def report_duties(periods: Iterable[Period]) -> Iterator[tuple[Period, Duty]]:
    """Give each period with the duty to report on it, where its version asks a report."""
    return (pair for pair in duties_of(periods) if pair[1].kind == DutyKind.REPORT)


def was_in_force(version: Regulation, day: dt.date) -> bool:
    return version.started_on <= day and (version.ended_on is None or day < version.ended_on)


def deadline(duty: Duty, period: Period) -> dt.date:
    """Give the last day in time: the regulation's, or the office's for the reports of a period."""
    if duty.kind == DutyKind.REPORT and period.due_on:
        return period.due_on
    return regular_deadline(duty, period)


def regular_deadline(duty: Duty, period: Period) -> dt.date:
    """Give the due day of the regulation, moved off the weekend, plus the days of grace.

    A due day outside the period is no day on which the duty could be done: its last day stands.
    """
    last = due_day = period.last_day
    if duty.due_day:
        longest = calendar.monthrange(last.year, last.month)[1]
        due_day = last.replace(day=min(duty.due_day, longest))
    is_within = period.started_on <= due_day <= last
    due_day = due_day if is_within else last
    return off_weekend(due_day, duty.weekend_rule) + dt.timedelta(days=duty.grace_days)


def off_weekend(day: dt.date, rule: str) -> dt.date:
    """Move a Saturday or Sunday as the rule says."""
    over = day.weekday() - SATURDAY
    if over < 0 or rule == WeekendRule.STAYS:
        return day
    if rule == WeekendRule.NEXT_WORKING_DAY:
        return day + dt.timedelta(days=2 - over)
    return day - dt.timedelta(days=1 + over)


def owed(duty: Duty, days: int, whole: int) -> int:
    """Give how many times are owed by who answered for ``days`` of a period of ``whole`` days."""
    if days == 0 or days < min(duty.exempt_days, whole):
        return 0
    if duty.pro_rata == ProRata.FULL:
        return duty.required
    if duty.pro_rata == ProRata.WHOLE_PERIOD_ONLY:
        return duty.required if days == whole else 0
    return (2 * duty.required * days + whole) // (2 * whole)  # a half and more rounds up
