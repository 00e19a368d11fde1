"""A small province for the pages' tests: known numbers, known days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision, Officer
from communes.models import Commune
from tests.factories import make_assignment, make_commune, make_decision, make_officer

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
