"""Somebody who has reports to write, and the moments at which they do."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from assignments.enums import DutyKind, DutyUnit
from assignments.models import Assignment, Duty, Officer
from communes.models import Commune
from reports.models import Period
from tests.factories import (
    make_assignment,
    make_commune,
    make_officer,
    make_period,
    make_regulation,
)


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    """Give an hour of a day where the office is."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


IN_TIME, LATE = dt.date(2023, 6, 20), dt.date(2023, 7, 3)  # the quarter's last day is in time


class Writer(NamedTuple):
    """An officer who owes a report of the quarter, for the one commune they hold."""

    officer: Officer
    commune: Commune
    assignment: Assignment
    period: Period


def make_writer(users: dict[Role, User], unit: DutyUnit = DutyUnit.PER_OFFICER) -> Writer:
    """Make the officer of the officer's account, whom the assistant's account assists."""
    regulation = make_regulation(DutyKind.REPORT, DutyKind.COMMITTEE_MEETING)
    Duty.objects.filter(regulation=regulation, kind=DutyKind.REPORT).update(unit=unit)
    officer = make_officer("Thạch Văn Bình", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    commune = make_commune("An Ninh")
    return Writer(officer, commune, make_assignment(officer, commune), make_period())
