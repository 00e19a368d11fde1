"""Who may see what happens in a commune: everybody who sees all, and whose commune it was then."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from accounts import clock
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models.assignments import Officer


def known_to(user: User, records: QuerySet, day: str, commune: str = "commune") -> list[QuerySet]:
    """Give in parts those of ``records`` dated by column ``day`` that ``user`` may know of.

    Officers and who assists them know what happened in their communes, and in the units these came
    of, up to the end of their own time there: a successor sees what went before, somebody who left
    does not see what came after.
    """
    own = Officer.objects.of_user(user).values("pk")
    heirs = f"{commune}__heirs"
    return [
        records.filter(in_time_of(own, commune, day)),
        records.filter(
            in_time_of(own, f"{heirs}__new", day), **{f"{heirs}__started_on__lte": clock.today()}
        ),
    ]


def in_time_of(officers: QuerySet, commune: str, day: str) -> Q:
    """Give the condition that one of ``officers`` followed ``commune`` until after ``day``."""
    stretch = f"{commune}__assignments"
    end = f"{stretch}__ended_on"
    still = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": F(day)})
    return still & Q(**{f"{stretch}__officer__in": officers})


def any_of(parts: list[QuerySet]) -> Q:
    """Give the condition that a record is in one of ``parts``.

    They are a union, not alternatives of one condition: so the database begins with the few
    assignments of an officer, not with the records of all.
    """
    first, *others = (part.order_by().values("pk") for part in parts)
    return Q(pk__in=first.union(*others, all=True))


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
        records = self.model._default_manager.all()
        parts = [*known_to(user, records, self.day_column), records.filter(self.done_by(user))]
        return self.filter(any_of(parts))

    def done_by(self, user: User) -> Q:
        """Give the condition that a record is of an officer ``user`` acts for.

        A hand-over entered late must not take from somebody what they entered themselves.
        """
        return Q(pk__in=())

    def with_commune(self):
        """Fetch the commune with its district, without its outline."""
        return self.select_related("commune__district").defer("commune__boundary")
