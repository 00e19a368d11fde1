"""Duties excused or explained: asked for, decided by the office, taken back."""

from reports.waivers.services import (
    REFUSAL_WITHOUT_REASON,
    ask_waiver,
    decide_waivers,
    is_waiting,
    why_not_withdrawn,
    withdraw_waiver,
)

__all__ = [
    "REFUSAL_WITHOUT_REASON",
    "ask_waiver",
    "decide_waivers",
    "is_waiting",
    "why_not_withdrawn",
    "withdraw_waiver",
]
