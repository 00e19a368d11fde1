"""Going to the base: what a visit is, and every write about one (DESIGN §5.2).

Each write is one transaction with its audit rows. All raise ``ValidationError`` with a Vietnamese
sentence and then nothing was written, no file either, also when another device got there first:
writers of one commune take turns.
"""

from assignments.visits.entry import ChangedMeanwhile, SentBefore, amend_attendance, log_visit
from assignments.visits.facts import Account, VisitFacts, version
from assignments.visits.review import (
    confirm_attendances,
    withdraw_attachment,
    withdraw_attendance,
)
from assignments.visits.rules import (
    check_entry,
    check_event,
    entered_before,
    is_reason_needed,
    joinable,
    open_to,
)

__all__ = [
    "Account",
    "ChangedMeanwhile",
    "SentBefore",
    "VisitFacts",
    "amend_attendance",
    "check_entry",
    "check_event",
    "confirm_attendances",
    "entered_before",
    "is_reason_needed",
    "joinable",
    "log_visit",
    "open_to",
    "version",
    "withdraw_attachment",
    "withdraw_attendance",
]
