"""Which plan a visit carries out: the same officer, commune and kind, within a week (R11)."""

from __future__ import annotations

import datetime as dt

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.models import Attendance, VisitPlan
from communes.former_units import of_unit

NEAR = dt.timedelta(days=7)


def carry_out(attendance: Attendance, named: VisitPlan | None, *, by: User) -> None:
    """Mark the open plan that an attendance carries out: the one named, or else the nearest.

    What was postponed carries out nothing. A withdrawn attendance gives its plan free by itself
    (``VisitPlan.objects.open()``).
    """
    plan = plan_met_by(attendance, named) if attendance.visit.is_held else None
    if plan:
        plan.carried_out_by = attendance
        plan.save()
        audit.record(Verb.CHANGE, plan, by=by, after={"đã thực hiện bằng": str(attendance)})


def plan_met_by(attendance: Attendance, named: VisitPlan | None) -> VisitPlan | None:
    """Give the plan an attendance fits, if any."""
    visit = attendance.visit
    plans = list(
        VisitPlan.objects.open()
        .filter(of_unit(visit.commune, visit.visited_on))
        .filter(officer=attendance.officer, kind=visit.kind)
        .select_related("commune")
    )
    if named in plans:
        return named
    near = [plan for plan in plans if abs(plan.planned_on - visit.visited_on) <= NEAR]
    return min(near, key=lambda plan: abs(plan.planned_on - visit.visited_on), default=None)


def match_plans_anew(attendance: Attendance, *, by: User) -> None:
    """Let plans follow an event whose facts were corrected: give them free, then match again."""
    for plan in attendance.plans.select_related("commune"):
        plan.carried_out_by = None
        plan.save()
        audit.record(Verb.CHANGE, plan, by=by, before={"đã thực hiện bằng": str(attendance)})
    carry_out(attendance, None, by=by)
