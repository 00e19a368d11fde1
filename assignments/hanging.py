"""What hangs on an assignment: what its officer did in its commune because it was theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from assignments.models import Assignment, Attendance, FollowUp, NoticeAnswer, VisitPlan

NAMED = 3  # so many days are named before "…"


def hanging_words(
    assignment: Assignment, *, since: dt.date | None = None, until: dt.date | None = None
) -> str:
    """Say what hangs on ``assignment`` outside [since, until): all of it when neither is given.

    "2 chuyến đi (05/04/2023, 09/05/2023), 1 trả lời giấy mời (10/05/2023)"; "" when nothing.
    """
    kept = (since, until) if since else None
    found = (told(word, days) for word, days in days_by_word(assignment, kept) if days)
    return ", ".join(found)


def told(word: str, days: list[dt.date]) -> str:
    named = ", ".join(f"{day:%d/%m/%Y}" for day in days[:NAMED])
    more = ", …" if len(days) > NAMED else ""
    return f"{len(days)} {word} ({named}{more})"


def days_by_word(
    assignment: Assignment, kept: tuple[dt.date, dt.date | None] | None
) -> Iterator[tuple[str, list[dt.date]]]:
    """Give the days of each kind of record, those within ``kept`` left out."""
    officer = assignment.officer_id
    sources: tuple[tuple[str, QuerySet, str], ...] = (
        ("chuyến đi", Attendance.objects.standing(), "visit__"),
        ("kế hoạch đi cơ sở", VisitPlan.objects.standing(), ""),
        ("trả lời giấy mời", NoticeAnswer.objects.all(), "notice__"),
        ("lần đôn đốc", FollowUp.objects.standing(), ""),
    )
    columns = ("visited_on", "planned_on", "held_on", "noted_on")
    for (word, rows, path), column in zip(sources, columns, strict=True):
        day = f"{path}{column}"
        there = rows.filter(**{"officer": officer, f"{path}commune": assignment.commune_id})
        there = there.filter(within(day, assignment.started_on, assignment.ended_on))
        if kept:
            there = there.exclude(within(day, *kept))
        yield word, list(there.order_by(day).values_list(day, flat=True))


def within(column: str, since: dt.date, until: dt.date | None) -> Q:
    """Give the condition that a column of days lies in [since, until)."""
    condition = Q(**{f"{column}__gte": since})
    return condition & Q(**{f"{column}__lt": until}) if until else condition
