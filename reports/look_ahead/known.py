"""What is known of a stretch of days ahead, read once for everything told of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from accounts.models import User
from assignments.coverage import with_coverage
from assignments.models import Assignment
from communes.models import Commune
from communes.periods import overlaps
from reports.duties.stretches import Stretch, merged, without

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """Units and covering assignments of the days from ``day`` up to, not including, ``end``."""

    user: User
    day: dt.date
    end: dt.date

    @classmethod
    def of(cls, user: User, day: dt.date) -> Known:
        """Give what is known of the day and as many after it as the look-ahead reaches."""
        return cls(user, day, day + (settings.LOOK_AHEAD_DAYS + 1) * DAY)

    @property
    def whole(self) -> Stretch:
        return self.day, self.end

    @property
    def days(self) -> list[dt.date]:
        return [self.day + number * DAY for number in range((self.end - self.day).days)]

    @cached_property
    def communes(self) -> list[Commune]:
        """Give every unit that exists on some of the days, with how long it has been uncovered."""
        units = Commune.objects.filter(overlaps(*self.whole, "established_on", "dissolved_on"))
        rows = with_coverage(units.defer("boundary"), self.day)
        return list(rows.order_by("district__code", "sort_key", "pk"))

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Give the assignments that cover on some of the days, the earliest first."""
        rows = Assignment.objects.visible_to(self.user).covering().filter(overlaps(*self.whole))
        return list(rows.with_parties().order_by("started_on", "pk"))

    @cached_property
    def assignments_of(self) -> dict[int, list[Assignment]]:
        """Give them by commune."""
        found: dict[int, list[Assignment]] = defaultdict(list)
        for assignment in self.assignments:
            found[assignment.commune_id].append(assignment)
        return found

    @cached_property
    def relieved(self) -> dict[int, Assignment]:
        """Give who covered last, by commune, where nobody does on the day looked at."""
        bare = [commune.pk for commune in self.communes if commune.uncovered_since]
        rows = Assignment.objects.visible_to(self.user).covering().filter(commune__in=bare)
        rows = rows.filter(ended_on__lte=self.day).with_parties()
        return {row.commune_id: row for row in rows.order_by("ended_on", "pk")}

    def within(self, since: dt.date | None, until: dt.date | None) -> Stretch:
        """Give what of a period lies in the days; empty ends are open."""
        return max(since or self.day, self.day), min(until or self.end, self.end)

    def life(self, commune: Commune) -> Stretch:
        """Give the days on which the unit exists."""
        return self.within(commune.established_on, commune.dissolved_on)

    def covered(self, commune: Commune) -> list[Stretch]:
        """Give the days on which somebody covers the unit."""
        return merged(
            self.within(one.started_on, one.ended_on) for one in self.assignments_of[commune.pk]
        )

    def bare(self, commune: Commune) -> list[Stretch]:
        """Give the days on which the unit exists and nobody covers it."""
        return list(without(self.life(commune), self.covered(commune)))
