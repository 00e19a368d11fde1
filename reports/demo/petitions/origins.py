"""Where petitions were heard: at visits, in reports, at meetings, by letter."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assignments.demo.days import DAY, days_between, working_days
from assignments.demo.stage import Stage
from assignments.enums import VisitOutcome
from assignments.models import Attendance, Officer, Visit
from communes.models import Commune
from reports.enums import PetitionSource
from reports.models import PeriodicReport

VISIT, REPORT, MEETING = PetitionSource.VISIT, PetitionSource.REPORT, PetitionSource.MEETING
# How often each is where a petition was heard.
SOURCES = {VISIT: 56, REPORT: 12, MEETING: 20, PetitionSource.DOCUMENT: 12}
MOST_OF_A_VISIT = 2


@dataclass(frozen=True)
class Origin:
    """Where, when, through whom."""

    raised_on: dt.date
    commune: Commune
    officer: Officer | None
    source: PetitionSource
    visit: Visit | None = None
    report: PeriodicReport | None = None


class Origins:
    """Finds where petitions of wanted days may have been heard; no visit brings many."""

    def __init__(
        self, stage: Stage, attendances: Iterable[Attendance], reports: Iterable[PeriodicReport]
    ):
        self.stage, self.rng = stage, stage.random("origins of petitions")
        self.attended: dict[dt.date, list[Attendance]] = defaultdict(list)
        for row in attendances:
            is_held = row.visit.outcome == VisitOutcome.HELD
            if row.confirmed_at and not row.is_withdrawn and is_held:
                self.attended[row.visit.visited_on].append(row)
        self.reported: dict[dt.date, list[PeriodicReport]] = defaultdict(list)
        for report in reports:
            if report.first_submitted_on:
                self.reported[report.first_submitted_on].append(report)
        self.brought: dict[int, int] = defaultdict(int)

    def draw(
        self,
        since: dt.date,
        until: dt.date,
        officer: Officer | None = None,
        without: Collection[Commune] = (),
    ) -> Origin:
        """Give an origin from ``since`` to ``until``, of ``officer`` where they had a commune."""
        [source] = self.rng.choices(list(SOURCES), SOURCES.values())
        found = None
        if source == VISIT:
            found = self.visit(since, until, officer, without)
        elif source == REPORT:
            found = self.report(since, until, officer, without)
        return found or self.other(source, since, until, officer, without)

    def visit(
        self,
        since: dt.date,
        until: dt.date,
        officer: Officer | None,
        without: Collection[Commune],
    ) -> Origin | None:
        rows = [
            row
            for day in days_between(since, until + DAY)
            for row in self.attended.get(day, ())
            if (officer is None or row.officer is officer)
            and row.visit.commune not in without
            and self.brought[row.visit.pk] < MOST_OF_A_VISIT
        ]
        if not rows:
            return None
        row = self.rng.choice(rows)
        self.brought[row.visit.pk] += 1
        visit = row.visit
        return Origin(visit.visited_on, visit.commune, row.officer, VISIT, visit=visit)

    def report(
        self,
        since: dt.date,
        until: dt.date,
        officer: Officer | None,
        without: Collection[Commune],
    ) -> Origin | None:
        """Give a report handed in then, about a commune its officer answered for."""
        pairs = [
            (day, report, commune)
            for day in days_between(since, until + DAY)
            for report in self.reported.get(day, ())
            if officer is None or report.officer is officer
            for commune in self.communes_of(report.officer, day)
            if commune not in without
        ]
        if not pairs:
            return None
        day, report, commune = self.rng.choice(pairs)
        return Origin(day, commune, report.officer, REPORT, report=report)

    def communes_of(self, officer: Officer, day: dt.date) -> list[Commune]:
        """Give the communes an officer answered for on a day."""
        rows = self.stage.world.of(officer)
        return [row.commune for row in rows if self.stage.answering(row.commune, day) is row]

    def other(
        self,
        source: PetitionSource,
        since: dt.date,
        until: dt.date,
        officer: Officer | None,
        without: Collection[Commune],
    ) -> Origin:
        """Give a meeting or a letter, of any commune there was an officer for, or of any."""
        source = source if source not in (VISIT, REPORT) else MEETING
        days = working_days(since, until + DAY) or days_between(since, until + DAY)
        day = self.rng.choice(days)
        communes = self.communes_of(officer, day) if officer else []
        left = [commune for commune in communes or self.stage.communes if commune not in without]
        commune = self.rng.choice(left)
        row = self.stage.answering(commune, day)
        return Origin(day, commune, row.officer if row else None, source)
