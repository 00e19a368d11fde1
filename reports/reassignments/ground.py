"""What a plan of reassignment can be asked for: who is in post on a day, which communes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import User
from assignments.coverage import communes_visible_to
from assignments.enums import AssignmentRole
from assignments.models import Assignment, Departure, Officer
from assignments.officer_field import Candidates
from communes.models import Commune


@dataclass(frozen=True)
class Person:
    """An officer in post: what they follow, and since when it is known that they will leave."""

    officer: Officer
    held: list[Assignment]
    leaves_on: dt.date | None
    reason: str

    @property
    def communes(self) -> str:
        return ", ".join(row.commune.full_name for row in self.held)


class Ground:
    """Officers and communes from ``day`` on, as ``user`` may see them; each list read once."""

    def __init__(self, user: User, day: dt.date):
        self.user, self.day = user, day
        self.candidates = Candidates(day)

    @cached_property
    def people(self) -> list[Person]:
        """Give the officers in post, sorted by name."""
        main = Assignment.objects.visible_to(self.user).filter(role=AssignmentRole.MAIN)
        held = main.active_on(self.day).select_related("commune").defer("commune__boundary")
        ahead = Departure.objects.visible_to(self.user).standing().filter(leaves_on__gte=self.day)
        officers = Officer.objects.visible_to(self.user).selectable_on(self.day)
        found = officers.order_by("sort_key", "pk").prefetch_related(
            Prefetch("assignments", held.order_by("commune__sort_key"), to_attr="held"),
            Prefetch("departures", ahead.order_by("leaves_on"), to_attr="ahead"),
        )
        return [person_of(officer) for officer in found]

    @cached_property
    def open_communes(self) -> list[Commune]:
        """Give the communes without a main officer on the day."""
        main = Assignment.objects.filter(role=AssignmentRole.MAIN).active_on(self.day)
        return list(self._communes().filter(~Exists(main.filter(commune=OuterRef("pk")))))

    @cached_property
    def communes(self) -> list[Commune]:
        """Give all communes of the day."""
        return list(self._communes())

    def _communes(self):
        communes = communes_visible_to(self.user, self.day).select_related("district", "area")
        return communes.defer("boundary").order_by("sort_key", "pk")


def person_of(officer: Officer) -> Person:
    """Give an officer fetched with ``held`` and ``ahead``."""
    if officer.ahead:
        return Person(officer, officer.held, officer.ahead[0].leaves_on, officer.ahead[0].reason)
    return Person(officer, officer.held, officer.left_on, officer.leave_reason)
