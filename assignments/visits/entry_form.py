"""What the form that logs a visit and the one that corrects it have in common."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from assignments.enums import MassOrganisation, VisitKind, VisitOutcome
from assignments.forms import choice_field, date_field
from assignments.models import Officer
from assignments.sent_back import SentBack
from assignments.text_fields import LineInput, LinesInput, show_refusal
from assignments.visits import Account, VisitFacts
from assignments.visits.fields import (
    OTHER,
    FilesField,
    Place,
    Radios,
    cell_field,
    cell_named,
    cells_of,
    commune_field,
    day_choices,
    places_of,
)
from communes.as_of import parse_day
from communes.models import Commune

FACTS = ("commune", "day", "other_day", "kind", "cell", "cell_name", "outcome")
MOST_CHARACTERS = 10_000  # of one text


def text_field(label: str, *, rows: int = 2, **options) -> LinesInput:
    """Give a text that may be left empty."""
    limits = {"max_length": MOST_CHARACTERS, "required": False}
    return LinesInput(label=label, rows=rows, **limits, **options)


def organisation_field(organisation: MassOrganisation) -> str:
    return f"organisation_{organisation}"


def moved_to_other_day(data: Any, today: dt.date) -> Any:
    """Give posted data with a day of a page left open overnight written as "Khác…"."""
    day = parse_day(data.get("day", ""))
    if day is None or day.isoformat() in dict(day_choices(today)):
        return data
    data = data.copy()
    data["day"], data["other_day"] = OTHER, f"{day:%d/%m/%Y}"
    return data


def first_day(day: dt.date, today: dt.date) -> dict[str, object]:
    """Give the first values of the two fields a day is chosen with."""
    is_near = day.isoformat() in dict(day_choices(today))
    return {"day": day.isoformat()} if is_near else {"day": OTHER, "other_day": day}


class EntryForm(SentBack):
    """What happened, and what one officer says of it.

    ``event`` is a visit whose facts are not this form's to change: it asks the account alone.
    """

    entry_key = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.CharField(label="Ngày", widget=Radios, error_messages={"required": "Chọn ngày đi."})
    other_day = date_field("Ngày đi", required=False)
    kind = choice_field("Việc", VisitKind.choices, widget=Radios, required=False)
    cell_name = LineInput(label="Tên chi bộ, nơi khác", max_length=120, required=False)
    outcome = choice_field(
        "Kết quả", VisitOutcome.choices, widget=Radios, initial=VisitOutcome.HELD
    )
    findings = text_field("Nội dung chính", rows=3)
    met = LineInput(label="Đã gặp, làm việc với", max_length=300, required=False)
    economy = text_field("Ý kiến về kinh tế - xã hội")
    defence = text_field("Ý kiến về quốc phòng - an ninh")
    politics = text_field("Ý kiến về xây dựng hệ thống chính trị")
    promised = text_field(
        "Đã hứa, hẹn với địa phương", help_text="Được nhắc lại trước chuyến đi sau."
    )
    area_change = text_field("Chuyển biến của địa bàn")
    files = FilesField(
        label="Ảnh, tệp", required=False, help_text="Không gửi tài liệu mật lên hệ thống này."
    )

    def __init__(self, *args, officer: Officer, by: User, now: dt.datetime, event=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.officer, self.by, self.now, self.event = officer, by, now, event
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.facts: VisitFacts | None = None
        self.fields["findings"].widget.attrs["placeholder"] = "Nắm tình hình, ý kiến đã góp…"
        self.add_organisation_fields()
        if event:
            self.drop_facts()
        else:
            self.add_choices(timezone.localdate(now))

    def add_organisation_fields(self) -> None:
        for organisation in MassOrganisation:
            name = organisation_field(organisation)
            self.fields[name] = text_field(organisation.label, rows=1)

    def drop_facts(self) -> None:
        for name in FACTS:
            self.fields.pop(name, None)

    def add_choices(self, today: dt.date) -> None:
        """Offer the officer's communes and their cells."""
        day = self.initial.get("visited_on", today)
        self.initial |= first_day(day, today)
        self.places = self.choose_places(day, today)
        theirs = [place.commune.pk for place in self.places if place.is_theirs_on(day)]
        if len(theirs) == 1:
            self.initial.setdefault("commune", theirs[0])
        self.cells = cells_of(self.places, self.initial.get("commune"))
        self.fields["commune"] = commune_field(self.places, day)
        self.fields["cell"] = cell_field(self.cells, self.places)
        self.fields["day"].widget.choices = day_choices(today)
        if self.is_bound:
            self.data = moved_to_other_day(self.data, today)
        if not self.cells:
            self.initial.setdefault("cell", OTHER)

    def choose_places(self, day: dt.date, today: dt.date) -> list[Place]:
        return places_of(self.officer, day, today)

    # --- what was typed -------------------------------------------------------------------------

    @property
    def commune(self) -> Commune | None:
        """Give the commune that was chosen."""
        chosen = self.cleaned_data.get("commune")
        communes = {str(place.commune.pk): place.commune for place in self.places}
        return communes.get(chosen)

    def visited_on(self) -> dt.date | None:
        """Give the day that was chosen or typed; without one the field says so."""
        day = self.cleaned_data.get("day", "")
        if day != OTHER:
            return parse_day(day)
        typed = self.cleaned_data.get("other_day")
        if typed is None and "other_day" not in self.errors:
            self.add_error("other_day", "Cần ghi ngày đi.")
        return typed

    def clean_day(self) -> str:
        day = self.cleaned_data["day"]
        if day != OTHER and parse_day(day) is None:
            raise ValidationError("Chọn ngày đi.")
        return day

    def cell_facts(self, commune: Commune, day: dt.date) -> dict[str, object]:
        """Give the cell that was chosen or typed, for a cell meeting; else none."""
        if self.cleaned_data.get("kind") != VisitKind.CELL_MEETING:
            return {}
        chosen, typed = self.cleaned_data.get("cell"), self.cleaned_data.get("cell_name", "")
        cell = next((cell for cell in self.cells if str(cell.pk) == chosen), None)
        if cell:
            return {"cell": cell}
        if not typed and not self.errors.keys() & {"cell", "cell_name"}:
            self.add_error("cell", "Chọn chi bộ, hoặc chọn “Nơi khác” rồi ghi tên.")
        named = cell_named(self.cells, commune, day, typed)
        return {"cell": named} if named else {"cell_name": typed}

    def typed_facts(self) -> VisitFacts | None:
        """Give the facts of an event of its own; None when some are missing, which is said."""
        if not self.cleaned_data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", "Chọn việc đã làm.")
        commune, day = self.commune, self.visited_on()
        cell = self.cell_facts(commune, day) if commune and day else {}
        if self.errors.keys() & {*FACTS} or not (commune and day):
            return None
        kind, outcome = self.cleaned_data["kind"], self.cleaned_data["outcome"]
        return VisitFacts(commune, day, VisitKind(kind), VisitOutcome(outcome), **cell)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.facts = VisitFacts.of(self.event) if self.event else self.asked_facts()
        is_held = self.facts and self.facts.outcome == VisitOutcome.HELD
        if is_held and not data.get("findings") and "findings" not in self.errors:
            self.add_error("findings", "Ghi nội dung chính của chuyến đi.")
        return data

    def asked_facts(self) -> VisitFacts | None:
        return self.typed_facts()

    def account(self) -> Account:
        """Give what the officer says of the visit."""
        notes = {one: self.cleaned_data[organisation_field(one)] for one in MassOrganisation}
        return Account(
            **{name: self.cleaned_data[name] for name in Account.columns()},
            organisations={one: note for one, note in notes.items() if note},
        )

    # --- what the page shows --------------------------------------------------------------------

    @property
    def organisation_fields(self) -> list[forms.BoundField]:
        return [self[organisation_field(organisation)] for organisation in MassOrganisation]

    @property
    def has_details(self) -> bool:
        """Say whether something stands, or is wrong, among what is folded away at first."""
        names = [name for name in Account.columns() if name != "findings"]
        folded = [*(self[name] for name in names), *self.organisation_fields]
        return any(field.value() or field.errors for field in folded)

    def refuse(self, error: ValidationError) -> None:
        """Show why a service refused; its day is chosen by a field of another name."""
        by_field = getattr(error, "error_dict", {})
        if "visited_on" in by_field:
            by_field["day"] = by_field.pop("visited_on")
        show_refusal(self, error)
