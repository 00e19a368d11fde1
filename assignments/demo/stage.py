"""What everything after the assignments is invented upon: the people, the places, the days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from random import Random

from accounts.enums import Role
from accounts.models import User
from assignments.demo.cells import Cells
from assignments.demo.days import moment
from assignments.demo.logins import random_for
from assignments.demo.world import World
from assignments.enums import AssignmentRole
from assignments.models import Assignment, Officer
from communes.models import Commune

# The world is told as it stood on the morning of its day.
MORNING = dt.time(7)


@dataclass(frozen=True)
class Stage:
    """The assigned province, its users by role, and its Party cells."""

    seed: int
    world: World
    communes: list[Commune]
    users: dict[str, User]
    cells: Cells

    @property
    def day(self) -> dt.date:
        return self.world.day

    @property
    def now(self) -> dt.datetime:
        """Give the moment before which everything was entered."""
        return moment(self.day, MORNING)

    @property
    def office(self) -> User:
        return self.users[Role.OFFICE]

    @property
    def leader(self) -> User:
        return self.users[Role.LEADER]

    @cached_property
    def shown(self) -> Officer:
        """Give the officer one can log in as."""
        user = self.users[Role.OFFICER]
        return next(officer for officer in self.world.officers if officer.user_id == user.pk)

    @cached_property
    def by_commune(self) -> dict[int, list[Assignment]]:
        """Give the assignments by commune, oldest first."""
        rows = defaultdict(list)
        for assignment in sorted(self.world.assignments, key=lambda row: row.started_on):
            rows[assignment.commune_id].append(assignment)
        return rows

    def random(self, purpose: str) -> Random:
        return random_for(self.seed, purpose)

    def author(self, officer: Officer) -> User:
        """Give who enters for an officer: themselves where they have an account."""
        return self.users[Role.OFFICER] if officer is self.shown else self.office

    def following(self, commune: Commune, day: dt.date) -> list[Assignment]:
        """Give the assignments to a commune in force on ``day``, oldest first."""
        return [row for row in self.by_commune[commune.pk] if row.is_active_on(day)]

    def answering(self, commune: Commune, day: dt.date) -> Assignment | None:
        """Give whose commune it is to answer for on ``day``: the cover's, else the main's."""
        by_role = {row.role: row for row in self.following(commune, day)}
        return by_role.get(AssignmentRole.COVER) or by_role.get(AssignmentRole.MAIN)

    def before(self, wanted: dt.datetime) -> dt.datetime:
        """Give ``wanted``, or an hour before the world's end when that is over by then."""
        return min(wanted, self.now - dt.timedelta(hours=1))
