"""Forms that assign, end and hand over several assignments under one decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction

from accounts.models import User
from assignments.bulk import RowErrors, assign_all, end_all, hand_over_all
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision, Officer
from assignments.officer_field import Candidates, OfficerField
from assignments.services import Terms, decision_for
from communes import names
from communes.as_of import EARLIEST, LATEST
from communes.models import Commune
from communes.periods import constraint_sentences

OUT_OF_RANGE = f"Ngày phải từ năm {EARLIEST.year} đến năm {LATEST.year}."
NUMBER_MISSING = "Cần ghi số quyết định."
ROWS_GONE = (
    "Chưa ghi gì: có dòng vừa được người khác thay đổi, không còn ở đây. "
    "Xem lại các dòng còn lại rồi ghi."
)


def date_options(label: str) -> dict[str, Any]:
    """Give what makes a date field one typed as dd/mm/yyyy in any browser language.

    Script adds a calendar. The field takes the days that pages can look at: a slip like 0202 for
    2020 would never be seen again.
    """
    attributes = {"data-date": "", "placeholder": "ngày/tháng/năm", "autocomplete": "off"}
    return {
        "label": label,
        "widget": forms.DateInput(attrs=attributes, format="%d/%m/%Y"),
        "error_messages": {
            "invalid": "Ngày không hợp lệ, cần ghi như 09/05/2023.",
            "required": "Cần ghi ngày.",
        },
        "validators": [
            MinValueValidator(EARLIEST, OUT_OF_RANGE),
            MaxValueValidator(LATEST, OUT_OF_RANGE),
        ],
    }


def date_field(label: str, **options) -> forms.DateField:
    """Give a date field as :func:`date_options` says."""
    return forms.DateField(**date_options(label), **options)


def choice_field(label: str, choices: Sequence, **options) -> forms.ChoiceField:
    """Give a select whose refusals are sentences."""
    messages = {
        "required": "Cần chọn một mục.",
        "invalid_choice": "“%(value)s” không nằm trong các lựa chọn.",
    }
    return forms.ChoiceField(label=label, choices=choices, error_messages=messages, **options)


class DecisionForm(forms.Form):
    """What every change under one decision asks: from when, by which decision, why.

    ``rows`` are what the form is about, in order; a subclass writes them in :meth:`write`.
    ``asked`` are the keys of the rows the page showed when it was sent.
    """

    on = date_field("Từ ngày")
    decision_number = forms.CharField(
        label="Số quyết định",
        max_length=60,
        help_text="Ví dụ: 512-QĐ/TU",
        error_messages={"required": NUMBER_MISSING},
    )
    decision_date = date_field("Ngày ký quyết định")
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    reason = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, rows: Sequence[Any], by: User, asked: Collection[int] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.by, self.asked = rows, by, asked
        self.row_errors: dict[int, list[str]] = {}
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_decision_number(self) -> str:
        """Give the number as it is stored; one of invisible characters alone is none."""
        number = names.normalise(self.cleaned_data["decision_number"])
        if not number:
            raise ValidationError(NUMBER_MISSING)
        return number

    def clean(self) -> dict[str, Any]:
        """Refuse to write some of what was asked as if it were all."""
        if set(self.asked) - {row.pk for row in self.rows}:
            raise ValidationError(ROWS_GONE)
        return super().clean()

    def decision(self) -> Decision:
        return decision_for(
            number=self.cleaned_data["decision_number"],
            signed_on=self.cleaned_data["decision_date"],
            signer=self.cleaned_data["signer"],
            by=self.by,
        )

    def write(self, terms: Terms) -> list[Assignment]:
        """Write every row on the same ``terms``, or raise :class:`RowErrors`."""
        raise NotImplementedError

    def terms(self) -> Terms:
        """Give what all rows have in common."""
        return Terms(self.cleaned_data["on"], self.decision(), self.by, self.cleaned_data["reason"])

    def save(self) -> list[Assignment] | None:
        """Write all rows or none; ``None`` when some were refused, with the reasons on the form."""
        try:
            with constraint_sentences(Assignment, Decision), transaction.atomic():
                return self.write(self.terms())
        except RowErrors as refused:
            self.row_errors = refused.errors
            self.add_error(None, "Chưa ghi gì: có dòng chưa hợp lệ, xem lý do ở từng dòng.")
        except ValidationError as error:
            # Its fields are those of the records, not of this form.
            self.add_error(None, error.messages)
        return None


class OfficerPerRowMixin:
    """A field for an officer on each row, named by the row's key.

    The place of a row would not do: it changes when another user takes a row away meanwhile.
    """

    OFFICER_LABEL = "Cán bộ"

    def add_officer_fields(self, day: dt.date) -> None:
        self.candidates = Candidates(day)
        for row in self.rows:
            self.fields[self.officer_field(row)] = OfficerField(
                self.candidates, label=self.OFFICER_LABEL
            )

    @staticmethod
    def officer_field(row: Any) -> str:
        return f"officer_{row.pk}"

    def officer_fields(self) -> list[forms.BoundField]:
        return [self[self.officer_field(row)] for row in self.rows]

    def pairs(self) -> list[tuple[Any, Officer]]:
        """Give (row, officer) for the rows that were given an officer."""
        picks = [self.cleaned_data.get(self.officer_field(row)) for row in self.rows]
        return [(row, officer) for row, officer in zip(self.rows, picks, strict=True) if officer]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.pairs():
            raise ValidationError("Ghi cán bộ cho ít nhất một dòng.")
        return super().clean()


class AssignForm(OfficerPerRowMixin, DecisionForm):
    """Give communes (``rows``) to officers."""

    role = choice_field("Vai trò", AssignmentRole.choices)
    until = date_field("Thôi từ ngày (nếu tạm thời)", required=False)

    field_order = ("on", "role", "until", "decision_number", "decision_date", "signer", "reason")

    def __init__(self, *args, rows: Sequence[Commune], day: dt.date, **kwargs):
        super().__init__(*args, rows=rows, **kwargs)
        self.add_officer_fields(day)

    def clean(self):
        data = super().clean()
        if data.get("until") and data.get("on") and data["until"] <= data["on"]:
            self.add_error("until", "Ngày thôi phải sau ngày bắt đầu.")
        is_cover = data.get("role") == AssignmentRole.COVER
        if data.get("until") and data.get("role") and not is_cover:
            self.add_error("until", "Chỉ ghi ngày thôi khi vai trò là phụ trách tạm thời.")
        return data

    def write(self, terms):
        role = AssignmentRole(self.cleaned_data["role"])
        until = self.cleaned_data["until"]
        return assign_all(pairs=self.pairs(), terms=terms, role=role, until=until)


class EndForm(DecisionForm):
    """End assignments (``rows``)."""

    on = date_field("Thôi từ ngày", help_text="Ngày đầu tiên không còn phụ trách.")
    end_reason = choice_field("Lý do", [("", "Chọn lý do…"), *EndReason.choices])

    field_order = ("on", "end_reason", "decision_number", "decision_date", "signer", "reason")

    def write(self, terms):
        end_reason = EndReason(self.cleaned_data["end_reason"])
        return end_all(assignments=self.rows, terms=terms, end_reason=end_reason)


class HandOverForm(OfficerPerRowMixin, DecisionForm):
    """End assignments (``rows``) and give each to somebody else from the same day."""

    OFFICER_LABEL = "Bàn giao cho"

    on = date_field("Bàn giao từ ngày", help_text="Người nhận phụ trách từ ngày này.")
    end_reason = choice_field("Lý do", EndReason.choices, initial=EndReason.REPLACED)

    field_order = ("on", "end_reason", "decision_number", "decision_date", "signer", "reason")

    def __init__(self, *args, rows: Sequence[Assignment], day: dt.date, **kwargs):
        super().__init__(*args, rows=rows, **kwargs)
        self.add_officer_fields(day)

    def write(self, terms):
        end_reason = EndReason(self.cleaned_data["end_reason"])
        return hand_over_all(pairs=self.pairs(), terms=terms, end_reason=end_reason)
