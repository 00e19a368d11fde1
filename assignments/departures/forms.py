"""Forms of an officer who leaves, and of who stands in for a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from assignments.bulk import RowErrors
from assignments.departures import (
    Leaving,
    Replacement,
    change_cover,
    cover,
    depart,
    left_by,
)
from assignments.enums import COVERING_ROLES, AssignmentRole, EndReason
from assignments.forms import choice_field, date_field
from assignments.models import Assignment, Decision, Departure, Officer
from assignments.officer_field import Candidates, OfficerField
from assignments.services import decision_for
from assignments.text_fields import LineInput, LinesInput, show_refusal
from communes.as_of import parse_day
from communes.models import Commune
from communes.periods import constraint_sentences

NOT_WRITTEN = "Chưa ghi gì: có dòng chưa hợp lệ, xem lý do ở từng dòng."
UNTIL_ALONE = "Ghi cán bộ phụ trách tạm thời, hoặc bỏ trống ngày."
DATE_ALONE = "Ghi số quyết định, hoặc bỏ trống ngày ký."
ONE_DAY = dt.timedelta(days=1)


class PlainForm(forms.Form):
    """A form without its own tag, of somebody."""

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.helper = FormHelper()
        self.helper.form_tag = False


class OptionalDecision(forms.Form):
    """A decision that may not be there yet, or never will: who dies needs none."""

    decision_number = LineInput(
        label="Số quyết định", max_length=60, required=False, help_text="Ví dụ: 512-QĐ/TU"
    )
    decision_date = date_field("Ngày ký quyết định", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("decision_date") and not data.get("decision_number"):
            self.add_error("decision_number", DATE_ALONE)
        return data

    def decision(self, by: User) -> Decision | None:
        number = self.cleaned_data["decision_number"]
        signed_on = self.cleaned_data["decision_date"]
        return decision_for(number=number, signed_on=signed_on, by=by) if number else None


class DepartForm(PlainForm, OptionalDecision):
    """An officer leaves; each of their communes goes to somebody, for good or for a time."""

    on = date_field("Thôi từ ngày", help_text="Ngày đầu tiên không còn phụ trách.")
    reason = choice_field("Lý do", [("", "Chọn lý do…"), *EndReason.choices])
    leaves_office = forms.BooleanField(
        label="Thôi công tác hẳn, không nhận phân công nữa", required=False, initial=True
    )
    note = LineInput(label="Ghi chú", max_length=500, required=False)

    field_order = ("on", "reason", "decision_number", "decision_date", "note", "leaves_office")

    def __init__(self, *args, officer: Officer, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.officer, self.today = officer, today
        self.row_errors: dict[int, list[str]] = {}
        self.rows = list(left_by(officer, today, today))
        self.candidates = Candidates(parse_day(self.data.get("on", "")) or today)
        for row in self.rows:
            if row.role in COVERING_ROLES:
                self.add_fields(row)

    def add_fields(self, row: Assignment) -> None:
        """Add who goes on with a commune, and until when where only for a time."""
        label = f"Người tiếp tục ở {row.commune.full_name}"
        self.fields[f"officer_{row.pk}"] = OfficerField(self.candidates, label=label)
        until = date_field(f"Phụ trách tạm thời đến hết ngày, {row.commune.full_name}")
        until.required = False
        until.widget.attrs["class"] = "form-control"
        self.fields[f"until_{row.pk}"] = until

    def shown_rows(self) -> list[dict[str, Any]]:
        """Give each assignment with its fields and why it was refused."""
        return [
            {
                "record": row,
                "field": self[f"officer_{row.pk}"] if f"officer_{row.pk}" in self.fields else None,
                "until": self[f"until_{row.pk}"] if f"until_{row.pk}" in self.fields else None,
                "errors": self.row_errors.get(row.pk, []),
            }
            for row in self.rows
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for row in self.rows:
            if data.get(f"until_{row.pk}") and not data.get(f"officer_{row.pk}"):
                self.add_error(f"until_{row.pk}", UNTIL_ALONE)
        return data

    def replacements(self) -> dict[int, Replacement]:
        """Give who goes on with which commune."""
        chosen = {}
        for row in self.rows:
            if officer := self.cleaned_data.get(f"officer_{row.pk}"):
                last = self.cleaned_data[f"until_{row.pk}"]
                chosen[row.pk] = Replacement(officer, last + ONE_DAY if last else None)
        return chosen

    def write(self) -> Departure | None:
        """Write all of it, or show why not and give ``None``."""
        data = self.cleaned_data
        try:
            with constraint_sentences(Decision), transaction.atomic():
                leaving = Leaving(
                    on=data["on"],
                    reason=EndReason(data["reason"]),
                    leaves_office=data["leaves_office"],
                    decision=self.decision(self.by),
                    note=data["note"],
                )
                return depart(
                    officer=self.officer,
                    leaving=leaving,
                    replacements=self.replacements(),
                    by=self.by,
                )
        except RowErrors as refused:
            rows = list(left_by(self.officer, data["on"], self.today))
            self.row_errors = {rows[at].pk: texts for at, texts in refused.errors.items()}
            self.add_error(None, NOT_WRITTEN)
        except ValidationError as refused:
            self.add_error(None, refused.messages)
        return None


class TakeBackForm(PlainForm):
    """Take a departure back; with a day, write it again from that day."""

    reason = LineInput(label="Lý do", max_length=300, missing="Ghi lý do.")
    moved_to = date_field(
        "Dời sang thôi từ ngày", required=False, help_text="Bỏ trống nếu không thôi nữa."
    )


class CoverForm(PlainForm, OptionalDecision):
    """Somebody stands in for a time."""

    on = date_field("Từ ngày")
    last = date_field("Đến hết ngày")
    note = LineInput(label="Ghi chú", max_length=500, required=False)

    field_order = ("officer", "on", "last", "decision_number", "decision_date", "note")

    def __init__(self, *args, commune: Commune, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.commune = commune
        self.candidates = Candidates(parse_day(self.data.get("on", "")) or today)
        officer = OfficerField(self.candidates, label="Cán bộ phụ trách tạm thời")
        officer.required = True
        officer.error_messages["required"] = "Ghi cán bộ phụ trách tạm thời."
        self.fields["officer"] = officer
        self.order_fields(self.field_order)

    def write(self) -> Assignment | None:
        data = self.cleaned_data
        try:
            with constraint_sentences(Decision), transaction.atomic():
                return cover(
                    commune=self.commune,
                    officer=data["officer"],
                    on=data["on"],
                    until=data["last"] + ONE_DAY,
                    decision=self.decision(self.by),
                    by=self.by,
                    reason=data["note"],
                )
        except ValidationError as refused:
            self.add_error(None, refused.messages)
            return None


class ChangeCoverForm(PlainForm):
    """A cover ends sooner or later than written."""

    last = date_field("Đến hết ngày")
    reason = LinesInput(label="Lý do kéo dài hoặc rút ngắn", missing="Ghi lý do.", rows=2)

    def write(self, assignment: Assignment) -> Assignment | None:
        try:
            return change_cover(
                assignment=assignment,
                until=self.cleaned_data["last"] + ONE_DAY,
                reason=self.cleaned_data["reason"],
                by=self.by,
            )
        except ValidationError as refused:
            show_refusal(self, refused)
            return None


def covers_to_come(commune: Commune, today: dt.date) -> Sequence[Assignment]:
    """Give the covers of a commune that are not over, soonest first."""
    rows = Assignment.objects.filter(commune=commune, role=AssignmentRole.COVER, ended_on__gt=today)
    return list(rows.with_parties().order_by("started_on", "pk"))
