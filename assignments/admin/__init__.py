"""Officers, assignments, the regulation, visits and what surrounds them in the admin site.

The office works on its own pages; here an administrator corrects what was entered wrongly.
"""

from assignments.admin import (
    assignments,
    departures,
    directives,
    plans,
    reassignments,
    regulation,
    visits,
)

__all__ = [
    "assignments",
    "departures",
    "directives",
    "plans",
    "reassignments",
    "regulation",
    "visits",
]
