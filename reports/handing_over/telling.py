"""Who is told of the moves of a hand-over."""

from __future__ import annotations

from accounts.models import User
from reports.enums import HandoverMove, NotificationKind
from reports.handing_over.addresses import handover_address
from reports.models import HandoverEvent
from reports.notifications import notify, office_users, users_of

WORDS = {
    HandoverMove.OFFER: "hồ sơ bàn giao chờ đồng chí xác nhận",
    HandoverMove.RETURN: "hồ sơ bàn giao được trả lại để bổ sung",
    HandoverMove.ACCEPT: "đã nhận bàn giao xong",
}


def tell_of(event: HandoverEvent) -> None:
    """Tell the receiver what is offered; the giver and the office what became of it."""
    if event.move not in WORDS:
        return
    handover = event.handover
    notify(
        [user for user in told_of(event) if user.pk != event.by_id],
        kind=NotificationKind.HANDOVER,
        key=f"handover:{handover.pk}:event:{event.pk}",
        title=f"{handover.outgoing.commune.party_body}: {WORDS[HandoverMove(event.move)]}",
        address=handover_address(handover),
        now=event.at,
        detail=event.note if event.move == HandoverMove.RETURN else "",
    )


def told_of(event: HandoverEvent) -> list[User]:
    handover = event.handover
    if event.move == HandoverMove.OFFER:
        return users_of(handover.incoming.officer)
    users = [*users_of(handover.outgoing.officer), *office_users()]
    return list({user.pk: user for user in users}.values())
