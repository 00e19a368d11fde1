"""Several rows written together: all of them, or none with every reason.

Assignments changed under one decision; other records use :func:`all_or_none` likewise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Officer
from assignments.services import Terms, begin, close, hold, hold_officers, locked, pass_on
from communes.models import Commune
from communes.periods import constraint_sentences

Written = TypeVar("Written", bound=models.Model)


class RowErrors(Exception):
    """Several rows were to be written together and some could not be; nothing was written.

    ``errors`` gives each failing row's sentences by its place in the sequence.
    """

    def __init__(self, errors: dict[int, list[str]]):
        super().__init__(errors)
        self.errors = errors


def all_or_none(
    steps: Iterable[Callable[[], Written | None]], model: type[Written] = Assignment
) -> list[Written]:
    """Run steps that each write a row of ``model`` one after another; if any refuses, undo all.

    Gives the rows written; a step that found nothing to write gives ``None`` and has none.
    Every step is tried in a savepoint of its own, so that :class:`RowErrors` names all the rows
    that were refused, not only the first.
    """
    done, errors = [], {}
    with transaction.atomic():
        for index, step in enumerate(steps):
            try:
                with constraint_sentences(model), transaction.atomic():
                    done.append(step())
            except ValidationError as error:
                errors[index] = error.messages
        if errors:
            transaction.set_rollback(True)
    if errors:
        raise RowErrors(errors)
    return [row for row in done if row is not None]


def assign_all(
    *,
    pairs: Sequence[tuple[Commune, Officer]],
    terms: Terms,
    role: AssignmentRole,
    until: dt.date | None = None,
) -> list[Assignment]:
    """Assign each commune of ``pairs`` to its officer on the same terms.

    All or none; raises :class:`RowErrors`.
    """
    with transaction.atomic():
        hold(commune for commune, _ in pairs)
        hold_officers(officer for _, officer in pairs)
        return all_or_none(
            partial(begin, terms, officer=officer, commune=commune, role=role, until=until)
            for commune, officer in pairs
        )


def end_all(
    *, assignments: Sequence[Assignment], terms: Terms, end_reason: EndReason
) -> list[Assignment]:
    """End each of ``assignments`` on the same terms. All or none; raises :class:`RowErrors`."""
    with transaction.atomic():
        current = locked(assignments)
        return all_or_none(
            partial(close, current[row.pk], terms, end_reason) for row in assignments
        )


def hand_over_all(
    *, pairs: Sequence[tuple[Assignment, Officer]], terms: Terms, end_reason: EndReason
) -> list[Assignment]:
    """Hand each assignment of ``pairs`` to its officer on the same terms.

    All or none; raises :class:`RowErrors`.
    """
    with transaction.atomic():
        current = locked(assignment for assignment, _ in pairs)
        hold_officers(officer for _, officer in pairs)
        return all_or_none(
            partial(pass_on, current[assignment.pk], terms, end_reason, to=officer)
            for assignment, officer in pairs
        )
