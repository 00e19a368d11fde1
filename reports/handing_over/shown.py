"""A hand-over as its page tells it, and what an officer's first page says of hand-overs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from assignments.tables import State
from reports.enums import HandoverState
from reports.handing_over.finding import address_of, open_things
from reports.handing_over.states import handover_state
from reports.models import Handover, HandoverItem

STILL_SHOWN = dt.timedelta(days=30)  # what was taken over stays on the first page so long
OPEN = State("!", "Còn phải làm", "due")
DONE = State("✓", "Không còn mở", "ok")


@dataclass(frozen=True)
class Told:
    """One item, and whether the thing itself is still open."""

    item: HandoverItem
    state: State

    @property
    def address(self) -> str:
        return address_of(self.item.target_key)


@dataclass(frozen=True)
class Dossier:
    """What was decided, and what is open and was not."""

    told: list[Told]
    new: list


def dossier_of(handover: Handover, day: dt.date) -> Dossier:
    """Give the items of a hand-over with how they stand; what is settled gains no new ones."""
    items = list(handover.items.select_related("new_owner"))
    things = open_things(handover, day)
    still = {one.target_key for one in things}
    told = [Told(item, OPEN if item.target_key in still else DONE) for item in items]
    decided = {item.target_key for item in items}
    is_settled = handover.settled_on is not None
    new = [] if is_settled else [one for one in things if one.target_key not in decided]
    return Dossier(told, new)


@dataclass(frozen=True)
class OwnHandover:
    """A hand-over on the first page of who gives or takes it."""

    handover: Handover
    state: State
    is_taker: bool

    @property
    def waits_for_me(self) -> bool:
        is_offered = self.handover.state == HandoverState.OFFERED
        return is_offered if self.is_taker else not is_offered


@dataclass(frozen=True)
class TakenOver:
    """One thing an officer goes on with, and where its record is read."""

    item: HandoverItem
    address: str


def own_handovers(day: dt.date, user: User, own: Collection[int]) -> list[OwnHandover]:
    """Give the hand-overs that ``user``'s officers, by key ``own``, give or take, not settled."""
    rows = Handover.objects.visible_to(user).filter(
        Q(settled_on__isnull=True) | Q(settled_on__gt=day)
    )
    return [
        OwnHandover(
            row,
            handover_state(row, day),
            row.incoming is not None and row.incoming.officer_id in own,
        )
        for row in rows.with_parties().order_by("outgoing__ended_on", "pk")
    ]


def taken_over(day: dt.date, own: Collection[int]) -> list[TakenOver]:
    """Give what the officers of these keys lately came to go on with."""
    lately = Q(handover__settled_on__isnull=True) | Q(handover__settled_on__gt=day - STILL_SHOWN)
    rows = HandoverItem.objects.filter(lately, new_owner__in=own).select_related(
        "handover__outgoing__commune", "handover__outgoing__officer"
    )
    return [TakenOver(row, address_of(row.target_key)) for row in rows.order_by("due_on", "pk")]
