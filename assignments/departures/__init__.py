"""Officers who leave, and who stands in for a time: everything in one transaction each."""

from assignments.departures.covering import change_cover, cover
from assignments.departures.leaving import (
    Leaving,
    Replacement,
    depart,
    left_by,
    move_departure,
    withdraw_departure,
)

__all__ = [
    "Leaving",
    "Replacement",
    "change_cover",
    "cover",
    "depart",
    "left_by",
    "move_departure",
    "withdraw_departure",
]
