"""What follows, in the same transaction, when a commune changes hands.

Hand-over dossiers live in an app above, and imports go down only: that app adds its follower here
when the site starts (``reports.apps``). The writes of this app call them in turn.
"""

from __future__ import annotations

from typing import Protocol

from accounts.models import User
from assignments.models import Assignment, Departure


class Follower(Protocol):
    """Somebody who keeps records of changes of hands. Each raises ``ValidationError`` to refuse."""

    def begun(self, made: Assignment, *, by: User | None) -> None:
        """Take note that an assignment was opened, or goes on after all."""

    def handed_on(
        self,
        ended: Assignment,
        successor: Assignment | None,
        *,
        departure: Departure | None,
        by: User | None,
    ) -> None:
        """Take note that ``ended`` was ended so that somebody is to take over from it."""

    def undone(self, assignment: Assignment, *, by: User | None) -> None:
        """Take note that an end is being taken back, or the whole assignment."""


followers: list[Follower] = []


def begun(made: Assignment, *, by: User | None) -> None:
    """Tell every follower."""
    for follower in followers:
        follower.begun(made, by=by)


def handed_on(
    ended: Assignment,
    successor: Assignment | None,
    *,
    by: User | None,
    departure: Departure | None = None,
) -> None:
    """Tell every follower."""
    for follower in followers:
        follower.handed_on(ended, successor, departure=departure, by=by)


def undone(assignment: Assignment, *, by: User | None) -> None:
    """Tell every follower."""
    for follower in followers:
        follower.undone(assignment, by=by)
