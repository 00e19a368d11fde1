"""Forms of a set of criteria: its name, thresholds and limits, and the criteria as rows."""

from __future__ import annotations

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms import model_to_dict

from assignments.forms import choice_field, date_field
from assignments.text_fields import LineInput, LinesInput
from reports.enums import CriterionKind, Measure
from reports.models import Criterion, EvaluationRules
from reports.models.evaluation_rules import WHOLE
from reports.rule_forms import number_field

FACTS = (
    "name",
    "basis",
    "excellent_from",
    "good_from",
    "completed_from",
    "excellent_cap",
    "least_days",
)
BLANK_ROWS = 3
MOST_CRITERIA = 20
NO_CRITERIA = "Cần ít nhất một tiêu chí."
# What a row's select says of a criterion: who gives its points, or the measure that does.
WAYS = [
    ("", "Chọn cách tính…"),
    (CriterionKind.JUDGED.value, CriterionKind.JUDGED.label),
    (CriterionKind.COMPUTED.label, list(Measure.choices)),
]


class RulesForm(forms.ModelForm):
    """The set itself. The model's defaults are what it starts from."""

    class Meta:
        model = EvaluationRules
        fields = FACTS
        error_messages = {"name": {"required": "Cần ghi tên bộ tiêu chí."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        for name in FACTS[2:]:
            sentence = "Ghi một số nguyên."
            self.fields[name].error_messages |= {"required": sentence, "invalid": sentence}


class CriterionForm(forms.Form):
    """One criterion; ``way`` is who gives the points, or the measure that does."""

    name = LineInput(label="Tiêu chí", missing="Cần ghi tên tiêu chí.", max_length=300)
    guidance = LinesInput(label="Hướng dẫn chấm", required=False, max_length=1_000, rows=2)
    way = choice_field("Cách tính", WAYS)
    weight = number_field("Điểm tối đa", 1, WHOLE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "way" else "form-control"

    def criterion(self) -> Criterion:
        """Give the criterion asked for, not saved and without a place."""
        said = self.cleaned_data
        is_judged = said["way"] == CriterionKind.JUDGED
        return Criterion(
            name=said["name"],
            guidance=said["guidance"],
            kind=CriterionKind.JUDGED if is_judged else CriterionKind.COMPUTED,
            measure="" if is_judged else said["way"],
            weight=said["weight"],
        )


class CriterionFormSet(forms.BaseFormSet):
    """All criteria of a set, in their order."""

    default_error_messages = {
        "missing_management_form": "Trang gửi về thiếu dữ liệu. Tải lại trang rồi ghi lại.",
        "too_many_forms": f"Không ghi quá {MOST_CRITERIA} tiêu chí.",
        "too_few_forms": NO_CRITERIA,
    }

    def clean(self) -> None:
        if not self.standing() and not any(self.errors) and self.management_form.is_valid():
            raise ValidationError(NO_CRITERIA)

    def standing(self) -> list[CriterionForm]:
        """Give the forms that were filled in rightly and are not to be dropped."""
        return [
            form
            for form in self.forms
            if form.has_changed() or form not in self.extra_forms
            if form.is_valid() and not self._should_delete_form(form)
        ]

    def criteria(self) -> list[Criterion]:
        """Give the criteria asked for, not saved."""
        return [form.criterion() for form in self.standing()]

    @property
    def total(self) -> int:
        """Give what the weights add up to: as sent, or as the page starts."""
        if self.is_bound:
            return sum(form.cleaned_data["weight"] for form in self.standing())
        return sum(row["weight"] for row in self.initial or [])

    def add_fields(self, form: CriterionForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Bỏ"


def row_of(criterion: Criterion) -> dict[str, object]:
    """Give what a row starts from."""
    return {
        "name": criterion.name,
        "guidance": criterion.guidance,
        "way": criterion.measure or CriterionKind.JUDGED.value,
        "weight": criterion.weight,
    }


def criterion_formset(data: object, start_from: list[Criterion]) -> CriterionFormSet:
    """Give rows for the criteria of ``start_from``, and blank ones to add."""
    kind = forms.formset_factory(
        CriterionForm,
        formset=CriterionFormSet,
        extra=BLANK_ROWS,
        can_delete=True,
        can_delete_extra=False,
        max_num=MOST_CRITERIA,
        validate_max=True,
        absolute_max=2 * MOST_CRITERIA,
    )
    return kind(data, initial=[row_of(one) for one in start_from], prefix="tc")


def facts_of(rules: EvaluationRules) -> dict[str, object]:
    """Give what a copy of ``rules`` starts from; its name is to be another."""
    return model_to_dict(rules, FACTS) | {"name": ""}


class RetireForm(forms.Form):
    """From when a set is no longer used for new cycles."""

    on = date_field("Thôi dùng từ ngày", help_text="Kỳ mở từ ngày này không dùng bộ này nữa.")

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.initial = {"on": today} | self.initial
