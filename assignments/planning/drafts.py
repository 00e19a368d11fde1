"""Plans still open: read anew, locked, of the edition and the world the user saw."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from assignments.models import ReassignmentPlan
from assignments.planning.world import changes

APPLIED = "Phương án đã được áp dụng, không thay đổi được nữa."
WITHDRAWN = "Phương án đã bỏ."
OTHER_EDITION = "Phương án vừa được người khác sửa. Tải lại trang rồi làm lại."
WORLD_CHANGED = (
    "Phân công đã thay đổi từ khi lập phương án nên chưa ghi gì. Lấy lại hiện trạng rồi tính lại."
)


def draft(plan: ReassignmentPlan, edition: int | None = None) -> ReassignmentPlan:
    """Give the plan as stored, locked.

    ``ValidationError`` when it is not open any more, or not of that edition.
    """
    rows = ReassignmentPlan.objects.select_for_update(of=("self",), no_key=True)
    current = rows.get(pk=plan.pk)
    refuse_closed(current)
    if edition is not None and edition != current.edition:
        raise ValidationError(OTHER_EDITION, code="other_edition")
    return current


def refuse_closed(plan: ReassignmentPlan) -> None:
    """Refuse a plan that was applied or dropped."""
    if plan.applied_at:
        raise ValidationError(APPLIED, code="applied")
    if plan.is_withdrawn:
        raise ValidationError(WITHDRAWN, code="withdrawn")


def world_unchanged(plan: ReassignmentPlan) -> None:
    """Refuse with what has changed since the plan was made."""
    if found := changes(plan):
        raise ValidationError([WORLD_CHANGED, *found], code="world_changed")


def saved(plan: ReassignmentPlan) -> None:
    """Store a plan as its next edition."""
    plan.edition += 1
    plan.full_clean()
    plan.save()
