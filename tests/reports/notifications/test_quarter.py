"""A quarter, night by night, nights missed and nights run twice: each notice exactly once."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from reports.enums import NotificationKind
from reports.models import Notification
from tests.reports.notifications.nights import days, run, told
from tests.reports.notifications.quarter import FIRST, LAST, act_on, make_quarter

pytestmark = pytest.mark.django_db


def play(quarter, *, missed: float, twice: float, seed: int) -> set:
    """Run the quarter; give the nights on which the command ran."""
    chance, runs = random.Random(seed), set()
    for day in days(FIRST, LAST):
        act_on(quarter, day)
        if chance.random() >= missed:
            run(day)
            runs.add(day)
        if day in runs and chance.random() < twice:
            assert run(day) == 0, "the second run of a night found something to tell"
    return runs


def weeks_of(runs: set[dt.date]) -> Counter:
    """Give who is to get the digest on which days: once for each week with a run."""
    first: dict[tuple, dt.date] = {}
    for day in sorted(runs):
        first.setdefault(day.isocalendar()[:2], day)
    return Counter((name, day) for name in ("office", "leader") for day in first.values())


@pytest.mark.parametrize(("missed", "seed"), [(0, 0), (0.3, 1), (0.6, 2), (0.6, 3), (0.9, 4)])
def test_each_notice_comes_exactly_once(missed, seed):
    quarter = make_quarter()
    runs = play(quarter, missed=missed, twice=0.2, seed=seed)
    assert told() == quarter.expected(runs)
    digests = Notification.objects.filter(kind=NotificationKind.DIGEST)
    assert Counter(digests.values_list("user__username", "noticed_on")) == weeks_of(runs)


def test_after_dead_months_only_what_is_so_now_is_told():
    quarter = make_quarter()
    act_on(quarter, dt.date(2023, 5, 8))
    alone = dt.date(2023, 6, 24)
    run(alone)
    assert told() == quarter.expected({alone})
    stages = {key.rpartition(":")[2] for _, key in told()}
    assert "7-days" in stages
    assert not stages & {"20-days", "unrouted", "waiting"}
