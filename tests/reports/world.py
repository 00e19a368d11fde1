"""A small province for the pages' tests: known numbers, known days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assignments.enums import AssignmentRole, DutyKind, EndReason, VisitKind
from assignments.models import Assignment, Decision, Officer
from communes.models import Commune
from reports.enums import WaiverEffect
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_decision,
    make_officer,
    make_period,
    make_regulation,
    make_visit,
    make_waiver,
)

START = dt.date(2023, 1, 1)
DAY = dt.date(2024, 6, 15)


@dataclass
class World:
    """Three officers and five communes as of :data:`DAY`."""

    anh: Officer  # two communes
    binh: Officer  # one, known to end in thirty days
    chau: Officer  # retired: one commune until March
    communes: list[Commune]
    decision: Decision


def end(assignment: Assignment, on: dt.date, reason: EndReason, decision: Decision) -> None:
    assignment.ended_on, assignment.end_reason = on, reason
    assignment.closing_decision = decision
    assignment.save()


def make_world() -> World:
    """Make five communes: 0, 1 Ánh's; 2 Bình's; 3 Châu's until March 2024; 4 nobody's, ever."""
    decision = make_decision(number="512-QĐ/TU", signed_on=dt.date(2022, 12, 20))
    communes = [make_commune(name=f"Tân Thạnh {index}") for index in range(1, 6)]
    anh, binh, chau = (
        make_officer(full_name=name) for name in ("Lê Thị Ánh", "Thạch Văn Bình", "Sơn Minh Châu")
    )
    held = [
        make_assignment(
            officer=officer, commune=commune, started_on=START, opening_decision=decision
        )
        for officer, commune in zip((anh, anh, binh, chau), communes, strict=False)
    ]
    end(held[2], DAY + dt.timedelta(days=30), EndReason.RETIRED, decision)
    end(held[3], dt.date(2024, 3, 1), EndReason.RETIRED, decision)
    make_assignment(
        officer=binh,
        commune=communes[0],
        started_on=START,
        role=AssignmentRole.SUPPORT,
        opening_decision=decision,
    )
    return World(anh, binh, chau, communes, decision)


QUARTER = dt.date(2024, 4, 1), dt.date(2024, 7, 1)


def add_duties(world: World) -> None:
    """Ask for a committee and a cell meeting a quarter, and tell what became of it.

    In the quarter of :data:`DAY`: commune 0 has all; of commune 1 one is explained and one waived;
    commune 2 lacks both, as it did in the two quarters before, when Ánh went to a cell.
    """
    make_regulation(DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING)
    make_period(dt.date(2023, 10, 1), dt.date(2024, 1, 1))
    make_period(dt.date(2024, 1, 1), dt.date(2024, 4, 1))
    quarter = make_period(*QUARTER)
    cell = VisitKind.CELL_MEETING
    for day, kind in (
        (dt.date(2023, 11, 2), cell),
        (dt.date(2024, 5, 9), VisitKind.COMMITTEE_MEETING),
        (dt.date(2024, 5, 10), cell),
    ):
        make_attendance(world.anh, make_visit(world.communes[0], visited_on=day, kind=kind))
    excuse = {"officer": world.anh, "commune": world.communes[1], "period": quarter}
    make_waiver(**excuse)
    make_waiver(**excuse, duty_kind=DutyKind.CELL_MEETING, effect=WaiverEffect.WAIVED)
