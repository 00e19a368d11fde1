"""How much work a commune asks in a year: what the regulation counts there, and the way to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assignments.enums import DutyUnit, PeriodKind
from assignments.models import Duty
from assignments.regulations import proposed_duties
from communes.periods import covers

TIMES_A_YEAR = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF_YEAR: 2,
    PeriodKind.YEAR: 1,
}
# Up to so many kilometres from the centre of the province, so much is added; beyond: FURTHER.
BANDS = ((10, 0), (20, 1), (30, 2), (45, 3))
FURTHER = 4


def duties_in_a_year(day: dt.date) -> int:
    """Give how many duties a year are owed for each commune by the regulation in force.

    Where none is in force, those the application proposes.
    """
    duties = list(
        Duty.objects.filter(covers(day, "regulation__started_on", "regulation__ended_on"))
    )
    return max(1, number_of(duties or proposed_duties()))


def number_of(duties: Iterable[Duty]) -> int:
    """Give how many times a year what is owed for each commune comes to."""
    return sum(
        duty.required * TIMES_A_YEAR[duty.period_kind]
        for duty in duties
        if duty.unit == DutyUnit.PER_ASSIGNMENT
    )


def work_of(duties: int, centre_km: int) -> int:
    """Give the work of a commune so far from the centre."""
    return duties + next((more for most, more in BANDS if centre_km <= most), FURTHER)
