"""Handing a report in: what is still empty, what is kept with it, by which day it is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from communes.periods import constraint_sentences
from reports.duties import DutyLine
from reports.enums import NotificationKind, ReportKind, ReportMove
from reports.models import PeriodicReport, ReportEvent
from reports.notifications import office_users
from reports.periodic.asked import deadline_of, lines_about
from reports.periodic.events import held, tell
from reports.periodic.moves import step, why_not
from reports.periodic.quotes import quotes
from reports.periodic.rights import why_locked
from reports.periodic.sections import HAPPENED, sections_of
from reports.periodic.writing import check_edition

NOTHING_WRITTEN = "Báo cáo chưa có nội dung nên chưa nộp được."
NOT_SAID_WHAT = "Báo cáo đột xuất phải ghi nội dung, diễn biến rồi mới nộp được."


def missing_in(report: PeriodicReport) -> list[str]:
    """Give the names of the sections nothing is written in, in order."""
    return [section.name for section in sections_of(report) if not getattr(report, section.name)]


def why_unfinished(report: PeriodicReport) -> str:
    """Say what must be written before the report can be handed in at all; "" when nothing."""
    missing = missing_in(report)
    if len(missing) == len(sections_of(report)):
        return NOTHING_WRITTEN
    is_urgent = report.kind == ReportKind.URGENT
    return NOT_SAID_WHAT if is_urgent and HAPPENED in missing else ""


def submit_report(
    *, report: PeriodicReport, edition: int | None, by: User, now: dt.datetime
) -> PeriodicReport:
    """Hand a report in; what it quotes is frozen with it, and the event keeps what was said.

    The first time, the day it is judged by is written down and never changes (DOMAIN R21). Raises
    when ``by`` may not, the period is locked to them, nothing is written, or somebody wrote since
    ``edition``.
    """
    day = timezone.localdate(now)
    with constraint_sentences(PeriodicReport, ReportEvent), transaction.atomic():
        [current] = held([report])
        refuse(current, by, day)
        check_edition(current, edition)
        lines = lines_about(current, day)
        judge(current, day, lines)
        current.submitted_at, current.submitted_by = now, by
        current.quoted = quotes(current, day, lines)
        event = step(current, ReportMove.SUBMIT, by=by, now=now, content=content_of(current))
        tell(
            office_users(),
            event,
            kind=NotificationKind.REPORT_SUBMITTED,
            title=f"{current.title} vừa được nộp",
            now=now,
        )
    return current


def refuse(report: PeriodicReport, by: User, day: dt.date) -> None:
    """Raise the first reason why ``by`` cannot hand ``report`` in on ``day``."""
    reasons = (
        why_not(report, ReportMove.SUBMIT, by),
        why_locked(report, by, day),
        why_unfinished(report),
    )
    for sentence in filter(None, reasons):
        raise ValidationError(sentence)


def judge(report: PeriodicReport, day: dt.date, lines: Iterable[DutyLine]) -> None:
    """Write down, the first time, when it was handed in and by which day it is judged."""
    if report.first_submitted_on is None:
        report.due_on = deadline_of(report, lines)
        report.first_submitted_on = day


def content_of(report: PeriodicReport) -> dict:
    """Give what is handed in, with its headings: it is read as it was, whatever changes since."""
    return {
        "sections": [
            {"name": name, "label": label, "text": getattr(report, name)}
            for name, label, _ in sections_of(report)
        ],
        "quoted": report.quoted,
    }
