"""The form that logs a visit together with the petitions heard there (DESIGN §5.2)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assignments.forms import choice_field
from assignments.models import Attendance, VisitPlan
from assignments.text_fields import LineInput, LinesInput
from assignments.visits.forms import LogForm
from communes.names import match_key
from reports.enums import Urgency
from reports.models import Petition, PetitionField
from reports.petitions.at_visit import Heard, PetitionRefused, raise_at_visit
from reports.petitions.raising import SentBefore
from reports.petitions.similar import suggest_field

MOST = 5
NUMBERS = range(1, MOST + 1)
FOLDED = ("beneficiary", "urgency", "has_personal_data")
PARTS = ("key", "content", "field", *FOLDED)
# The field of what fits no other, by the names an office may give it.
OTHERS = frozenset(map(match_key, ("Khác", "Lĩnh vực khác")))


def part(number: int, name: str) -> str:
    """Give the name of a field of the petition of that number."""
    return f"petition_{number}_{name}"


def parts_of(number: int, choices: list[tuple[str, str]]) -> Iterator[tuple[str, forms.Field]]:
    """Give the fields of one petition; a mistake tells the number where they are several."""
    which = f" (kiến nghị {number})" if number > 1 else ""
    yield "key", forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    yield (
        "content",
        LinesInput(label=f"Nội dung kiến nghị{which}", rows=3, max_length=4000, required=False),
    )
    yield "field", choice_field(f"Lĩnh vực{which}", choices, required=False)
    yield (
        "beneficiary",
        LineInput(label=f"Đối tượng thụ hưởng{which}", max_length=200, required=False),
    )
    yield (
        "urgency",
        choice_field(f"Mức độ{which}", Urgency.choices, required=False, initial=Urgency.NORMAL),
    )
    yield (
        "has_personal_data",
        forms.BooleanField(
            label=f"Có dữ liệu cá nhân{which}",
            required=False,
            help_text="Nội dung được che trong các tệp tải xuống.",
        ),
    )


@dataclass(frozen=True)
class Block:
    """The fields of one petition, as a page shows them."""

    form: VisitLogForm
    number: int

    def __getitem__(self, name: str) -> forms.BoundField:
        return self.form[part(self.number, name)]

    @property
    def folded(self) -> list[forms.BoundField]:
        """Give the fields that wait behind "Thêm chi tiết"."""
        return [self[name] for name in FOLDED]

    @property
    def has_details(self) -> bool:
        """Say whether something stands, or is wrong, among what is folded away at first."""
        return any(
            one.errors or one.value() not in (None, "", False, Urgency.NORMAL)
            for one in self.folded
        )

    @property
    def is_open(self) -> bool:
        """Say whether something of the petition stands, or is wrong."""
        shown = (self["content"], self["field"])
        return any(one.value() or one.errors for one in shown) or self.has_details


class VisitLogForm(LogForm):
    """Enters a visit and raises up to :data:`MOST` petitions heard there: all or none.

    ``raised`` are the petitions, once saved.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.raised: list[Petition] = []
        self.heard: dict[int, Heard] = {}
        self.catalogue = {str(one.pk): one for one in PetitionField.objects.in_use()}
        named = [(key, one.name) for key, one in self.catalogue.items()]
        choices = [("", "Theo nội dung kiến nghị"), *named]
        for number in NUMBERS:
            for name, field in parts_of(number, choices):
                self.fields[part(number, name)] = field

    @property
    def petitions(self) -> list[Block]:
        return [Block(self, number) for number in NUMBERS]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        heard = {number: self.heard_as(number) for number in NUMBERS}
        self.heard = {number: one for number, one in heard.items() if one}
        return data

    def heard_as(self, number: int) -> Heard | None:
        """Give the petition of that number; None where none is written, or not a whole one."""
        typed = {name: self.cleaned_data.get(part(number, name)) for name in PARTS}
        if not typed["content"]:
            if typed["beneficiary"] or typed["has_personal_data"]:
                self.ask(number, "content", "Ghi nội dung kiến nghị.")
            return None
        field = self.catalogue.get(typed["field"]) or self.field_of(typed["content"])
        if field is None:
            self.ask(number, "field", "Chọn lĩnh vực.")
            return None
        typed["urgency"] = typed["urgency"] or Urgency.NORMAL
        return Heard(**typed | {"field": field})

    def ask(self, number: int, name: str, sentence: str) -> None:
        """Say what is missing, unless the field says something already."""
        if part(number, name) not in self.errors:
            self.add_error(part(number, name), sentence)

    def field_of(self, content: str) -> PetitionField | None:
        """Give the field a petition is of by its words, else the one of what fits no other."""
        others = (one for one in self.catalogue.values() if match_key(one.name) in OTHERS)
        return suggest_field(content) or next(others, None)

    def write(self, plan: VisitPlan | None, then=None) -> Attendance:
        return super().write(plan, then=self.raise_petitions)

    def raise_petitions(self, attendance: Attendance) -> None:
        self.raised = raise_at_visit(
            attendance=attendance, heard=self.heard, by=self.by, now=self.now
        )

    def refuse(self, error: ValidationError) -> None:
        """Show why a service refused; what it says of a petition at the petition's fields."""
        if not isinstance(error, PetitionRefused):
            super().refuse(error)
            return
        if isinstance(error.__cause__, SentBefore):
            self.earlier = self.sent_before
            self.resend(**{part(error.number, "key"): str(uuid.uuid4())})
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in by_field.items():
            shown = name if name in PARTS else "content"
            self.add_error(part(error.number, shown), sentences)
