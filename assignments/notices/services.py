"""Meetings officers are invited to, and their answers (R16).

Invited are the officers whose assignment to the commune is in force on the day of the meeting,
in any role. Writes are one transaction with their audit row each, and raise ``ValidationError``
with a Vietnamese sentence.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from assignments.entry_rights import may_enter, not_theirs
from assignments.enums import NoticeReply, VisitKind
from assignments.models import MeetingNotice, NoticeAnswer, Officer
from assignments.services import hold
from assignments.visits.rules import check_cell, held_on
from assignments.withdrawing import take_back
from communes.models import Commune, PartyCell
from communes.periods import constraint_sentences

LOCKED = "Ngày họp đã qua nên trả lời không thay đổi được nữa."
CALLED_OFF = "Cuộc họp này đã hủy."
NOT_THEIRS = "Chỉ người nhập giấy mời hoặc cơ quan ghi được cuộc họp đã hủy."


@dataclass(frozen=True)
class Meeting:
    """What a notice says: which body meets, when, where, on what."""

    commune: Commune
    kind: VisitKind
    held_on: dt.date
    held_at: dt.time
    place: str
    content: str
    cell: PartyCell | None = None


def announce(*, meeting: Meeting, by: User, now: dt.datetime) -> MeetingNotice:
    """Write a notice down.

    Raises when the day has passed, the commune is not the user's then, or the meeting is there
    already.
    """
    day = meeting.held_on
    with constraint_sentences(MeetingNotice), transaction.atomic():
        hold([meeting.commune])  # of two at once the second finds the first
        if day < timezone.localdate(now):
            raise ValidationError({"held_on": f"Ngày {day:%d/%m/%Y} đã qua."})
        if not may_enter(by, meeting.commune, day):
            raise ValidationError({"held_on": not_theirs(meeting.commune, day, by)})
        check_cell(meeting.cell, meeting.commune, day)
        made = MeetingNotice(entered_by=by, entered_at=now, **vars(meeting))
        made.full_clean()
        check_new(made)
        made.save()
        audit.record(Verb.CREATE, made, by=by, after=audit.snapshot(made))
    return made


def check_new(notice: MeetingNotice) -> None:
    """Refuse the same body, day and time a second time, unless the first was called off."""
    columns = ("commune", "kind", "cell", "held_on", "held_at")
    same = {name: getattr(notice, name) for name in columns}
    if MeetingNotice.objects.standing().filter(**same).exists():
        place = notice.commune.party_body
        raise ValidationError(f"Giấy mời họp này đã có: {place}, {notice.when}.")


def is_open(notice: MeetingNotice, today: dt.date) -> bool:
    """Say whether a notice may still be answered: until the end of the day of the meeting."""
    return not notice.is_withdrawn and today <= notice.held_on


@dataclass(frozen=True)
class Answer:
    """What an officer answers; the reason of who cannot come, the name of who comes instead."""

    reply: NoticeReply
    reason: str = ""
    delegate: str = ""

    def columns(self) -> dict[str, str]:
        """Give what belongs to the reply; what was typed for another is left out."""
        return {
            "reply": self.reply,
            "reason": self.reason if self.reply == NoticeReply.CANNOT else "",
            "delegate": self.delegate if self.reply == NoticeReply.DELEGATES else "",
        }


def answer_notice(
    *, notice: MeetingNotice, officer: Officer, answer: Answer, by: User, now: dt.datetime
) -> NoticeAnswer:
    """Write an invited officer's answer, or change it.

    Raises when the officer is not invited, the meeting was called off or its day has passed.
    """
    with constraint_sentences(NoticeAnswer), transaction.atomic():
        current = held(notice)
        check_open(current, timezone.localdate(now))
        if not held_on(officer, current.commune, current.held_on):
            raise ValidationError(f"Đồng chí {officer.full_name} không được mời dự cuộc họp này.")
        earlier = NoticeAnswer.objects.filter(notice=current, officer=officer).first()
        row = earlier or NoticeAnswer(notice=current, officer=officer)
        before = audit.snapshot(row) if earlier else {}
        for column, value in answer.columns().items():
            setattr(row, column, value)
        row.full_clean()
        old, new = audit.difference(before, audit.snapshot(row))
        if old or new:
            row.entered_by, row.entered_at = by, now
            row.save()
            verb = Verb.CHANGE if earlier else Verb.CREATE
            audit.record(verb, row, by=by, before=old, after=new)
    return row


def held(notice: MeetingNotice) -> MeetingNotice:
    """Read a notice anew and hold it until the transaction ends."""
    rows = MeetingNotice.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("commune").get(pk=notice.pk)


def check_open(notice: MeetingNotice, today: dt.date) -> None:
    """Refuse to answer what is over."""
    if notice.is_withdrawn:
        raise ValidationError(CALLED_OFF)
    if not is_open(notice, today):
        raise ValidationError(LOCKED)


def may_call_off(user: User, notice: MeetingNotice) -> bool:
    """Say whether ``user`` may call a meeting off: the office, and who wrote it down."""
    if not allowed(user, Permission.RECORD_VISITS):
        return False
    return allowed(user, Permission.VIEW_ALL) or notice.entered_by_id == user.pk


def withdraw_notice(
    *, notice: MeetingNotice, reason: str, by: User, now: dt.datetime
) -> MeetingNotice:
    """Call a meeting off; answers stay. Raises for who :func:`may_call_off` does not know."""
    if not may_call_off(by, notice):
        raise ValidationError(NOT_THEIRS)
    with constraint_sentences(MeetingNotice), transaction.atomic():
        return take_back(notice, reason=reason, by=by, now=now)
