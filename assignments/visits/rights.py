"""Whose entries a user answers for: which they may correct, confirm, take back."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import (
    Assignment,
    Attendance,
    AttendanceQuerySet,
    Officer,
    OfficerQuerySet,
    Visit,
    VisitAttachment,
)
from assignments.models.visits import VisitAttachmentQuerySet


def answered_for_by(user: User) -> AttendanceQuerySet:
    """Give the attendances ``user`` answers for: all for who sees all, else their officers'.

    What they may do with them is for their permissions to say.
    """
    if allowed(user, Permission.VIEW_ALL):
        return Attendance.objects.visible_to(user)
    return Attendance.objects.of_user(user)  # who went sees their own, whatever else they see


def waiting_for(user: User) -> AttendanceQuerySet:
    """Give what assistants entered and ``user`` could confirm, or sees waiting."""
    return answered_for_by(user).unconfirmed()


def with_waiting(officers: OfficerQuerySet) -> OfficerQuerySet:
    """Annotate how many visits entered for each officer wait for their confirmation."""
    rows = Attendance.objects.unconfirmed().filter(officer=OuterRef("pk")).order_by()
    counted = rows.values("officer").annotate(n=Count("pk")).values("n")
    return officers.annotate(waiting=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def files_open_to(user: User) -> VisitAttachmentQuerySet:
    """Give the files ``user`` may open; what was taken back is for who sees all."""
    files = VisitAttachment.objects.visible_to(user)
    return files if allowed(user, Permission.VIEW_ALL) else files.standing()


def able_to_join(user: User, visit: Visit) -> OfficerQuerySet:
    """Give the officers ``user`` acts for who may add themselves to ``visit``.

    They followed the commune that day, in any role, and are not at the visit yet.
    """
    if not allowed(user, Permission.RECORD_VISITS):
        return Officer.objects.none()
    followed = Assignment.objects.active_on(visit.visited_on).filter(
        commune=visit.commune_id, officer=OuterRef("pk")
    )
    there = Attendance.objects.standing().filter(visit=visit, officer=OuterRef("pk"))
    return Officer.objects.of_user(user).filter(Exists(followed), ~Exists(there))


def may_take_back(user: User, attendance: Attendance) -> bool:
    """Say whether ``user``, who answers for an attendance, may take it or a file of it back.

    What the officer confirmed is theirs to take back, or the office's: not who types for them.
    """
    may_confirm = allowed(user, Permission.CONFIRM_VISITS)
    return allowed(user, Permission.RECORD_VISITS) and (may_confirm or not attendance.is_confirmed)
