"""Invitations nobody answers (R16), and visits that wait for their officer's confirmation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assignments.models import Assignment, Attendance, MeetingNotice, NoticeAnswer
from reports.enums import NotificationKind
from reports.notifications.audience import Audience
from reports.notifications.notices import Notice, Stage, present

CONFIRM_DAYS = 3  # what waits so long is pointed out


def tell_of_meetings(day: dt.date, audience: Audience) -> Iterator[Notice]:
    """Tell who follows a commune of a meeting to come that they have not answered."""
    coming = MeetingNotice.objects.standing().filter(held_on__gte=day).with_commune()
    notices = [(notice, stage) for notice in coming if (stage := meeting_stage(notice, day))]
    invited = followers([notice for notice, _ in notices])
    for notice, stage in notices:
        for officer in invited[notice.pk]:
            yield Notice(
                audience.acting_for(officer),
                NotificationKind.MEETING,
                f"meeting:{notice.pk}:{officer}:{stage.name}",
                f"{notice.get_kind_display()}, {notice.commune.name_in_sentence}, "
                f"{notice.when}: giấy mời chờ phản hồi",
                reverse("visits:notice_detail", args=[notice.pk]),
            )


def meeting_stage(notice: MeetingNotice, day: dt.date) -> Stage | None:
    """Give the stage of a meeting to come: unanswered for some days, then on the eve."""
    wait = dt.timedelta(days=settings.NOTICE_ANSWER_DAYS)
    stages = [
        Stage("waiting", timezone.localdate(notice.entered_at) + wait),
        Stage("eve", notice.held_on - dt.timedelta(days=1)),
    ]
    return present(stages, day)


def followers(notices: list[MeetingNotice]) -> dict[int, list[int]]:
    """Give, by notice, the officers who follow its commune that day and have not answered."""
    if not notices:
        return {}
    answered = set(NoticeAnswer.objects.filter(notice__in=notices).values_list("notice", "officer"))
    by_commune: dict[int, list[Assignment]] = defaultdict(list)
    communes = {notice.commune_id for notice in notices}
    for row in Assignment.objects.filter(commune__in=communes).order_by("pk"):
        by_commune[row.commune_id].append(row)
    return {
        notice.pk: [
            row.officer_id
            for row in by_commune[notice.commune_id]
            if row.is_active_on(notice.held_on) and (notice.pk, row.officer_id) not in answered
        ]
        for notice in notices
    }


def tell_of_confirming(day: dt.date, audience: Audience) -> Iterator[Notice]:
    """Tell officers of visits that were entered for them and do not count until confirmed."""
    since = dt.datetime.combine(day - dt.timedelta(days=CONFIRM_DAYS - 1), dt.time.min)
    waiting = Attendance.objects.unconfirmed().filter(entered_at__lt=timezone.make_aware(since))
    for row in waiting.select_related("visit__commune").defer("visit__commune__boundary"):
        visit = row.visit
        yield Notice(
            audience.confirming_for(row.officer_id),
            NotificationKind.CONFIRM,
            f"confirm:{row.pk}",
            f"{visit.get_kind_display()}, {visit.commune.name_in_sentence}, "
            f"ngày {visit.visited_on:%d/%m/%Y}: chờ đồng chí xác nhận",
            reverse("visits:waiting"),
        )
