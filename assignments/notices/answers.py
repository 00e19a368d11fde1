"""Who is invited to a meeting and what each has answered, as pages tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.coverage import ROLE_ORDER
from assignments.enums import NoticeReply
from assignments.models import Assignment, MeetingNotice, NoticeAnswer, Officer
from assignments.tables import State

REPLY_STATES = {
    NoticeReply.ATTENDS: State("✓", NoticeReply.ATTENDS.label, "ok"),
    NoticeReply.CANNOT: State("–", NoticeReply.CANNOT.label, "none"),
    NoticeReply.DELEGATES: State("→", NoticeReply.DELEGATES.label, "none"),
}
CALLED_OFF = State("×", "Đã hủy", "none")
NOBODY = State("–", "Không có ai được mời", "none")


@dataclass(frozen=True)
class Invited:
    """An officer invited to a meeting; ``answer`` is what the user may know of theirs."""

    officer: Officer
    answer: NoticeAnswer | None
    is_answer_known: bool

    @property
    def remark(self) -> str:
        """Give why they cannot come, or who comes instead."""
        return self.answer.reason or self.answer.delegate if self.answer else ""

    def told(self) -> str:
        """Give name and answer: "Lê Văn An: không dự được, đi học"."""
        reply = self.answer.get_reply_display().lower() if self.answer else "chưa phản hồi"
        return f"{self.officer.full_name}: {', '.join(filter(None, (reply, self.remark)))}"


def with_answers(notices: QuerySet[MeetingNotice], user: User) -> QuerySet[MeetingNotice]:
    """Fetch who follows each commune and what was answered, as far as ``user`` may know."""
    followers = Assignment.objects.visible_to(user).select_related("officer")
    answers = NoticeAnswer.objects.visible_to(user)
    return notices.prefetch_related(
        Prefetch(
            "commune__assignments",
            queryset=followers.order_by(ROLE_ORDER, "officer__sort_key"),
            to_attr="followers",
        ),
        Prefetch("answers", queryset=answers, to_attr="given"),
    )


def answering_for(user: User) -> set[int] | None:
    """Give the keys of the officers whose answers ``user`` may know; ``None`` for everybody's."""
    if allowed(user, Permission.VIEW_ALL):
        return None
    return set(Officer.objects.of_user(user).values_list("pk", flat=True))


def invited(notice: MeetingNotice, known: set[int] | None) -> list[Invited]:
    """Give who is invited to a notice fetched :func:`with_answers`: who has the commune that day.

    ``known`` is what :func:`answering_for` gives.
    """
    answers = {answer.officer_id: answer for answer in notice.given}
    return [
        Invited(row.officer, answers.get(row.officer_id), known is None or row.officer_id in known)
        for row in notice.commune.followers
        if row.is_active_on(notice.held_on)
    ]


def is_answer_due(notice: MeetingNotice, day: dt.date) -> bool:
    """Say whether an answer has been awaited for ``NOTICE_ANSWER_DAYS`` days, the meeting ahead."""
    wait = dt.timedelta(days=settings.NOTICE_ANSWER_DAYS)
    return notice.held_on >= day and timezone.localdate(notice.entered_at) + wait <= day


def awaited(notice: MeetingNotice, day: dt.date, word: str = "Chưa phản hồi") -> State:
    """Give the state of an answer that has not come."""
    if is_answer_due(notice, day):
        return State("!", word, "due")
    return State("○", word, "none")


def answer_state(notice: MeetingNotice, one: Invited, day: dt.date) -> State:
    """Give how one officer has answered."""
    return REPLY_STATES[one.answer.reply] if one.answer else awaited(notice, day)


def answers_state(notice: MeetingNotice, people: Iterable[Invited], day: dt.date) -> State:
    """Give how all ``people`` have answered, in one state."""
    people = list(people)
    if notice.is_withdrawn:
        return CALLED_OFF
    if not people:
        return NOBODY
    missing = sum(one.answer is None for one in people)
    if missing:
        share = f" {missing}/{len(people)}" if len(people) > 1 else ""
        return awaited(notice, day, f"Chưa phản hồi{share}")
    replies = {one.answer.reply for one in people}
    return REPLY_STATES[replies.pop()] if len(replies) == 1 else State("✓", "Đã phản hồi", "ok")
