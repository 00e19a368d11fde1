"""Rows of the form that limit a plan: pairs that may or must not be, officers' own limits."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError

from assignments.forms import choice_field
from assignments.models import Officer
from assignments.officer_field import OfficerField
from assignments.plans.forms import UNREADABLE, record_field
from assignments.text_fields import LineInput
from communes.models import Commune
from reports.reassignments.ground import Ground

MORE_ROWS, MOST_ROWS = 2, 60
MOST_COMMUNES = 99
EXCLUDED, HOME, FIXED = "khong_giao", "que_quan", "phai_giao"
RULES = (
    (EXCLUDED, "Không giao"),
    (HOME, "Không giao (quê quán)"),
    (FIXED, "Phải giao"),
)
REASON_MISSING = "Ghi lý do không giao."


class RowForm(forms.Form):
    """One row, which counts once something is filled in; empty ones are passed over."""

    ignored: tuple[str, ...] = ()

    def __init__(self, *args, ground: Ground, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"] = OfficerField(ground.candidates, label="Cán bộ")
        self.add_fields(ground)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def add_fields(self, ground: Ground) -> None:
        """Add what a row names besides the officer."""

    def has_changed(self) -> bool:
        return any((field.data or "").strip() for field in self if field.name not in self.ignored)

    def clean_officer(self) -> Officer:
        officer = self.cleaned_data["officer"]
        if officer is None:
            raise ValidationError("Ghi cán bộ.")
        return officer

    def typed(self) -> dict[str, str]:
        """Give what was typed, as it was."""
        return {field.name: field.data or "" for field in self}


class PairForm(RowForm):
    """An officer and a commune that must not, or must, come together."""

    ignored = ("rule",)

    rule = choice_field("Ràng buộc", RULES)
    reason = LineInput(label="Lý do", required=False, max_length=300)

    field_order = ("rule", "officer", "commune", "reason")

    def add_fields(self, ground: Ground) -> None:
        choices = [(str(one.pk), one.full_name) for one in ground.communes]
        self.fields["commune"] = record_field("Đảng bộ", ground.communes, "Chọn Đảng bộ…", choices)
        self.order_fields(self.field_order)

    def clean(self) -> dict:
        values = super().clean()
        if values.get("rule") == EXCLUDED and not values.get("reason"):
            self.add_error("reason", REASON_MISSING)
        return values


class OwnLimitForm(RowForm):
    """How many communes one officer may have, where it is not as many as the others."""

    most = forms.IntegerField(
        label="Nhiều nhất (Đảng bộ)",
        min_value=0,
        max_value=MOST_COMMUNES,
        error_messages={
            "required": "Ghi số Đảng bộ nhiều nhất.",
            "invalid": "Ghi một số nguyên.",
            "min_value": "Ghi số từ 0.",
            "max_value": f"Ghi số không quá {MOST_COMMUNES}.",
        },
    )

    field_order = ("officer", "most")


class Rows(forms.BaseFormSet):
    """Rows of one kind."""

    def __init__(self, *args, ground: Ground, **kwargs):
        self.ground = ground
        kwargs["error_messages"] = {"missing_management_form": UNREADABLE}
        super().__init__(*args, form_kwargs={"ground": ground}, **kwargs)

    def initial_form_count(self) -> int:
        """Count no row as written before."""
        return 0

    def filled(self) -> list[RowForm]:
        return [form for form in self.forms if form.has_changed()]

    def values(self) -> list[dict]:
        return [form.cleaned_data for form in self.filled()]

    def with_more_rows(self, count: int) -> Rows:
        """Give the rows as they were typed, and ``count`` empty ones after them."""
        typed: Sequence[dict[str, str]] = [form.typed() for form in self.forms]
        made = rows_of(self.form, len(typed) + count)
        return made(ground=self.ground, initial=typed, prefix=self.prefix)


def rows_of(form: type[RowForm], count: int = MORE_ROWS) -> type[Rows]:
    """Give a set of ``count`` rows, :data:`MOST_ROWS` at most."""
    return forms.formset_factory(
        form,
        formset=Rows,
        extra=min(count, MOST_ROWS),
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )


def pair_of(values: dict) -> tuple[Officer, Commune]:
    return values["officer"], values["commune"]
