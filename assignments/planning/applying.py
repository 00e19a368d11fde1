"""Carrying out a plan: everything it changes, in one transaction, under one decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.bulk import RowErrors, all_or_none
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision, PlannedRow, ReassignmentPlan
from assignments.planning.checks import violations
from assignments.planning.drafts import draft, saved, world_unchanged
from assignments.planning.problem import Problem
from assignments.planning.rows import placing_of
from assignments.planning.world import parameters_of, problem_of
from assignments.services import (
    Terms,
    begin,
    close,
    decision_for,
    hold,
    hold_officers,
    locked,
    pass_on,
)
from communes.models import Commune
from communes.periods import constraint_sentences

NOTHING = "Phương án chưa chọn hoặc không thay đổi gì nên không có gì để áp dụng."
LIMITS_BROKEN = "Phương án không còn đúng các giới hạn."
Step = tuple[str, Callable[[], Assignment]]  # whose name a refusal bears, what is written


def apply_plan(
    *,
    plan: ReassignmentPlan,
    edition: int | None,
    number: str,
    signed_on: dt.date | None,
    signer: str,
    by: User,
    now: dt.datetime,
) -> list[Assignment]:
    """Carry out a plan under the decision of that number and date.

    What leavers follow ends, in every role; communes pass on to whom the plan names, and those
    without anybody get theirs. All or nothing. Refused, with what it is about, when the world is
    not the plan's any more, a limit does not hold, or an assignment cannot be written.
    """
    with constraint_sentences(Assignment, Decision, ReassignmentPlan), transaction.atomic():
        current = draft(plan, edition)
        rows = list(current.rows.select_related("commune", "before", "after"))
        hold(Commune.objects.existing_on(current.starts_on).only("pk"))
        hold_officers(row.after for row in rows if row.after)
        world_unchanged(current)
        refuse_broken(current, problem_of(current), rows)
        decision = decision_for(number=number, signed_on=signed_on, signer=signer, by=by)
        terms = Terms(current.starts_on, decision, by, current.name)
        written = carried_out(list(steps(current, rows, terms)))
        current.decision, current.applied_at = decision, now
        saved(current)
        words = {"quyết định": str(decision), "số dòng": len(rows)}
        audit.record(Verb.DECIDE, current, by=by, after=words)
    return written


def refuse_broken(plan: ReassignmentPlan, problem: Problem, rows: list[PlannedRow]) -> None:
    """Refuse a plan without anything to do, or one that breaks a limit other than empty communes.

    What the solver could not meet was shown, and is the office's to decide.
    """
    if not rows:
        raise ValidationError(NOTHING)
    broken = [
        one.sentence
        for one in violations(problem, placing_of(problem, plan))
        if not one.key.startswith(("empty:", "minimum:"))
    ]
    if broken:
        raise ValidationError([LIMITS_BROKEN, *broken])


def steps(plan: ReassignmentPlan, rows: list[PlannedRow], terms: Terms) -> Iterator[Step]:
    """Give what is to be written, ends before beginnings."""
    leavers = parameters_of(plan).leavers
    mains = current_mains(plan, rows)
    planned = {row.commune_id for row in rows}
    for other in others_of(plan, leavers, planned):
        reason = EndReason(leavers[other.officer_id])
        yield str(other.commune), partial(close, other, terms, reason)
    for row in sorted(rows, key=lambda one: one.commune_id):
        main = mains.get(row.commune_id)
        name = row.commune.full_name
        if main and row.after:
            reason = reason_of(main, leavers)
            yield name, partial(pass_on, main, terms, reason, to=row.after)
        elif main:
            yield name, partial(close, main, terms, reason_of(main, leavers))
        elif row.after:
            yield (
                name,
                partial(
                    begin,
                    terms,
                    officer=row.after,
                    commune=row.commune,
                    role=AssignmentRole.MAIN,
                    until=None,
                ),
            )


def reason_of(main: Assignment, leavers: dict[int, str]) -> EndReason:
    """Give why an assignment ends: what was asked, why the officer left, or the adjustment."""
    return EndReason(
        leavers.get(main.officer_id) or main.officer.leave_reason or EndReason.REPLACED
    )


def current_mains(plan: ReassignmentPlan, rows: list[PlannedRow]) -> dict[int, Assignment]:
    """Give, locked, the main assignments in force on the day in the communes that change.

    Who has a known end by that day is not among them: it is kept as it was written.
    """
    found = Assignment.objects.active_on(plan.starts_on).filter(
        role=AssignmentRole.MAIN, commune__in=[row.commune_id for row in rows]
    )
    return {one.commune_id: one for one in locked(found).values()}


def others_of(
    plan: ReassignmentPlan, leavers: dict[int, str], planned: set[int]
) -> list[Assignment]:
    """Give, locked, what else leavers follow on the day: support, temporary cover."""
    found = (
        Assignment.objects.active_on(plan.starts_on)
        .filter(officer__in=list(leavers))
        .exclude(role=AssignmentRole.MAIN, commune__in=planned)
    )
    return list(locked(found).values())


def carried_out(todo: list[Step]) -> list[Assignment]:
    """Write all steps or none; a refusal names the communes it is about."""
    try:
        return all_or_none(write for _, write in todo)
    except RowErrors as refused:
        raise ValidationError(
            [
                f"{todo[place][0]}: {message}"
                for place, messages in sorted(refused.errors.items())
                for message in messages
            ]
        ) from refused
