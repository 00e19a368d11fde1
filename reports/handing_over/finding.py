"""What is open where an officer leaves: read from the records, on any day.

What is a commune's (petitions, visits planned there, invitations, documents followed) stands in
that commune's dossier; what is the officer's alone (reports of all communes together, tasks of
conclusions) in the first dossier of their departure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from accounts.audit import target_key
from assignments.directives.services import latest
from assignments.enums import DutyKind, FollowUpState
from assignments.models import Attendance, Directive, FollowUp, MeetingNotice, VisitPlan
from communes.former_units import of_unit
from reports.duties import duty_list
from reports.enums import HandoverItemKind, ReportState
from reports.models import ConclusionTask, Handover, HandoverItem, Period, PeriodicReport, Petition
from reports.petitions.columns import content, with_standing
from reports.petitions.standing import open_on, untold_on

LONGEST = HandoverItem._meta.get_field("words").max_length
OWED_FOR = dt.timedelta(days=190)  # reports of periods begun so long before are not asked for now
UNWRITTEN = (ReportState.DRAFT, ReportState.RETURNED)
# Where the record of a target key is read; a plan and a visit entered are found in their lists.
PAGES = {
    "reports.petition": "petitions:detail",
    "assignments.meetingnotice": "visits:notice_detail",
    "reports.periodicreport": "periodic:detail",
    "assignments.directive": "directives:detail",
}
LISTS = {
    "assignments.visitplan": "visits:plan_list",
    "assignments.attendance": "visits:waiting",
    "reports.period": "periodic:inbox",
    "reports.conclusiontask": "conclusions:list",
}


@dataclass(frozen=True)
class Open:
    """One open thing, not decided yet."""

    kind: HandoverItemKind
    target_key: str
    words: str
    due_on: dt.date | None = None

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def address(self) -> str:
        return address_of(self.target_key)

    def __str__(self) -> str:
        return self.words


def address_of(key: str) -> str:
    """Give where the record of a target key is read."""
    model, _, pk = key.partition(":")
    return reverse(PAGES[model], args=[pk]) if model in PAGES else reverse(LISTS[model])


def thing(
    kind: HandoverItemKind, record: models.Model, words: str, due_on: dt.date | None = None
) -> Open:
    return Open(kind, target_key(record), Truncator(words).chars(LONGEST), due_on)


def open_things(handover: Handover, day: dt.date) -> list[Open]:
    """Give everything open on ``day`` that the dossier of ``handover`` is about."""
    found = [
        *petitions_of(handover, day),
        *plans_of(handover),
        *notices_of(handover),
        *drafts_of(handover),
        *reports_of(handover, day),
        *directives_of(handover, day),
    ]
    return found + list(tasks_of(handover, day)) if is_first(handover) else found


def undecided(handover: Handover, day: dt.date) -> list[Open]:
    """Give what is open and has neither a new owner nor a reason yet."""
    decided = set(handover.items.values_list("target_key", flat=True))
    return [one for one in open_things(handover, day) if one.target_key not in decided]


def is_first(handover: Handover) -> bool:
    """Say whether the dossier is the one that holds what is the officer's alone."""
    if handover.departure_id is None:
        return False
    others = Handover.objects.filter(departure=handover.departure_id, pk__lt=handover.pk)
    return not others.exists()


def before_the_end(handover: Handover, column: str) -> Q:
    """Give the condition that a day is of the officer's own time: what came later is not theirs.

    Neither to hand over nor to know: who gives reads the dossier until it is accepted.
    """
    return Q(**{f"{column}__lt": handover.outgoing.ended_on})


def petitions_of(handover: Handover, day: dt.date) -> Iterator[Open]:
    here = of_unit(handover.outgoing.commune, day)
    known = before_the_end(handover, "raised_on")
    rows = Petition.objects.standing().filter(here, known).on(day)
    rows = rows.filter(open_on() | untold_on(day)).order_by("raised_on", "pk")
    for one in with_standing(rows, day).with_parties():
        yield thing(HandoverItemKind.PETITION, one, f"Số {one.code}: {content(one)}", one.due_on)


