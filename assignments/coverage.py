"""Which communes have somebody on a day. Every query here starts from communes (DESIGN §4),

so that the ones nobody follows are the first to be seen, not the ones left out.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import COVERING_ROLES, AssignmentRole
from assignments.models import Assignment, AssignmentQuerySet
from communes.lineage import Reading
from communes.models import Commune, Descent
from communes.periods import covers, overlaps

# The main officer first, then who stands in, then who takes part.
ROLE_ORDER = Case(
    *(
        When(role=role, then=rank)
        for rank, role in enumerate(
            (AssignmentRole.MAIN, AssignmentRole.COVER, AssignmentRole.SUPPORT)
        )
    )
)


ONE_DAY = dt.timedelta(days=1)


def in_its_time(day: dt.date) -> Q:
    """Give the condition that an assignment is in force on ``day`` as its commune lived to see it.

    Of a commune dissolved by then: on its last day.
    """
    end = F("commune__dissolved_on")
    lives_on = Q(commune__dissolved_on__isnull=True) | Q(commune__dissolved_on__gt=day)
    on_last_day = Q(started_on__lt=end) & (Q(ended_on__isnull=True) | Q(ended_on__gte=end))
    return lives_on & covers(day) | Q(commune__dissolved_on__lte=day) & on_last_day


def is_covered_on(day: dt.date) -> Q:
    """Give the condition that a commune has a main officer or temporary cover on ``day``.

    One dissolved by then is judged on its own last day.
    """
    rows = Assignment.objects.covering().filter(in_its_time(day))
    return Q(Exists(rows.filter(commune=OuterRef("pk"))))


def is_being_handed_over(day: dt.date, commune: str = "commune") -> Exists:
    """Give the condition that an assignment's commune is "đang bàn giao" on ``day``.

    Somebody has left it whose hand-over is not settled: that record is of an app above, reached
    by the name of its key to an assignment. ``commune`` names the column of the commune's key
    ("pk" where the rows are communes).
    """
    not_settled = Q(handover__settled_on__isnull=True) | Q(handover__settled_on__gt=day)
    left = Assignment.objects.filter(not_settled, handover__isnull=False, ended_on__lte=day)
    return Exists(left.filter(commune=OuterRef(commune)))


def will_be_uncovered(day: dt.date, until: dt.date) -> Q:
    """Give the condition that a commune covered on ``day`` is without anybody by ``until``."""
    return Q(pk__in=ending_without_successor(day, until).order_by().values("commune"))


def holds_more_than(count: int, assignments: AssignmentQuerySet) -> Q:
    """Give the condition that an officer has more than ``count`` of ``assignments``."""
    held = assignments.filter(officer=OuterRef("pk"))
    loads = held.order_by().values("officer").annotate(load=Count("pk"))
    return Q(Exists(loads.filter(load__gt=count)))


def communes_visible_to(
    user: User, day: dt.date, since: dt.date | None = None
) -> QuerySet[Commune]:
    """Give the communes of ``day`` that ``user`` may see: all, or those that were theirs then.

    With ``since`` also those there were on any day from then on, each taken in its own time.
    """
    lived = overlaps(since or day, day + ONE_DAY, "established_on", "dissolved_on")
    communes = Commune.objects.filter(lived)
    if allowed(user, Permission.VIEW_ALL):
        return communes
    own = Assignment.objects.of_user(user).filter(in_its_time(day))
    return communes.filter(Exists(own.filter(commune=OuterRef("pk"))))


def with_coverage(
    communes: QuerySet[Commune], day: dt.date, reading: Reading | None = None
) -> QuerySet[Commune]:
    """Annotate communes with how they stand on ``day``, or stood on their last one.

    ``covered``; ``uncovered_since``: when the last covering assignment ended, of the unit or else
    of one read under it (null: never had one).
    """
    covering = Assignment.objects.covering().filter(commune=OuterRef("pk"))
    now = covering.filter(in_its_time(day))
    ended = Subquery(last_end(covering, day))
    if reading is None or reading.heirs:
        ended = Coalesce(ended, Subquery(last_end(of_origins(day), day)))
    return communes.select_related("district").annotate(
        covered=Exists(now),
        uncovered_since=Case(When(~Exists(now), then=ended)),
    )


def with_holder(communes: QuerySet[Commune], day: dt.date) -> QuerySet[Commune]:
    """Annotate communes with ``holder_key`` and ``held_since`` of who covers them, for sorting."""
    covering = Assignment.objects.covering().filter(commune=OuterRef("pk"))
    now = covering.filter(in_its_time(day)).order_by(ROLE_ORDER)
    return communes.annotate(
        holder_key=Subquery(now.values("officer__sort_key")[:1]),
        held_since=Subquery(now.values("started_on")[:1]),
    )


def of_origins(day: dt.date) -> AssignmentQuerySet:
    """Give the covering assignments of the units read on ``day`` under that of the outer query."""
    read_here = Descent.objects.main().on(day).filter(new=OuterRef(OuterRef("pk")))
    return Assignment.objects.covering().filter(commune__in=read_here.values("old"))


def last_end(assignments: AssignmentQuerySet, day: dt.date) -> QuerySet:
    """Give when the last of ``assignments`` that ended by ``day`` did."""
    return assignments.filter(ended_on__lte=day).order_by("-ended_on").values("ended_on")[:1]


def with_current(communes: QuerySet[Commune], user: User, day: dt.date) -> QuerySet[Commune]:
    """Fetch each commune's assignments of ``day`` as the list ``current``, main officer first.

    Of a commune dissolved by then: those of its last day.
    """
    rows = (
        Assignment.objects.visible_to(user)
        .filter(in_its_time(day))
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
    here = in_force_after("ended_on").filter(commune=OuterRef("commune"))
    # Who follows a commune that ends on the same day does so in the unit that comes after it.
    heirs = Descent.objects.main().filter(
        old=OuterRef("commune"), started_on__lte=OuterRef("ended_on")
    )
    heirs = heirs.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("ended_on")))
    there = in_force_after(OuterRef("ended_on")).filter(commune=OuterRef("new"))
    return (
        Assignment.objects.active_on(day)
        .covering()
        .filter(~Exists(here), ~Exists(heirs.filter(Exists(there))), ended_on__lte=until)
    )


def in_force_after(end: str | OuterRef) -> AssignmentQuerySet:
    """Give the covering assignments in force on the day that the outer query names ``end``."""
    begun = Assignment.objects.covering().filter(started_on__lte=OuterRef(end))
    return begun.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef(end)))


def gaps_ahead(user: User, day: dt.date, until: dt.date) -> QuerySet[Assignment]:
    """Give what :func:`ending_without_successor` finds and ``user`` may see, soonest first."""
    return (
        ending_without_successor(day, until)
        .visible_to(user)
        .select_related("officer", "commune__district")
        .defer("commune__boundary")
        .order_by("ended_on", "commune__district__code", "commune__sort_key")
    )
