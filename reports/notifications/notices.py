"""What is to be told, before it is told; and which stage of a thing a day is in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from reports.enums import NotificationKind


@dataclass(frozen=True)
class Notice:
    """One thing at one stage, told to ``users``. ``key`` names both: each is told once, for ever.

    ``title`` also goes into mail: no name of a person, no content of a petition. ``detail`` is
    read in the application only. A line of it may end in an address (:func:`linked`).
    """

    users: tuple[User, ...]
    kind: NotificationKind
    key: str
    title: str
    address: str
    detail: str = ""


class Stage(NamedTuple):
    """A stage of a thing, and the day from which it is in it."""

    name: str
    since: dt.date


def present(stages: Sequence[Stage], day: dt.date) -> Stage | None:
    """Give the last of ``stages``, in their order, whose day has come; ``None`` when none has.

    Only this one is told. It lasts until the next begins, so a night without a run loses nothing;
    and a stage that was passed meanwhile is not told any more.
    """
    return next((stage for stage in reversed(stages) if stage.since <= day), None)


def ahead_of(deadline: dt.date, days: Iterable[int] | None = None) -> list[Stage]:
    """Give the stages before a deadline: so many days before it, by default REMINDER_DAYS."""
    wanted = settings.REMINDER_DAYS if days is None else days
    return [
        Stage(f"{left}-days", deadline - dt.timedelta(days=left))
        for left in sorted(set(wanted), reverse=True)
    ]


def days_left(deadline: dt.date, day: dt.date) -> str:
    """Say how long there is until a deadline: "còn 7 ngày, đến hết 30/06/2023"."""
    left = (deadline - day).days
    if left == 0:
        return "hôm nay là hạn cuối"
    return f"còn {left} ngày, đến hết {deadline:%d/%m/%Y}"


ARROW = " → "


def linked(text: str, address: str) -> str:
    """Give a line of a detail that opens a page of ours."""
    return f"{text}{ARROW}{address}"


class Line(NamedTuple):
    """A line of a detail; ``address`` is the page of ours it opens, "" when none."""

    text: str
    address: str = ""


def lines_of(detail: str) -> list[Line]:
    """Give the lines of a detail: those made by :func:`linked` with their address."""
    return [parted(line) for line in detail.splitlines()]


def parted(line: str) -> Line:
    text, _, address = line.rpartition(ARROW)
    return Line(text, address) if text and is_own_page(address) else Line(line)


def is_own_page(address: str) -> bool:
    """Say whether an address leads to a page of this site, by its path alone."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
