"""Visits planned ahead (R11): what is coming, writing plans down and calling them off."""

from assignments.plans.services import (
    CARRIED_OUT,
    PlannedVisit,
    coming,
    notices_to_answer,
    plan_visits,
    planned_for,
    withdraw_plan,
)

__all__ = [
    "CARRIED_OUT",
    "PlannedVisit",
    "coming",
    "notices_to_answer",
    "plan_visits",
    "planned_for",
    "withdraw_plan",
]
