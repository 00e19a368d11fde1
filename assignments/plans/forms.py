"""Forms of plans: several visits of one officer in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.bulk import RowErrors
from assignments.enums import VisitKind
from assignments.forms import date_field
from assignments.models import Assignment, Officer, VisitPlan
from assignments.plans import PlannedVisit, plan_visits
from assignments.text_fields import LineInput, LinesInput
from communes.models import Commune, PartyCell
from communes.periods import overlaps

ROWS, MOST_ROWS = 1, 24  # shown at first and added each time; at most
NOTHING = "Ghi ít nhất một chuyến."
UNREADABLE = "Không đọc được các dòng đã gửi. Tải lại trang rồi ghi lại."


def record_field(label: str, records: Iterable, empty: str, grouped: Sequence, **options):
    """Give a select whose value is one of ``records``; ``grouped`` are its choices."""
    by_key = {str(record.pk): record for record in records}
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *grouped],
        coerce=by_key.get,
        empty_value=None,
        error_messages={
            "required": f"Chọn {label}.",
            "invalid_choice": "Mục đã chọn không nằm trong các lựa chọn.",
        },
        **options,
    )


class Places:
    """The communes an officer has from a day on, and their cells, read once for all rows."""

    def __init__(self, officer: Officer, day: dt.date):
        held = Assignment.objects.filter(overlaps(day, None), officer=officer)
        communes = Commune.objects.filter(pk__in=held.values("commune")).defer("boundary")
        self.communes = list(communes.order_by("sort_key", "pk"))
        self.cells = cells_from(self.communes, day)

    def commune_field(self) -> forms.Field:
        """Give the choice of a commune; the only one is chosen already."""
        choices = [(str(commune.pk), commune.dated_name) for commune in self.communes]
        only = self.communes[0].pk if len(self.communes) == 1 else None
        return record_field("Đảng bộ", self.communes, "Chọn Đảng bộ…", choices, initial=only)

    def cell_field(self) -> forms.Field:
        return cell_field(self.communes, self.cells)


def cells_from(communes: Iterable[Commune], day: dt.date) -> list[PartyCell]:
    """Give the cells ``communes`` have from ``day`` on."""
    cells = PartyCell.objects.filter(overlaps(day, None), commune__in=[one.pk for one in communes])
    return list(cells.order_by("sort_key", "pk"))


def cell_field(communes: Sequence[Commune], cells: Sequence[PartyCell]) -> forms.Field:
    """Give the choice of a cell, grouped by commune where there are several."""
    groups: dict[int, list[tuple[str, str]]] = {commune.pk: [] for commune in communes}
    for cell in cells:
        groups[cell.commune_id].append((str(cell.pk), str(cell)))
    if len(communes) > 1:
        choices = [(commune.dated_name, groups[commune.pk]) for commune in communes]
    else:
        choices = [choice for group in groups.values() for choice in group]
    return record_field("Chi bộ", cells, "Không ghi", choices, required=False)


class PlanRowForm(forms.Form):
    """One visit. A row counts once something besides its commune is filled in."""

    planned_on = date_field("Ngày dự kiến")
    kind = forms.ChoiceField(
        label="Việc",
        choices=[("", "Chọn việc…"), *VisitKind.choices],
        error_messages={
            "required": "Chọn việc.",
            "invalid_choice": "Việc đã chọn không nằm trong các lựa chọn.",
        },
    )
    place = LineInput(label="Địa điểm", max_length=200, required=False)
    purpose = LinesInput(label="Mục đích, nội dung", max_length=2_000, required=False, rows=1)

    field_order = ("commune", "planned_on", "kind", "cell", "place", "purpose")

    def __init__(self, *args, places: Places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"] = places.commune_field()
        self.fields["cell"] = places.cell_field()
        if not places.cells:
            del self.fields["cell"]
        self.order_fields(self.field_order)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def has_changed(self) -> bool:
        return any((field.data or "").strip() for field in self if field.name != "commune")

    def typed(self) -> dict[str, str]:
        """Give what was typed, as it was."""
        return {field.name: field.data or "" for field in self}

    def visit(self) -> PlannedVisit:
        values = dict(self.cleaned_data)
        return PlannedVisit(**values | {"kind": VisitKind(values["kind"])})


class PlanFormSet(forms.BaseFormSet):
    """The rows of one officer; empty ones are passed over."""

    def __init__(self, *args, officer: Officer, today: dt.date, **kwargs):
        self.officer, self.places = officer, Places(officer, today)
        kwargs["error_messages"] = {"missing_management_form": UNREADABLE}
        super().__init__(*args, form_kwargs={"places": self.places}, **kwargs)

    def initial_form_count(self) -> int:
        """Count no row as written before: a suggestion may be emptied and passed over too."""
        return 0

    def filled(self) -> list[PlanRowForm]:
        return [form for form in self.forms if form.has_changed()]

    def clean(self) -> None:
        if not self.filled() and not any(self.errors):
            raise ValidationError(NOTHING)

    def with_more_rows(self, today: dt.date) -> PlanFormSet:
        """Give the same rows as they were typed, and :data:`ROWS` empty ones after them."""
        typed: Sequence[Mapping[str, Any]] = [form.typed() for form in self.forms]
        longer = plan_rows(len(typed) + ROWS)
        return longer(officer=self.officer, today=today, initial=typed)

    def write(self, by: User, now: dt.datetime) -> list[VisitPlan] | None:
        """Write all filled rows or none; ``None`` when refused, the reasons at the rows."""
        rows = self.filled()
        try:
            return plan_visits(
                officer=self.officer, visits=[row.visit() for row in rows], by=by, now=now
            )
        except RowErrors as refused:
            for place, sentences in refused.errors.items():
                rows[place].add_error(None, sentences)
            return None


def plan_rows(count: int = ROWS) -> type[PlanFormSet]:
    """Give a set of ``count`` rows, :data:`MOST_ROWS` at most."""
    return forms.formset_factory(
        PlanRowForm,
        formset=PlanFormSet,
        extra=min(count, MOST_ROWS),
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
