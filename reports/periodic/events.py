"""A report held while it is written, and the event each move leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reports.enums import NotificationKind, ReportMove
from reports.models import PeriodicReport, ReportEvent
from reports.notifications import notify


def held(reports: Iterable[PeriodicReport]) -> list[PeriodicReport]:
    """Read reports anew and hold them until the transaction ends, in one order for all writers."""
    rows = PeriodicReport.objects.select_for_update(of=("self",), no_key=True)
    return list(
        rows.filter(pk__in=[report.pk for report in reports])
        .select_related("officer", "period", "commune")
        .defer("commune__boundary")
        .order_by("pk")
    )


def add_event(
    report: PeriodicReport,
    move: ReportMove,
    *,
    by: User,
    now: dt.datetime,
    reason: str = "",
    content: dict | None = None,
) -> ReportEvent:
    """Write down that ``move`` was made, with the state it led to."""
    event = ReportEvent(
        report=report,
        move=move,
        state=report.state,
        happened_on=timezone.localdate(now),
        happened_at=now,
        by=by,
        reason=reason,
        content=content,
    )
    event.full_clean()
    event.save()
    return event


def tell(
    users: Iterable[User],
    event: ReportEvent,
    *,
    kind: NotificationKind,
    title: str,
    now: dt.datetime,
) -> None:
    """Tell ``users`` of a move, but for who made it: why, else whose report it is.

    The title names nobody: it goes into mail.
    """
    notify(
        [user for user in users if user != event.by],
        kind=kind,
        key=f"report:{event.report_id}:{event.move}:{event.pk}",
        title=title,
        detail=event.reason or f"Đồng chí {event.report.officer.full_name}",
        address=reverse("periodic:detail", args=[event.report_id]),
        now=now,
    )
