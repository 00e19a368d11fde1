"""What communes ask for, carried to a competent body and back to the commune.

Each write is one transaction with its event, its audit row and what it tells whom. All raise
``ValidationError`` with a Vietnamese sentence and then nothing was written, no number taken and no
file kept, also when another writer got there first.
"""

from reports.petitions.answering import answer_petitions, mark_duplicate
from reports.petitions.closing import add_note, reopen_petition, tell_commune
from reports.petitions.facts import AnswerFacts, PetitionFacts, Route
from reports.petitions.grouping import group_petitions, ungroup_petition
from reports.petitions.raising import (
    SentBefore,
    amend_petition,
    raise_petition,
    withdraw_petition,
)
from reports.petitions.rights import acts_open_to, why_not
from reports.petitions.routing import (
    default_due,
    extend_petition,
    note_progress,
    route_petitions,
)

__all__ = [
    "AnswerFacts",
    "PetitionFacts",
    "Route",
    "SentBefore",
    "acts_open_to",
    "add_note",
    "amend_petition",
    "answer_petitions",
    "default_due",
    "extend_petition",
    "group_petitions",
    "mark_duplicate",
    "note_progress",
    "raise_petition",
    "reopen_petition",
    "route_petitions",
    "tell_commune",
    "ungroup_petition",
    "why_not",
    "withdraw_petition",
]
