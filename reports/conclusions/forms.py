"""Forms of conclusions: a notice with its tasks, one task's result, more time for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.bulk import RowErrors
from assignments.forms import date_field
from assignments.officer_field import Candidates, OfficerField
from assignments.plans.forms import UNREADABLE, record_field
from assignments.text_fields import LinesInput, show_refusal
from reports.conclusions import (
    TaskFacts,
    add_conclusion,
    add_tasks,
    extend_task,
    finish_task,
)
from reports.models import CompetentBody, Conclusion, ConclusionTask

ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 40
NOTHING = "Ghi ít nhất một nhiệm vụ."
ONE_OF_TWO = "Chọn một cơ quan hoặc một cán bộ thực hiện, không chọn cả hai."


class Doers:
    """The bodies and the officers a task can be given to on a day, read once for all rows."""

    def __init__(self, day: dt.date):
        self.bodies = list(CompetentBody.objects.existing_on(day))
        self.candidates = Candidates(day)

    def body_field(self) -> forms.Field:
        choices = [(str(body.pk), body.name) for body in self.bodies]
        return record_field(
            "Cơ quan thực hiện", self.bodies, "Chọn cơ quan…", choices, required=False
        )

    def officer_field(self) -> forms.Field:
        return OfficerField(self.candidates, label="Hoặc cán bộ thực hiện")


class ConclusionForm(forms.ModelForm):
    """The notice itself."""

    issued_on = date_field("Ngày ban hành")

    class Meta:
        model = Conclusion
        fields = ("number", "issued_on", "subject")
        error_messages = {
            "number": {"required": "Cần ghi số, ký hiệu."},
            "subject": {"required": "Cần ghi trích yếu."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, rows: TaskRows, by: User, now: dt.datetime) -> Conclusion | None:
        """Write the notice with the tasks of ``rows``; ``None`` when refused, saying why."""
        try:
            return add_conclusion(conclusion=self.instance, tasks=rows.facts(), by=by, now=now)
        except RowErrors as refused:
            rows.show(refused)
        except ValidationError as error:
            show_refusal(self, error)
        return None


class TaskRowForm(forms.Form):
    """One task. A row counts once something is filled in."""

    content = LinesInput(label="Nhiệm vụ", missing="Cần ghi nhiệm vụ.", max_length=2_000, rows=2)
    due_on = date_field("Hạn hoàn thành")

    field_order = ("content", "body", "officer", "due_on")

    def __init__(self, *args, doers: Doers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"] = doers.body_field()
        self.fields["officer"] = doers.officer_field()
        self.order_fields(self.field_order)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def has_changed(self) -> bool:
        return any((field.data or "").strip() for field in self)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        has_both = values.get("body") and values.get("officer")
        has_none = not values.get("body") and not values.get("officer")
        if has_both or (has_none and not {"body", "officer"} & self.errors.keys()):
            self.add_error("body", ONE_OF_TWO)
        return values

    def typed(self) -> dict[str, str]:
        """Give what was typed, as it was."""
        return {field.name: field.data or "" for field in self}


class TaskRows(forms.BaseFormSet):
    """The tasks of a notice; empty rows are passed over."""

    def __init__(self, *args, doers: Doers, **kwargs):
        self.doers = doers
        kwargs["error_messages"] = {"missing_management_form": UNREADABLE}
        super().__init__(*args, form_kwargs={"doers": doers}, **kwargs)

    def initial_form_count(self) -> int:
        """Count no row as written before."""
        return 0

    def filled(self) -> list[TaskRowForm]:
        return [form for form in self.forms if form.has_changed()]

    def facts(self) -> list[TaskFacts]:
        return [TaskFacts(**form.cleaned_data) for form in self.filled()]

    def clean(self) -> None:
        if not self.filled() and not any(self.errors):
            raise ValidationError(NOTHING)

    def show(self, refused: RowErrors) -> None:
        """Show why tasks were refused, at their rows."""
        rows = self.filled()
        for place, sentences in refused.errors.items():
            rows[place].add_error(None, sentences)

    def with_more_rows(self) -> TaskRows:
        """Give the same rows as they were typed, and a few empty ones after them."""
        typed: Sequence[dict[str, str]] = [form.typed() for form in self.forms]
        return task_rows(len(typed) + MORE_ROWS)(doers=self.doers, initial=typed)

    def write(
        self, conclusion: Conclusion, by: User, now: dt.datetime
    ) -> list[ConclusionTask] | None:
        """Add the tasks to a notice that is there; ``None`` when refused, saying why."""
        try:
            return add_tasks(conclusion=conclusion, tasks=self.facts(), by=by, now=now)
        except RowErrors as refused:
            self.show(refused)
            return None


def task_rows(count: int = ROWS) -> type[TaskRows]:
    """Give a set of ``count`` rows, :data:`MOST_ROWS` at most."""
    return forms.formset_factory(
        TaskRowForm,
        formset=TaskRows,
        extra=min(count, MOST_ROWS),
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )


class OfTask(forms.Form):
    """Something done with a task; a subclass says what in :meth:`act`."""

    def __init__(self, *args, task: ConclusionTask, **kwargs):
        super().__init__(*args, **kwargs)
        self.task = task

    def act(self, **facts: object) -> ConclusionTask:
        raise NotImplementedError

    def write(self, by: User, now: dt.datetime) -> ConclusionTask | None:
        """Do it; ``None`` when refused, with the reason on the form."""
        try:
            return self.act(task=self.task, by=by, now=now, **self.cleaned_data)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class FinishForm(OfTask):
    """When a task was done, and what came of it."""

    done_on = date_field("Hoàn thành ngày")
    result = LinesInput(label="Kết quả", missing="Cần ghi kết quả.", max_length=2_000)

    def act(self, **facts):
        return finish_task(**facts)


class ExtendForm(OfTask):
    """Until when a task is given, and why."""

    due_on = date_field("Hạn mới")
    reason = LinesInput(label="Lý do gia hạn", missing="Cần ghi lý do.", max_length=300, rows=2)

    def act(self, **facts):
        return extend_task(**facts)
