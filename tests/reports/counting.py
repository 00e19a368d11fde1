"""Who a figure counts, as the office sees it."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import User
from reports.figures import FIGURES
from reports.viewpoint import Viewpoint


def members(key: str, day: dt.date) -> QuerySet:
    """Give the members of a figure on ``day`` for somebody who sees everything."""
    return FIGURES[key].members(Viewpoint(User(role=Role.OFFICE), day))
