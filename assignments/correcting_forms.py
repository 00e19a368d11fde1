"""Forms that put an assignment right, and call one off that has not begun."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assignments.correcting import Corrected, cancel_assignment, correct_assignment
from assignments.enums import AssignmentRole, EndReason
from assignments.forms import choice_field, date_field
from assignments.models import Assignment, Decision
from assignments.services import decision_for
from assignments.text_fields import LineInput, LinesInput, show_refusal
from communes.periods import constraint_sentences

DATE_ALONE = "Ghi số quyết định, hoặc bỏ trống ngày ký."


class CorrectForm(forms.Form):
    """How an assignment should have been written, and why it is written anew."""

    role = choice_field("Vai trò", AssignmentRole.choices)
    started_on = date_field("Từ ngày")
    ended_on = date_field(
        "Thôi từ ngày", required=False, help_text="Ngày đầu tiên không còn phụ trách."
    )
    end_reason = choice_field("Lý do thôi", [("", "Chưa thôi"), *EndReason.choices], required=False)
    opening_number = LineInput(label="Số quyết định phân công", max_length=60, required=False)
    opening_date = date_field("Ngày ký quyết định phân công", required=False)
    closing_number = LineInput(label="Số quyết định thôi", max_length=60, required=False)
    closing_date = date_field("Ngày ký quyết định thôi", required=False)
    note = LinesInput(label="Ghi chú", max_length=2_000, required=False, rows=2)
    reason = LinesInput(label="Lý do đính chính", missing="Ghi lý do đính chính.", rows=2)

    def __init__(self, *args, assignment: Assignment, by: User, **kwargs):
        super().__init__(*args, initial=written(assignment), **kwargs)
        self.assignment, self.by = assignment, by
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for which in ("opening", "closing"):
            if data.get(f"{which}_date") and not data.get(f"{which}_number"):
                self.add_error(f"{which}_number", DATE_ALONE)
        return data

    def decision(self, which: str) -> Decision | None:
        number = self.cleaned_data[f"{which}_number"]
        signed_on = self.cleaned_data[f"{which}_date"]
        return decision_for(number=number, signed_on=signed_on, by=self.by) if number else None

    def write(self) -> Assignment | None:
        """Write it, or show why not and give ``None``."""
        data = self.cleaned_data
        try:
            with constraint_sentences(Decision), transaction.atomic():
                corrected = Corrected(
                    role=AssignmentRole(data["role"]),
                    started_on=data["started_on"],
                    ended_on=data["ended_on"],
                    end_reason=data["end_reason"],
                    opening_decision=self.decision("opening"),
                    closing_decision=self.decision("closing"),
                    note=data["note"],
                )
                return correct_assignment(
                    assignment=self.assignment,
                    corrected=corrected,
                    reason=data["reason"],
                    by=self.by,
                )
        except ValidationError as refused:
            show_refusal(self, refused)
            return None


def written(assignment: Assignment) -> dict[str, object]:
    """Give what the form says at first: the assignment as it is written."""
    opening, closing = assignment.opening_decision, assignment.closing_decision
    columns = ("role", "started_on", "ended_on", "end_reason", "note")
    return {name: getattr(assignment, name) for name in columns} | {
        "opening_number": opening.number if opening else "",
        "opening_date": opening.signed_on if opening else None,
        "closing_number": closing.number if closing else "",
        "closing_date": closing.signed_on if closing else None,
    }


class CancelForm(forms.Form):
    """Why an assignment that has not begun is called off; whether the one before goes on."""

    reopens = forms.BooleanField(label="", required=False)
    reason = LinesInput(label="Lý do hủy", missing="Ghi lý do hủy.", rows=2)

    def __init__(self, *args, earlier: Assignment | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        if earlier is None:
            del self.fields["reopens"]
        else:
            name = earlier.officer.full_name
            self.fields["reopens"].label = f"Đồng chí {name} tiếp tục phụ trách như trước"

    def write(self, assignment: Assignment, by: User) -> bool:
        """Call it off; say whether it was."""
        try:
            cancel_assignment(
                assignment=assignment,
                reason=self.cleaned_data["reason"],
                reopens=self.cleaned_data.get("reopens", False),
                by=by,
            )
        except ValidationError as refused:
            show_refusal(self, refused)
            return False
        return True
