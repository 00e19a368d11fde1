"""The moves of a hand-over: offered, accepted or returned, taken back, closed without a receiver.

``HANDOVER_MOVES`` says from which states each is open. The office acts for who has no account.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from communes.periods import constraint_sentences
from reports.enums import (
    HANDOVER_MOVES,
    REASONED_HANDOVER_MOVES,
    SETTLED_HANDOVERS,
    HandoverMove,
)
from reports.handing_over.deciding import held
from reports.handing_over.finding import undecided
from reports.handing_over.rights import has_account, is_of, is_office
from reports.handing_over.telling import tell_of
from reports.models import Handover, HandoverEvent

VERBS = {
    HandoverMove.OFFER: Verb.SUBMIT,
    HandoverMove.RECALL: Verb.WITHDRAW,
    HandoverMove.ACCEPT: Verb.ACCEPT,
    HandoverMove.RETURN: Verb.RETURN,
    HandoverMove.CLOSE: Verb.END,
}
GIVERS_MOVES = (HandoverMove.OFFER, HandoverMove.RECALL)
NOT_A_GIVER = "Chỉ cơ quan và người bàn giao làm được việc này."
NOT_THE_RECEIVER = "Chỉ người nhận bàn giao làm được việc này."
NOT_THE_OFFICE = "Chỉ cơ quan kết thúc được hồ sơ bàn giao."
RECEIVER_ACTS = "Đồng chí {name} có tài khoản: tự nhận hoặc trả lại hồ sơ bàn giao."
NO_RECEIVER = "Chưa có người nhận: phân công người phụ trách Đảng bộ này trước."
HAS_RECEIVER = "Đã có người nhận nên không kết thúc như vậy được: giao hồ sơ để người đó nhận."
UNDECIDED = "Còn {count} việc chưa ghi người tiếp tục hoặc lý do không giao."
REASON_MISSING = "Ghi lý do."
FOR_THEM = "Văn phòng ghi thay đồng chí {name} (chưa có tài khoản)."


def why_not(handover: Handover, move: HandoverMove, by: User) -> str:
    """Say why ``by`` may not make ``move``; "" when they may."""
    if not allowed(by, Permission.TAKE_OVER):
        return NOT_A_GIVER
    sources, _ = HANDOVER_MOVES[move]
    if handover.state not in sources:
        state = handover.get_state_display()
        return f"Hồ sơ đang ở tình trạng “{state}” nên không làm được “{move.label}”."
    return whose(handover, move, by)


def is_entitled(handover: Handover, move: HandoverMove, by: User) -> bool:
    """Say whether a move is for ``by`` to make at some time: the office, or the side it is of."""
    if not allowed(by, Permission.TAKE_OVER):
        return False
    if is_office(by):
        return True
    side = {HandoverMove.CLOSE: None, **dict.fromkeys(GIVERS_MOVES, handover.outgoing)}
    return is_of(by, side.get(move, handover.incoming))


def whose(handover: Handover, move: HandoverMove, by: User) -> str:
    """Say why a move is not for ``by`` to make as the hand-over stands."""
    if not is_entitled(handover, move, by):
        if move == HandoverMove.CLOSE:
            return NOT_THE_OFFICE
        return NOT_A_GIVER if move in GIVERS_MOVES else NOT_THE_RECEIVER
    if move == HandoverMove.CLOSE:
        return HAS_RECEIVER if handover.incoming else ""
    if move in GIVERS_MOVES:
        return "" if handover.incoming else NO_RECEIVER
    if is_of(by, handover.incoming):
        return ""
    receiver = handover.incoming.officer
    return RECEIVER_ACTS.format(name=receiver.full_name) if has_account(receiver) else ""


def moves_open_to(handover: Handover, user: User) -> list[HandoverMove]:
    """Give the moves ``user`` may make now, as far as state and person go."""
    return [move for move in HandoverMove if not why_not(handover, move, user)]


def make_move(
    *, handover: Handover, move: HandoverMove, note: str, by: User, now: dt.datetime
) -> Handover:
    """Lead a hand-over on to the state of ``move``; write it, its event and audit, tell people.

    Raises with a sentence when ``by`` may not make the move, a reason it needs is missing, or
    something is open that nobody has decided on.
    """
    with constraint_sentences(Handover, HandoverEvent), transaction.atomic():
        current = held(handover)
        if sentence := why_not(current, move, by):
            raise ValidationError(sentence)
        if move in REASONED_HANDOVER_MOVES and not note.strip():
            raise ValidationError({"note": REASON_MISSING})
        refuse_unready(current, move, timezone.localdate(now))
        _, current.state = HANDOVER_MOVES[move]
        is_settled = current.state in SETTLED_HANDOVERS
        current.settled_on = timezone.localdate(now) if is_settled else None
        current.full_clean()
        current.save()
        audit.record(VERBS[move], current, by=by, reason=note)
        tell_of(add_event(current, move, note, by, now))
    return current


def refuse_unready(handover: Handover, move: HandoverMove, day: dt.date) -> None:
    """Refuse to offer or accept what something is undecided of."""
    if move not in (HandoverMove.OFFER, HandoverMove.ACCEPT):
        return
    if left := undecided(handover, day):
        raise ValidationError(UNDECIDED.format(count=len(left)))


def add_event(
    handover: Handover, move: HandoverMove, note: str, by: User, now: dt.datetime
) -> HandoverEvent:
    """Write down what was done, and for whom where the office did it."""
    acts_for_receiver = move in (HandoverMove.ACCEPT, HandoverMove.RETURN)
    if acts_for_receiver and not is_of(by, handover.incoming):
        said = FOR_THEM.format(name=handover.incoming.officer.full_name)
        note = "\n".join(filter(None, (said, note.strip())))
    event = HandoverEvent(handover=handover, move=move, at=now, by=by, note=note)
    event.full_clean()
    event.save()
    return event
