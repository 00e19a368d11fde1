"""Figures of the tasks that conclusions of conferences give."""

from __future__ import annotations

from reports.conclusions.filters import ALL, DONE, OVERDUE, UNDONE, in_state
from reports.figures.defined import Counted, Population
from reports.models import ConclusionTask
from reports.models.conclusions import ConclusionTaskQuerySet
from reports.viewpoint import Viewpoint


def issued(view: Viewpoint) -> ConclusionTaskQuerySet:
    """Give the tasks one may see of the notices issued by the day."""
    rows = ConclusionTask.objects.visible_to(view.user)
    return rows.filter(conclusion__issued_on__lte=view.day)


TASKS = Population(issued, "conclusions:list")

TASK_FIGURES = tuple(
    Counted(
        key,
        label,
        sentence,
        TASKS,
        lambda view, state=state: in_state(state, view.day),
        {"tinh_trang": state},
        of=whole,
    )
    for key, label, sentence, state, whole in (
        (
            "tasks",
            "nhiệm vụ theo kết luận",
            "Nhiệm vụ của các thông báo kết luận đã ban hành đến ngày xem, không tính nhiệm vụ "
            "đã rút lại.",
            ALL,
            "",
        ),
        (
            "tasks_open",
            "nhiệm vụ theo kết luận chưa hoàn thành",
            "Nhiệm vụ của các thông báo kết luận đã ban hành mà tại ngày xem chưa hoàn thành.",
            UNDONE,
            "tasks",
        ),
        (
            "tasks_overdue",
            "nhiệm vụ theo kết luận quá hạn",
            "Nhiệm vụ theo kết luận chưa hoàn thành mà tại ngày xem đã qua hạn hoàn thành.",
            OVERDUE,
            "tasks_open",
        ),
        (
            "tasks_done",
            "nhiệm vụ theo kết luận đã hoàn thành",
            "Nhiệm vụ theo kết luận đã hoàn thành đến hết ngày xem, kể cả sau hạn.",
            DONE,
            "tasks",
        ),
    )
)
