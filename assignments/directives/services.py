"""Documents being followed: how far each commune is with each, and writing it down (R20).

The state of a commune is its latest follow-up that was not taken back. Counting starts from
communes, so that those nobody has urged yet are counted too (DESIGN §4). Writes are one
transaction with their audit row each, and raise ``ValidationError`` with a Vietnamese sentence.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from assignments.bulk import all_or_none
from assignments.coverage import communes_visible_to
from assignments.entry_rights import may_enter, not_theirs, own_officer
from assignments.enums import FollowUpState
from assignments.models import Directive, FollowUp, Officer
from assignments.models.directives import DirectiveQuerySet, FollowUpQuerySet
from assignments.services import hold
from assignments.withdrawing import take_back
from communes.former_units import leads_here, of_unit
from communes.lineage import Reading
from communes.models import Commune
from communes.periods import constraint_sentences

NOTED_BEFORE = "Nội dung này đã được ghi trước đó, không ghi thêm."
UNTOUCHED = "untouched"  # beside the states of FollowUpState: nobody has urged this commune yet

# In difficulty, then urged by nobody, then the rest up to the result.
URGENCY = Case(
    When(state=FollowUpState.DIFFICULT, then=0),
    When(state__isnull=True, then=1),
    When(state=FollowUpState.REMINDED, then=2),
    When(state=FollowUpState.IN_PROGRESS, then=3),
    default=4,
)


# --- how far communes are ------------------------------------------------------------------------


def known_by(user: User, day: dt.date) -> FollowUpQuerySet:
    """Give what stood on ``day`` and ``user`` may see, latest first."""
    rows = FollowUp.objects.visible_to(user).standing().filter(noted_on__lte=day)
    return rows.order_by("-noted_on", "-pk")


def latest(rows: FollowUpQuerySet) -> FollowUpQuerySet:
    """Keep the latest of ``rows`` for each directive and commune, as it was noted."""
    later = rows.order_by().filter(directive=OuterRef("directive"), commune=OuterRef("commune"))
    after = Q(noted_on__gt=OuterRef("noted_on")) | Q(
        noted_on=OuterRef("noted_on"), pk__gt=OuterRef("pk")
    )
    return rows.filter(~Exists(later.filter(after)))


def with_tally(
    directives: DirectiveQuerySet, user: User, day: dt.date, *, as_recorded: bool = False
) -> DirectiveQuerySet:
    """Annotate how many communes of ``day`` that ``user`` sees are in each state.

    ``n_reminded`` … of :class:`FollowUpState`, and ``n_untouched``; together all communes.
    ``as_recorded``: of those there were since the directive is followed, each in its own time.
    """
    if as_recorded:
        communes = communes_visible_to(user, day, dt.date.min)
        rest = number_since_followed(user, day)
    else:
        communes = communes_visible_to(user, day)
        rest = Value(communes.count(), output_field=IntegerField())
    there = tallies(communes, user, Reading(day, is_old=as_recorded))
    columns = {f"n_{state}": by_directive(there[state]) for state in FollowUpState.values}
    for name in columns:
        rest = rest - F(name)
    return directives.annotate(**columns).annotate(**{f"n_{UNTOUCHED}": rest})


def tallies(communes: QuerySet[Commune], user: User, reading: Reading) -> dict[str, Counter[int]]:
    """Give how many of ``communes`` are in each state, by directive, as ``user`` may know.

    Counted here and not in the database: which of several merged units was noted last is no
    question for its indexes.
    """
    rows = known_by(user, reading.day).filter(reading.within(communes.values("pk")))
    found: dict[str, Counter[int]] = {state: Counter() for state in FollowUpState.values}
    noted: set[tuple[int, int]] = set()
    for directive, commune, state in rows.values_list("directive", "commune", "state"):
        key = directive, reading.key_of(commune)
        if key not in noted:  # the first, the latest
            noted.add(key)
            found[state][directive] += 1
    return found


def by_directive(numbers: Counter[int]) -> Case:
    """Give the number of each directive as a column."""
    whens = [When(pk=directive, then=Value(number)) for directive, number in numbers.items()]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def number_since_followed(user: User, day: dt.date) -> Coalesce:
    """Give how many communes there were on any day from a directive's first one to ``day``."""
    communes = communes_visible_to(user, day, OuterRef("started_on")).order_by()
    counted = communes.annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_state(
    communes: QuerySet[Commune],
    directive: Directive,
    user: User,
    day: dt.date,
    *,
    as_recorded: bool = False,
) -> QuerySet[Commune]:
    """Annotate communes with their ``state`` (null: untouched), its ``noted_on`` and ``note``.

    ``urgency`` puts first what needs somebody most (:data:`URGENCY`). Until something is noted of
    a commune itself, what was noted last of those it came of is so; not ``as_recorded``.
    """
    rows = known_by(user, day).filter(directive=directive)
    own = rows.filter(commune=OuterRef("pk"))
    before = rows.none() if as_recorded else rows.filter(leads_here(day, new=OuterRef("pk")))
    last = {
        name: Coalesce(Subquery(own.values(name)[:1]), Subquery(before.values(name)[:1]))
        for name in ("state", "noted_on", "note")
    }
    return communes.annotate(**last).annotate(urgency=URGENCY)


def states_of(
    commune: Commune, user: User, day: dt.date
) -> list[tuple[Directive, FollowUp | None]]:
    """Give each document followed on ``day`` with the commune's state, ``None`` if untouched.

    Two queries, however many documents there are.
    """
    rows = known_by(user, day).filter(of_unit(commune, day))
    rows = rows.select_related("officer", "entered_by", "commune").defer("commune__boundary")
    last = {row.directive_id: row for row in reversed(list(rows))}  # the first, the latest, stays
    directives = Directive.objects.visible_to(user).followed_on(day)
    return [(directive, last.get(directive.pk)) for directive in directives]


