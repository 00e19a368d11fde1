"""Members of figures in words, with the page of each: read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from assignments.models import Assignment, Attendance, Duty, Officer
from communes.models import Commune
from reports.models import (
    ConclusionTask,
    Period,
    PeriodicReport,
    Petition,
    PetitionMatter,
    Waiver,
)

SHOWN_WORDS = 16  # of a petition or a task
EVERYWHERE = "mọi Đảng bộ được giao"


@dataclass(frozen=True)
class Named:
    """A member in words, and the address of its page if it has one."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class LineKey:
    """What a duty line's key says (:attr:`reports.duties.DutyLine.key`)."""

    officer: int
    commune: int | None
    duty: int
    period: int

    @classmethod
    def read(cls, text: str) -> LineKey:
        officer, commune, duty, period = text.split("-")
        return cls(int(officer), int(commune) if commune else None, int(duty), int(period))


def in_short(content: str) -> str:
    return Truncator(content).words(SHOWN_WORDS, truncate=" …")


def of_officer(officer: Officer) -> Named:
    return Named(str(officer), reverse("reports:officer_detail", args=[officer.pk]))


def of_commune(commune: Commune) -> Named:
    district = f", {commune.district}" if commune.district else ""
    address = reverse("reports:commune_detail", args=[commune.pk])
    return Named(f"{commune.party_body}{district}", address)


def of_assignment(assignment: Assignment) -> Named:
    words = f"{assignment.officer.full_name} – {assignment.commune.party_body}"
    return Named(words, reverse("reports:commune_detail", args=[assignment.commune_id]))


def of_attendance(attendance: Attendance) -> Named:
    return Named(str(attendance), reverse("visits:detail", args=[attendance.visit_id]))


def of_petition(petition: Petition) -> Named:
    words = f"{petition}, {petition.commune.party_body}: {in_short(petition.content)}"
    return Named(words, reverse("petitions:detail", args=[petition.pk]))


def of_matter(matter: PetitionMatter) -> Named:
    return Named(str(matter), reverse("petitions:matter_detail", args=[matter.pk]))


def of_task(task: ConclusionTask) -> Named:
    address = reverse("conclusions:detail", args=[task.conclusion_id])
    return Named(f"{task.conclusion}: {in_short(task.content)}", address)


def of_report(report: PeriodicReport) -> Named:
    return Named(str(report), reverse("periodic:detail", args=[report.pk]))


def of_waiver(waiver: Waiver) -> Named:
    return Named(f"{waiver}, {place_of(waiver.commune)}")


def place_of(commune: Commune | None) -> str:
    return commune.party_body if commune else EVERYWHERE


@dataclass(frozen=True)
class Wording:
    """How members of one kind are named, and the records their words need."""

    named: Callable[[Any], Named]
    related: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()


WORDINGS: dict[type[Model], Wording] = {
    Officer: Wording(of_officer),
    Commune: Wording(of_commune, ("district",), ("boundary",)),
    Assignment: Wording(of_assignment, ("officer", "commune"), ("commune__boundary",)),
    Attendance: Wording(
        of_attendance, ("officer", "visit__commune"), ("visit__commune__boundary",)
    ),
    Petition: Wording(of_petition, ("commune",), ("commune__boundary",)),
    PetitionMatter: Wording(of_matter),
    ConclusionTask: Wording(of_task, ("conclusion",)),
    PeriodicReport: Wording(of_report, ("officer", "commune", "period"), ("commune__boundary",)),
    Waiver: Wording(of_waiver, ("officer", "commune", "period"), ("commune__boundary",)),
}


def rows_of(model: type[Model]) -> QuerySet:
    """Give a model's records with what their words need."""
    wording = WORDINGS[model]
    rows = model._default_manager.defer(*wording.deferred)
    return rows.select_related(*wording.related) if wording.related else rows


def names_of(model: type[Model], keys: Iterable[int]) -> dict[int, Named]:
    """Give records' words and pages by key; those that are gone are missing."""
    name = WORDINGS[model].named
    return {key: name(record) for key, record in rows_of(model).in_bulk(set(keys)).items()}


@dataclass(frozen=True)
class Lines:
    """The officers, communes, duties and periods that duty lines' keys speak of."""

    officers: dict[int, Officer]
    communes: dict[int, Commune]
    duties: dict[int, Duty]
    periods: dict[int, Period]

    @classmethod
    def of(cls, keys: Collection[LineKey]) -> Lines:
        return cls(
            Officer.objects.in_bulk({key.officer for key in keys}),
            rows_of(Commune).in_bulk({key.commune for key in keys} - {None}),
            Duty.objects.in_bulk({key.duty for key in keys}),
            Period.objects.in_bulk({key.period for key in keys}),
        )

    def named(self, key: LineKey) -> Named:
        """Give "officer – commune – duty – period"."""
        parts = (
            getattr(self.officers.get(key.officer), "full_name", ""),
            place_of(self.communes.get(key.commune)),
            self.duties.get(key.duty, ""),
            self.periods.get(key.period, ""),
        )
        words = " – ".join(str(part) for part in parts if part)
        return Named(words, reverse("reports:officer_detail", args=[key.officer]))
