"""Reports that come due or are overdue; what is left of the duties of a running period (R15)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from assignments.enums import DutyKind
from assignments.models import Officer
from reports.duties import duty_list
from reports.duties.named import NamedLine, named
from reports.enums import NotificationKind
from reports.models import Period
from reports.notifications.audience import Audience
from reports.notifications.notices import Notice, Stage, ahead_of, days_left, present

WEEK = dt.timedelta(days=7)
# A report so long overdue is no reminder's matter any more: the list of reports still shows it.
LOOKED_BACK = dt.timedelta(days=366)

# What one officer owes by one day in one period.
Owed = list[NamedLine]


def tell_of_duties(day: dt.date, audience: Audience) -> Iterator[Notice]:
    """Tell each officer what is still to be reported, and to be done before its deadline."""
    for lines in owed_together(day):
        first = lines[0].line
        users = audience.acting_for(first.officer_id)
        if not users:
            continue
        if first.duty.kind == DutyKind.REPORT:
            yield from of_report(lines, users, day)
        else:
            yield from of_duties(lines, users, day)


def owed_together(day: dt.date) -> list[Owed]:
    """Give the lines on which something is left, together where one notice tells of them."""
    since = day - LOOKED_BACK
    periods = Period.objects.begun_by(day).filter(Q(ended_on__gt=since) | Q(due_on__gt=since))
    left = [
        line for line in duty_list(None, periods, day) if line.unexplained and is_told(line, day)
    ]
    groups: dict[tuple, Owed] = defaultdict(list)
    for one in named(left, day):
        line = one.line
        is_report = line.duty.kind == DutyKind.REPORT
        groups[line.officer_id, line.period.pk, line.deadline, is_report].append(one)
    return list(groups.values())


def is_told(line, day: dt.date) -> bool:
    """Say whether a reminder can still do something: a report can be late, a period is over."""
    if line.duty.kind == DutyKind.REPORT:
        locked_on = line.period.locked_on
        return locked_on is None or day < locked_on
    return day <= line.deadline


# --- reports -------------------------------------------------------------------------------------


def of_report(lines: Owed, users: tuple, day: dt.date) -> Iterator[Notice]:
    """Tell of one report (or one of each commune) not handed in."""
    line = lines[0].line
    stage = present(report_stages(line.deadline, day), day)
    if stage:
        yield Notice(
            users,
            NotificationKind.REPORT_DUE,
            f"report-due:{line.officer_id}:{line.period.pk}:{line.deadline}:{stage.name}",
            f"Báo cáo {line.period}: {report_words(line.deadline, day)}",
            reverse("periodic:inbox"),
            detail=detail(
                lines[0].officer, [one.commune.full_name for one in lines if one.commune]
            ),
        )


def report_stages(deadline: dt.date, day: dt.date) -> list[Stage]:
    """Give the stages of a report: before its due day, past it, and every week after."""
    passed = deadline + dt.timedelta(days=1)
    weeks = max(0, (day - passed).days // WEEK.days)
    return [*ahead_of(deadline), Stage(f"overdue-{weeks}", passed + weeks * WEEK)]


def report_words(deadline: dt.date, day: dt.date) -> str:
    if day <= deadline:
        return f"chưa nộp, {days_left(deadline, day)}"
    return f"còn phải nộp, hạn {deadline:%d/%m/%Y} đã qua"


# --- duties --------------------------------------------------------------------------------------


def of_duties(lines: Owed, users: tuple, day: dt.date) -> Iterator[Notice]:
    """Tell of what is left to do of one period by one day, commune by commune."""
    line = lines[0].line
    stage = present(ahead_of(line.deadline), day)
    if stage:
        times = sum(one.line.unexplained for one in lines)
        yield Notice(
            users,
            NotificationKind.DUTY_LEFT,
            f"duty:{line.officer_id}:{line.period.pk}:{line.deadline}:{stage.name}",
            f"{line.period}: còn {times} lượt phải thực hiện, {days_left(line.deadline, day)}",
            f"{reverse('reports:duty_list')}?{urlencode({'can_bo': line.officer_id})}",
            detail=detail(lines[0].officer, left_by_place(lines)),
        )


def left_by_place(lines: Owed) -> list[str]:
    """Say what is left in each commune: "Xã An Ninh: Dự sinh hoạt chi bộ (1)"."""
    places: dict[str, list[str]] = defaultdict(list)
    for one in lines:
        word = one.line.duty.get_kind_display()
        places[one.place].append(f"{word} ({one.line.unexplained})")
    return [f"{place}: {'; '.join(words)}" for place, words in places.items()]


def detail(officer: Officer, lines: Sequence[str]) -> str:
    """Name the officer, for who assists several; then ``lines``."""
    return "\n".join([f"Đồng chí {officer.full_name}", *lines])
