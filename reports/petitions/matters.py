"""Matters: similar petitions of many communes under one title, with how they stand together.

Counts are of communes and petitions the user may see: nothing of another officer's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, F, IntegerField, Min, OuterRef, Prefetch, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from communes.lineage import Reading
from communes.periods import constraint_sentences
from reports.enums import OPEN_STATES
from reports.models import Petition, PetitionAnswer, PetitionEvent, PetitionMatter
from reports.models.petitions import PetitionMatterQuerySet, PetitionQuerySet
from reports.petitions.columns import with_standing
from reports.petitions.grouping import group_petitions
from reports.petitions.standing import open_on, overdue_on, settled_on

# --- how matters stand ---------------------------------------------------------------------------


def of_matter(user: User, day: dt.date, condition: Q | None = None) -> PetitionQuerySet:
    """Give the petitions of the matter of the outer query, as they stood on ``day``."""
    rows = Petition.objects.visible_to(user).standing().on(day).filter(matter=OuterRef("pk"))
    return rows.filter(condition).order_by() if condition else rows.order_by()


def number(rows: PetitionQuerySet, column: str | Combinable = "pk") -> Coalesce:
    """Give how many different values of ``column`` the rows of each matter have."""
    counted = rows.values("matter").annotate(n=Count(column, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_numbers(
    matters: PetitionMatterQuerySet, user: User, reading: Reading
) -> PetitionMatterQuerySet:
    """Annotate how many communes raised a matter, and how its petitions stood on the day.

    Communes are the units that petitions count for.

    ``communes``, ``raised``, ``open``, ``overdue``, ``settled``; ``open_since``: when the oldest
    open one was raised.
    """
    day = reading.day
    oldest = of_matter(user, day, open_on()).values("matter").annotate(day=Min("raised_on"))
    return matters.annotate(
        communes=number(of_matter(user, day), reading.key()),
        raised=number(of_matter(user, day)),
        open=number(of_matter(user, day, open_on())),
        overdue=number(of_matter(user, day, overdue_on(day))),
        settled=number(of_matter(user, day, settled_on())),
        open_since=Subquery(oldest.values("day")),
    )


def with_leads(matters: PetitionMatterQuerySet, user: User, day: dt.date) -> PetitionMatterQuerySet:
    """Fetch the open petitions of each matter as the list ``going_on``, each with its lead."""
    rows = Petition.objects.visible_to(user).standing().on(day).filter(open_on())
    rows = with_standing(rows, day).order_by(F("lead").asc(nulls_last=True), "pk")
    return matters.prefetch_related(Prefetch("petitions", queryset=rows, to_attr="going_on"))


def leads_of(matter: PetitionMatter) -> list[str]:
    """Give the bodies that have petitions of a matter fetched :func:`with_leads`."""
    return list(dict.fromkeys(one.lead for one in matter.going_on if one.lead))


def open_now(matter: PetitionMatter, user: User) -> list[Petition]:
    """Give the petitions of a matter that somebody still has to act on today."""
    rows = Petition.objects.visible_to(user).standing().with_parties()
    rows = rows.filter(matter=matter, state__in=OPEN_STATES).select_related("field__body")
    return list(rows.order_by("commune__district__code", "commune__sort_key", "pk"))


def answers_to(matter: PetitionMatter, user: User, day: dt.date) -> list[PetitionAnswer]:
    """Give what came of petitions of a matter up to ``day``, latest first.

    Each says by ``n_petitions`` for how many of those ``user`` may see.
    """
    petitions = Petition.objects.visible_to(user).standing().filter(matter=matter)
    events = PetitionEvent.objects.visible_to(user).filter(
        petition__in=petitions.values("pk"), happened_on__lte=day, answer__isnull=False
    )
    answers = PetitionAnswer.objects.filter(events__in=events.values("pk"))
    return list(answers.annotate(n_petitions=Count("events__petition")).select_related("body"))


# --- writing -------------------------------------------------------------------------------------


def add_matter(
    *, matter: PetitionMatter, petitions: Sequence[Petition] = (), by: User, now: dt.datetime
) -> PetitionMatter:
    """Add a matter, a record not yet saved, and put ``petitions`` into it: all or nothing."""
    with constraint_sentences(PetitionMatter), transaction.atomic():
        matter.entered_by, matter.entered_at = by, now
        matter.full_clean()
        matter.save()
        audit.record(Verb.CREATE, matter, by=by, after=audit.snapshot(matter))
        if petitions:
            group_petitions(petitions=petitions, matter=matter, by=by, now=now)
    return matter


def edit_matter(*, matter: PetitionMatter, by: User, **columns: object) -> PetitionMatter:
    """Write ``columns`` (title, field, note) of a matter that is there."""
    with constraint_sentences(PetitionMatter), transaction.atomic():
        current = PetitionMatter.objects.select_for_update(no_key=True).get(pk=matter.pk)
        before = audit.snapshot(current)
        for name, value in columns.items():
            setattr(current, name, value)
        current.full_clean()
        current.save()
        old, new = audit.difference(before, audit.snapshot(current))
        audit.record(Verb.CHANGE, current, by=by, before=old, after=new)
    return current
