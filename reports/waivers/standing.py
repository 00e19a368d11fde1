"""How waivers and explanations stood on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q


def in_state(choice: str, day: dt.date) -> Q:
    """Give the condition that a waiver stood so on ``day``."""
    withdrawn, decided = Q(withdrawn_on__lte=day), Q(decided_on__lte=day)
    return {
        "cho": ~withdrawn & ~decided,
        "chap_nhan": ~withdrawn & decided & Q(is_accepted=True),
        "khong": ~withdrawn & decided & Q(is_accepted=False),
        "da_rut": withdrawn,
    }[choice]
