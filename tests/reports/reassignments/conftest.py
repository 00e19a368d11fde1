"""A small province: one officer leaves, one commune has nobody, two officers stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from accounts.enums import Role
from assignments.enums import EndReason, PlanVariant
from assignments.models import Assignment, Officer, ReassignmentPlan
from assignments.planning.parameters import Parameters
from assignments.planning.services import choose_variant, create_plan, solve_variant
from communes.models import Commune, District
from tests.factories import make_assignment, make_commune, make_district, make_officer
from tests.reports.reassignments.test_listing import at

STARTS_ON = dt.date(2023, 7, 1)
NOW = at(dt.date(2023, 6, 1))
SIDE = 0.05  # of a commune's square, in degrees


def square(west: float, south: float) -> dict:
    """Give the outline of a commune."""
    east, north = west + SIDE, south + SIDE
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def placed(name: str, column: int, district: District, **fields) -> Commune:
    """Make a commune in a row from west to east."""
    west = 105.9 + column * SIDE
    return make_commune(
        name,
        district=district,
        boundary=square(west, 9.6),
        latitude=9.6 + SIDE / 2,
        longitude=west + SIDE / 2,
        **fields,
    )


@dataclass
class World:
    """Who is where before any plan."""

    leaver: Officer
    near: Officer
    far: Officer
    left: Commune
    near_one: Commune
    far_one: Commune
    empty: Commune
    held: list[Assignment]

    def parameters(self, **changes: object) -> Parameters:
        """Give what is asked: the leaver retires."""
        asked = {"leavers": {self.leaver.pk: EndReason.RETIRED}, "capacity": 3}
        return Parameters(**asked | changes)


@pytest.fixture
def world(db) -> World:
    district = make_district("Kế Sách")
    officers = [
        make_officer(name, office=office)
        for name, office in (
            ("Trần Văn Bình", "Giám đốc Sở A"),
            ("Lý Thị Cúc", "Phó Giám đốc Sở B"),
            ("Võ Văn Dũng", "Trưởng ban C"),
        )
    ]
    names = ("An Mỹ", "Ba Trinh", "Kế An", "Xuân Hòa")
    communes = [placed(name, column, district) for column, name in enumerate(names)]
    taken = [communes[0], communes[1], communes[3]]
    held = [
        make_assignment(officer, commune, started_on=dt.date(2022, 1, 1))
        for officer, commune in zip(officers, taken, strict=True)
    ]
    return World(*officers, *taken, communes[2], held)


@pytest.fixture
def office(users):
    return users[Role.OFFICE]


@pytest.fixture
def plan(world, office) -> ReassignmentPlan:
    """Give a plan that nothing is computed of yet."""
    return create_plan(
        name="Phương án tháng 7",
        starts_on=STARTS_ON,
        parameters=world.parameters(),
        by=office,
        now=NOW,
    )


def solved(plan: ReassignmentPlan, by) -> ReassignmentPlan:
    """Compute all variants of ``plan``."""
    for variant in PlanVariant:
        solve_variant(plan=ReassignmentPlan.objects.get(pk=plan.pk), variant=variant, by=by)
    return ReassignmentPlan.objects.get(pk=plan.pk)


@pytest.fixture
def computed(plan, office) -> ReassignmentPlan:
    """Give a plan with its three variants."""
    return solved(plan, office)


@pytest.fixture
def draft(computed, office) -> ReassignmentPlan:
    """Give a plan whose first variant was chosen."""
    variant = PlanVariant.FEWEST_MOVES
    choose_variant(plan=computed, variant=variant, edition=computed.edition, by=office)
    return ReassignmentPlan.objects.get(pk=computed.pk)


@pytest.fixture
def again() -> Callable[[ReassignmentPlan], ReassignmentPlan]:
    """Give ``again(plan)``: the plan as it is stored now."""
    return lambda plan: ReassignmentPlan.objects.get(pk=plan.pk)
