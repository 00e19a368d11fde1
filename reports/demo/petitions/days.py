"""Days in the lives of petitions: working ones, before the world's day."""

from __future__ import annotations

import datetime as dt
from random import Random

from assignments.demo.days import DAY, days_between, is_working, working_days


class Days:
    """Draws days."""

    def __init__(self, day: dt.date, rng: Random):
        self.day, self.rng = day, rng

    def ago(self, least: int, most: int) -> dt.date:
        return self.day - self.rng.randint(least, most) * DAY

    def after(self, day: dt.date, least: int, most: int) -> dt.date:
        """Give a working day some days later; before the world's day in any case."""
        day += self.rng.randint(least, most) * DAY
        while not is_working(day):
            day += DAY
        return min(day, self.day - DAY)

    def before(self, day: dt.date) -> dt.date:
        """Give ``day``, or the working day before it."""
        while not is_working(day):
            day -= DAY
        return day

    def between(self, since: dt.date, until: dt.date, number: int) -> list[dt.date]:
        """Give so many days between two, in order: working ones where there are so many."""
        days = working_days(since + DAY, until)
        if len(days) < number:
            days = days_between(since, until)
        return sorted(self.rng.sample(days, min(number, len(days))))
