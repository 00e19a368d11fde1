"""Entering that an officer was at a visit, and correcting what was entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import AuditEvent, User
from accounts.permissions import allowed
from assignments.keeping import kept_if_written
from assignments.models import Attendance, MassOrganisationNote, Officer, Visit, VisitPlan
from assignments.services import hold
from assignments.visits.facts import Account, VisitFacts, version
from assignments.visits.files import attach
from assignments.visits.plans import carry_out, match_plans_anew
from assignments.visits.rules import check_entry, check_event, is_reason_needed, still_joinable
from communes.names import normalise
from communes.periods import constraint_sentences

if TYPE_CHECKING:
    from assignments.attachments import Accepted

NO_REASON = "Ghi lý do sửa."
SHARED = (
    "Chuyến đi này còn đồng chí khác cùng dự nên không đổi được nơi đến, ngày, việc và kết quả."
)
WITHDRAWN = "Lượt dự này đã được rút lại, không sửa được nữa."
COMPARE = "Đồng chí so với nội dung đang lưu ở dưới, sửa lại nếu cần rồi lưu."
RESENT = "Chuyến này đã được ghi lúc {at:%H:%M} ngày {at:%d/%m/%Y}; nội dung vừa gửi khác. {next}"
AMEND = "Đồng chí sửa chuyến đã ghi."
AMEND_OR_SEND = "Sửa chuyến đã ghi hoặc gửi tiếp để ghi thành chuyến mới."
TABLES = (Visit, Attendance, MassOrganisationNote)


class ChangedMeanwhile(ValidationError):
    """A correction of words that are no longer those its writer read."""

    def __init__(self, attendance: Attendance):
        self.attendance = attendance
        records = map(audit.target_key, (attendance, attendance.visit))
        last = AuditEvent.objects.filter(target_key__in=records).first()
        who = f"đã được {last.actor} {last.get_verb_display().lower()}" if last else "đã thay đổi"
        at = f" lúc {timezone.localtime(last.at):%H:%M ngày %d/%m/%Y}" if last else ""
        super().__init__(f"Lượt dự này {who}{at}, sau khi đồng chí mở trang. {COMPARE}")


class SentBefore(ValidationError):
    """A form sent again with other words than those its first sending wrote."""

    def __init__(self, attendance: Attendance, facts: VisitFacts):
        self.attendance = attendance
        is_same_event = facts == VisitFacts.of(attendance.visit)
        at = timezone.localtime(attendance.entered_at)
        super().__init__(RESENT.format(at=at, next=AMEND if is_same_event else AMEND_OR_SEND))


def log_visit(
    *,
    officer: Officer,
    facts: VisitFacts,
    account: Account,
    by: User,
    now: dt.datetime,
    entry_key: UUID,
    joins: Visit | None = None,
    plan: VisitPlan | None = None,
    files: Sequence[Accepted] = (),
    then: Callable[[Attendance], object] | None = None,
) -> Attendance:
    """Enter that ``officer`` was at a visit; give the attendance.

    The visit is ``joins``, whose facts then stand, or else a new one of ``facts``. A form sent
    twice (one ``entry_key``) gives what its first sending wrote; :class:`SentBefore` is raised when
    it says something else now, and what was taken back since is written anew. What somebody enters
    who may not confirm waits for confirmation. The open plan it carries out, ``plan`` or else the
    nearest, is marked so. ``then`` writes what else was heard there, in the same transaction, also
    when the visit itself was written before: what it refuses refuses the whole. Raises when the
    commune was not the officer's that day, the day is still to come, or the same was entered
    before.
    """
    with kept_if_written() as undo, constraint_sentences(*TABLES), transaction.atomic():
        hold([facts.commune])
        earlier = Attendance.objects.filter(entry_key=entry_key, entered_by=by).first()
        if earlier and earlier.is_withdrawn:
            earlier, entry_key = None, uuid4()
        if earlier and not says(earlier, officer, facts, account, files):
            raise SentBefore(earlier, facts)
        attendance = earlier or Attendance(
            visit=event(facts, joins, officer, by, now),
            officer=officer,
            entry_key=entry_key,
            entered_by=by,
            entered_at=now,
        )
        if not earlier:
            enter(attendance, account, files, undo)
            carry_out(attendance, plan, by=by)
        if then:
            then(attendance)
    return attendance


def enter(
    attendance: Attendance, account: Account, files: Sequence[Accepted], undo: ExitStack
) -> None:
    """Write a new attendance with what its officer says and the files beside it."""
    by, now = attendance.entered_by, attendance.entered_at
    set_confirmation(attendance, by, now)
    write_account(attendance, account)
    audit.record(Verb.CREATE, attendance, by=by, after=told(attendance))
    attach(attendance, files, by=by, now=now, undo=undo)


def says(
    attendance: Attendance,
    officer: Officer,
    facts: VisitFacts,
    account: Account,
    files: Sequence[Accepted],
) -> bool:
    """Say whether an attendance is written with just these words, and holds all of ``files``."""
    stored = (attendance.officer, VisitFacts.of(attendance.visit), Account.of(attendance))
    kept = attendance.attachments.values_list("checksum", flat=True)
    return stored == (officer, facts, account) and {file.checksum for file in files} <= {*kept}


def event(
    facts: VisitFacts, joins: Visit | None, officer: Officer, by: User, now: dt.datetime
) -> Visit:
    """Give the visit an entry is of: the one it joins, or a new one."""
    if joins:
        visit = still_joinable(joins, officer, facts)
        check_entry(officer, VisitFacts.of(visit))
        return visit
    check_event(facts, now)
    check_entry(officer, facts)
    visit = Visit(**vars(facts), entered_by=by, entered_at=now)
    visit.full_clean()
    visit.save()
    audit.record(Verb.CREATE, visit, by=by, after=audit.snapshot(visit))
    return visit


def set_confirmation(attendance: Attendance, by: User, now: dt.datetime) -> None:
    """Let what ``by`` wrote count at once, or wait."""
    if not allowed(by, Permission.CONFIRM_VISITS):
        attendance.confirmed_at = attendance.confirmed_by = None
    elif not attendance.is_confirmed:
        attendance.confirmed_at, attendance.confirmed_by = now, by


def write_account(attendance: Attendance, account: Account) -> None:
    """Write what an officer says of a visit; a mass organisation without words has no note."""
    for name in account.columns():
        setattr(attendance, name, getattr(account, name))
    attendance.full_clean()
    attendance.save()
    notes = {note.organisation: note for note in attendance.organisation_notes.all()}
    for organisation, text in account.organisations.items():
        note = notes.pop(organisation, None) or MassOrganisationNote(
            attendance=attendance, organisation=organisation
        )
        note.note = text
        note.full_clean()
        note.save()
    for note in notes.values():
        note.delete()


def told(attendance: Attendance) -> dict[str, object]:
    """Give what the log keeps of an attendance: its columns, mass organisations, confirmation."""
    notes = attendance.organisation_notes.all()
    return {
        **audit.snapshot(attendance),
        **{f"tình hình {note.get_organisation_display()}": note.note for note in notes},
        "xác nhận": "đã xác nhận" if attendance.is_confirmed else "chờ xác nhận",
    }


def amend_attendance(
    *,
    attendance: Attendance,
    facts: VisitFacts,
    account: Account,
    files: Sequence[Accepted],
    reason: str,
    by: User,
    now: dt.datetime,
    read: str | None = None,
) -> Attendance:
    """Correct an attendance, add ``files`` to it, and correct its event while nobody else is there.

    A change by somebody who may not confirm makes it wait for confirmation again. Raises without
    a reason where one is needed (:func:`is_reason_needed`), for facts that :func:`log_visit` would
    refuse, for what was withdrawn, and :class:`ChangedMeanwhile` when what is written is not of the
    version that was ``read``.
    """
    with kept_if_written() as undo, constraint_sentences(*TABLES), transaction.atomic():
        hold([attendance.visit.commune, facts.commune])
        current = held_for_change(attendance)
        if read is not None and read != version(current):
            raise ChangedMeanwhile(current)
        reason = normalise(reason)
        if not reason and is_reason_needed(current, by, now):
            raise ValidationError({"reason": NO_REASON})
        before = told(current)
        is_moved = correct_event(current, facts, reason, by, now)
        if account != Account.of(current):
            write_account(current, account)
        is_added = attach(current, files, by=by, now=now, undo=undo)
        if is_moved or is_added or told(current) != before:
            set_confirmation(current, by, now)
            current.save()
            note_change(current, before, reason, by)
    return current


def held_for_change(attendance: Attendance) -> Attendance:
    """Read an attendance anew, held until the transaction ends; refuse one that was withdrawn."""
    current = (
        Attendance.objects.select_for_update(of=("self",), no_key=True)
        .select_related("officer", "visit__commune", "visit__cell")
        .get(pk=attendance.pk)
    )
    if current.is_withdrawn:
        raise ValidationError(WITHDRAWN)
    return current


def note_change(current: Attendance, before: dict, reason: str, by: User) -> None:
    """Log what differs from ``before``, if anything of the attendance itself does."""
    old, new = audit.difference(before, told(current))
    if old or new:
        audit.record(Verb.CHANGE, current, by=by, before=old, after=new, reason=reason)


def correct_event(
    current: Attendance, facts: VisitFacts, reason: str, by: User, now: dt.datetime
) -> bool:
    """Give the event other facts; say whether there was anything to change."""
    visit = current.visit
    if facts == VisitFacts.of(visit):
        return False
    if visit.attendances.standing().exclude(pk=current.pk).exists():
        raise ValidationError(SHARED)
    check_event(facts, now)
    check_entry(current.officer, facts, besides=current)
    before = audit.snapshot(visit)
    for name, value in vars(facts).items():
        setattr(visit, name, value)
    visit.full_clean()
    visit.save()
    old, new = audit.difference(before, audit.snapshot(visit))
    audit.record(Verb.CHANGE, visit, by=by, before=old, after=new, reason=reason)
    match_plans_anew(current, by=by)
    return True
