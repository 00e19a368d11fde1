"""Who may see what happens in a commune: everybody who sees all, and whose commune it was then."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models.assignments import Assignment, Officer


def known_to(user: User, day: str, commune: str = "commune") -> Q:
    """Give the condition that ``user`` may know of a record of a commune dated by column ``day``.

    All records for who sees all. Officers and who assists them know what happened in their
    communes, and in the units these came of, up to the end of their own time there: a successor
    sees what went before, somebody who left does not see what came after.
    """
    if allowed(user, Permission.VIEW_ALL):
        return Q()
    return Assignment.objects.of_user(user).reaching(commune, day)


def of_own_officer(user: User) -> Q:
    """Give the condition that a record's ``officer`` is one ``user`` acts for."""
    return Q(officer__in=Officer.objects.of_user(user).values("pk"))


class CommuneRecordQuerySet(QuerySet):
    """Records of what happens in a commune on a day; subclasses name the column of the day."""

    day_column = ""

    def visible_to(self, user: User):
        """Keep what ``user`` may see: what is known to them, and what their officers did."""
        if allowed(user, Permission.VIEW_ALL):
            return self
        return self.filter(known_to(user, self.day_column) | self.done_by(user))

    def done_by(self, user: User) -> Q:
        """Give the condition that a record is of an officer ``user`` acts for.

        A hand-over entered late must not take from somebody what they entered themselves.
        """
        return Q(pk__in=())

    def with_commune(self):
        """Fetch the commune with its district, without its outline."""
        return self.select_related("commune__district").defer("commune__boundary")
