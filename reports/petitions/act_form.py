"""What every form of an act on a petition has in common.

A form knows the edition of the petition its page showed. When somebody was faster the service says
who did what; the form comes back whole, and sending it again acts on what is there now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain, groupby

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.bulk import RowErrors
from assignments.sent_back import SentBack
from assignments.text_fields import LinesInput, show_refusal
from reports.enums import BodyLevel, PetitionAct
from reports.models import CompetentBody, Petition

BODY_MISSING = "Chọn cơ quan."


# --- fields --------------------------------------------------------------------------------------


def bodies_by_level(bodies: Iterable[CompetentBody]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give bodies as choices under their levels, those of the province's bodies first."""
    order = [BodyLevel.SECTOR, BodyLevel.PROVINCE, BodyLevel.PARTY]
    order += [level for level in BodyLevel if level not in order]
    ranked = sorted(bodies, key=lambda body: order.index(BodyLevel(body.level)))
    return [
        (str(BodyLevel(level).label), [(str(body.pk), body.name) for body in group])
        for level, group in groupby(ranked, key=lambda body: body.level)
    ]


def bodies_on(day: dt.date) -> dict[str, CompetentBody]:
    """Give the bodies a petition can go to on ``day``, by what a form sends for each."""
    return {str(body.pk): body for body in CompetentBody.objects.existing_on(day)}


def body_field(bodies: dict[str, CompetentBody], label: str, empty: str, **options):
    """Give a select whose value is a body; ``None`` for the empty choice."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *bodies_by_level(bodies.values())],
        coerce=bodies.get,
        empty_value=None,
        error_messages={"required": BODY_MISSING, "invalid_choice": BODY_MISSING},
        **options,
    )


def several_bodies_field(bodies: dict[str, CompetentBody], label: str, **options):
    """Give boxes whose value is a list of bodies."""
    return forms.TypedMultipleChoiceField(
        label=label,
        choices=[(key, body.name) for key, body in bodies.items()],
        coerce=bodies.get,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": BODY_MISSING, "invalid_list": BODY_MISSING},
        **options,
    )


def note_field(label: str = "Ghi chú", *, missing: str = "", **options) -> LinesInput:
    """Give a text; one that may be left empty unless ``missing`` says that it is needed."""
    return LinesInput(
        label=label, missing=missing, required=bool(missing), max_length=2_000, **options
    )


# --- the form ------------------------------------------------------------------------------------


class Folding(SentBack):
    """A form some of whose fields wait behind a summary line: ``folded`` names them."""

    folded_label = ""
    folded: tuple[str, ...] = ()

    @property
    def open_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.folded]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.folded if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Say whether something stands, or is wrong, among what is folded away at first."""
        return any(field.value() or field.errors for field in self.folded_fields)


class ActForm(Folding):
    """An act on one petition; ``lead`` says what it means."""

    act: PetitionAct
    title = submit = lead = ""

    edition = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "Tải lại trang rồi thử lại.", "invalid": "Tải lại trang."},
    )

    def __init__(self, *args, petition: Petition, by: User, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.petition, self.by, self.today = petition, by, today
        self.is_stale = False
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.initial = {"edition": petition.edition, "on": today} | self.initial
        self.offer()

    def offer(self) -> None:
        """Fill in choices and first values."""

    @property
    def common(self) -> dict[str, object]:
        """Give what every service asks for."""
        return {
            "petition": self.petition,
            "edition": self.cleaned_data["edition"],
            "by": self.by,
        }

    def write(self, now: dt.datetime) -> bool:
        """Do it; ``False`` when that was refused, with the reason on the form."""
        try:
            self.done(now)
        except RowErrors as errors:
            self.refuse(ValidationError([*chain.from_iterable(errors.errors.values())]))
            return False
        except ValidationError as error:
            self.refuse(error)
            return False
        return True

    def done(self, now: dt.datetime) -> None:
        raise NotImplementedError

    def refuse(self, error: ValidationError) -> None:
        """Show why; if somebody was faster, let the next sending act on what is there now."""
        show_refusal(self, error)
        self.petition.refresh_from_db()
        if self.petition.edition != self.cleaned_data["edition"]:
            self.is_stale = True
            self.resend(edition=str(self.petition.edition))
