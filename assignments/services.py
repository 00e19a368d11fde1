"""Writes that touch assignments: open, close, hand over.

Each is one transaction with its audit row. All raise ``ValidationError`` with a Vietnamese
sentence and then nothing was written, also when another writer got there first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from assignments import following
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision, Officer
from communes.models import Commune
from communes.periods import CHANGED_MEANWHILE, constraint_sentences


def decision_for(
    *, number: str, signed_on: dt.date | None, by: User | None, signer: str = ""
) -> Decision:
    """Give the decision of that number and date, recording it if it is new."""
    probe = Decision(number=number, signed_on=signed_on, signer=signer)
    probe.clean_fields()
    if found := recorded(probe):
        return found
    try:
        with constraint_sentences(Decision), transaction.atomic():
            probe.full_clean()
            probe.save()
            audit.record(Verb.CREATE, probe, by=by, after=audit.snapshot(probe))
    except ValidationError:
        if found := recorded(probe):  # somebody was faster: theirs it is
            return found
        raise
    return probe


def recorded(probe: Decision) -> Decision | None:
    """Give the decision there is of the number and date of ``probe``."""
    return Decision.objects.filter(number=probe.number, signed_on=probe.signed_on).first()


def hold(communes: Iterable[Commune]) -> None:
    """Let no other writer assign anybody to ``communes`` until the transaction ends.

    Whoever comes second then validates against what the first wrote. Without it PostgreSQL may
    let both insert at once and end one of them as a deadlock in the exclusion constraint.
    Raises when one of them is no more.
    """
    units = list(communes)
    keys = {unit.pk for unit in units}
    held = Commune.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    ends = dict(held.values_list("pk", "dissolved_on"))
    for unit in units:
        if unit.pk not in ends:  # a rearrangement was undone while we waited
            raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")
        unit.dissolved_on = ends[unit.pk]  # it may have been merged while we waited


def hold_officer(officer: Officer) -> Officer:
    """Read an officer anew and let nobody write down meanwhile that they leave.

    Communes are held first, officers after them: one order for all writers.
    """
    [held] = hold_officers([officer])
    return held


def hold_officers(officers: Iterable[Officer]) -> list[Officer]:
    """Do as :func:`hold_officer` for several; who writes of several holds them all at once,

    in one order: held one by one as they come, two writers could each wait for the other.
    """
    rows = Officer.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in={officer.pk for officer in officers}).order_by("pk"))


@dataclass(frozen=True)
class Terms:
    """What every change of an assignment has: from when, by which decision, by whom, why."""

    on: dt.date
    decision: Decision | None
    by: User | None
    reason: str = ""


def begin(
    terms: Terms,
    *,
    officer: Officer,
    commune: Commune,
    role: AssignmentRole,
    until: dt.date | None,
) -> Assignment:
    """Open an assignment to a commune that :func:`hold` holds; it ends with the unit, if known."""
    made = Assignment(
        officer=hold_officer(officer),
        commune=commune,
        role=role,
        started_on=terms.on,
        opening_decision=terms.decision,
        note=terms.reason,
    )
    if until is not None:
        made.ended_on, made.end_reason = until, EndReason.COVER_ENDED
    if outlasts(made, commune.dissolved_on):
        made.ended_on, made.end_reason = commune.dissolved_on, EndReason.UNIT_REORGANISED
    made.full_clean()
    check_stays(made)
    made.save()
    audit.record(Verb.ASSIGN, made, by=terms.by, after=audit.snapshot(made), reason=terms.reason)
    following.begun(made, by=terms.by)
    return made


def outlasts(assignment: Assignment, day: dt.date | None) -> bool:
    """Say whether an assignment would still be in force on ``day``, when there is such a day."""
    return day is not None and (assignment.ended_on is None or assignment.ended_on > day)


def check_stays(assignment: Assignment) -> None:
    """Refuse an assignment that would outlast its unit, or its officer's known last day there."""
    left, gone = assignment.officer.left_on, assignment.commune.dissolved_on
    if outlasts(assignment, gone):
        raise ValidationError(
            f"{assignment.commune} không còn từ {gone:%d/%m/%Y} nên không phụ trách được "
            "từ ngày đó."
        )
    if outlasts(assignment, left):
        raise ValidationError(
            f"Đồng chí {assignment.officer.full_name} thôi công tác từ {left:%d/%m/%Y} nên không "
            "phụ trách được từ ngày đó."
        )


