"""The form that opens a cycle: its days, its rules; told before it is written who is in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from functools import cached_property

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.forms import choice_field, date_field
from assignments.models import Assignment, Officer
from assignments.text_fields import LineInput, show_refusal
from communes.periods import overlaps
from reports.enums import CycleKind
from reports.evaluation.cycles import (
    CycleFacts,
    LeftOut,
    long_enough,
    open_cycle,
    reasons,
)
from reports.evaluation.rules import offered_rules
from reports.evaluation.terms import terms_in
from reports.models import EvaluationCycle, EvaluationRules
from reports.models.evaluation_rules import ORDER_SENTENCE

RULES_MISSING = "Chọn bộ tiêu chí."
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Preview:
    """Who is evaluated in a cycle to be opened, and who followed a commune and is left out."""

    evaluated: list[Officer]
    left_out: list[LeftOut]

    @classmethod
    def of(cls, cycle: EvaluationCycle) -> Preview:
        terms = terms_in(cycle)
        wanted = long_enough(terms, cycle)
        followed = Assignment.objects.filter(overlaps(cycle.started_on, cycle.ended_on))
        rest = Officer.objects.filter(pk__in=followed.values("officer")).exclude(pk__in=wanted)
        left = reasons(rest, terms, cycle.rules.least_days)
        return cls(list(Officer.objects.filter(pk__in=wanted)), list(left))


class CycleForm(forms.Form):
    """A cycle; ``previewed`` holds the days and rules whose people the page has told of."""

    previewed = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = choice_field("Loại kỳ", CycleKind.choices)
    name = LineInput(
        label="Tên kỳ", missing="Cần ghi tên kỳ.", max_length=100, help_text="Ví dụ: Quý II/2023"
    )
    started_on = date_field("Từ ngày")
    last_day = date_field("Đến hết ngày")
    self_rating_due_on = date_field("Hạn tự đánh giá")
    rules = choice_field("Bộ tiêu chí", [])

    def __init__(self, *args, by: User, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.offered = {str(one.pk): one for one in offered_rules(by, today)}
        self.fields["rules"].choices = [(key, str(one)) for key, one in self.offered.items()]
        self.fields["rules"].error_messages["required"] = RULES_MISSING
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> None:
        said = self.cleaned_data
        first, last = said.get("started_on"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", ORDER_SENTENCE)

    @property
    def facts(self) -> CycleFacts:
        said = self.cleaned_data
        return CycleFacts(
            kind=said["kind"],
            name=said["name"],
            started_on=said["started_on"],
            ended_on=said["last_day"] + ONE_DAY,
            self_rating_due_on=said["self_rating_due_on"],
            rules=self.offered[said["rules"]],
        )

    @cached_property
    def preview(self) -> Preview | None:
        """Give who a valid form concerns; ``None`` while there is nothing to tell."""
        if not self.is_bound or self.errors:
            return None
        facts = self.facts
        return Preview.of(
            EvaluationCycle(started_on=facts.started_on, ended_on=facts.ended_on, rules=facts.rules)
        )

    @property
    def told_of(self) -> str:
        """Give by what a page says whom it has told of: other days or rules are others."""
        facts = self.facts
        return f"{facts.started_on}..{facts.ended_on}/{facts.rules.pk}"

    @property
    def is_previewed(self) -> bool:
        return self.cleaned_data["previewed"] == self.told_of

    def open(self, now: dt.datetime) -> EvaluationCycle | None:
        """Open it; ``None`` when refused, with the reason on the form."""
        try:
            return open_cycle(facts=self.facts, by=self.by, now=now)
        except ValidationError as error:
            self.show(error)
            return None

    def show(self, error: ValidationError) -> None:
        """Show a refusal; the day after the last is asked for here by the last."""
        if hasattr(error, "error_dict") and "ended_on" in error.error_dict:
            error.error_dict["last_day"] = error.error_dict.pop("ended_on")
        show_refusal(self, error)


def initial_of(facts: CycleFacts, rules: EvaluationRules | None) -> dict[str, object]:
    """Give what the form starts from for a suggested cycle."""
    names = {field.name for field in fields(CycleFacts)} - {"ended_on", "rules"}
    return {name: getattr(facts, name) for name in names} | {
        "last_day": facts.ended_on - ONE_DAY,
        "rules": rules.pk if rules else None,
    }


def code_of(facts: CycleFacts) -> str:
    """Give by what an address names a suggested cycle."""
    return f"{facts.kind}-{facts.started_on}"
