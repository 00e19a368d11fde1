"""Duties of communes that can no longer be met, whoever is known to be there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from assignments.enums import VISIT_DUTIES, DutyUnit
from assignments.models import Duty
from communes.models import Commune
from reports.duties import duty_list
from reports.duties.rules import duties_of, owed
from reports.duties.stretches import Stretch, days_within
from reports.look_ahead.known import Known
from reports.models import Period

Done = Counter[tuple[int, int, int]]  # (commune, duty, period) → times


@dataclass(frozen=True)
class OutOfReach:
    """More is left to do for a commune in a period than there are days with somebody to do it."""

    commune: Commune
    period: Period
    left: tuple[tuple[Duty, int], ...]  # how many times of each duty
    days: int
    nobody_since: dt.date  # the first of the days without anybody that last to the period's end

    @property
    def words(self) -> str:
        """Tell what is left: "dự sinh hoạt chi bộ 2 lần; đi cơ sở, làm việc 1 lần"."""
        return "; ".join(
            f"{duty.get_kind_display()[:1].lower()}{duty.get_kind_display()[1:]} {times} lần"
            for duty, times in self.left
        )

    @property
    def reason(self) -> str:
        """Say why it cannot be met any more."""
        if not self.days:
            return f"không có người phụ trách đến hết kỳ ({self.period.last_day:%d/%m/%Y})"
        return f"từ {self.nobody_since:%d/%m/%Y} đến hết kỳ không có người phụ trách"


def out_of_reach(known: Known) -> list[OutOfReach]:
    """Give what cannot be met any more of the periods that end within the days.

    A duty is met at most once a day. What the regulation asks of a commune is pro-rated by the
    days the unit itself exists, not by the days somebody was there.
    """
    periods = Period.objects.filter(started_on__lt=known.end, ended_on__gt=known.day)
    periods = list(periods.filter(ended_on__lte=known.end).order_by("ended_on", "pk"))
    asked: dict[Period, list[Duty]] = {period: [] for period in periods}
    for period, duty in duties_of(periods):
        if duty.kind in VISIT_DUTIES and duty.unit == DutyUnit.PER_ASSIGNMENT:
            asked[period].append(duty)
    done = done_already(known, periods)
    found = [
        one
        for commune in known.communes
        for period, duties in asked.items()
        if (one := short_of(known, commune, period, duties, done))
    ]
    return sorted(
        found, key=lambda one: (one.period.ended_on, one.nobody_since, one.commune.sort_key)
    )


def done_already(known: Known, periods: list[Period]) -> Done:
    """Count what was done or excused by (commune, duty, period), by whomever."""
    counted: Done = Counter()
    for line in duty_list(known.user, periods, known.day, kinds=VISIT_DUTIES):
        if line.commune_id is not None:
            key = line.commune_id, line.duty.pk, line.period.pk
            counted[key] += line.attended + line.waived + line.explained
    return counted


def short_of(
    known: Known, commune: Commune, period: Period, duties: list[Duty], done: Done
) -> OutOfReach | None:
    """Give the duties for which the unit's part of a period has too few days left with somebody."""
    part = lived(commune, period)
    ahead = max(part[0], known.day), part[1]
    if ahead[0] >= ahead[1]:
        return None
    covered = known.covered(commune)
    days = days_within(covered, ahead)
    existed = days_within([part], (period.started_on, period.ended_on))
    wanted = (
        (duty, owed(duty, existed, period.days) - done[commune.pk, duty.pk, period.pk])
        for duty in duties
    )
    left = tuple((duty, times) for duty, times in wanted if times > days)
    last = max((end for _, end in covered if end <= ahead[1]), default=ahead[0])
    return OutOfReach(commune, period, left, days, max(last, ahead[0])) if left else None


def lived(commune: Commune, period: Period) -> Stretch:
    """Give the part of a period in which the unit exists; an empty stretch where there is none."""
    since = max(commune.established_on or period.started_on, period.started_on)
    until = min(commune.dissolved_on or period.ended_on, period.ended_on)
    return since, max(since, until)
