"""A rich province whose communes are merged twice: A and B into N, then N and C into M.

Records of every kind lie before, between and after; A, B and C are the communes 0, 1 and 3 of
:func:`make_rich_world`, the last uncovered since March.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assignments.enums import DutyKind, EndReason, VisitKind
from assignments.models import Assignment
from communes.models import Commune
from reports.enums import PetitionState, ReportKind, ReportState, WaiverEffect
from reports.models import Period
from tests.factories import (
    make_area,
    make_assignment,
    make_attendance,
    make_district,
    make_merger,
    make_period,
    make_petition,
    make_report,
    make_visit,
    make_waiver,
)
from tests.reports.rich_world import make_rich_world
from tests.reports.world import DAY, QUARTER, World

ONE = dt.timedelta(days=1)
FIRST, SECOND = DAY + 5 * ONE, QUARTER[1] + 40 * ONE
LATER = SECOND + 20 * ONE
SPAN = "2023-q4..2024-q3"


@dataclass
class Merged:
    """The province, the old units, the one between and the one that is left."""

    world: World
    a: Commune
    b: Commune
    c: Commune
    n: Commune
    m: Commune


def make_unmerged_world() -> World:
    """Make the province before, in two districts and with an area nobody is in yet."""
    world = make_rich_world()
    make_period(QUARTER[1], dt.date(2024, 10, 1))
    east, west = make_district("Đông", code="901"), make_district("Tây", code="902")
    Commune.objects.filter(pk__in=[one.pk for one in world.communes[:2]]).update(district=east)
    Commune.objects.filter(pk__in=[one.pk for one in world.communes[2:]]).update(district=west)
    for commune in world.communes:
        commune.refresh_from_db()
    return world


def make_merged_world() -> Merged:
    """Merge as said, with somebody for each new unit and something happening in it."""
    world = make_unmerged_world()
    a, b, _, c, _ = world.communes
    n = merge(world, a, b, name="Hợp Nhất", on=FIRST, district=a.district)
    record(world, n, FIRST + 3 * ONE)
    m = merge(world, n, c, name="Đại Hợp", on=SECOND, area=make_area("Ven sông"))
    record(world, m, SECOND + 3 * ONE)
    return Merged(world, a, b, c, n, m)


def merge(world: World, *old: Commune, on: dt.date, **fields) -> Commune:
    """Merge ``old``, end what is held of them, and let Ánh cover what comes of them."""
    held = Assignment.objects.filter(commune__in=old, ended_on__isnull=True)
    held.update(ended_on=on, end_reason=EndReason.TRANSFERRED)
    new = make_merger(*old, on=on, **fields)
    make_assignment(officer=world.anh, commune=new, started_on=on)
    return new


def record(world: World, unit: Commune, day: dt.date) -> None:
    """Let a visit, two petitions, a report and a waiver happen in ``unit`` from ``day`` on."""
    quarter = Period.objects.get(started_on__lte=day, ended_on__gt=day)
    for kind in (VisitKind.CELL_MEETING, VisitKind.FIELD_VISIT):
        make_attendance(world.anh, make_visit(unit, visited_on=day, kind=kind), economy="Ổn định")
    for state in (PetitionState.NEW, PetitionState.RESOLVED):
        make_petition(unit, raised_on=day, year=day.year, state=state)
    urgent = {"kind": ReportKind.URGENT, "subject": "Sạt lở", "state": ReportState.SUBMITTED}
    make_report(world.anh, commune=unit, first_submitted_on=day, **urgent)
    about = {"period": quarter, "duty_kind": DutyKind.COMMITTEE_MEETING}
    make_waiver(world.anh, unit, effect=WaiverEffect.EXPLAINED, **about)
