"""Freezing the figures of a review, and what has changed since (DESIGN §4).

A freeze keeps every figure with its members, what the figures depend on, and the workbook's
lists. What happens to the records later does not alter it: it is told item by item.
"""

from reports.freezing.changes import Changes, changes_since
from reports.freezing.checksum import is_intact
from reports.freezing.services import freeze, why_not_frozen
from reports.freezing.shown import frozen_line, frozen_values
from reports.freezing.views_of import frozen_view, review_view

__all__ = [
    "Changes",
    "changes_since",
    "freeze",
    "frozen_line",
    "frozen_values",
    "frozen_view",
    "is_intact",
    "review_view",
    "why_not_frozen",
]
