"""Forms of a set of criteria: its name, thresholds and limits, and the criteria as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms import model_to_dict

from accounts.models import User
from assignments.forms import choice_field, date_field
from assignments.text_fields import LineInput, LinesInput, show_refusal
from reports.enums import CriterionKind, Measure
from reports.evaluation.rules import (
    NO_CRITERIA,
    RulesFacts,
    adopt_rules,
    criteria_to_start_from,
    retire_rules,
)
from reports.models import Criterion, EvaluationRules
from reports.models.evaluation_rules import WHOLE
from reports.rule_forms import number_field

FACTS = tuple(field.name for field in fields(RulesFacts))
BLANK_ROWS = 3
MOST_CRITERIA = 20
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

    def adopt(
        self, criteria: Sequence[Criterion], *, by: User, now: dt.datetime
    ) -> EvaluationRules | None:
        """Write the set; ``None`` when refused, with the reason on the form."""
        facts = RulesFacts(**{name: self.cleaned_data[name] for name in FACTS})
        try:
            return adopt_rules(facts=facts, criteria=criteria, by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return None


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
        self.fields["guidance"].widget.attrs["placeholder"] = "Hướng dẫn chấm (nếu có)"

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


def criterion_formset(data: object, start_from: EvaluationRules | None) -> CriterionFormSet:
    """Give rows for the criteria of ``start_from`` (or those offered), and blank ones to add."""
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
    rows = [row_of(one) for one in criteria_to_start_from(start_from)]
    return kind(data, initial=rows, prefix="tc")


def facts_of(rules: EvaluationRules | None) -> dict[str, object]:
    """Give what the form starts from: a copy of ``rules`` to change, or the model's defaults."""
    if rules is None:
        return {}
    return model_to_dict(rules, FACTS) | {"name": f"{rules.name} (sửa đổi)"}


class RetireForm(forms.Form):
    """From when a set is no longer used for new cycles."""

    on = date_field("Thôi dùng từ ngày", help_text="Kỳ mở từ ngày này không dùng bộ này nữa.")

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.initial = {"on": today} | self.initial

    def retire(self, rules: EvaluationRules, *, by: User, now: dt.datetime) -> bool:
        """Write it; ``False`` when refused, with the reason on the form."""
        try:
            retire_rules(rules=rules, on=self.cleaned_data["on"], by=by, now=now)
        except ValidationError as error:
            show_refusal(self, error)
            return False
        return True
