"""Officers, assignments, the regulation, visits and what surrounds them in the admin site.

The office works on its own pages; here an administrator corrects what was entered wrongly.
"""

from assignments.admin import assignments, directives, plans, regulation, visits

__all__ = ["assignments", "directives", "plans", "regulation", "visits"]
