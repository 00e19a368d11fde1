"""What reports say and quote: of the visits, petitions, documents of their officers."""

from __future__ import annotations

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from assignments.demo.phrases import Number
from assignments.demo.stage import Stage
from assignments.enums import VISIT_DUTIES, VisitOutcome
from assignments.models import Attendance, FollowUp, MassOrganisationNote, Officer
from reports.demo.petitions.life import Life
from reports.demo.petitions.wording import Words
from reports.demo.reporting.course import Course
from reports.demo.reporting.phrases import ALSO, GENERAL
from reports.duties import DutyLine, duty_list
from reports.enums import OPEN_STATES, PetitionAct
from reports.models import SECTIONS, Period, PeriodicReport, PetitionEvent
from reports.periodic.prefill import (
    OPINIONS,
    difficulties,
    followed_up,
    opinions,
    organisation_line,
    petition_line,
)
from reports.periodic.quotes import SETTLING, quoted
from reports.periodic.records import Scope

MOST_LINES = 8  # an officer does not keep everything the first draft offers


class Records:
    """The records of all officers, read once: what each may speak of."""

    def __init__(
        self,
        attendances: Iterable[Attendance],
        notes: Iterable[MassOrganisationNote],
        lives: Iterable[Life],
    ):
        self.attended: dict[int, list[Attendance]] = defaultdict(list)
        for row in attendances:
            if row.confirmed_at and not row.is_withdrawn:
                self.attended[row.officer_id].append(row)
        self.notes: dict[int, list[MassOrganisationNote]] = defaultdict(list)
        for note in notes:
            self.notes[note.attendance_id].append(note)
        self.urged: dict[int, list[FollowUp]] = defaultdict(list)
        followed = FollowUp.objects.select_related("directive", "commune")
        for row in followed.order_by("directive__issued_on", "directive", "noted_on", "pk"):
            self.urged[row.officer_id].append(row)
        self.lives: dict[int, list[Life]] = defaultdict(list)
        for life in lives:
            if life.petition.officer and not life.petition.is_withdrawn:
                self.lives[life.petition.officer.pk].append(life)
        self.lines: dict[tuple[int, dt.date], dict[int, list[DutyLine]]] = {}

    def owed(self, officer: Officer, period: Period, day: dt.date) -> list[DutyLine]:
        """Give an officer's duties as of a day, read for all officers at once."""
        key = period.pk, day
        if key not in self.lines:
            found = self.lines[key] = defaultdict(list)
            for line in duty_list(None, [period], day, kinds=VISIT_DUTIES):
                found[line.officer_id].append(line)
        return self.lines[key][officer.pk]

    def quotes(self, report: PeriodicReport, day: dt.date) -> dict:
        """Give what :func:`reports.periodic.quotes` would on that day."""
        if report.period is None:
            return {"on": day.isoformat(), "head": "", "blocks": []}
        scope = Scope(report.officer, report.period, None, day)
        held = [row for row in self.attendances(scope) if row.visit.outcome == VisitOutcome.HELD]
        lines = self.owed(scope.officer, scope.period, day)
        return quoted(scope, lines, held, self.count_petitions(scope))

    def attendances(self, scope: Scope) -> list[Attendance]:
        first, last = scope.days
        rows = self.attended[scope.officer.pk]
        within = [row for row in rows if first <= row.visit.visited_on <= last]
        return sorted(within, key=lambda row: (row.visit.visited_on, row.pk))

    def count_petitions(self, scope: Scope) -> dict[str, int]:
        first, last = scope.days
        lives = self.lives[scope.officer.pk]

        def did(life: Life, acts: Iterable[PetitionAct]) -> bool:
            return any(
                event.act in acts and first <= event.happened_on <= last for event in life.events
            )

        return {
            "raised": sum(first <= life.petition.raised_on <= last for life in lives),
            "settled": sum(did(life, SETTLING) for life in lives),
            "told": sum(did(life, [PetitionAct.TELL]) for life in lives),
            "still_open": sum(
                event is not None and event.state in OPEN_STATES
                for event in (standing(life, scope.day) for life in lives)
            ),
        }


def standing(life: Life, day: dt.date) -> PetitionEvent | None:
    """Give the event that says how a petition stood on a day; ``None`` before it was raised."""
    for event in life.events:
        until = event.superseded_on
        if event.happened_on <= day and (until is None or day < until):
            return event
    return None


class Writer:
    """Writes the sections of reports."""

    def __init__(self, stage: Stage, records: Records, words: Words):
        self.stage, self.records, self.words = stage, records, words
        self.rng = stage.random("words of reports")

    def fill(self, course: Course) -> None:
        """Write a report as of the day of its last handing in, or of its beginning."""
        day = (course.submissions or course.steps)[-1].on
        if course.happening:
            self.tell_of_happening(course, day)
            return
        for name, text in self.texts(course.report, day):
            setattr(course.report, name, text)

    def tell_of_happening(self, course: Course, day: dt.date) -> None:
        report, happening = course.report, course.happening
        slots = self.words.slots(report.commune, course.steps[0].on)
        report.area_change = happening.happened.format(**slots)
        report.difficulties = happening.difficulties.format(**slots)
        report.proposals = happening.proposals.format(**slots)

    def texts(self, report: PeriodicReport, day: dt.date) -> Iterator[tuple[str, str]]:
        """Give each section: what the records say, and something general."""
        scope = Scope(report.officer, report.period, None, day)
        found = self.from_records(scope)
        kind = self.kind_of_place(scope)
        for name in SECTIONS:
            lines = found.get(name, [])[:MOST_LINES]
            if not lines or self.rng.random() < ALSO:
                lines = [*lines, self.general(name, kind)]
            yield name, "\n".join(lines)

    def from_records(self, scope: Scope) -> dict[str, list[str]]:
        attended = self.records.attendances(scope)
        first, last = scope.days
        urged = [
            row for row in self.records.urged[scope.officer.pk] if first <= row.noted_on <= last
        ]
        noted = [(row, note) for row in attended for note in self.records.notes[row.pk]]
        return {name: list(opinions(attended, name)) for name in OPINIONS} | {
            "resolutions": list(followed_up(urged)),
            "organisations": [organisation_line(row, note) for row, note in noted],
            "difficulties": list(difficulties(urged)),
            "proposals": list(self.raised(scope)),
        }

    def raised(self, scope: Scope) -> Iterator[str]:
        """Give the petitions of the period, as each stood then."""
        first, last = scope.days
        for life in self.records.lives[scope.officer.pk]:
            event = standing(life, scope.day)
            if event and first <= life.petition.raised_on <= last:
                then = copy.copy(life.petition)
                then.state = event.state
                yield petition_line(then)

    def kind_of_place(self, scope: Scope) -> str:
        rows = self.stage.world.of(scope.officer)
        return rows[0].commune.get_kind_display().lower() if rows else "xã"

    def general(self, name: str, kind: str) -> str:
        return self.rng.choice(GENERAL[name]).format(
            loai=kind, so=Number(self.rng), tl=Number(self.rng, decimals=True)
        )
