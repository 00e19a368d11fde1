"""The form of a period's due day and lock day."""

from __future__ import annotations

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.forms import date_field
from assignments.text_fields import show_refusal
from reports.models import Period
from reports.periodic.dates import set_period_dates

USUAL = "Ngày cuối còn đúng hạn; bỏ trống thì theo quy chế là ngày {:%d/%m/%Y}."


class PeriodDatesForm(forms.Form):
    """By when, and from when no more; both may be left empty."""

    due_on = date_field(
        "Hạn nộp báo cáo",
        required=False,
        help_text="Ngày cuối còn đúng hạn; bỏ trống thì theo quy chế.",
    )
    locked_on = date_field(
        "Khóa báo cáo từ ngày",
        required=False,
        help_text="Từ ngày này cán bộ không tự nộp, sửa báo cáo của kỳ; bỏ trống là không khóa.",
    )

    def __init__(self, *args, usual: dt.date | None, **kwargs):
        """``usual`` is the day the regulation gives, if it asks for these reports."""
        super().__init__(*args, **kwargs)
        if usual:
            self.fields["due_on"].help_text = USUAL.format(usual)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def write(self, period: Period, by: User) -> Period | None:
        """Write the days; ``None`` when refused, with the reason on the form."""
        try:
            return set_period_dates(period=period, by=by, **self.cleaned_data)
        except ValidationError as error:
            show_refusal(self, error)
            return None
