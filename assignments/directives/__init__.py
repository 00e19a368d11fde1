"""Documents being followed: how far each commune is with each, and writing it down (R20)."""

from assignments.directives.services import (
    NOTED_BEFORE,
    UNTOUCHED,
    Noted,
    correctable_by,
    end_directive,
    follow_directive,
    note_follow_ups,
    states_of,
    trail,
    with_state,
    with_tally,
    withdraw_follow_up,
)

__all__ = [
    "NOTED_BEFORE",
    "UNTOUCHED",
    "Noted",
    "correctable_by",
    "end_directive",
    "follow_directive",
    "note_follow_ups",
    "states_of",
    "trail",
    "with_state",
    "with_tally",
    "withdraw_follow_up",
]