def assign(
    *,
    officer: Officer,
    commune: Commune,
    on: dt.date,
    decision: Decision,
    by: User | None,
    role: AssignmentRole = AssignmentRole.MAIN,
    until: dt.date | None = None,
    reason: str = "",
) -> Assignment:
    """Assign ``officer`` to ``commune`` from ``on`` under ``decision``.

    ``until`` (exclusive) is for temporary cover whose end is known. Raises ``ValidationError``
    when the commune has a main officer then, or the officer or commune is not there that day.
    """
    with constraint_sentences(Assignment), transaction.atomic():
        hold([commune])
        terms = Terms(on, decision, by, reason)
        return begin(terms, officer=officer, commune=commune, role=role, until=until)


def locked(assignments: Iterable[Assignment]) -> dict[int, Assignment]:
    """Read assignments anew and hold their communes, then them, until the transaction ends.

    Gives them by key. Communes first, as everywhere: who holds an assignment and waits for its
    commune would wait for somebody who waits for the assignment.
    """
    rows = Assignment.objects.filter(pk__in=[assignment.pk for assignment in assignments])
    held = Commune.objects.select_for_update(no_key=True).filter(pk__in=rows.values("commune"))
    list(held.order_by("pk").values_list("pk"))
    rows = rows.select_for_update(of=("self",), no_key=True).with_parties()
    return {row.pk: row for row in rows.order_by("commune_id", "pk")}


def close(current: Assignment, terms: Terms, end_reason: EndReason) -> Assignment:
    """End an assignment that :func:`locked` gave."""
    # An end that has passed is history; one that is still to come may be brought forward.
    if current.ended_on and current.ended_on <= max(terms.on, clock.today()):
        raise ValidationError(f"Phân công này đã thôi từ ngày {current.ended_on:%d/%m/%Y}.")
    before = audit.snapshot(current)
    current.ended_on = terms.on
    current.end_reason = end_reason
    current.closing_decision = terms.decision
    current.full_clean()
    current.save()
    old, new = audit.difference(before, audit.snapshot(current))
    audit.record(Verb.END, current, by=terms.by, before=old, after=new, reason=terms.reason)
    return current


def end_assignment(
    *,
    assignment: Assignment,
    on: dt.date,
    end_reason: EndReason,
    decision: Decision | None,
    by: User | None,
    reason: str = "",
) -> Assignment:
    """End ``assignment``: ``on`` is the first day it is no longer in force.

    The officer's or commune's present state is not asked: whatever is open can be closed.
    Raises ``ValidationError`` when it has already ended or ``on`` is not after its start.
    """
    with constraint_sentences(Assignment), transaction.atomic():
        current = locked([assignment])[assignment.pk]
        return close(current, Terms(on, decision, by, reason), end_reason)


def pass_on(current: Assignment, terms: Terms, end_reason: EndReason, *, to: Officer) -> Assignment:
    """Hand over an assignment that :func:`locked` gave; gives the new one."""
    if to.pk == current.officer_id:
        raise ValidationError("Người nhận bàn giao phải là đồng chí khác.")
    giver = str(current.officer)
    # Cover for a known time stays so; a main officer's successor has no end yet.
    until = current.ended_on if current.role == AssignmentRole.COVER else None
    close(current, terms, end_reason)
    successor = begin(terms, officer=to, commune=current.commune, role=current.role, until=until)
    audit.record(
        Verb.HAND_OVER,
        current.commune,
        by=terms.by,
        before={"cán bộ": giver},
        after={"cán bộ": str(to)},
        reason=terms.reason,
    )
    following.handed_on(current, successor, by=terms.by)
    return successor


def hand_over(
    *,
    assignment: Assignment,
    to: Officer,
    on: dt.date,
    decision: Decision,
    by: User | None,
    end_reason: EndReason = EndReason.REPLACED,
    reason: str = "",
) -> Assignment:
    """End ``assignment`` and give the same commune and role to ``to`` from the same day.

    Both or neither. Gives the new assignment. Raises as :func:`assign` and
    :func:`end_assignment` do.
    """
    with constraint_sentences(Assignment), transaction.atomic():
        current = locked([assignment])[assignment.pk]
        return pass_on(current, Terms(on, decision, by, reason), end_reason, to=to)
