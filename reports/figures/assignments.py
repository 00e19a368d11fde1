"""Figures of assignments."""

from __future__ import annotations

from assignments.filters import WITHOUT_DECISION, assignment_state
from assignments.models import Assignment, AssignmentQuerySet
from communes.periods import covers
from reports.figures.defined import Counted, Population
from reports.viewpoint import Viewpoint


def begun(view: Viewpoint) -> AssignmentQuerySet:
    """Give the assignments one may see that had begun by the day."""
    return Assignment.objects.visible_to(view.user).started_by(view.day)


def in_force(view: Viewpoint) -> AssignmentQuerySet:
    """Give the assignments one may see that are in force on the day."""
    return Assignment.objects.visible_to(view.user).active_on(view.day)


ASSIGNMENTS = Population(begun, "assignments:list")

ASSIGNMENT_FIGURES = (
    Counted(
        "assignments_active",
        "phân công đang hiệu lực",
        "Phân công đã bắt đầu và chưa thôi tại ngày xem, ở mọi vai trò.",
        ASSIGNMENTS,
        lambda view: covers(view.day),
        {"tinh_trang": "hieu_luc"},
    ),
    Counted(
        "assignments_undocumented",
        "phân công chưa ghi quyết định",
        "Phân công đang hiệu lực tại ngày xem nhưng chưa ghi số quyết định phân công.",
        ASSIGNMENTS,
        lambda view: assignment_state(WITHOUT_DECISION, view.day),
        {"tinh_trang": WITHOUT_DECISION},
        of="assignments_active",
    ),
)
