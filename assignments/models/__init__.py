"""Officers and assignments; the regulation; visits, plans, invitations, directives."""

from assignments.models.assignments import (
    Assignment,
    AssignmentQuerySet,
    Decision,
    DecisionQuerySet,
    Officer,
    OfficerQuerySet,
    has_any,
)
from assignments.models.directives import Directive, FollowUp
from assignments.models.plans import MeetingNotice, NoticeAnswer, VisitPlan
from assignments.models.regulation import Duty, Regulation
from assignments.models.roster_imports import RosterImport, RosterImportQuerySet
from assignments.models.visits import (
    Attendance,
    AttendanceQuerySet,
    MassOrganisationNote,
    Visit,
    VisitAttachment,
    VisitQuerySet,
)

__all__ = [
    "Assignment",
    "AssignmentQuerySet",
    "Attendance",
    "AttendanceQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Directive",
    "Duty",
    "FollowUp",
    "MassOrganisationNote",
    "MeetingNotice",
    "NoticeAnswer",
    "Officer",
    "OfficerQuerySet",
    "Regulation",
    "RosterImport",
    "RosterImportQuerySet",
    "Visit",
    "VisitAttachment",
    "VisitPlan",
    "VisitQuerySet",
    "has_any",
]
