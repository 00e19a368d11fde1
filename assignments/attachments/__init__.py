"""Attachments: what people bring back from the base, checked and cleaned before it is kept."""

from assignments.attachments.intake import Accepted, accept
from assignments.attachments.kinds import ATTACHMENT_ACCEPT

__all__ = ["ATTACHMENT_ACCEPT", "Accepted", "accept"]
