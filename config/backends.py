"""Who makes a request, read together with what the head of every page says to them."""

from accounts.backends import RoleBackend
from reports.notifications.reading import with_unread


class OfficeBackend(RoleBackend):
    """Reads the number of unread notifications with the user: no page asks a query more for it."""

    def users(self):
        return with_unread(super().users())
