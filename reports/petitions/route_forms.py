"""Forms that send petitions to a competent body: one, or several under one document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from accounts.models import User
from assignments.bulk import RowErrors
from assignments.forms import date_field
from assignments.text_fields import LineInput, show_refusal
from reports.enums import PetitionAct
from reports.models import CompetentBody, Petition
from reports.petitions import Route, default_due, extend_petition, route_petitions
from reports.petitions.act_form import (
    ActForm,
    Folding,
    bodies_on,
    body_field,
    note_field,
    several_bodies_field,
)
from reports.petitions.columns import brief, state_badge_of
from reports.petitions.story import current_lead, legs_of

FOLDED_LABEL = "Cơ quan phối hợp, số văn bản, ghi chú"
FOLDED = ("coordinating", "reference", "note")
ORDER = ("body", "on", "due_on", *FOLDED)
NOTHING_SENT = "Chưa chuyển kiến nghị nào: có dòng chưa chuyển được, xem lý do ở từng dòng."


class RouteForm(ActForm):
    """To whom it goes, by when an answer is asked for."""

    act = PetitionAct.ROUTE
    title, submit = "Chuyển xử lý", "Chuyển xử lý"
    folded_label, folded = FOLDED_LABEL, FOLDED

    on = date_field("Ngày chuyển")
    due_on = date_field("Hạn trả lời", required=False)
    reference = LineInput(label="Số văn bản chuyển", max_length=100, required=False)
    note = note_field(rows=2)

    def offer(self) -> None:
        bodies = bodies_on(self.today)
        self.fields["body"] = body_field(bodies, "Cơ quan chủ trì", "Chọn cơ quan…")
        self.fields["coordinating"] = several_bodies_field(bodies, "Cơ quan phối hợp")
        self.order_fields(ORDER)
        usual = self.petition.field
        self.initial.setdefault("body", self.usual_body(bodies))
        self.initial.setdefault("due_on", default_due(usual, self.today))
        # Escaped here: a help text is written to the page as it is.
        self.fields["due_on"].help_text = format_html(
            "Thời hạn của lĩnh vực {}: {} ngày; bỏ trống thì tính từ ngày chuyển.",
            usual.name,
            usual.limit_days,
        )

    def usual_body(self, bodies: dict[str, CompetentBody]) -> int | None:
        """Give where petitions of the field usually go, unless it lies or lay there already."""
        usual = self.petition.field.body_id
        had = self.petition.legs.values_list("body", flat=True)
        return usual if str(usual) in bodies and usual not in had else None

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        route_petitions(
            petitions=[self.petition],
            route=route_of(data),
            by=self.by,
            now=now,
            editions={self.petition.pk: data["edition"]},
        )


class ExtendForm(ActForm):
    """Until when the leading body has time now, and why."""

    act = PetitionAct.EXTEND
    title, submit = "Gia hạn trả lời", "Gia hạn"

    due_on = date_field("Hạn mới")
    note = note_field("Lý do gia hạn", missing="Ghi lý do gia hạn.", rows=3)

    def offer(self) -> None:
        leg = current_lead(legs_of(self.petition), self.today)
        if leg:
            self.lead = f"{leg.body} đang chủ trì; hạn trả lời hiện nay {leg.due_on:%d/%m/%Y}."

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        extend_petition(due_on=data["due_on"], note=data["note"], now=now, **self.common)


def route_of(data: dict) -> Route:
    """Give the route a valid form says."""
    return Route(
        body=data["body"],
        on=data["on"],
        due_on=data["due_on"],
        reference=data["reference"],
        note=data["note"],
        coordinating=data["coordinating"],
    )


class RouteManyForm(Folding):
    """To whom the petitions go; without a due date each by the limit of its own field.

    Each row sends the edition that its page showed.
    """

    folded_label, folded = FOLDED_LABEL, FOLDED

    on = date_field("Ngày chuyển")
    due_on = date_field(
        "Hạn trả lời", required=False, help_text="Bỏ trống: theo thời hạn của từng lĩnh vực."
    )
    reference = LineInput(label="Số văn bản chuyển", max_length=100, required=False)
    note = note_field(rows=2)

    def __init__(self, *args, petitions: Sequence[Petition], by: User, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.petitions, self.by = petitions, by
        self.row_errors: dict[int, list[str]] = {}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.initial.setdefault("on", today)
        bodies = bodies_on(today)
        self.fields["body"] = body_field(bodies, "Cơ quan chủ trì", "Chọn cơ quan…")
        self.fields["coordinating"] = several_bodies_field(bodies, "Cơ quan phối hợp")
        self.order_fields(ORDER)
        for petition in petitions:
            self.fields[self.edition_name(petition)] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=petition.edition
            )
        usual = {petition.field.body_id for petition in petitions}
        if len(usual) == 1:
            self.initial.setdefault("body", usual.pop())

    @staticmethod
    def edition_name(petition: Petition) -> str:
        return f"edition_{petition.pk}"

    def rows(self) -> list[dict[str, object]]:
        """Give each petition with its state and hidden edition, and why it could not be sent."""
        return [
            {
                "petition": petition,
                "brief": brief(petition),
                "state": state_badge_of(petition.state),
                "edition": self[self.edition_name(petition)],
                "errors": self.row_errors.get(place, []),
            }
            for place, petition in enumerate(self.petitions)
        ]

    def write(self, now: dt.datetime) -> list[Petition] | None:
        """Send all; ``None`` when some were refused, with the reasons on the form."""
        data = self.cleaned_data
        editions = {
            petition.pk: data[self.edition_name(petition)]
            for petition in self.petitions
            if data[self.edition_name(petition)] is not None
        }
        try:
            return route_petitions(
                petitions=self.petitions,
                route=route_of(data),
                by=self.by,
                now=now,
                editions=editions,
            )
        except RowErrors as refused:
            self.row_errors = refused.errors
            self.add_error(None, NOTHING_SENT)
            self.renew_editions()
        except ValidationError as error:
            show_refusal(self, error)
        return None

    def renew_editions(self) -> None:
        """Let the next sending act on what is there now: the page has said what changed."""
        keys = [petition.pk for petition in self.petitions]
        there = dict(Petition.objects.filter(pk__in=keys).values_list("pk", "edition"))
        self.resend(**{self.edition_name(one): str(there[one.pk]) for one in self.petitions})
