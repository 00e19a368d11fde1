"""Notices of conclusions and their tasks: the office adds, extends, records the result.

Each function is one transaction with its audit rows and raises ``ValidationError`` with a
sentence. Whose officer is given a task, or more time for it, is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.bulk import all_or_none
from assignments.models import Officer
from assignments.withdrawing import take_back
from communes.periods import constraint_sentences
from reports.enums import NotificationKind
from reports.models import CompetentBody, Conclusion, ConclusionTask
from reports.notifications import notify, users_of

TAKEN_BACK = "Nhiệm vụ này đã được rút lại."


@dataclass(frozen=True)
class TaskFacts:
    """What is to be done, by which body or which officer (one of the two), by which day."""

    content: str
    due_on: dt.date
    body: CompetentBody | None = None
    officer: Officer | None = None


# --- adding --------------------------------------------------------------------------------------


def add_conclusion(
    *, conclusion: Conclusion, tasks: Sequence[TaskFacts], by: User, now: dt.datetime
) -> Conclusion:
    """Add a notice, a record not yet saved, with its ``tasks``: all of them or nothing.

    Raises :class:`assignments.bulk.RowErrors` for tasks that cannot be written.
    """
    with constraint_sentences(Conclusion), transaction.atomic():
        conclusion.entered_by, conclusion.entered_at = by, now
        conclusion.full_clean()
        if conclusion.issued_on > timezone.localdate(now):
            raise ValidationError({"issued_on": not_come(conclusion.issued_on)})
        conclusion.save()
        audit.record(Verb.CREATE, conclusion, by=by, after=audit.snapshot(conclusion))
        give_all(conclusion, tasks, by, now)
    return conclusion


def add_tasks(
    *, conclusion: Conclusion, tasks: Sequence[TaskFacts], by: User, now: dt.datetime
) -> list[ConclusionTask]:
    """Add ``tasks`` to a notice that is there: all of them, or :class:`RowErrors` and none."""
    with transaction.atomic():
        return give_all(conclusion, tasks, by, now)


def give_all(
    conclusion: Conclusion, tasks: Sequence[TaskFacts], by: User, now: dt.datetime
) -> list[ConclusionTask]:
    return all_or_none(
        (partial(give, conclusion, facts, by, now) for facts in tasks), model=ConclusionTask
    )


def give(conclusion: Conclusion, facts: TaskFacts, by: User, now: dt.datetime) -> ConclusionTask:
    """Write one task inside the caller's transaction and tell whose it is."""
    task = ConclusionTask(
        conclusion=conclusion,
        content=facts.content,
        body=facts.body,
        officer=facts.officer,
        due_on=facts.due_on,
        entered_by=by,
        entered_at=now,
    )
    task.full_clean()
    if task.due_on < conclusion.issued_on:
        raise ValidationError({"due_on": "Hạn hoàn thành phải từ ngày ban hành kết luận trở đi."})
    task.save()
    audit.record(Verb.CREATE, task, by=by, after=audit.snapshot(task))
    tell(task, f"task:{task.pk}:given", "Được giao nhiệm vụ theo kết luận", by, now)
    return task


def tell(task: ConclusionTask, key: str, what: str, by: User, now: dt.datetime) -> None:
    """Tell who acts for the officer of a task, but not who did it themselves."""
    if task.officer is None:
        return
    notify(
        [user for user in users_of(task.officer) if user != by],
        kind=NotificationKind.TASK,
        key=key,
        title=f"{what}, hạn {task.due_on:%d/%m/%Y}: {task.conclusion}",
        detail=task.content,
        address=reverse("conclusions:detail", args=[task.conclusion_id]),
        now=now,
    )


# --- what becomes of a task ----------------------------------------------------------------------


def held(task: ConclusionTask) -> ConclusionTask:
    """Read a task anew and hold it until the transaction ends; refuse one that is settled."""
    rows = ConclusionTask.objects.select_for_update(of=("self",), no_key=True)
    current = rows.select_related("conclusion", "officer", "body").get(pk=task.pk)
    if current.is_withdrawn:
        raise ValidationError(TAKEN_BACK)
    if current.done_on:
        done = f"{current.done_on:%d/%m/%Y}"
        raise ValidationError(f"Nhiệm vụ này đã ghi hoàn thành ngày {done}.")
    return current


def change(task: ConclusionTask, *, by: User, reason: str = "", **columns: object) -> None:
    """Write ``columns`` of a task that is held, with what they were before."""
    before = audit.snapshot(task)
    for name, value in columns.items():
        setattr(task, name, value)
    task.full_clean()
    task.save()
    old, new = audit.difference(before, audit.snapshot(task))
    audit.record(Verb.CHANGE, task, by=by, before=old, after=new, reason=reason)


def finish_task(
    *, task: ConclusionTask, done_on: dt.date, result: str, by: User, now: dt.datetime
) -> ConclusionTask:
    """Record that a task was done on ``done_on``, with what came of it.

    Not before the notice was issued, and not on a day to come.
    """
    with constraint_sentences(ConclusionTask), transaction.atomic():
        current = held(task)
        if done_on > timezone.localdate(now):
            raise ValidationError({"done_on": not_come(done_on)})
        if done_on < current.conclusion.issued_on:
            raise ValidationError({"done_on": "Ngày hoàn thành phải từ ngày ban hành kết luận."})
        change(current, by=by, done_on=done_on, result=result)
    return current


def extend_task(
    *, task: ConclusionTask, due_on: dt.date, reason: str, by: User, now: dt.datetime
) -> ConclusionTask:
    """Give a task until a later day, with the reason; the former day stays in the log."""
    with constraint_sentences(ConclusionTask), transaction.atomic():
        current = held(task)
        if due_on <= current.due_on:
            present = f"{current.due_on:%d/%m/%Y}"
            raise ValidationError({"due_on": f"Hạn mới phải sau hạn hiện nay ({present})."})
        change(current, by=by, reason=reason, due_on=due_on)
        tell(current, f"task:{current.pk}:due:{due_on}", "Gia hạn nhiệm vụ", by, now)
    return current


def withdraw_task(
    *, task: ConclusionTask, reason: str, by: User, now: dt.datetime
) -> ConclusionTask:
    """Take back a task given by mistake; one that was done stays."""
    with constraint_sentences(ConclusionTask), transaction.atomic():
        return take_back(held(task), reason=reason, by=by, now=now)


def not_come(day: dt.date) -> str:
    return f"Ngày {day:%d/%m/%Y} chưa tới."
