"""Who prepares a hand-over, who accepts it, and for whom the office may act."""

from __future__ import annotations

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Assignment, Officer
from reports.enums import SETTLED_HANDOVERS
from reports.models import Handover


def is_office(user: User) -> bool:
    """Say whether a user acts for everybody in assignments."""
    return allowed(user, Permission.EDIT_ASSIGNMENTS)


def is_of(user: User, assignment: Assignment | None) -> bool:
    """Say whether an assignment is the user's own: assistants only read."""
    if assignment is None or not allowed(user, Permission.TAKE_OVER):
        return False
    return assignment.officer.user_id == user.pk


def may_prepare(handover: Handover, user: User) -> bool:
    """Say whether ``user`` may say who goes on with what: the office, and who leaves."""
    if handover.state in SETTLED_HANDOVERS:
        return False
    return is_office(user) or is_of(user, handover.outgoing)


def has_account(officer: Officer) -> bool:
    """Say whether an officer can act here themselves."""
    return officer.user is not None and allowed(officer.user, Permission.TAKE_OVER)
