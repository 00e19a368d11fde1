"""Hand-overs that wait: for who gives to offer them, for who takes to accept them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from reports.enums import HandoverState, NotificationKind
from reports.models import Handover
from reports.notifications.audience import Audience, Users
from reports.notifications.notices import Notice, Stage, present

WAITS = dt.timedelta(days=3)  # after so many days without an officer's hand-over it is told


def tell_of_handovers(day: dt.date, audience: Audience) -> Iterator[Notice]:
    """Tell whose turn it is, of hand-overs of officers who have left a commune."""
    for handover in Handover.objects.unsettled_on(day).with_parties():
        stage = present(handover_stages(handover), day)
        if stage is None:
            continue
        yield Notice(
            whose_turn(handover, audience),
            NotificationKind.HANDOVER,
            f"handover:{handover.pk}:{handover.state}:{stage.name}",
            f"{handover.outgoing.commune.party_body}: đang bàn giao từ ngày "
            f"{handover.outgoing.ended_on:%d/%m/%Y}, chưa xong",
            reverse("departures:handover", args=[handover.pk]),
        )


def handover_stages(handover: Handover) -> list[Stage]:
    since = handover.outgoing.ended_on
    return [
        Stage("waiting", since + WAITS),
        Stage("late", since + dt.timedelta(days=settings.HANDOVER_DAYS)),
    ]


def whose_turn(handover: Handover, audience: Audience) -> Users:
    """Give who acts for the receiver of what is offered; else for the giver, and the office."""
    if handover.state == HandoverState.OFFERED:
        return audience.acting_for(handover.incoming.officer_id)
    return (*audience.acting_for(handover.outgoing.officer_id), *audience.office)
