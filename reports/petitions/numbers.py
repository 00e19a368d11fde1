"""Numbers of petitions: from 1 in each year, without a gap."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from reports.models import PetitionCounter


def next_number(now: dt.datetime) -> tuple[int, int]:
    """Take the next number of the year of registration; give (year, number).

    The counter is held until the caller's transaction ends: one that fails gives its number back.
    """
    year = timezone.localdate(now).year
    counter, _ = PetitionCounter.objects.select_for_update().get_or_create(year=year)
    counter.last += 1
    counter.save()
    return year, counter.last
