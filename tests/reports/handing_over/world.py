"""An officer who leaves a commune with something open of each kind, and who goes on there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.enums import Role
from accounts.models import User
from assignments.departures import Leaving, Replacement, depart
from assignments.enums import DutyKind, EndReason
from assignments.models import Departure, MeetingNotice, Officer, VisitPlan
from communes.models import Commune
from reports.models import Handover
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_directive,
    make_notice,
    make_officer,
    make_period,
    make_petition,
    make_plan,
    make_regulation,
    make_task,
    make_user,
    make_visit,
)

TODAY = dt.date(2023, 5, 9)
ON = dt.date(2023, 6, 1)
NOW = dt.datetime(2023, 5, 9, 2, tzinfo=dt.UTC)  # nine in the morning here


@dataclass(frozen=True)
class World:
    """What was made; ``handover`` is of the first of two communes."""

    office: User
    giver: Officer
    taker: Officer
    commune: Commune
    plan: VisitPlan
    notice: MeetingNotice
    departure: Departure
    handover: Handover


def make_world() -> World:
    office = make_user(Role.OFFICE)
    giver = make_officer("Ngô Bảo", user=make_user(Role.OFFICER))
    taker = make_officer("Lý Em", user=make_user(Role.OFFICER))
    commune = make_commune("Bình Rẫy")
    row = make_assignment(giver, commune)
    make_assignment(giver, make_commune("Cù Lao"))
    make_regulation(DutyKind.REPORT)
    make_period()
    make_petition(commune, giver)
    make_directive("27-NQ/TU")
    make_task(officer=giver, due_on=dt.date(2023, 8, 1))
    visit = make_visit(commune, visited_on=dt.date(2023, 5, 2))
    make_attendance(giver, visit, confirmed_at=None)
    plan = make_plan(giver, commune, planned_on=dt.date(2023, 6, 8), purpose="Dự họp quý")
    make_plan(giver, commune, planned_on=dt.date(2023, 5, 20))  # before the day: theirs to do
    notice = make_notice(commune, held_on=dt.date(2023, 6, 9))
    departure = depart(
        officer=giver,
        leaving=Leaving(ON, EndReason.RETIRED),
        replacements={row.pk: Replacement(taker)},
        by=office,
    )
    handover = Handover.objects.get(outgoing=row)
    return World(office, giver, taker, commune, plan, notice, departure, handover)
