"""Forms of the steps of an evaluation: each knows the edition of it that its page showed.

No level is ever chosen beforehand: whoever rates chooses.
"""

from __future__ import annotations

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.forms import choice_field, date_field
from assignments.sent_back import SentBack
from assignments.text_fields import LineInput, LinesInput, show_refusal
from reports.enums import EvaluationStep, RatingLevel
from reports.models import Evaluation

LEVEL_MISSING = "Chọn một mức xếp loại."
LONGEST = 4_000
LONGEST_NOTE = 1_000


def level_field(label: str) -> forms.ChoiceField:
    """Give the four levels as radio buttons, none of them chosen."""
    field = choice_field(label, RatingLevel.choices, widget=forms.RadioSelect)
    field.error_messages["required"] = LEVEL_MISSING
    return field


class StepForm(SentBack):
    """One step of one evaluation; ``lead`` says what it means, ``done`` what it did."""

    step: EvaluationStep
    title = submit = lead = done = ""

    edition = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "Tải lại trang rồi thử lại.", "invalid": "Tải lại trang."},
    )

    def __init__(self, *args, evaluation: Evaluation, by: User, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.evaluation, self.by, self.today = evaluation, by, today
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.initial = {"edition": evaluation.edition} | self.initial
        self.offer()

    def offer(self) -> None:
        """Fill in fields and first values."""

    def common(self, now: dt.datetime) -> dict[str, object]:
        """Give what every service asks for."""
        return {
            "evaluation": self.evaluation,
            "edition": self.cleaned_data["edition"],
            "by": self.by,
            "now": now,
        }

    def write(self, now: dt.datetime) -> bool:
        """Do it; ``False`` when that was refused, with the reason on the form."""
        try:
            self.take(now)
        except ValidationError as error:
            self.refuse(error)
            return False
        return True

    def take(self, now: dt.datetime) -> None:
        raise NotImplementedError

    def refuse(self, error: ValidationError) -> None:
        """Show why; if somebody was faster, let the next sending act on what is there now."""
        show_refusal(self, error)
        self.evaluation.refresh_from_db()
        self.resend(edition=str(self.evaluation.edition))
