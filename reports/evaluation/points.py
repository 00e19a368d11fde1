"""Points, their total, and the level the thresholds name: arithmetic, never anybody's decision."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple, Protocol

from reports.enums import RatingLevel
from reports.models.evaluation_rules import WHOLE

TENTH = Decimal("0.1")


class HasThresholds(Protocol):
    """Rules, or the thresholds kept with a decision."""

    excellent_from: int
    good_from: int
    completed_from: int


class Weighed(NamedTuple):
    """One criterion: its weight, whether there was anything to do, and its points if known."""

    weight: int
    applies: bool
    points: Decimal | None


def to_tenth(value: Fraction) -> Decimal:
    """Round half up to one decimal, exactly."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(TENTH, ROUND_HALF_UP)


def points_for(weight: int, share: Fraction | None) -> Decimal | None:
    """Give the points of a computed criterion; ``None`` where there was nothing to do."""
    return None if share is None else to_tenth(weight * share)


def total_of(criteria: Iterable[Weighed]) -> Decimal | None:
    """Add up points; what did not apply is taken out, and the rest scaled to a hundred.

    ``None`` while a criterion that applies has no points, or none applies.
    """
    counted = [one for one in criteria if one.applies]
    if not counted or any(one.points is None for one in counted):
        return None
    points = sum((Fraction(one.points) for one in counted), Fraction())
    return to_tenth(points * WHOLE / sum(one.weight for one in counted))


def level_for(total: Decimal | None, rules: HasThresholds) -> RatingLevel | None:
    """Give the level ``total`` would be by the thresholds: to look at, never stored."""
    if total is None:
        return None
    thresholds = (
        (rules.excellent_from, RatingLevel.EXCELLENT),
        (rules.good_from, RatingLevel.GOOD),
        (rules.completed_from, RatingLevel.COMPLETED),
    )
    reached = (level for least, level in thresholds if total >= least)
    return next(reached, RatingLevel.NOT_COMPLETED)
