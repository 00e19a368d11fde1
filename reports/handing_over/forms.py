"""Forms of a hand-over: who goes on with what; a move with its note."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.bulk import RowErrors
from assignments.officer_field import Candidates, OfficerField
from assignments.text_fields import LineInput, LinesInput, show_refusal
from reports.enums import REASONED_HANDOVER_MOVES, HandoverMove
from reports.handing_over.deciding import Decided, decide_items
from reports.handing_over.finding import Open
from reports.handing_over.moving import make_move
from reports.models import Handover, HandoverItem

NOT_WRITTEN = "Chưa ghi gì: có việc chưa hợp lệ, xem lý do ở từng dòng."
NOTHING = "Ghi người tiếp tục hoặc lý do cho ít nhất một việc."
LONGEST = HandoverItem._meta.get_field("reason").max_length


class ItemsForm(forms.Form):
    """Each open thing with who goes on with it, or why nobody does. What is empty stays open."""

    def __init__(self, *args, handover: Handover, things: list[Open], day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.handover, self.things = handover, things
        self.row_errors: dict[str, list[str]] = {}
        self.candidates = Candidates(max(day, handover.outgoing.ended_on))
        default = self.receiver_label()
        for thing in things:
            owner = OfficerField(self.candidates, label=f"Người tiếp tục: {thing}")
            owner.initial = default
            self.fields[f"owner_{thing.target_key}"] = owner
            reason = LineInput(
                label=f"Lý do không giao: {thing}", max_length=LONGEST, required=False
            )
            reason.widget.attrs["class"] = "form-control"
            self.fields[f"reason_{thing.target_key}"] = reason

    def receiver_label(self) -> str:
        """Give the receiver as the officer field writes them; "" when there is none."""
        incoming = self.handover.incoming
        if incoming is None:
            return ""
        labels = self.candidates.by_label.items()
        return next((label for label, one in labels if one.pk == incoming.officer_id), "")

    def rows(self) -> list[dict[str, Any]]:
        """Give each thing with its fields and why it was refused."""
        return [
            {
                "thing": thing,
                "owner": self[f"owner_{thing.target_key}"],
                "reason": self[f"reason_{thing.target_key}"],
                "errors": self.row_errors.get(thing.target_key, []),
            }
            for thing in self.things
        ]

    def decided(self) -> list[Decided]:
        """Give what was filled in."""
        found = []
        for thing in self.things:
            owner = self.cleaned_data[f"owner_{thing.target_key}"]
            reason = self.cleaned_data[f"reason_{thing.target_key}"]
            if owner or reason:
                found.append(Decided(thing.target_key, owner, reason))
        return found

    def write(self, by: User, now: dt.datetime) -> list[HandoverItem] | None:
        """Write all that was filled in or nothing; ``None`` when refused."""
        decided = self.decided()
        if not decided:
            self.add_error(None, NOTHING)
            return None
        try:
            return decide_items(handover=self.handover, decided=decided, by=by, now=now)
        except RowErrors as refused:
            self.row_errors = {
                decided[at].target_key: texts for at, texts in refused.errors.items()
            }
            self.add_error(None, NOT_WRITTEN)
        except ValidationError as refused:
            self.add_error(None, refused.messages)
        return None


class MoveForm(forms.Form):
    """What is said with a move; some need a reason."""

    note = LinesInput(label="Ghi chú", max_length=1_000, missing="Ghi lý do.", required=False)

    def __init__(self, *args, move: HandoverMove, **kwargs):
        super().__init__(*args, **kwargs)
        self.move = move
        self.helper = FormHelper()
        self.helper.form_tag = False
        if move in REASONED_HANDOVER_MOVES:
            self.fields["note"].required = True
            self.fields["note"].label = "Lý do"

    def write(self, handover: Handover, by: User, now: dt.datetime) -> Handover | None:
        """Make the move, or show why not and give ``None``."""
        try:
            note = self.cleaned_data["note"]
            return make_move(handover=handover, move=self.move, note=note, by=by, now=now)
        except ValidationError as refused:
            show_refusal(self, refused)
            return None
