"""Tasks that conclusions of a conference set: soon due, overdue (R33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from reports.enums import NotificationKind
from reports.models import ConclusionTask
from reports.notifications.audience import Audience
from reports.notifications.notices import Notice, Stage, ahead_of, days_left, present

DAYS_AHEAD = 7


def tell_of_tasks(day: dt.date, audience: Audience) -> Iterator[Notice]:
    """Tell the office, and the officer whose task it is."""
    office = audience.office
    soon = day + dt.timedelta(days=DAYS_AHEAD)
    rows = ConclusionTask.objects.open_on(day).filter(due_on__lte=soon)
    for task in rows.select_related("conclusion"):
        stage = present(task_stages(task.due_on), day)
        yield Notice(
            (*office, *audience.acting_for(task.officer_id)),
            NotificationKind.TASK,
            f"task:{task.pk}:{task.due_on}:{stage.name}",
            f"{task}: {task_words(task.due_on, day)}",
            reverse("conclusions:detail", args=[task.conclusion_id]),
        )


def task_stages(due_on: dt.date) -> list[Stage]:
    return [*ahead_of(due_on, [DAYS_AHEAD]), Stage("overdue", due_on + dt.timedelta(days=1))]


def task_words(due_on: dt.date, day: dt.date) -> str:
    return days_left(due_on, day) if day <= due_on else f"hạn {due_on:%d/%m/%Y} đã qua"
