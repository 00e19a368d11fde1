"""What a conference concluded, as tasks with due dates (DOMAIN R33)."""

from reports.conclusions.services import (
    TaskFacts,
    add_conclusion,
    add_tasks,
    extend_task,
    finish_task,
    withdraw_task,
)

__all__ = [
    "TaskFacts",
    "add_conclusion",
    "add_tasks",
    "extend_task",
    "finish_task",
    "withdraw_task",
]
