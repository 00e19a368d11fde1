"""An officer leaves: all they follow ends on one day, under one decision, and is given on.

The day may be one to come: who retires on 01/7 is known in March. How everything stood before is
kept in the departure's journal, so that it can be taken back exactly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from assignments import following
from assignments.bulk import all_or_none
from assignments.departures.journal import kept, kept_officer, restore, restore_officer
from assignments.enums import COVERING_ROLES, AssignmentRole, EndReason
from assignments.hanging import hanging_words
from assignments.models import Assignment, Decision, Departure, Officer
from assignments.services import Terms, begin, close, hold, hold_officer, hold_officers, locked
from assignments.withdrawing import take_back
from communes.models import Commune
from communes.periods import CHANGED_MEANWHILE, constraint_sentences

NOTHING_ENDS = "Từ ngày này đồng chí không còn phụ trách Đảng bộ nào để thôi."
SAME_OFFICER = "Người tiếp tục phải là đồng chí khác."
ONLY_TAKES_PART = "Chỉ tham gia theo dõi thì không cần người thay."
COVER_ENDS_LATER = "Ngày cuối phụ trách tạm thời phải từ ngày bắt đầu trở đi."
CHANGED_SINCE = (
    "Phân công ở {place} đã thay đổi sau khi ghi thôi công tác nên không rút lại được nữa. "
    "Cần sửa thì đính chính từng phân công."
)
NO_JOURNAL = "Lần thôi này không lưu tình trạng trước đó nên không rút lại được."
IN_USE = (
    "Đồng chí {name} đã có {things} ở {place} theo phân công này nên không rút lại được. "
    "Rút lại các mục đó trước."
)


@dataclass(frozen=True)
class Leaving:
    """How an officer leaves: from which day, why, by which decision, altogether or not."""

    on: dt.date
    reason: EndReason
    leaves_office: bool = True
    decision: Decision | None = None
    note: str = ""


@dataclass(frozen=True)
class Replacement:
    """Who goes on with a commune: for good, or until (not including) a day as temporary cover."""

    officer: Officer
    until: dt.date | None = None


def left_by(officer: Officer, day: dt.date, today: dt.date):
    """Give the assignments that end when ``officer`` leaves on ``day``, soonest begun first.

    Those in force then or still to begin. What ends by then, or has ended already, keeps its end.
    """
    open_then = Q(ended_on__isnull=True) | Q(ended_on__gt=max(day, today))
    rows = Assignment.objects.filter(open_then, officer=officer).with_parties()
    return rows.order_by("commune__sort_key", "started_on", "pk")


def depart(
    *,
    officer: Officer,
    leaving: Leaving,
    replacements: Mapping[int, Replacement],
    by: User | None,
) -> Departure:
    """End all that ``officer`` follows from ``leaving.on``, and give it on as ``replacements`` say.

    ``replacements`` are by key of the assignment; a commune without one is left without anybody.
    Raises ``ValidationError``, or :class:`assignments.bulk.RowErrors` with the reasons by place
    among :func:`left_by`; then nothing was written.
    """
    with constraint_sentences(Departure, Assignment, Officer), transaction.atomic():
        rows = list(left_by(officer, leaving.on, clock.today()))
        refuse_stray(replacements, rows)
        current = held(officer, rows, leaving, replacements.values())
        departure = begin_departure(current, leaving, by)
        journal = kept_officer(current) | {
            "ended": [kept(row) for row in rows if row.started_on < leaving.on],
            "cancelled": [kept(row) for row in rows if row.started_on >= leaving.on],
            "choices": choices(replacements),
        }
        leave_office(current, departure)
        made = all_or_none(
            partial(let_go, row, departure, replacements.get(row.pk), by) for row in rows
        )
        departure.journal = journal | {"made": [kept(row) for row in made]}
        departure.save()
    return departure


def refuse_stray(replacements: Mapping[int, Replacement], rows: Iterable[Assignment]) -> None:
    """Refuse what names an assignment that does not end, rather than pass it over."""
    if set(replacements) - {row.pk for row in rows}:
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")


def choices(replacements: Mapping[int, Replacement]) -> dict[str, dict]:
    """Give ``replacements`` as JSON keeps them."""
    return {
        str(key): {
            "officer": one.officer.pk,
            "until": one.until.isoformat() if one.until else None,
        }
        for key, one in replacements.items()
    }


def held(
    officer: Officer,
    rows: list[Assignment],
    leaving: Leaving,
    replacements: Iterable[Replacement],
) -> Officer:
    """Hold the communes, then the officers; refuse when somebody wrote in between."""
    hold(row.commune for row in rows)
    officers = hold_officers([officer, *(one.officer for one in replacements)])
    [current] = [one for one in officers if one.pk == officer.pk]
    again = left_by(officer, leaving.on, clock.today())
    if [(row.pk, row.ended_on) for row in again] != [(row.pk, row.ended_on) for row in rows]:
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")
    if current.left_on and current.left_on <= leaving.on:
        raise ValidationError(
            f"Đồng chí {current.full_name} đã thôi công tác từ {current.left_on:%d/%m/%Y}."
        )
    if not rows and not leaving.leaves_office:
        raise ValidationError(NOTHING_ENDS)
    return current


def begin_departure(officer: Officer, leaving: Leaving, by: User | None) -> Departure:
    """Write the departure, still without its journal."""
    departure = Departure(
        officer=officer,
        leaves_on=leaving.on,
        reason=leaving.reason,
        leaves_office=leaving.leaves_office,
        decision=leaving.decision,
        note=leaving.note,
        entered_by=by,
        entered_at=clock.now(),
    )
    departure.full_clean()
    departure.save()
    after = audit.snapshot(departure)
    audit.record(Verb.DEPART, departure, by=by, after=after, reason=leaving.note)
    return departure


def leave_office(officer: Officer, departure: Departure) -> None:
    """Write on the officer since when they are not in post, where they leave altogether."""
    if not departure.leaves_office:
        return
    before = audit.snapshot(officer)
    officer.left_on, officer.leave_reason = departure.leaves_on, departure.reason
    officer.full_clean()
    officer.save()
    record_change(officer, before, departure.entered_by, departure.note)


def record_change(record: Officer, before: dict, by: User | None, reason: str) -> None:
    old, new = audit.difference(before, audit.snapshot(record))
    audit.record(Verb.CHANGE, record, by=by, before=old, after=new, reason=reason)


def let_go(
    row: Assignment, departure: Departure, replacement: Replacement | None, by: User | None
) -> Assignment | None:
    """End one assignment, or call it off when it has not begun; give the one that follows it."""
    terms = Terms(departure.leaves_on, departure.decision, by, departure.note)
    current = locked([row])[row.pk]
    was_until, has_begun = current.ended_on, current.started_on < departure.leaves_on
    if has_begun:
        close(current, terms, EndReason(departure.reason))
    else:
        terms = Terms(current.started_on, departure.decision, by, departure.note)
        call_off(current, terms)
    successor = follow(current, terms, replacement, was_until) if replacement else None
    if has_begun:
        following.handed_on(current, successor, by=by, departure=departure)
    return successor


def call_off(current: Assignment, terms: Terms) -> None:
    """Remove an assignment that has not begun; the audit row keeps what it said."""
    if words := hanging_words(current):
        place, name = current.commune.party_body, current.officer.full_name
        raise ValidationError(IN_USE.format(name=name, things=words, place=place))
    following.undone(current, by=terms.by)
    before = audit.snapshot(current)
    audit.record(Verb.CANCEL, current, by=terms.by, before=before, reason=terms.reason)
    Assignment.objects.filter(pk=current.pk).delete()


def follow(
    current: Assignment, terms: Terms, replacement: Replacement, was_until: dt.date | None
) -> Assignment:
    """Open the assignment of who goes on with a commune."""
    if current.role not in COVERING_ROLES:
        raise ValidationError(ONLY_TAKES_PART)
    if replacement.officer.pk == current.officer_id:
        raise ValidationError(SAME_OFFICER)
    if replacement.until and replacement.until <= terms.on:
        raise ValidationError(COVER_ENDS_LATER)
    is_cover = current.role == AssignmentRole.COVER or replacement.until is not None
    return begin(
        terms,
        officer=replacement.officer,
        commune=current.commune,
        role=AssignmentRole.COVER if is_cover else AssignmentRole.MAIN,
        # Who goes on with a cover does so to the same day, unless another is given.
        until=replacement.until or (was_until if is_cover else None),
    )


# --- taking it back ------------------------------------------------------------------------------


def withdraw_departure(
    *, departure: Departure, reason: str, by: User | None, now: dt.datetime
) -> Departure:
    """Take a departure back: officer and assignments stand exactly as before.

    Raises when an assignment it ended or opened was changed since, or when something was written
    by who went on with a commune, or a hand-over has begun.
    """
    with constraint_sentences(Departure, Assignment, Officer), transaction.atomic():
        if "made" not in departure.journal:
            raise ValidationError(NO_JOURNAL)
        hold(Commune.objects.filter(pk__in=places(departure)).defer("boundary"))
        officer = hold_officer(departure.officer)
        current = take_back(departure, reason=reason, by=by, now=now)
        ended, made = stored(current, "ended"), stored(current, "made")
        for row in ended:
            following.undone(row, by=by)
        for row in made:
            take_away(row, by, reason)
        restore_officer(officer, current, by, reason)
        for row in ended:
            reopen(row, current, by, reason)
        for values in current.journal["cancelled"]:
            bring_back(values, by, reason)
    return current


def places(departure: Departure) -> set[int]:
    """Give the keys of the communes a departure touched."""
    journal = departure.journal
    return {
        values["commune_id"] for part in ("ended", "cancelled", "made") for values in journal[part]
    }


def stored(departure: Departure, part: str) -> list[Assignment]:
    """Read anew the assignments a departure made or ended; refuse when one is not as it left it."""
    values = {one["id"]: one for one in departure.journal[part]}
    rows = locked([Assignment(pk=pk) for pk in values])
    for pk, before in values.items():
        expected = dict(before)
        if part == "ended":
            expected |= {
                "ended_on": departure.leaves_on.isoformat(),
                "end_reason": departure.reason,
                "closing_decision_id": departure.decision_id,
            }
        if pk not in rows or kept(rows[pk]) != expected:
            place = Commune.objects.defer("boundary").get(pk=before["commune_id"])
            raise ValidationError(CHANGED_SINCE.format(place=place.party_body))
    return list(rows.values())


def take_away(row: Assignment, by: User | None, reason: str) -> None:
    """Remove an assignment the departure had opened."""
    call_off(row, Terms(row.started_on, None, by, reason))


def reopen(row: Assignment, departure: Departure, by: User | None, reason: str) -> None:
    """Give an assignment back the end it had."""
    [values] = [one for one in departure.journal["ended"] if one["id"] == row.pk]
    before = audit.snapshot(row)
    restore(row, values)
    row.full_clean()
    row.save()
    old, new = audit.difference(before, audit.snapshot(row))
    audit.record(Verb.REOPEN, row, by=by, before=old, after=new, reason=reason)
    following.begun(row, by=by)
    end_again(row, by)


def end_again(row: Assignment, by: User | None) -> None:
    """Tell again of an end that was known before the departure brought it forward."""
    if row.ended_on is None:
        return
    earlier = row.officer.departures.standing().filter(leaves_on=row.ended_on).first()
    successor = followed_by(row)
    if earlier or (successor and successor.opening_decision_id == row.closing_decision_id):
        following.handed_on(row, successor, departure=earlier, by=by)


def followed_by(row: Assignment) -> Assignment | None:
    """Give who goes on with a commune in the same role from the day ``row`` ends."""
    rows = Assignment.objects.filter(
        commune=row.commune_id, role=row.role, started_on=row.ended_on
    ).exclude(officer=row.officer_id)
    return rows.with_parties().first()


def bring_back(values: Mapping, by: User | None, reason: str) -> None:
    """Write an assignment again that was called off, under its own key."""
    row = restore(Assignment(), values)
    row.full_clean(validate_unique=False)
    row.save(force_insert=True)
    audit.record(Verb.ASSIGN, row, by=by, after=audit.snapshot(row), reason=reason)
    following.begun(row, by=by)


def move_departure(
    *, departure: Departure, on: dt.date, reason: str, by: User | None, now: dt.datetime
) -> Departure:
    """Take a departure back and write it again from another day, with the same choices."""
    with constraint_sentences(Departure, Assignment, Officer), transaction.atomic():
        old = withdraw_departure(departure=departure, reason=reason, by=by, now=now)
        leaving = Leaving(on, EndReason(old.reason), old.leaves_office, old.decision, note=old.note)
        ends = left_by(old.officer, on, timezone.localdate(now))
        chosen = {
            int(key): Replacement(
                Officer.objects.get(pk=one["officer"]),
                dt.date.fromisoformat(one["until"]) if one["until"] else None,
            )
            for key, one in old.journal["choices"].items()
        }
        still = {row.pk for row in ends}
        kept_choices = {key: one for key, one in chosen.items() if key in still}
        return depart(officer=old.officer, leaving=leaving, replacements=kept_choices, by=by)
