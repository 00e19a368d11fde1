"""Columns of the list of tasks, on the page and in the file, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.urls import reverse
from django.utils.text import Truncator

from assignments.tables import Action, Column, Kind, State
from reports.models import ConclusionTask

SHOWN_WORDS = 32  # of a task or its result; the page of the notice and the file have it whole

UNDER_WAY = State("→", "Đang thực hiện", "due")
OVERDUE = State("!", "Quá hạn", "short")
DONE = State("✓", "Hoàn thành", "ok")
DONE_LATE = State("✓", "Hoàn thành sau hạn", "ok")
WITHDRAWN = State("×", "Đã rút lại", "none")


def task_state(task: ConclusionTask, day: dt.date) -> State:
    """Give how a task stood on ``day``."""
    if task.is_withdrawn:
        return WITHDRAWN
    if task.done_on and task.done_on <= day:
        return DONE if task.done_on <= task.due_on else DONE_LATE
    return OVERDUE if task.due_on < day else UNDER_WAY


def doer_address(task: ConclusionTask) -> str | None:
    key = task.officer_id
    return reverse("reports:officer_detail", args=[key]) if key else None


def done_by(task: ConclusionTask, day: dt.date) -> bool:
    return task.done_on is not None and task.done_on <= day


def in_short(text: str) -> str:
    return Truncator(text).words(SHOWN_WORDS, truncate=" …")


def task_columns(
    day: dt.date, actions: Callable[[ConclusionTask], tuple[Action, ...]]
) -> tuple[Column, ...]:
    """Give the columns as of ``day``; ``actions`` gives what can be done with a task."""
    return (
        Column(
            "nhiem_vu",
            "Nhiệm vụ",
            lambda row: row.content,
            brief=lambda row: in_short(row.content),
            url=lambda row: reverse("conclusions:detail", args=[row.conclusion_id]),
            width=48,
        ),
        Column(
            "thuc_hien",
            "Thực hiện",
            lambda row: row.doer,
            url=doer_address,
            width=28,
        ),
        Column(
            "han",
            "Hạn hoàn thành",
            lambda row: row.due_on,
            kind=Kind.DATE,
            sort=("due_on",),
            width=12,
        ),
        Column(
            "tinh_trang", "Tình trạng", lambda row: task_state(row, day), kind=Kind.STATE, width=18
        ),
        Column(
            "xong",
            "Hoàn thành",
            lambda row: row.done_on if done_by(row, day) else None,
            kind=Kind.DATE,
            sort=("done_on",),
            width=12,
        ),
        Column(
            "ket_qua",
            "Kết quả",
            lambda row: row.result if done_by(row, day) else "",
            brief=lambda row: in_short(row.result) if done_by(row, day) else "",
            width=40,
        ),
        Column(
            "ket_luan",
            "Kết luận",
            lambda row: row.conclusion.number,
            sort=("conclusion__issued_on", "conclusion__number"),
            url=lambda row: reverse("conclusions:detail", args=[row.conclusion_id]),
            detail=lambda row: f"{row.conclusion.issued_on:%d/%m/%Y}",
            detail_label="Ngày ban hành",
            width=16,
        ),
        Column("thao_tac", "Thao tác", actions, holds_actions=True),
    )
