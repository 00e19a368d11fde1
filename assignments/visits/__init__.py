"""Going to the base: what a visit is, and every write about one (DESIGN §5.2).

Each write is one transaction with its audit rows. All raise ``ValidationError`` with a Vietnamese
sentence and then nothing was written, no file either, also when another device got there first:
writers of one commune take turns.
"""

from assignments.visits.entry import amend_attendance, log_visit
from assignments.visits.facts import Account, VisitFacts
from assignments.visits.review import (
    confirm_attendances,
    withdraw_attachment,
    withdraw_attendance,
)
from assignments.visits.rules import entered_before, held_on, is_reason_needed, joinable

__all__ = [
    "Account",
    "VisitFacts",
    "amend_attendance",
    "confirm_attendances",
    "entered_before",
    "held_on",
    "is_reason_needed",
    "joinable",
    "log_visit",
    "withdraw_attachment",
    "withdraw_attendance",
]
