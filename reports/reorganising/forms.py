"""What rearranging communes asks: the mapping, a decision to apply it under, why it is undone."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from assignments.forms import date_field
from assignments.models import Decision
from communes import names
from communes.models import Reorganisation

LONGEST = {
    name: Reorganisation._meta.get_field(name).max_length
    for name in ("resolution", "subject", "undo_reason")
}


class EventForm(forms.Form):
    """Which resolution, from which day, with which workbook."""

    resolution = forms.CharField(
        label="Số nghị quyết",
        max_length=LONGEST["resolution"],
        help_text="Ví dụ: 1668/NQ-UBTVQH15",
        error_messages={"required": "Cần ghi số nghị quyết."},
    )
    subject = forms.CharField(label="Trích yếu", max_length=LONGEST["subject"], required=False)
    effective_on = date_field(
        "Có hiệu lực từ ngày",
        help_text="Ngày đầu tiên của các đơn vị mới; ghi trước hay ghi sau ngày đó đều được.",
    )
    ends_districts = forms.BooleanField(
        label="Kết thúc hoạt động cấp huyện từ ngày này", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_resolution(self) -> str:
        """Give the number as it is stored; one of invisible characters alone is none."""
        number = names.normalise(self.cleaned_data["resolution"])
        if not number:
            raise ValidationError("Cần ghi số nghị quyết.")
        return number


class ApplyForm(forms.Form):
    """Under which decision the assignments in the new units are opened, if there is one yet."""

    decision_number = forms.CharField(
        label="Số quyết định phân công (nếu có)",
        max_length=Decision._meta.get_field("number").max_length,
        required=False,
    )
    decision_date = date_field("Ngày ký quyết định", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, object]:
        """Refuse a date without a number."""
        found = super().clean()
        number = names.normalise(found.get("decision_number") or "")
        if found.get("decision_date") and not number:
            self.add_error("decision_number", "Có ngày ký thì ghi cả số quyết định.")
        return found | {"decision_number": number}


class UndoForm(forms.Form):
    """Why a rearrangement is taken back."""

    reason = forms.CharField(
        label="Lý do hoàn tác",
        max_length=LONGEST["undo_reason"],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi lý do hoàn tác."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_reason(self) -> str:
        """Give the reason as it is stored; one of invisible characters alone is none."""
        reason = names.normalise(self.cleaned_data["reason"])
        if not reason:
            raise ValidationError("Ghi lý do hoàn tác.")
        return reason
