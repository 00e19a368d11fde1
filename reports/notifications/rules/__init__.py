"""What is to be told on a day. Each rule takes the day and the audience and gives notices.

A rule tells of things as they stand: of each thing its present stage (``notices.present``), never
"so many days ago today". A run that was missed therefore loses nothing, and what was done in time
is not told. Each asks a fixed number of queries, however many officers there are.
"""

from __future__ import annotations

from reports.notifications.rules.digest import tell_of_the_week
from reports.notifications.rules.duties import tell_of_duties
from reports.notifications.rules.handovers import tell_of_handovers
from reports.notifications.rules.petitions import tell_of_petitions
from reports.notifications.rules.tasks import tell_of_tasks
from reports.notifications.rules.visits import tell_of_confirming, tell_of_meetings

RULES = (
    tell_of_duties,
    tell_of_meetings,
    tell_of_confirming,
    tell_of_petitions,
    tell_of_tasks,
    tell_of_handovers,
    tell_of_the_week,
)

__all__ = ["RULES"]
