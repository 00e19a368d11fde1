"""The officer one can log in as: this quarter all is done in one commune, not in the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assignments.demo.days import working_days
from assignments.demo.going import Going
from assignments.demo.stage import Stage
from assignments.enums import VisitKind
from communes.models import Commune
from reports.demo.goings import Calendar
from reports.models import Period

ALL_DONE = (
    VisitKind.COMMITTEE_MEETING,
    VisitKind.CELL_MEETING,
    VisitKind.FIELD_VISIT,
    VisitKind.CELL_MEETING,
)
HALF_DONE = (VisitKind.COMMITTEE_MEETING,)
WEEK = dt.timedelta(days=7)


def own_communes(stage: Stage) -> list[Commune]:
    """Give the officer's communes on the day, the longest held first."""
    held = [
        row
        for row in stage.world.of(stage.shown)
        if row.is_active_on(stage.day) and stage.answering(row.commune, stage.day) is row
    ]
    return [row.commune for row in sorted(held, key=lambda row: row.started_on)]


def of_quarter(calendar: Calendar, quarter: Period) -> Iterator[Going]:
    """Give what the officer did in the quarter of the day, as far as its days allow."""
    stage = calendar.stage
    for commune, kinds in zip(own_communes(stage), (ALL_DONE, HALF_DONE), strict=False):
        days = held_days(stage, commune, working_days(quarter.started_on, stage.day))
        if days:
            for place, kind in enumerate(kinds):
                day = days[(2 * place + 1) * len(days) // (2 * len(kinds))]
                yield calendar.to(commune, day, kind, (stage.shown,))


def held_days(stage: Stage, commune: Commune, days: list[dt.date]) -> list[dt.date]:
    """Keep the days on which the commune was the officer's to answer for."""
    return [
        day for day in days if (row := stage.answering(commune, day)) and row.officer is stage.shown
    ]


def waiting(calendar: Calendar) -> Iterator[Going]:
    """Give three goings of this week and the last that wait to be confirmed."""
    stage = calendar.stage
    communes = own_communes(stage)
    monday = stage.day - dt.timedelta(days=stage.day.weekday())
    days = held_days(stage, communes[-1], working_days(monday - WEEK, stage.day))
    this_week = [day for day in days if day >= monday]
    last_week = [day for day in days if day < monday]
    plan = (
        (communes[-1], VisitKind.CELL_MEETING),
        (communes[0], VisitKind.LOCAL_ACTIVITY),
        (communes[-1], VisitKind.FIELD_VISIT),
    )
    late = calendar.rng.sample(this_week, min(2, len(this_week)))
    early = calendar.rng.sample(last_week, min(len(plan) - len(late), len(last_week)))
    chosen = sorted(early + late)
    for day, (commune, kind) in zip(chosen, plan, strict=False):
        yield Going(
            day,
            commune,
            kind,
            (stage.shown,),
            cell=calendar.cell(commune, day, kind),
            waits=True,
        )
