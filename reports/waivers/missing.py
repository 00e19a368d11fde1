"""What officers still lack of their duties, less what was asked for and not decided yet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from accounts.models import User
from assignments.enums import PeriodKind
from assignments.models import Officer
from communes.models import Commune
from reports.duties import DutyLine, duty_list
from reports.models import Period, Waiver

# (officer, commune, kind of duty, period): whose line of the duty list it is.
LineKey = tuple[int, int | None, str, int]
QUARTERS = 2  # that of the day and the one before it


@dataclass(frozen=True)
class Shortfall:
    """A line of the duty list, whose it is, and how many times wait for the office's decision."""

    line: DutyLine
    officer: Officer
    commune: Commune | None
    waiting: int

    @property
    def left(self) -> int:
        """Give how many times may still be asked to be excused or explained."""
        return max(0, self.line.unexplained - self.waiting)

    @property
    def accepted(self) -> int:
        return self.line.waived + self.line.explained


def line_key(line: DutyLine) -> LineKey:
    return line.officer_id, line.commune_id, line.duty.kind, line.period.pk


def waiver_key(waiver: Waiver) -> LineKey:
    return waiver.officer_id, waiver.commune_id, waiver.duty_kind, waiver.period_id


def shortfalls(
    user: User, periods: Iterable[Period], day: dt.date, *, officer: int | None = None
) -> dict[LineKey, Shortfall]:
    """Give the lines of ``periods`` that ``user`` may see as of ``day``, also those not short.

    ``officer`` (key) narrows them. Reads what waits as it is now, whatever the day.
    """
    periods = list(periods)
    lines = duty_list(user, periods, day, officer=officer)
    officers = Officer.objects.in_bulk({line.officer_id for line in lines})
    keys = {line.commune_id for line in lines} - {None}
    communes = Commune.objects.select_related("district").defer("boundary").in_bulk(keys)
    waiting = waiting_times(officers, periods)
    return {
        key: Shortfall(line, officers[line.officer_id], communes.get(line.commune_id), waiting[key])
        for line in lines
        for key in [line_key(line)]
    }


def waiting_times(officers: Iterable[int], periods: Iterable[Period]) -> Counter[LineKey]:
    """Count how many times were asked for and are not decided, by line."""
    rows = (
        Waiver.objects.waiting()
        .filter(officer__in=list(officers), period__in=periods)
        .order_by()
        .values_list("officer", "commune", "duty_kind", "period")
        .annotate(Sum("times"))
    )
    return Counter({tuple(key): times for *key, times in rows})


def periods_to_ask(day: dt.date, also: int | None = None) -> list[Period]:
    """Give the periods of every kind of the quarter of ``day`` and the one before, newest first.

    ``also`` is the key of a period that comes along, if it had begun by the day.
    """
    begun = list(Period.objects.begun_by(day).order_by("-started_on", "pk"))
    quarters = [period for period in begun if period.kind == PeriodKind.QUARTER][:QUARTERS]
    since = min((quarter.started_on for quarter in quarters), default=day)
    return [period for period in begun if period.ended_on > since or period.pk == also]
