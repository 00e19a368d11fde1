"""What happened to the records since a moment: each row of the log, and what it is about.

A figure's member may have changed because of another record: a duty line because of a visit, a
waiver, an assignment of a colleague. Every row of the log names one record; here it is told whose
it is, where, and of which days. A fixed number of queries, whatever was done.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model, Q

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.enums import DutyKind
from assignments.models import Assignment, Attendance, Decision, Duty, Officer, Regulation, Visit
from communes.models import Commune, District, Reorganisation, Succession
from reports.models import (
    CompetentBody,
    Conclusion,
    ConclusionTask,
    Period,
    PeriodicReport,
    Petition,
    PetitionAnswer,
    PetitionEvent,
    PetitionLeg,
    PetitionMatter,
    Waiver,
)

RecordKey = tuple[type[Model], int]


@dataclass(frozen=True)
class Touched:
    """One thing a row of the log is about; ``None`` where it is about any."""

    officer: int | None = None
    commune: int | None = None
    day: dt.date | None = None
    period: int | None = None
    kind: str = ""
    record: RecordKey | None = None  # another record it changes


@dataclass
class Told:
    """A row of the log, the record it is of, and all that it touches."""

    event: AuditEvent
    model: type[Model]
    key: int
    touched: list[Touched] = field(default_factory=list)

    @property
    def has_moved(self) -> bool:
        """Say whether facts of the record were corrected: it may have been elsewhere before."""
        return self.event.verb == Verb.CHANGE and bool(self.event.before)


Keys = Iterable[int]
Finder = Callable[[Keys], Iterator[tuple[int, Touched]]]


def of_attendances(keys: Keys) -> Iterator[tuple[int, Touched]]:
    return attended(Q(pk__in=keys), "pk")


def of_visits(keys: Keys) -> Iterator[tuple[int, Touched]]:
    return attended(Q(visit__in=keys), "visit")


def attended(condition: Q, key: str) -> Iterator[tuple[int, Touched]]:
    rows = Attendance.objects.filter(condition).order_by()
    for own, pk, officer, commune, day, kind in rows.values_list(
        key, "pk", "officer", "visit__commune", "visit__visited_on", "visit__kind"
    ):
        yield own, Touched(officer, commune, day, kind=kind, record=(Attendance, pk))


def of_assignments(keys: Keys) -> Iterator[tuple[int, Touched]]:
    """Give whose and where; a colleague of the same commune may owe more or less by it."""
    mine = list(
        Assignment.objects.filter(pk__in=keys).order_by().values_list("pk", "officer", "commune")
    )
    beside = defaultdict(set)
    others = Assignment.objects.filter(commune__in={commune for _, _, commune in mine})
    for commune, officer in others.order_by().values_list("commune", "officer"):
        beside[commune].add(officer)
    for pk, officer, commune in mine:
        for somebody in {officer, *beside[commune]}:
            yield pk, Touched(somebody, commune)


def of_decisions(keys: Keys) -> Iterator[tuple[int, Touched]]:
    keys = set(keys)
    rows = Assignment.objects.filter(Q(opening_decision__in=keys) | Q(closing_decision__in=keys))
    for pk, *decisions, officer, commune in rows.order_by().values_list(
        "pk", "opening_decision", "closing_decision", "officer", "commune"
    ):
        for own in keys.intersection(decisions):
            yield own, Touched(officer, commune, record=(Assignment, pk))


def of_waivers(keys: Keys) -> Iterator[tuple[int, Touched]]:
    rows = Waiver.objects.filter(pk__in=keys).order_by()
    for pk, officer, commune, period, kind in rows.values_list(
        "pk", "officer", "commune", "period", "duty_kind"
    ):
        yield pk, Touched(officer, commune, period=period, kind=kind)


def of_reports(keys: Keys) -> Iterator[tuple[int, Touched]]:
    rows = PeriodicReport.objects.filter(pk__in=keys).order_by()
    for pk, officer, commune, period in rows.values_list("pk", "officer", "commune", "period"):
        yield pk, Touched(officer, commune, period=period, kind=DutyKind.REPORT)


def of_officers(keys: Keys) -> Iterator[tuple[int, Touched]]:
    return ((key, Touched(officer=key)) for key in keys)


def of_communes(keys: Keys) -> Iterator[tuple[int, Touched]]:
    return ((key, Touched(commune=key)) for key in keys)


def of_reorganisations(keys: Keys) -> Iterator[tuple[int, Touched]]:
    """Give the units that went and those that came."""
    rows = Succession.objects.filter(reorganisation__in=keys).order_by()
    for own, old, new in rows.values_list("reorganisation", "old", "new"):
        yield own, Touched(commune=old)
        yield own, Touched(commune=new)


def of_districts(keys: Keys) -> Iterator[tuple[int, Touched]]:
    rows = Commune.objects.filter(district__in=keys).order_by().values_list("district", "pk")
    return ((own, Touched(commune=pk)) for own, pk in rows)


def of_petitions(keys: Keys) -> Iterator[tuple[int, Touched]]:
    """Give whose commune and matter it is, and those folded into it: they have its outcome."""
    keys = set(keys)
    rows = Petition.objects.filter(Q(pk__in=keys) | Q(duplicate_of__in=keys)).order_by()
    for pk, commune, matter, main in rows.values_list("pk", "commune", "matter", "duplicate_of"):
        for own in keys.intersection((pk, main)):
            yield own, Touched(commune=commune, record=(Petition, pk))
            if matter:
                yield own, Touched(record=(PetitionMatter, matter))


def of_legs(keys: Keys) -> Iterator[tuple[int, Touched]]:
    rows = PetitionLeg.objects.filter(pk__in=keys).order_by()
    return petitions(rows.values_list("pk", "petition"))


def of_answers(keys: Keys) -> Iterator[tuple[int, Touched]]:
    rows = PetitionEvent.objects.filter(answer__in=keys).order_by()
    return petitions(rows.values_list("answer", "petition"))


def of_bodies(keys: Keys) -> Iterator[tuple[int, Touched]]:
    rows = PetitionLeg.objects.filter(body__in=keys).order_by()
    return petitions(rows.values_list("body", "petition"))


def petitions(rows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, Touched]]:
    return ((own, Touched(record=(Petition, pk))) for own, pk in rows)


def of_conclusions(keys: Keys) -> Iterator[tuple[int, Touched]]:
    rows = ConclusionTask.objects.filter(conclusion__in=keys).order_by()
    return (
        (own, Touched(record=(ConclusionTask, pk)))
        for own, pk in rows.values_list("conclusion", "pk")
    )


def of_themselves(keys: Keys) -> Iterator[tuple[int, Touched]]:
    return iter(())


def of_rules(keys: Keys) -> Iterator[tuple[int, Touched]]:
    """Give what the regulation and the periods touch: every duty."""
    return ((key, Touched()) for key in keys)


FINDERS: dict[type[Model], Finder] = {
    Attendance: of_attendances,
    Visit: of_visits,
    Assignment: of_assignments,
    Decision: of_decisions,
    Waiver: of_waivers,
    PeriodicReport: of_reports,
    Officer: of_officers,
    Commune: of_communes,
    District: of_districts,
    Reorganisation: of_reorganisations,
    Petition: of_petitions,
    PetitionLeg: of_legs,
    PetitionAnswer: of_answers,
    CompetentBody: of_bodies,
    Conclusion: of_conclusions,
    ConclusionTask: of_themselves,
    PetitionMatter: of_themselves,
    Regulation: of_rules,
    Duty: of_rules,
    Period: of_rules,
}
BY_LABEL = {model._meta.label_lower: model for model in FINDERS}
RULES = (Regulation, Duty, Period)
# What decides who answers for a commune, whatever was done there.
STANDING = (Assignment, Decision, Officer, Commune, District, Reorganisation)
PETITIONS = (Petition, PetitionLeg, PetitionAnswer, CompetentBody)


def told_since(moment: dt.datetime) -> list[Told]:
    """Give what the log tells since ``moment`` about records that figures rest on, oldest first."""
    told: dict[type[Model], list[Told]] = defaultdict(list)
    for event in AuditEvent.objects.filter(at__gte=moment).exclude(target_key="").order_by("at"):
        label, _, key = event.target_key.partition(":")
        if (model := BY_LABEL.get(label)) and key.isdecimal():
            told[model].append(Told(event, model, int(key)))
    for model, rows in told.items():
        link(model, rows)
    return sorted((row for rows in told.values() for row in rows), key=by_time)


def by_time(told: Told) -> tuple[dt.datetime, int]:
    return told.event.at, told.event.pk


def link(model: type[Model], rows: Iterable[Told]) -> None:
    """Add to rows about one kind of record what they touch."""
    by_key = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    for key, touched in FINDERS[model](list(by_key)):
        for row in by_key[key]:
            row.touched.append(touched)
