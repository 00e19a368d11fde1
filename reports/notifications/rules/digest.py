"""The week's numbers, on the first run of a week, for the office and the leaders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from communes.as_of import PARAMETER as DAY
from communes.dates import short_date
from reports.decisions import overdue_matter
from reports.enums import NotificationKind
from reports.figures import FIGURES, values
from reports.notifications.audience import Audience
from reports.notifications.notices import Notice, linked
from reports.viewpoint import Viewpoint

TOLD = (
    "communes_uncovered",
    "communes_ending",
    "petitions_open",
    "petitions_unrouted",
    "petitions_overdue",
    "petitions_escalated",
    "petitions_untold",
    "reports_waiting",
)


def tell_of_the_week(day: dt.date, audience: Audience) -> Iterator[Notice]:
    """Tell who sees all how things stand; each number opens its list as of the day."""
    users = (*audience.leaders, *audience.office)
    if not users:
        return
    year, week, _ = day.isocalendar()
    monday = dt.date.fromisocalendar(year, week, 1)
    sunday = monday + dt.timedelta(days=6)
    yield Notice(
        users,
        NotificationKind.DIGEST,
        f"digest:{monday}",
        f"Tổng hợp tuần {short_date(monday)} – {short_date(sunday)}",
        on_day(reverse("home"), day),
        detail="\n".join(numbers(Viewpoint(users[0], day))),
    )


def numbers(view: Viewpoint) -> Iterator[str]:
    """Give a line for each number, with its list."""
    figures = [FIGURES[key] for key in TOLD]
    counted = values(view, figures)
    for figure in figures:
        yield linked(f"{counted[figure.key]} {figure.label}", on_day(figure.url(view), view.day))
    if overdue := overdue_matter(view):
        yield linked(overdue.title, on_day(overdue.address, view.day))


def on_day(address: str, day: dt.date) -> str:
    """Give an address as of ``day``: opened a week later it still shows what was counted."""
    return f"{address}{'&' if '?' in address else '?'}{DAY}={day.isoformat()}"
