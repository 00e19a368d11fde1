"""Tables of accounts, each in a module of its own."""

from accounts.models.audit import AppendOnly, AppendOnlyQuerySet, AuditEvent, AuditTrim
from accounts.models.saved_views import SavedView
from accounts.models.sessions import Session
from accounts.models.users import FormerPassword, User

__all__ = [
    "AppendOnly",
    "AppendOnlyQuerySet",
    "AuditEvent",
    "AuditTrim",
    "FormerPassword",
    "SavedView",
    "Session",
    "User",
]
