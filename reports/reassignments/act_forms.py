"""Forms of what is done with a plan: a comment, and the decision it is applied under."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms

from assignments.forms import NUMBER_MISSING, date_field
from assignments.text_fields import LineInput, LinesInput


class CommentForm(forms.Form):
    """What somebody says of a plan."""

    text = LinesInput(label="Ý kiến", missing="Ghi ý kiến.", max_length=2_000, rows=3)


class ApplyForm(forms.Form):
    """The decision a plan becomes assignments under."""

    number = LineInput(
        label="Số quyết định", max_length=60, missing=NUMBER_MISSING, help_text="Ví dụ: 512-QĐ/TU"
    )
    signed_on = date_field("Ngày ký quyết định")
    signer = LineInput(label="Người ký", max_length=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
