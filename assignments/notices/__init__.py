"""Meetings officers are invited to, and their answers (R16)."""

from assignments.notices.services import (
    CALLED_OFF,
    LOCKED,
    NOT_THEIRS,
    Answer,
    Meeting,
    announce,
    answer_notice,
    is_open,
    may_call_off,
    withdraw_notice,
)

__all__ = [
    "CALLED_OFF",
    "LOCKED",
    "NOT_THEIRS",
    "Answer",
    "Meeting",
    "announce",
    "answer_notice",
    "is_open",
    "may_call_off",
    "withdraw_notice",
]
