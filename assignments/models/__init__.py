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
from assignments.models.departures import Departure
from assignments.models.directives import Directive, FollowUp
from assignments.models.plans import MeetingNotice, NoticeAnswer, VisitPlan
from assignments.models.reassignments import PlanComment, PlannedRow, ReassignmentPlan
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
    "Departure",
    "Directive",
    "Duty",
    "FollowUp",
    "MassOrganisationNote",
    "MeetingNotice",
    "NoticeAnswer",
    "Officer",
    "OfficerQuerySet",
    "PlanComment",
    "PlannedRow",
    "ReassignmentPlan",
    "Regulation",
    "RosterImport",
    "RosterImportQuerySet",
    "Visit",
    "VisitAttachment",
    "VisitPlan",
    "VisitQuerySet",
    "has_any",
]
