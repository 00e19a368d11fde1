"""From where a review looks at the province: its day and its quarters."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from reports.models import FrozenFigures, Review
from reports.quarters import TO
from reports.viewpoint import Viewpoint


def span_code(review: Review) -> str:
    """Give the quarters of a review as addresses name them."""
    first, last = review.first_quarter, review.last_quarter
    return first.code if first == last else f"{first.code}{TO}{last.code}"


def review_view(review: Review, user: User) -> Viewpoint:
    """Give the viewpoint of a review as it is planned now."""
    return Viewpoint(user, review.day, span_code(review))


def frozen_view(frozen: FrozenFigures, user: User) -> Viewpoint:
    """Give the viewpoint of a freeze: its own day and quarters, whatever the review is now."""
    day = dt.date.fromisoformat(frozen.parameters["day"])
    return Viewpoint(user, day, frozen.parameters["span"])
