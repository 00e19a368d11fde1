"""Forms of the regulation's versions and of a year's periods."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import model_to_dict

from accounts.models import User
from assignments.enums import DutyKind
from assignments.forms import date_field
from assignments.models import Duty, Regulation
from assignments.regulations import (
    DUTY_FIELDS,
    NO_DUTIES,
    RegulationFacts,
    adopt_regulation,
    amend_regulation,
    duties_to_start_from,
    end_regulation,
)
from assignments.text_fields import LineInput, show_refusal
from communes.as_of import EARLIEST, LATEST
from reports.models import Period
from reports.periods import LAST_FIRST_DAY, DaysLeftOut, judged_from, make_periods

FACTS = ("number", "issued_on", "subject", "started_on", "note")
BLANK_ROWS = 3
MOST_DUTIES = 16  # each kind once in each kind of period
DUTY_TWICE = "Nhiệm vụ này đã có trong cùng loại kỳ."


@dataclass(frozen=True)
class Preview:
    """Which periods a change from ``since`` on concerns: told before it is written."""

    since: dt.date
    begun: list[Period]
    ahead: list[Period]

    @classmethod
    def of(cls, since: dt.date, until: dt.date | None, today: dt.date) -> Preview:
        periods = list(judged_from(since, until))
        return cls(
            since,
            [one for one in periods if one.started_on <= today],
            [one for one in periods if one.started_on > today],
        )


class PreviewedForm(forms.Form):
    """A form that is written only once the page has told which periods it concerns.

    ``previewed`` is the day the page told of; ``day_field`` names the day that decides.
    """

    day_field = "started_on"
    previewed = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, today: dt.date, until: dt.date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.until = today, until
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def is_previewed(self) -> bool:
        return self.cleaned_data["previewed"] == self.cleaned_data[self.day_field]

    @cached_property
    def preview(self) -> Preview | None:
        """Give what a valid form concerns; ``None`` while there is nothing to tell."""
        if not self.is_bound or self.errors:
            return None
        return Preview.of(self.cleaned_data[self.day_field], self.until, self.today)


class RegulationForm(PreviewedForm, forms.ModelForm):
    """A version's document and the day it comes into force."""

    issued_on = date_field("Ngày ban hành")
    started_on = date_field("Có hiệu lực từ ngày")

    class Meta:
        model = Regulation
        fields = FACTS
        error_messages = {"number": {"required": "Cần ghi số, ký hiệu."}}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def facts(self) -> RegulationFacts:
        return RegulationFacts(**{name: self.cleaned_data[name] for name in FACTS})

    def adopt(self, duties: list[Duty], *, by: User, now: dt.datetime) -> Regulation | None:
        """Write the version; ``None`` when refused, with the reason on the form."""
        try:
            return adopt_regulation(facts=self.facts(), duties=duties, by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return None

    def amend(self, version: Regulation, duties: list[Duty], *, by: User) -> Regulation | None:
        """Correct the version; ``None`` when refused, with the reason on the form."""
        try:
            return amend_regulation(regulation=version, facts=self.facts(), duties=duties, by=by)
        except ValidationError as error:
            show_refusal(self, error)
            return None


class DutyForm(forms.ModelForm):
    """One duty of a version."""

    class Meta:
        model = Duty
        fields = DUTY_FIELDS
        error_messages = {"kind": {"required": "Cần chọn nhiệm vụ."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Chọn nhiệm vụ…"), *DutyKind.choices]


class DutyFormSet(forms.BaseFormSet):
    """All duties of a version: each kind once in each kind of period, at least one."""

    default_error_messages = {
        "missing_management_form": "Trang gửi về thiếu dữ liệu. Tải lại trang rồi ghi lại.",
        "too_many_forms": f"Không ghi quá {MOST_DUTIES} nhiệm vụ.",
        "too_few_forms": NO_DUTIES,
    }

    def clean(self) -> None:
        seen = set()
        for form in self.standing():
            key = form.cleaned_data["kind"], form.cleaned_data["period_kind"]
            if key in seen:
                form.add_error("kind", DUTY_TWICE)
            seen.add(key)
        if not seen and not any(self.errors) and self.management_form.is_valid():
            raise ValidationError(NO_DUTIES)

    def standing(self) -> list[DutyForm]:
        """Give the forms that were filled in rightly and are not to be dropped."""
        return [
            form
            for form in self.forms
            if form.has_changed() or form not in self.extra_forms
            if form.is_valid() and not self._should_delete_form(form)
        ]

    @property
    def has_extra(self) -> bool:
        """Say whether a blank row has been filled in."""
        return self.is_bound and any(form.has_changed() for form in self.extra_forms)

    def duties(self) -> list[Duty]:
        """Give the duties asked for, not saved."""
        return [
            Duty(**{name: form.cleaned_data[name] for name in DUTY_FIELDS})
            for form in self.standing()
        ]

    def add_fields(self, form: DutyForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Bỏ nhiệm vụ này"


def duty_formset(data: object, start_from: Regulation | None) -> DutyFormSet:
    """Give the duties of ``start_from`` (or the proposals) to edit, with blank ones to add."""
    kind = forms.formset_factory(
        DutyForm,
        formset=DutyFormSet,
        extra=BLANK_ROWS,
        can_delete=True,
        can_delete_extra=False,
        max_num=MOST_DUTIES,
        validate_max=True,
        absolute_max=2 * MOST_DUTIES,
    )
    rows = [model_to_dict(duty, DUTY_FIELDS) for duty in duties_to_start_from(start_from)]
    return kind(data, initial=rows, prefix="nv")


class EndRegulationForm(PreviewedForm):
    """From when a version is no longer in force, and why."""

    day_field = "on"
    on = date_field("Hết hiệu lực từ ngày", help_text="Ngày đầu tiên không còn hiệu lực.")
    reason = LineInput(
        label="Lý do, văn bản",
        max_length=300,
        missing="Cần ghi lý do.",
        help_text="Ví dụ: bãi bỏ theo Quyết định số 45-QĐ/TU.",
    )

    def end(self, version: Regulation, *, by: User) -> Regulation | None:
        """Write the end; ``None`` when refused, with the reason on the form."""
        on, reason = self.cleaned_data["on"], self.cleaned_data["reason"]
        try:
            return end_regulation(regulation=version, on=on, by=by, reason=reason)
        except ValidationError as error:
            show_refusal(self, error)
            return None


def number_field(label: str, least: int, most: int, **options) -> forms.IntegerField:
    """Give a whole number from ``least`` to ``most``, refused in one sentence."""
    sentence = f"Ghi một số từ {least} đến {most}."
    return forms.IntegerField(
        label=label,
        error_messages={"required": sentence, "invalid": sentence},
        validators=[MinValueValidator(least, sentence), MaxValueValidator(most, sentence)],
        widget=forms.NumberInput(attrs={"min": least, "max": most}),
        **options,
    )


class PeriodsForm(forms.Form):
    """A year, and the day of the month its periods are counted from."""

    year = number_field("Năm", EARLIEST.year, LATEST.year)
    first_day = number_field(
        "Ngày bắt đầu tính",
        1,
        LAST_FIRST_DAY,
        initial=1,
        help_text="Ghi 1 nếu theo tháng dương lịch. Ghi 15 thì tháng 5 từ 15/4 đến hết 14/5.",
    )
    gaps_accepted = forms.BooleanField(
        label="Vẫn lập kỳ, để những ngày đó không thuộc kỳ nào", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.has_gaps = False

    def make(self, by: User) -> list[Period] | None:
        """Make the periods; ``None`` when refused, with the reason on the form."""
        try:
            return make_periods(by=by, **self.cleaned_data)
        except ValidationError as error:
            self.has_gaps = isinstance(error, DaysLeftOut)
            show_refusal(self, error)
            return None
