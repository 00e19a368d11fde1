"""Periods and waivers, reports, petitions, conclusions, notifications in the admin site.

The office works on its own pages; here an administrator corrects what was entered wrongly. What
has numbers, states and a history is begun and moved on its own pages only.
"""

from reports.admin import (
    catalogue,
    conclusions,
    documents,
    evaluations,
    handovers,
    notifications,
    periods,
    petitions,
    reports,
    reviews,
    waivers,
)

__all__ = [
    "catalogue",
    "conclusions",
    "documents",
    "evaluations",
    "handovers",
    "notifications",
    "periods",
    "petitions",
    "reports",
    "reviews",
    "waivers",
]