def correctable_by(user: User) -> FollowUpQuerySet:
    """Give the follow-ups ``user`` may take back: any for the office, else those of their own."""
    rows = FollowUp.objects.visible_to(user).standing()
    if not allowed(user, Permission.RECORD_VISITS):
        return rows.none()
    if allowed(user, Permission.VIEW_ALL):
        return rows
    return rows.filter(officer__in=Officer.objects.of_user(user).values("pk"))


def trail(
    directive: Directive, commune: Commune, user: User, day: dt.date, *, as_recorded: bool = False
) -> FollowUpQuerySet:
    """Give all that was noted of a commune up to ``day``, what was taken back too, latest first.

    Each says by ``is_correctable`` whether ``user`` may take it back. ``as_recorded``: without
    what was noted of those it came of.
    """
    of_it = Q(commune=commune) if as_recorded else of_unit(commune, day)
    rows = FollowUp.objects.visible_to(user).filter(of_it, directive=directive)
    return (
        rows.filter(noted_on__lte=day)
        .annotate(is_correctable=Exists(correctable_by(user).filter(pk=OuterRef("pk"))))
        .select_related("officer", "entered_by", "withdrawn_by", "commune")
        .defer("commune__boundary")
        .order_by("-noted_on", "-pk")
    )


# --- writing -------------------------------------------------------------------------------------


def follow_directive(*, directive: Directive, by: User, now: dt.datetime) -> Directive:
    """Begin to follow a document; ``directive`` is a record not yet saved."""
    with constraint_sentences(Directive), transaction.atomic():
        directive.entered_by, directive.entered_at = by, now
        directive.full_clean()
        directive.save()
        audit.record(Verb.CREATE, directive, by=by, after=audit.snapshot(directive))
    return directive


def end_directive(*, directive: Directive, on: dt.date, reason: str, by: User) -> Directive:
    """Stop following a document: ``on`` is the first day without. What was noted stays."""
    with constraint_sentences(Directive), transaction.atomic():
        current = held(directive)
        if current.ended_on:
            raise ValidationError(f"Đã thôi theo dõi từ ngày {current.ended_on:%d/%m/%Y}.")
        before = audit.snapshot(current)
        current.ended_on = on
        current.full_clean()
        current.save()
        old, new = audit.difference(before, audit.snapshot(current))
        audit.record(Verb.CHANGE, current, by=by, before=old, after=new, reason=reason)
    return current


def held(directive: Directive) -> Directive:
    """Read a document anew and hold it until the transaction ends."""
    return Directive.objects.select_for_update(no_key=True).get(pk=directive.pk)


@dataclass(frozen=True)
class Noted:
    """What is noted of communes: on which day, how far they were, what was urged or came of it."""

    on: dt.date
    state: FollowUpState
    note: str


def note_follow_ups(
    *,
    directive: Directive,
    communes: Sequence[Commune],
    noted: Noted,
    by: User,
    now: dt.datetime,
) -> list[FollowUp]:
    """Note the same of each of ``communes``: all of them or none; communes that have exactly this

    already are passed over. Gives what was written.

    Raises ``ValidationError`` when the day is to come or the document was not followed on it, when
    all have this already, and :class:`assignments.bulk.RowErrors` for communes that were not the
    user's to note of that day.
    """
    with transaction.atomic():
        current = held(directive)
        check_day(current, noted.on, timezone.localdate(now))
        hold(communes)  # of two at once the second finds the first
        written = all_or_none(
            (partial(note, current, commune, noted, by, now) for commune in communes),
            model=FollowUp,
        )
        if not written:
            raise ValidationError(NOTED_BEFORE)
        return written


def check_day(directive: Directive, day: dt.date, today: dt.date) -> None:
    """Refuse a day still to come, or one on which the document was not followed."""
    if day > today:
        raise ValidationError({"on": f"Ngày {day:%d/%m/%Y} chưa tới."})
    if day < directive.started_on:
        since = f"{directive.started_on:%d/%m/%Y}"
        raise ValidationError({"on": f"Văn bản này được theo dõi từ ngày {since}."})
    if directive.ended_on and day >= directive.ended_on:
        until = f"{directive.ended_on:%d/%m/%Y}"
        raise ValidationError({"on": f"Văn bản này đã thôi theo dõi từ ngày {until}."})


def note(
    directive: Directive, commune: Commune, noted: Noted, by: User, now: dt.datetime
) -> FollowUp | None:
    """Write one follow-up inside the caller's transaction; ``None`` when the same is there."""
    if not may_enter(by, commune, noted.on):
        raise ValidationError(not_theirs(commune, noted.on, by))
    made = FollowUp(
        directive=directive,
        commune=commune,
        officer=own_officer(by, commune, noted.on),
        noted_on=noted.on,
        state=noted.state,
        note=noted.note,
        entered_by=by,
        entered_at=now,
    )
    made.full_clean()
    if is_noted(made):
        return None
    made.save()
    audit.record(Verb.CREATE, made, by=by, after=audit.snapshot(made))
    return made


def is_noted(row: FollowUp) -> bool:
    """Say whether exactly this stands of the commune already, whoever noted it."""
    columns = ("directive", "commune", "noted_on", "state", "note")
    same = {name: getattr(row, name) for name in columns}
    return FollowUp.objects.standing().filter(**same).exists()


def withdraw_follow_up(*, follow_up: FollowUp, reason: str, by: User, now: dt.datetime) -> FollowUp:
    """Take back a wrong follow-up; the one before it is the commune's state again."""
    with constraint_sentences(FollowUp), transaction.atomic():
        return take_back(follow_up, reason=reason, by=by, now=now)
