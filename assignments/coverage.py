"""Which communes have somebody on a day. Every query here starts from communes (DESIGN §4),

so that the ones nobody follows are the first to be seen, not the ones left out.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import (
    Case,
    Count,
    Exists,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import COVERING_ROLES, AssignmentRole
from assignments.models import Assignment, AssignmentQuerySet
from communes.models import Commune

# The main officer first, then who stands in, then who takes part.
ROLE_ORDER = Case(
    *(
        When(role=role, then=rank)
        for rank, role in enumerate(
            (AssignmentRole.MAIN, AssignmentRole.COVER, AssignmentRole.SUPPORT)
        )
    )
)


def is_covered_on(day: dt.date) -> Q:
    """Give the condition that a commune has a main officer or temporary cover on ``day``."""
    return Q(Exists(Assignment.objects.active_on(day).covering().filter(commune=OuterRef("pk"))))


def will_be_uncovered(day: dt.date, until: dt.date) -> Q:
    """Give the condition that a commune covered on ``day`` is without anybody by ``until``."""
    return Q(Exists(ending_without_successor(day, until).filter(commune=OuterRef("pk"))))


def holds_more_than(count: int, assignments: AssignmentQuerySet) -> Q:
    """Give the condition that an officer has more than ``count`` of ``assignments``."""
    held = assignments.filter(officer=OuterRef("pk"))
    loads = held.order_by().values("officer").annotate(load=Count("pk"))
    return Q(Exists(loads.filter(load__gt=count)))


def communes_visible_to(user: User, day: dt.date) -> QuerySet[Commune]:
    """Give the communes of ``day`` that ``user`` may see: all, or those that were theirs then."""
    communes = Commune.objects.existing_on(day)
    if allowed(user, Permission.VIEW_ALL):
        return communes
    own = Assignment.objects.of_user(user).active_on(day).filter(commune=OuterRef("pk"))
    return communes.filter(Exists(own))


def with_coverage(communes: QuerySet[Commune], day: dt.date) -> QuerySet[Commune]:
    """Annotate communes with how they stand on ``day``.

    ``covered``; ``uncovered_since``: when the last covering assignment ended (null: never had
    one); ``holder_key`` and ``held_since`` of whoever covers, for sorting.
    """
    covering = Assignment.objects.covering().filter(commune=OuterRef("pk"))
    now = covering.active_on(day).order_by(ROLE_ORDER)
    ended = (
        covering.filter(ended_on__lte=day)
        .order_by()
        .values("commune")
        .annotate(last=Max("ended_on"))
        .values("last")
    )
    return communes.select_related("district").annotate(
        covered=Exists(now),
        uncovered_since=Case(When(~Exists(now), then=Subquery(ended))),
        holder_key=Subquery(now.values("officer__sort_key")[:1]),
        held_since=Subquery(now.values("started_on")[:1]),
    )


def with_current(communes: QuerySet[Commune], user: User, day: dt.date) -> QuerySet[Commune]:
    """Fetch each commune's assignments of ``day`` as the list ``current``, main officer first."""
    rows = (
        Assignment.objects.visible_to(user)
        .active_on(day)
        .select_related("officer", "opening_decision")
        .order_by(ROLE_ORDER, "officer__sort_key")
    )
    return communes.prefetch_related(Prefetch("assignments", queryset=rows, to_attr="current"))


def covering(commune: Commune) -> Assignment | None:
    """Give who covers a commune fetched :func:`with_current`, or ``None``."""
    return next((row for row in commune.current if row.role in COVERING_ROLES), None)


def ending_without_successor(day: dt.date, until: dt.date) -> AssignmentQuerySet:
    """Give covering assignments of ``day`` that end by ``until`` with nobody to follow.

    Their ``ended_on`` is the day the commune becomes uncovered.
    """
    followed = (
        Assignment.objects.covering()
        .filter(commune=OuterRef("commune"), started_on__lte=OuterRef("ended_on"))
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("ended_on")))
    )
    return (
        Assignment.objects.active_on(day).covering().filter(~Exists(followed), ended_on__lte=until)
    )


def gaps_ahead(user: User, day: dt.date, until: dt.date) -> QuerySet[Assignment]:
    """Give what :func:`ending_without_successor` finds and ``user`` may see, soonest first."""
    return (
        ending_without_successor(day, until)
        .visible_to(user)
        .select_related("officer", "commune__district")
        .defer("commune__boundary")
        .order_by("ended_on", "commune__district__code", "commune__sort_key")
    )
