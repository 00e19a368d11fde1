"""What may be entered: the right to log, judged by the day of the visit; the same thing once."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from assignments.entry_rights import choose_instead
from assignments.models import Assignment, Attendance, Officer, Visit
from assignments.models.visits import OTHER_CELL
from assignments.visits.facts import VisitFacts
from communes.models import Commune, PartyCell
from communes.periods import covers

GONE = "Chuyến đi đã chọn không còn để ghi cùng. Đồng chí chọn lại."


def held_on(officer: Officer, commune: Commune, day: dt.date) -> bool:
    """Say whether the commune was the officer's, in any role, on ``day``: the right to log."""
    return Assignment.objects.active_on(day).filter(officer=officer, commune=commune).exists()


def open_to(officer: Officer) -> QuerySet[Visit]:
    """Give the visits ``officer`` may have been at and is not entered for.

    Somebody says they were there, on a day when the commune was the officer's.
    """
    theirs = Assignment.objects.filter(covers(OuterRef("visited_on")), commune=OuterRef("commune"))
    there = Attendance.objects.standing().filter(visit=OuterRef("pk"), officer=officer)
    return Visit.objects.standing().filter(Exists(theirs.filter(officer=officer)), ~Exists(there))


def joinable(*, commune: Commune, day: dt.date, officer: Officer) -> QuerySet[Visit]:
    """Give the visits to ``commune`` so near ``day`` that the officer may have been at the same."""
    return open_to(officer).near(commune, day)


def entered_before(
    officer: Officer, facts: VisitFacts, besides: Attendance | None = None
) -> Attendance | None:
    """Give the officer's standing attendance of the same facts, other than ``besides``."""
    same = {f"visit__{name}": value for name, value in vars(facts).items()}
    rows = Attendance.objects.standing().filter(officer=officer, **same)
    return rows.exclude(pk=besides.pk if besides else None).first()


def check_event(facts: VisitFacts, now: dt.datetime) -> None:
    """Refuse a day still to come, and a cell the commune did not have that day."""
    day = facts.visited_on
    if day > timezone.localdate(now):
        sentence = f"Ngày {day:%d/%m/%Y} chưa tới: chỉ ghi chuyến đi đã thực hiện."
        raise ValidationError({"visited_on": sentence})
    check_cell(facts.cell, facts.commune, day)


def check_cell(cell: PartyCell | None, commune: Commune, day: dt.date) -> None:
    """Refuse a cell the commune does not have on ``day``."""
    if cell is None:
        return
    if cell.commune_id != commune.pk:
        raise ValidationError({"cell": OTHER_CELL})
    if not PartyCell.objects.existing_on(day).contains(cell):
        sentence = f"Ngày {day:%d/%m/%Y}, {commune.party_body} không có “{cell}”."
        raise ValidationError({"cell": sentence})


def check_entry(officer: Officer, facts: VisitFacts, besides: Attendance | None = None) -> None:
    """Refuse a commune that was not the officer's that day, and what is entered already."""
    if not held_on(officer, facts.commune, facts.visited_on):
        sentence = (
            f"Ngày {facts.visited_on:%d/%m/%Y}, đồng chí {officer.full_name} không theo dõi, phụ "
            f"trách {facts.commune.party_body} nên không ghi được chuyến đi của ngày đó."
            f"{choose_instead(facts.commune, facts.visited_on)}"
        )
        raise ValidationError({"commune": sentence})
    if entered_before(officer, facts, besides):
        raise ValidationError(
            f"Chuyến đi này đã ghi cho đồng chí {officer.full_name}. "
            "Nếu cần bổ sung, mở chuyến đi đó để sửa."
        )


def still_joinable(visit: Visit, officer: Officer, facts: VisitFacts) -> Visit:
    """Read ``visit`` anew among what the officer may join; refuse one that no longer is."""
    offered = joinable(commune=facts.commune, day=facts.visited_on, officer=officer)
    found = offered.select_related("commune", "cell").filter(pk=visit.pk).first()
    if found is None:
        raise ValidationError({"joins": GONE})
    return found


def is_reason_needed(attendance: Attendance, by: User, now: dt.datetime) -> bool:
    """Say whether a correction needs a reason: all but one's own of the day of entering it."""
    is_own = attendance.entered_by_id == by.pk
    return not is_own or timezone.localdate(attendance.entered_at) != timezone.localdate(now)
