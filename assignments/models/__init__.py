"""Officers, decisions, assignments, and the lists they were imported from."""

from assignments.models.assignments import (
    Assignment,
    AssignmentQuerySet,
    Decision,
    DecisionQuerySet,
    Officer,
    OfficerQuerySet,
    has_any,
)
from assignments.models.roster_imports import RosterImport, RosterImportQuerySet

__all__ = [
    "Assignment",
    "AssignmentQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Officer",
    "OfficerQuerySet",
    "RosterImport",
    "RosterImportQuerySet",
    "has_any",
]
