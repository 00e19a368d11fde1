"""The form that logs a visit (DESIGN §5.2), and the one that corrects it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from assignments.enums import VisitKind
from assignments.models import Attendance, Visit, VisitPlan
from assignments.models.visits import JOINT_DAYS
from assignments.text_fields import LineInput
from assignments.visits import (
    Account,
    ChangedMeanwhile,
    SentBefore,
    VisitFacts,
    amend_attendance,
    check_entry,
    check_event,
    entered_before,
    is_reason_needed,
    joinable,
    log_visit,
    open_to,
    version,
)
from assignments.visits.entry import SHARED
from assignments.visits.entry_form import FACTS, EntryForm, organisation_field
from assignments.visits.fields import (
    ONE_DAY,
    OTHER,
    Chosen,
    Offer,
    Place,
    Radios,
    offer_choices,
)

SAME_OR_NOT = "Chọn: cùng một chuyến đi đã ghi, hay là chuyến khác."


class LogForm(EntryForm):
    """Enters that an officer was at a visit: a new one, or one that somebody entered before.

    ``sent_before`` is what an earlier sending of the same form wrote.
    """

    joins = forms.CharField(label="Có phải cùng chuyến này không?", widget=Radios, required=False)

    def __init__(self, *args, sent_before: Attendance | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sent_before = sent_before
        self.joined: Visit | None = self.event
        self.earlier: Attendance | None = None
        self.offered: list[Visit] = []
        self.initial.setdefault("entry_key", uuid.uuid4())
        if self.event:
            del self.fields["joins"]
        elif not self.is_bound:
            self.offer(self.visits_at_hand())

    def visits_at_hand(self) -> QuerySet[Visit]:
        """Give what script may offer for today or yesterday, before the form is sent."""
        today = timezone.localdate(self.now)
        near = (today - ONE_DAY - dt.timedelta(days=JOINT_DAYS), today)
        communes = [place.commune.pk for place in self.places]
        return open_to(self.officer).filter(commune__in=communes, visited_on__range=near)

    def offer(self, visits: QuerySet[Visit]) -> None:
        """Ask whether it was one of ``visits``."""
        there = Attendance.objects.standing().select_related("officer").order_by("pk")
        self.offered = list(
            visits.select_related("commune", "cell")
            .defer("commune__boundary")
            .prefetch_related(Prefetch("attendances", queryset=there))
        )
        widget = self.fields["joins"].widget
        widget.choices = offer_choices(self.offered)
        widget.option_attributes = {str(one.pk): Offer(one).attributes for one in self.offered}

    def asked_facts(self) -> VisitFacts | None:
        """Give the facts of the visit joined, or those typed; see to it that they may be."""
        if self.sent_before:
            return self.facts_sent_again()
        commune, day = self.commune, self.visited_on()
        outcome = self.cleaned_data.get("outcome")
        if commune and day and outcome:
            near = joinable(commune=commune, day=day, officer=self.officer)
            self.offer(near.filter(outcome=outcome))
            self.compare_offers(day)
        answer = self.cleaned_data.get("joins")
        self.joined = next((one for one in self.offered if str(one.pk) == answer), None)
        if self.joined:
            return VisitFacts.of(self.joined)
        facts = self.typed_facts()
        if facts and self.may_be(facts) and self.offered and answer != OTHER:
            self.add_error("joins", SAME_OR_NOT)
        return facts

    def compare_offers(self, day: dt.date) -> None:
        """Let each offer say how it differs from what was chosen; the likeliest comes first."""
        kind, cell = self.cleaned_data.get("kind"), self.cleaned_data.get("cell")
        named = next((str(one) for one in self.cells if str(one.pk) == cell), None)
        is_cell_meeting = kind == VisitKind.CELL_MEETING
        label = (named or self.cleaned_data.get("cell_name", "")) if is_cell_meeting else ""
        self.offered.sort(key=lambda one: (one.kind != kind, one.visited_on != day))
        chosen = Chosen(kind, day, label)
        self.fields["joins"].widget.choices = offer_choices(self.offered, chosen)

    def facts_sent_again(self) -> VisitFacts | None:
        """Give the facts as they were sent: the service compares them with those written."""
        visit = self.sent_before.visit
        is_joined = self.cleaned_data.get("joins") == str(visit.pk)
        return VisitFacts.of(visit) if is_joined else self.typed_facts()

    def may_be(self, facts: VisitFacts) -> bool:
        """Say whether facts may be entered; else say why not, now and not only at writing."""
        try:
            check_event(facts, self.now)
            check_entry(self.officer, facts)
        except ValidationError as error:
            self.refuse(error)
            self.earlier = entered_before(self.officer, facts)
            return False
        return True

    def save(self, plan: VisitPlan | None) -> Attendance | None:
        """Enter it; None when that was refused, with the reason on the form."""
        try:
            return self.write(plan)
        except SentBefore as error:
            self.earlier = error.attendance
            self.resend(entry_key=str(uuid.uuid4()))
            self.refuse(error)
        except ValidationError as error:
            self.refuse(error)
        return None

    def write(
        self, plan: VisitPlan | None, then: Callable[[Attendance], object] | None = None
    ) -> Attendance:
        """Enter the visit, and ``then`` in the same transaction what else was heard there."""
        return log_visit(
            officer=self.officer,
            facts=self.facts,
            account=self.account(),
            by=self.by,
            now=self.now,
            entry_key=self.cleaned_data["entry_key"],
            joins=self.joined,
            plan=plan,
            files=self.cleaned_data["files"],
            then=then,
        )


class AmendForm(EntryForm):
    """Corrects an attendance; its event too while nobody else is entered as having been there.

    ``stored`` is what somebody else wrote since the page was opened.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = LineInput(label="Lý do sửa", max_length=300, required=False)

    def __init__(self, *args, attendance: Attendance, is_shared: bool, by: User, **kwargs):
        self.attendance = attendance
        self.stored: Attendance | None = None
        visit = attendance.visit
        super().__init__(
            *args,
            officer=attendance.officer,
            by=by,
            event=visit if is_shared else None,
            initial=written(attendance),
            **kwargs,
        )
        self.fields["reason"].required = is_reason_needed(attendance, by, self.now)
        self.fields["reason"].error_messages["required"] = "Ghi lý do sửa."

    def clean(self) -> dict[str, Any]:
        """Refuse other facts of an event that somebody has joined since the page was opened."""
        data = super().clean()
        if self.event and any(name in self.data for name in FACTS):
            self.add_error(None, SHARED)
        return data

    def choose_places(self, day: dt.date, today: dt.date) -> list[Place]:
        """Offer what is written too, should the assignment it rests on have been corrected."""
        places = super().choose_places(day, today)
        commune = self.attendance.visit.commune
        if all(place.commune != commune for place in places):
            places.append(Place(commune, [(self.attendance.visit.visited_on, None)]))
        return places

    def save(self) -> Attendance | None:
        """Correct it; None when that was refused, with the reason on the form."""
        try:
            return amend_attendance(
                attendance=self.attendance,
                facts=self.facts,
                account=self.account(),
                files=self.cleaned_data["files"],
                reason=self.cleaned_data["reason"],
                by=self.by,
                now=self.now,
                read=self.cleaned_data["version"],
            )
        except ChangedMeanwhile as error:
            self.stored = error.attendance
            self.resend(version=version(error.attendance))
            self.refuse(error)
        except ValidationError as error:
            self.refuse(error)
        return None


def written(attendance: Attendance) -> dict[str, object]:
    """Give what is written of an attendance as a form's first values."""
    visit, account = attendance.visit, Account.of(attendance)
    notes = {organisation_field(one): note for one, note in account.organisations.items()}
    return {
        **{name: getattr(account, name) for name in Account.columns()},
        **notes,
        "visited_on": visit.visited_on,
        "commune": visit.commune_id,
        "kind": visit.kind,
        "outcome": visit.outcome,
        "cell": OTHER if visit.cell_name else visit.cell_id,
        "cell_name": visit.cell_name,
        "entry_key": attendance.entry_key,
        "version": version(attendance),
    }
