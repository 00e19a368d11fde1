"""Members of figures in words, with the page of each: read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

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
from reports.petitions.columns import content as content_of

SHOWN_WORDS = 16  # of a petition


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


def rows_of(model: type[Model]) -> QuerySet:
    """Give a model's records with what their words need."""
    rows = model._default_manager.all()
    if model is Commune:
        return rows.select_related("district").defer("boundary")
    if model is Assignment:
        return rows.select_related("officer", "commune").defer("commune__boundary")
    if model in (PeriodicReport, Waiver):
        return rows.select_related("officer", "commune", "period").defer("commune__boundary")
    if model is Attendance:
        return rows.select_related("officer", "visit__commune").defer("visit__commune__boundary")
    if model is ConclusionTask:
        return rows.select_related("conclusion")
    if model is Petition:
        return rows.select_related("commune").defer("commune__boundary")
    return rows


def named(model: type[Model], record: Model) -> Named:
    """Give a record's words and page."""
    if model is Officer:
        return Named(str(record), reverse("reports:officer_detail", args=[record.pk]))
    if model is Commune:
        district = f", {record.district}" if record.district else ""
        address = reverse("reports:commune_detail", args=[record.pk])
        return Named(f"{record.party_body}{district}", address)
    if model is Assignment:
        words = f"{record.officer.full_name} – {record.commune.party_body}"
        return Named(words, reverse("reports:commune_detail", args=[record.commune_id]))
    if model is Petition:
        content = Truncator(content_of(record)).words(SHOWN_WORDS, truncate=" …")
        words = f"{record}, {record.commune.party_body}: {content}"
        return Named(words, reverse("petitions:detail", args=[record.pk]))
    if model is PeriodicReport:
        return Named(str(record), reverse("periodic:detail", args=[record.pk]))
    if model is Attendance:
        return Named(str(record), reverse("visits:detail", args=[record.visit_id]))
    if model is ConclusionTask:
        content = Truncator(record.content).words(SHOWN_WORDS, truncate=" …")
        address = reverse("conclusions:detail", args=[record.conclusion_id])
        return Named(f"{record.conclusion}: {content}", address)
    if model is PetitionMatter:
        return Named(str(record), reverse("petitions:matter_detail", args=[record.pk]))
    if model is Waiver:
        place = record.commune.party_body if record.commune else "mọi Đảng bộ được giao"
        return Named(f"{record}, {place}")
    return Named(str(record))


def names_of(model: type[Model], keys: Iterable[int]) -> dict[int, Named]:
    """Give records' words and pages by key; those that are gone are missing."""
    return {key: named(model, record) for key, record in rows_of(model).in_bulk(set(keys)).items()}


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
        commune = self.communes.get(key.commune)
        parts = (
            getattr(self.officers.get(key.officer), "full_name", ""),
            commune.party_body if commune else "mọi Đảng bộ được giao",
            self.duties.get(key.duty, ""),
            self.periods.get(key.period, ""),
        )
        words = " – ".join(str(part) for part in parts if part)
        return Named(words, reverse("reports:officer_detail", args=[key.officer]))
