"""Forms of documents being followed: begin, stop, note how far communes are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.bulk import RowErrors
from assignments.directives import Noted, end_directive, follow_directive, note_follow_ups
from assignments.enums import FollowUpState
from assignments.forms import choice_field, date_field
from assignments.models import Directive, FollowUp
from assignments.text_fields import LinesInput, show_refusal
from communes.models import Commune


class DirectiveForm(forms.ModelForm):
    """A document to follow from a day."""

    issued_on = date_field("Ngày ban hành")
    started_on = date_field("Theo dõi từ ngày")
    due_on = date_field("Hoàn thành trước ngày", required=False)

    class Meta:
        model = Directive
        fields = ("number", "issued_on", "issuer", "subject", "started_on", "due_on")
        error_messages = {
            "number": {"required": "Cần ghi số, ký hiệu."},
            "subject": {"required": "Cần ghi trích yếu."},
        }
        help_texts = {"number": "Ví dụ: 12-NQ/TU"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, by: User, now: dt.datetime) -> Directive | None:
        """Write the document; ``None`` when refused, with the reason on the form."""
        try:
            return follow_directive(directive=self.instance, by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class EndDirectiveForm(forms.Form):
    """From when, and why, a document is no longer followed."""

    on = date_field("Thôi theo dõi từ ngày", help_text="Ngày đầu tiên thôi theo dõi.")
    reason = LinesInput(
        label="Lý do",
        missing="Cần ghi lý do.",
        max_length=300,
        rows=2,
        help_text="Ví dụ: đã tổng kết; đã có văn bản thay thế.",
    )

    def __init__(self, *args, directive: Directive, **kwargs):
        super().__init__(*args, **kwargs)
        self.directive = directive

    def write(self, by: User) -> Directive | None:
        """Write the end; ``None`` when refused, with the reason on the form."""
        try:
            return end_directive(directive=self.directive, by=by, **self.cleaned_data)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class FollowUpForm(forms.Form):
    """What was urged of one or several communes, or came of it, on a day."""

    on = date_field("Ngày", help_text="Ngày đôn đốc hoặc ngày nắm tình hình.")
    state = choice_field("Tình hình", [("", "Chọn tình hình…"), *FollowUpState.choices])
    note = LinesInput(label="Nội dung", missing="Cần ghi nội dung.", max_length=2_000)

    def __init__(self, *args, directive: Directive, communes: Sequence[Commune], **kwargs):
        super().__init__(*args, **kwargs)
        self.directive, self.communes = directive, communes
        self.row_errors: dict[int, list[str]] = {}

    def rows(self) -> list[dict[str, Any]]:
        """Give each commune with the reasons nothing could be noted of it."""
        return [
            {"commune": commune, "errors": self.row_errors.get(place, [])}
            for place, commune in enumerate(self.communes)
        ]

    def write(self, by: User, now: dt.datetime) -> list[FollowUp] | None:
        """Write all or none; ``None`` when refused, with the reasons on the form."""
        noted = Noted(
            self.cleaned_data["on"],
            FollowUpState(self.cleaned_data["state"]),
            self.cleaned_data["note"],
        )
        try:
            return note_follow_ups(
                directive=self.directive, communes=self.communes, noted=noted, by=by, now=now
            )
        except RowErrors as errors:
            self.row_errors = errors.errors
            self.add_error(None, "Chưa ghi gì: có Đảng bộ chưa ghi được, xem lý do bên dưới.")
        except ValidationError as error:
            show_refusal(self, error)
        return None
