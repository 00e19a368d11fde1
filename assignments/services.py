"""Writes that touch assignments: open, close, hand over.

Each is one transaction with its audit row. All raise ``ValidationError`` with a Vietnamese
sentence and then nothing was written, also when another writer got there first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision, Officer
from communes.models import Commune
from communes.periods import constraint_sentences


def decision_for(
    *, number: str, signed_on: dt.date | None, by: User | None, signer: str = ""
) -> Decision:
    """Give the decision of that number and date, recording it if it is new."""
    probe = Decision(number=number, signed_on=signed_on, signer=signer)
    probe.clean_fields()
    found = Decision.objects.filter(number=probe.number, signed_on=signed_on).first()
    if found:
        return found
    with constraint_sentences(Decision), transaction.atomic():
        probe.full_clean()
        probe.save()
        audit.record(Verb.CREATE, probe, by=by, after=audit.snapshot(probe))
    return probe


def hold(communes: Iterable[Commune]) -> None:
    """Let no other writer assign anybody to ``communes`` until the transaction ends.

    Whoever comes second then validates against what the first wrote. Without it PostgreSQL may
    let both insert at once and end one of them as a deadlock in the exclusion constraint.
    """
    keys = [commune.pk for commune in communes]
    held = Commune.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(held.values_list("pk"))


def begin(
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
    """Open an assignment to a commune that :func:`hold` holds."""
    assignment = Assignment(
        officer=officer,
        commune=commune,
        role=role,
        started_on=on,
        opening_decision=decision,
        note=reason,
    )
    if until is not None:
        assignment.ended_on = until
        assignment.end_reason = EndReason.COVER_ENDED
    assignment.full_clean()
    assignment.save()
    audit.record(Verb.ASSIGN, assignment, by=by, after=audit.snapshot(assignment), reason=reason)
    return assignment


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
        return begin(
            officer=officer,
            commune=commune,
            on=on,
            decision=decision,
            by=by,
            role=role,
            until=until,
            reason=reason,
        )


def locked(assignments: Iterable[Assignment]) -> dict[int, Assignment]:
    """Read assignments anew and hold them and their communes until the transaction ends.

    Gives them by key.
    """
    return (
        Assignment.objects.select_for_update(of=("self", "commune"), no_key=True)
        .with_parties()
        .in_bulk([assignment.pk for assignment in assignments])
    )


def close(
    current: Assignment,
    *,
    on: dt.date,
    end_reason: EndReason,
    decision: Decision | None,
    by: User | None,
    reason: str,
) -> Assignment:
    """End an assignment that :func:`locked` gave."""
    # An end that has passed is history; one that is still to come may be brought forward.
    if current.ended_on and current.ended_on <= max(on, clock.today()):
        raise ValidationError(f"Phân công này đã thôi từ ngày {current.ended_on:%d/%m/%Y}.")
    before = audit.snapshot(current)
    current.ended_on = on
    current.end_reason = end_reason
    current.closing_decision = decision
    current.full_clean()
    current.save()
    old, new = audit.difference(before, audit.snapshot(current))
    audit.record(Verb.END, current, by=by, before=old, after=new, reason=reason)
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
        return close(
            locked([assignment])[assignment.pk],
            on=on,
            end_reason=end_reason,
            decision=decision,
            by=by,
            reason=reason,
        )


def pass_on(
    current: Assignment,
    *,
    to: Officer,
    on: dt.date,
    decision: Decision,
    by: User | None,
    end_reason: EndReason,
    reason: str,
) -> Assignment:
    """Hand over an assignment that :func:`locked` gave; gives the new one."""
    if to.pk == current.officer_id:
        raise ValidationError("Người nhận bàn giao phải là đồng chí khác.")
    giver = str(current.officer)
    # Cover for a known time stays so; a main officer's successor has no end yet.
    until = current.ended_on if current.role == AssignmentRole.COVER else None
    close(current, on=on, end_reason=end_reason, decision=decision, by=by, reason=reason)
    successor = begin(
        officer=to,
        commune=current.commune,
        role=current.role,
        on=on,
        until=until,
        decision=decision,
        by=by,
        reason=reason,
    )
    audit.record(
        Verb.HAND_OVER,
        current.commune,
        by=by,
        before={"cán bộ": giver},
        after={"cán bộ": str(to)},
        reason=reason,
    )
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
        return pass_on(
            locked([assignment])[assignment.pk],
            to=to,
            on=on,
            decision=decision,
            by=by,
            end_reason=end_reason,
            reason=reason,
        )


class RowErrors(Exception):
    """Several rows were to be written together and some could not be; nothing was written.

    ``errors`` gives each failing row's sentences by its place in the sequence.
    """

    def __init__(self, errors: dict[int, list[str]]):
        super().__init__(errors)
        self.errors = errors


def all_or_none(steps: Iterable[Callable[[], Assignment]]) -> list[Assignment]:
    """Run steps one after another; if any refuses, undo all.

    Every step is tried in a savepoint of its own, so that :class:`RowErrors` names all the rows
    that were refused, not only the first.
    """
    done, errors = [], {}
    with transaction.atomic():
        for index, step in enumerate(steps):
            try:
                with constraint_sentences(Assignment), transaction.atomic():
                    done.append(step())
            except ValidationError as error:
                errors[index] = error.messages
        if errors:
            transaction.set_rollback(True)
    if errors:
        raise RowErrors(errors)
    return done


def assign_all(*, pairs: Sequence[tuple[Commune, Officer]], **terms) -> list[Assignment]:
    """Assign each commune of ``pairs`` to its officer on the same ``terms`` (see :func:`assign`).

    All or none; raises :class:`RowErrors`.
    """
    with transaction.atomic():
        hold(commune for commune, _ in pairs)
        return all_or_none(
            partial(begin, commune=commune, officer=officer, **terms) for commune, officer in pairs
        )


def end_all(*, assignments: Sequence[Assignment], **terms) -> list[Assignment]:
    """End each of ``assignments`` on the same ``terms`` (see :func:`end_assignment`).

    All or none; raises :class:`RowErrors`.
    """
    with transaction.atomic():
        current = locked(assignments)
        return all_or_none(partial(close, current[row.pk], **terms) for row in assignments)


def hand_over_all(*, pairs: Sequence[tuple[Assignment, Officer]], **terms) -> list[Assignment]:
    """Hand each assignment of ``pairs`` to its officer on the same ``terms`` (:func:`hand_over`).

    All or none; raises :class:`RowErrors`.
    """
    with transaction.atomic():
        current = locked(assignment for assignment, _ in pairs)
        return all_or_none(
            partial(pass_on, current[assignment.pk], to=officer, **terms)
            for assignment, officer in pairs
        )
