"""What is known to happen on the days ahead, in the order of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.urls import reverse

from assignments.enums import AssignmentRole
from assignments.models import Assignment, Regulation
from communes.dates import short_date
from communes.models import Reorganisation
from reports.look_ahead.known import Known
from reports.models import CommitteeTerm


@dataclass(frozen=True)
class Event:
    """One thing that happens on ``day``: what it is, in which words, where to read of it."""

    day: dt.date
    kind: str
    words: str
    address: str = ""


def events(known: Known) -> list[Event]:
    """Give what happens after the day looked at, the soonest first."""
    found = [
        *endings(known),
        *beginnings(known),
        *reorganisations(known),
        *terms(known),
        *regulations(known),
    ]
    return sorted(found, key=lambda event: (event.day, event.kind, event.words))


def is_ahead(known: Known, day: dt.date | None) -> bool:
    return day is not None and known.day < day < known.end


def officer_address(assignment: Assignment) -> str:
    return reverse("reports:officer_detail", args=[assignment.officer_id])


def places(rows: list[Assignment]) -> str:
    return ", ".join(row.commune.name_in_sentence for row in rows)


def endings(known: Known) -> Iterator[Event]:
    """Give who stops covering, all of an officer's communes of one day and reason together."""
    rows = [row for row in known.assignments if is_ahead(known, row.ended_on)]
    for group in grouped(rows, lambda row: (row.ended_on, row.officer_id, row.role)):
        first = group[0]
        name = f"đồng chí {first.officer.full_name}"
        if first.role == AssignmentRole.COVER:
            words = f"{name} hết thời gian phụ trách tạm thời {places(group)}"
            back = returned_to(known, first)
            words += f"; trả lại cho đồng chí {back.officer.full_name}" if back else ""
            yield Event(first.ended_on, "Hết tạm thời", words, officer_address(first))
        else:
            words = f"{name} thôi phụ trách {places(group)}"
            reason = first.get_end_reason_display().lower()
            yield Event(
                first.ended_on, "Thôi phụ trách", f"{words} ({reason})", officer_address(first)
            )


def returned_to(known: Known, cover: Assignment) -> Assignment | None:
    """Give the main officer to whom a commune returns when its cover ends."""
    rows = known.assignments_of[cover.commune_id]
    mains = (row for row in rows if row.role == AssignmentRole.MAIN)
    return next((row for row in mains if row.is_active_on(cover.ended_on)), None)


def beginnings(known: Known) -> Iterator[Event]:
    """Give who begins to cover."""
    rows = [row for row in known.assignments if is_ahead(known, row.started_on)]
    for group in grouped(rows, lambda row: (row.started_on, row.officer_id, row.role)):
        first = group[0]
        role = first.get_role_display().lower()
        words = f"đồng chí {first.officer.full_name} nhận {places(group)} ({role})"
        yield Event(first.started_on, "Nhận phụ trách", words, officer_address(first))


def grouped(rows: list[Assignment], key) -> Iterator[list[Assignment]]:
    for _, group in groupby(sorted(rows, key=key), key=key):
        yield sorted(group, key=lambda row: row.commune.sort_key)


def reorganisations(known: Known) -> Iterator[Event]:
    """Give the rearrangements of communes, those still being drafted marked as such."""
    rows = Reorganisation.objects.visible_to(known.user).filter(
        undone_at__isnull=True,
        dropped_at__isnull=True,
        effective_on__gt=known.day,
        effective_on__lt=known.end,
    )
    for one in rows.defer("mapping", "choices", "journal"):
        draft = "" if one.is_in_force else " (dự thảo, chưa áp dụng)"
        yield Event(
            one.effective_on,
            "Sắp xếp đơn vị",
            f"sắp xếp đơn vị hành chính theo Nghị quyết {one.resolution}{draft}",
            reverse("reorganisations:detail", args=[one.pk]),
        )


def terms(known: Known) -> Iterator[Event]:
    """Give the terms of the committee that end."""
    for term in CommitteeTerm.objects.filter(ended_on__gt=known.day, ended_on__lt=known.end):
        yield Event(term.ended_on, "Nhiệm kỳ", f"hết nhiệm kỳ {term.name} của cấp ủy")


def regulations(known: Known) -> Iterator[Event]:
    """Give the versions of the regulation that begin or end."""
    turns = Q(started_on__gt=known.day, started_on__lt=known.end)
    turns |= Q(ended_on__gt=known.day, ended_on__lt=known.end)
    address = reverse("reports:rules")
    for version in Regulation.objects.filter(turns):
        if is_ahead(known, version.started_on):
            words = f"Quy chế {version.number} có hiệu lực"
            yield Event(version.started_on, "Quy chế", words, address)
        if is_ahead(known, version.ended_on):
            words = f"Quy chế {version.number} hết hiệu lực từ {short_date(version.ended_on)}"
            yield Event(version.ended_on, "Quy chế", words, address)
