"""How a hand-over stands on a day, by sign, word and colour."""

from __future__ import annotations

import datetime as dt

from assignments.tables import State
from reports.enums import HandoverState
from reports.models import Handover

COMING = State("→", "Sắp bàn giao", "due")
PREPARING = State("…", "Đang bàn giao", "due")
OFFERED = State("→", "Chờ người nhận", "due")
RETURNED = State("↩", "Trả lại để bổ sung", "short")
ACCEPTED = State("✓", "Đã bàn giao xong", "ok")
CLOSED = State("–", "Kết thúc, không có người nhận", "none")
STATES = {
    HandoverState.OFFERED: OFFERED,
    HandoverState.RETURNED: RETURNED,
    HandoverState.ACCEPTED: ACCEPTED,
    HandoverState.CLOSED: CLOSED,
}


def handover_state(handover: Handover, day: dt.date) -> State:
    """Give how a hand-over stood on ``day``: what was settled later was under way."""
    if handover.settled_on and handover.settled_on > day:
        return PREPARING
    if handover.state in STATES:
        return STATES[handover.state]
    return PREPARING if handover.outgoing.ended_on <= day else COMING
