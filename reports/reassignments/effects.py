"""What applying a plan will write, in numbers and names."""

from __future__ import annotations

from dataclasses import dataclass

from assignments.enums import AssignmentRole
from assignments.models import Assignment, PlannedRow, ReassignmentPlan
from assignments.planning.world import parameters_of


@dataclass(frozen=True)
class Effects:
    """The rows of a plan by what becomes of them, and what else those who leave give up."""

    handed_over: list[PlannedRow]
    begun: list[PlannedRow]
    ended: list[PlannedRow]
    also_ended: list[Assignment]

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Give each kind of write with how many there are."""
        return [
            (len(self.handed_over), "Đảng bộ chuyển từ người đang phụ trách sang người mới"),
            (len(self.begun), "Đảng bộ đang trống được phân công"),
            (len(self.ended), "Đảng bộ thôi người phụ trách, chưa có người mới"),
            (len(self.also_ended), "phân công tham gia, tạm thời của người thôi được kết thúc"),
        ]


def effects_of(plan: ReassignmentPlan) -> Effects:
    """Give what applying ``plan`` writes, as the assignments are now."""
    rows = list(plan.rows.select_related("commune", "before", "after"))
    active = Assignment.objects.active_on(plan.starts_on)
    held = set(active.filter(role=AssignmentRole.MAIN).values_list("commune", flat=True))
    leavers = list(parameters_of(plan).leavers)
    others = active.filter(officer__in=leavers).exclude(role=AssignmentRole.MAIN)
    return Effects(
        [row for row in rows if row.commune_id in held and row.after_id],
        [row for row in rows if row.commune_id not in held and row.after_id],
        [row for row in rows if row.commune_id in held and not row.after_id],
        list(others.with_parties()),
    )
