"""Forms of what communes' committees say of their officer."""

from __future__ import annotations

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.forms import choice_field, date_field
from assignments.models.entries import Withdrawable
from assignments.text_fields import LineInput, LinesInput, show_refusal
from reports.evaluation.remarks import (
    RemarkFacts,
    add_remark,
    remarking_communes,
    withdraw_remark,
)
from reports.models import CommuneRemark, Evaluation


class RemarkForm(forms.Form):
    """Whose remark, in which document, of which day, and what it says."""

    commune = choice_field("Đảng bộ", [])
    document = LineInput(
        label="Văn bản nhận xét",
        missing="Ghi số, ngày của văn bản nhận xét.",
        max_length=120,
        help_text="Ví dụ: 15-CV/ĐU, ngày 05/7/2023",
    )
    given_on = date_field("Ngày nhận xét")
    content = LinesInput(
        label="Nội dung nhận xét", missing="Ghi nội dung nhận xét.", max_length=4_000, rows=6
    )

    def __init__(self, *args, evaluation: Evaluation, **kwargs):
        super().__init__(*args, **kwargs)
        self.evaluation = evaluation
        self.communes = {str(one.pk): one for one in remarking_communes(evaluation)}
        self.fields["commune"].choices = [
            ("", "Chọn Đảng bộ…"),
            *((key, one.full_name) for key, one in self.communes.items()),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, by: User, now: dt.datetime) -> bool:
        """Write it; ``False`` when refused, with the reason on the form."""
        said = self.cleaned_data | {"commune": self.communes[self.cleaned_data["commune"]]}
        try:
            add_remark(evaluation=self.evaluation, facts=RemarkFacts(**said), by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return False
        return True


class WithdrawRemarkForm(forms.Form):
    """Why a remark is taken back."""

    reason = LineInput(
        label="Lý do rút",
        missing="Ghi lý do rút.",
        max_length=Withdrawable._meta.get_field("withdrawal_reason").max_length,
        help_text="Ví dụ: ghi nhầm Đảng bộ",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, remark: CommuneRemark, by: User, now: dt.datetime) -> bool:
        """Take it back; ``False`` when refused, with the reason on the form."""
        try:
            withdraw_remark(remark=remark, reason=self.cleaned_data["reason"], by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return False
        return True