def plans_of(handover: Handover) -> Iterator[Open]:
    outgoing = handover.outgoing
    plans = VisitPlan.objects.open().filter(
        commune=outgoing.commune_id, officer=outgoing.officer_id, planned_on__gte=outgoing.ended_on
    )
    for plan in plans.order_by("planned_on", "pk"):
        words = ". ".join(filter(None, (plan.get_kind_display(), plan.purpose)))
        yield thing(HandoverItemKind.VISIT_PLAN, plan, words, plan.planned_on)


def notices_of(handover: Handover) -> Iterator[Open]:
    """Give the meetings the receiver is to answer for: from the day on, if known before it."""
    outgoing = handover.outgoing
    coming = MeetingNotice.objects.standing().filter(
        Q(entered_at__lt=handover.entered_at) | before_the_end(handover, "entered_at__date"),
        commune=outgoing.commune_id,
        held_on__gte=outgoing.ended_on,
    )
    if handover.incoming:
        coming = coming.exclude(answers__officer=handover.incoming.officer_id)
    for notice in coming.order_by("held_on", "held_at", "pk"):
        words = f"{notice.get_kind_display()}: {notice.content}"
        yield thing(HandoverItemKind.MEETING_NOTICE, notice, words, notice.held_on)


def drafts_of(handover: Handover) -> Iterator[Open]:
    """Give the visits entered for the officer that they have not confirmed."""
    outgoing = handover.outgoing
    rows = Attendance.objects.unconfirmed().filter(
        officer=outgoing.officer_id, visit__commune=outgoing.commune_id
    )
    for row in rows.select_related("visit").order_by("visit__visited_on", "pk"):
        words = f"{row.visit.get_kind_display()}, ngày {row.visit.visited_on:%d/%m/%Y}"
        yield thing(HandoverItemKind.VISIT_DRAFT, row, words)


def reports_of(handover: Handover, day: dt.date) -> Iterator[Open]:
    """Give the reports the officer began or owes: of this commune, or of all in the first one."""
    outgoing = handover.outgoing
    places = {outgoing.commune_id, *([None] if is_first(handover) else [])}
    begun = PeriodicReport.objects.standing().filter(
        officer=outgoing.officer_id, state__in=UNWRITTEN
    )
    written = set()
    for report in begun.select_related("period", "commune", "officer").order_by("pk"):
        if report.commune_id in places:
            written.add((report.period_id, report.commune_id))
            yield thing(HandoverItemKind.REPORT_DRAFT, report, report.title)
    last = min(day, outgoing.ended_on)
    periods = Period.objects.begun_by(last).filter(started_on__gt=last - OWED_FOR)
    lines = duty_list(None, periods, day, officer=outgoing.officer_id, kinds=(DutyKind.REPORT,))
    for line in lines:
        is_here = line.commune_id in places and line.unexplained
        if is_here and (line.period.pk, line.commune_id) not in written:
            words = f"Báo cáo {line.period}"
            yield thing(HandoverItemKind.REPORT_DUE, line.period, words, line.deadline)


def directives_of(handover: Handover, day: dt.date) -> Iterator[Open]:
    """Give the documents followed whose carrying-out in the commune has no result yet."""
    here = of_unit(handover.outgoing.commune, day)
    noted = FollowUp.objects.standing().filter(here, noted_on__lte=day)
    last = {row.directive_id: row for row in latest(noted)}
    known = Directive.objects.followed_on(day).filter(before_the_end(handover, "issued_on"))
    for directive in known.order_by("issued_on", "pk"):
        note = last.get(directive.pk)
        if note is None or note.state != FollowUpState.DONE:
            words = f"{directive.number}: {directive.subject}"
            yield thing(HandoverItemKind.DIRECTIVE, directive, words, directive.due_on)


def tasks_of(handover: Handover, day: dt.date) -> Iterator[Open]:
    rows = ConclusionTask.objects.open_on(day).filter(officer=handover.outgoing.officer_id)
    for task in rows.order_by("due_on", "pk"):
        yield thing(HandoverItemKind.TASK, task, task.content, task.due_on)
