"""Communes without anybody on some of the days ahead, and how many there are on each day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from assignments.models import Assignment
from communes.models import Commune
from reports.look_ahead.known import DAY, Known


@dataclass(frozen=True)
class Gap:
    """A commune has nobody from ``since`` until ``until`` (exclusive; ``None`` = no end is known).

    ``before`` and ``after`` cover it on either side. ``since`` may lie before the day looked at;
    it is empty where nobody ever covered the commune.
    """

    commune: Commune
    since: dt.date | None
    until: dt.date | None
    is_present: bool
    before: Assignment | None = None
    after: Assignment | None = None

    @property
    def last_day(self) -> dt.date | None:
        return self.until - DAY if self.until else None

    @property
    def reason(self) -> str:
        """Say why nobody is there."""
        if self.before:
            return (
                f"đồng chí {self.before.officer.full_name} thôi phụ trách "
                f"({self.before.get_end_reason_display().lower()})"
            )
        if self.since and self.since == self.commune.established_on:
            return "đơn vị mới, chưa có người phụ trách"
        return "" if self.since else "chưa từng có người phụ trách"

    @property
    def way_out(self) -> str:
        """Say what ends it, as far as is known."""
        if self.after:
            officer, role = self.after.officer.full_name, self.after.get_role_display().lower()
            return f"đồng chí {officer} nhận từ {self.until:%d/%m/%Y} ({role})"
        if self.until:
            return f"đơn vị sắp xếp lại từ {self.until:%d/%m/%Y}"
        return "chưa có người thay"


def gaps(known: Known) -> list[Gap]:
    """Give every gap of the days, those of the present first, then as they begin."""
    found = [
        gap_of(known, commune, since, until)
        for commune in known.communes
        for since, until in known.bare(commune)
    ]
    return sorted(found, key=lambda gap: (gap.since or dt.date.min, gap.commune.sort_key))


def gap_of(known: Known, commune: Commune, since: dt.date, until: dt.date) -> Gap:
    """Give the gap of these days with what is known of both its sides."""
    is_present = since == known.day
    rows = known.assignments_of[commune.pk]
    before = next((row for row in rows if row.ended_on == since), None)
    return Gap(
        commune,
        commune.uncovered_since if is_present else since,
        until if until < known.end or until == commune.dissolved_on else None,
        is_present,
        before=known.relieved.get(commune.pk) if is_present else before,
        after=next((row for row in rows if row.started_on == until), None),
    )


@dataclass(frozen=True)
class Level:
    """So many communes have nobody from ``since`` until ``until`` (exclusive)."""

    since: dt.date
    until: dt.date
    count: int

    @property
    def last_day(self) -> dt.date:
        return self.until - DAY


def counts(known: Known) -> dict[dt.date, int]:
    """Give how many communes have nobody, on each of the days."""
    found = dict.fromkeys(known.days, 0)
    for commune in known.communes:
        for since, until in known.bare(commune):
            for number in range((until - since).days):
                found[since + number * DAY] += 1
    return found


def levels(by_day: dict[dt.date, int]) -> list[Level]:
    """Join days that follow one another with the same count."""
    runs: Iterable = groupby(by_day.items(), key=lambda item: item[1])
    stretches = [(count, [day for day, _ in days]) for count, days in runs]
    return [Level(days[0], days[-1] + DAY, count) for count, days in stretches]
