"""The records of a period that an officer may speak of: their own, confirmed, up to a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from assignments.models import Attendance, FollowUp, Officer
from communes.models import Commune
from reports.models import Period, Petition


@dataclass(frozen=True)
class Scope:
    """Whose records of which days: of one commune, or of all (``commune=None``)."""

    officer: Officer
    period: Period
    commune: Commune | None
    day: dt.date

    @property
    def since(self) -> dt.date:
        return self.period.started_on

    @property
    def last(self) -> dt.date:
        """Give the last day that is read: the period's, or the day asked for while it runs."""
        return min(self.period.last_day, self.day)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Give the first and the last day."""
        return self.since, self.last

    def within(self, rows: QuerySet, column: str, commune: str = "commune") -> QuerySet:
        """Keep the rows whose day, in ``column``, is read and whose commune is spoken of."""
        rows = rows.filter(**{f"{column}__range": self.days})
        return rows.filter(**{commune: self.commune}) if self.commune else rows

    def attendances(self) -> QuerySet:
        """Give what the officer was at and stands by, oldest first."""
        rows = Attendance.objects.confirmed().filter(officer=self.officer)
        rows = self.within(rows, "visit__visited_on", "visit__commune")
        return rows.select_related("visit__commune").order_by("visit__visited_on", "pk")

    def follow_ups(self) -> QuerySet:
        """Give what the officer urged of the documents followed, document by document."""
        rows = FollowUp.objects.standing().filter(officer=self.officer)
        rows = self.within(rows, "noted_on").select_related("directive", "commune")
        return rows.order_by("directive__issued_on", "directive", "noted_on", "pk")

    def petitions(self) -> QuerySet:
        """Give the petitions the officer carries, whenever they were raised."""
        rows = Petition.objects.standing().filter(officer=self.officer)
        return rows.filter(commune=self.commune) if self.commune else rows

    def petitions_raised(self) -> QuerySet:
        """Give those raised in the period, in the order of their numbers."""
        rows = self.within(self.petitions(), "raised_on").select_related("commune")
        return rows.order_by("year", "number")
