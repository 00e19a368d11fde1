"""Who reads the audit log, and how far a list of it goes."""

from __future__ import annotations

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

from accounts.enums import Permission
from accounts.models import AuditEvent, User
from accounts.permissions import allowed

MOST = 2_000  # rows paged through; who looks for more narrows the list or takes the file


def log_open_to(user: User) -> QuerySet[AuditEvent]:
    """Give all rows to administrators, none to others."""
    rows = AuditEvent.objects.all()
    return rows if allowed(user, Permission.ADMINISTER) else rows.none()


class LimitedPaginator(Paginator):
    """Pages through the first rows and counts no further: the log may have millions."""

    @cached_property
    def count(self) -> int:
        return min(self.reached, MOST)

    @cached_property
    def reached(self) -> int:
        return self.object_list.order_by()[: MOST + 1].count()

    @property
    def is_cut(self) -> bool:
        return self.reached > MOST
