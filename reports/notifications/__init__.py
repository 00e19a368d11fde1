"""Telling people: at once when something happens, nightly when something comes due.

What was told is kept (``Notification``), each thing once for each user, whatever runs when.
"""

from reports.notifications.telling import notify, office_users, users_of, who_see_all

__all__ = ["notify", "office_users", "users_of", "who_see_all"]
