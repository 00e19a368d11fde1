"""The sheet of tasks that conclusions of conferences gave."""

from __future__ import annotations

from assignments.spreadsheets import Field, Kind, Sheet
from reports.conclusions.columns import task_state
from reports.models import ConclusionTask
from reports.viewpoint import Viewpoint
from reports.workbooks.facts import Facts


def tasks_sheet(facts: Facts) -> Sheet:
    """List the tasks of the conclusions issued by the day, those due first on top."""
    return Sheet(
        name="Nhiệm vụ kết luận",
        title="Nhiệm vụ theo kết luận hội nghị",
        day=facts.day,
        columns=[
            Field("Kết luận", width=16),
            Field("Nhiệm vụ", width=44),
            Field("Thực hiện", width=26),
            Field("Hạn hoàn thành", Kind.DATE, 12),
            Field("Tình trạng", Kind.STATE, 20),
            Field("Hoàn thành ngày", Kind.DATE, 12),
            Field("Kết quả", width=30),
        ],
        rows=[task_row(task, facts) for task in fetch_tasks(facts.view)],
        footers=(),
    )


def fetch_tasks(view: Viewpoint) -> list[ConclusionTask]:
    tasks = ConclusionTask.objects.visible_to(view.user).filter(withdrawn_at__isnull=True)
    issued = tasks.filter(conclusion__issued_on__lte=view.day)
    return list(issued.select_related("conclusion", "body", "officer").order_by("due_on", "pk"))


def task_row(task: ConclusionTask, facts: Facts) -> list[object]:
    is_done = task.done_on is not None and task.done_on <= facts.day
    return [
        task.conclusion.number,
        task.content,
        task.doer,
        task.due_on,
        task_state(task, facts.day),
        task.done_on if is_done else None,
        task.result if is_done else None,
    ]
