"""Visits planned for this month and the next: carried out, still open, called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from random import Random

from assignments.demo.days import DAY, moment, working_days
from assignments.demo.log import entries, write_log
from assignments.demo.stage import Stage
from assignments.demo.telling import lowered
from assignments.enums import VisitKind
from assignments.models import Assignment, Attendance, Officer, VisitPlan
from communes.models import Commune, PartyCell

PURPOSES = {
    VisitKind.COMMITTEE_MEETING: (
        "Dự hội nghị Ban Chấp hành, góp ý dự thảo nghị quyết.",
        "Dự họp đánh giá các chỉ tiêu còn đạt thấp.",
    ),
    VisitKind.CELL_MEETING: (
        "Dự sinh hoạt chi bộ, nghe ý kiến đảng viên.",
        "Dự sinh hoạt chuyên đề của chi bộ.",
    ),
    VisitKind.FIELD_VISIT: (
        "Khảo sát đường, cầu dân kiến nghị.",
        "Làm việc với Đảng ủy về những việc đã hẹn lần trước.",
        "Thăm hộ nghèo, nắm tình hình sản xuất.",
    ),
}
KEPT = 0.45  # of this month's visits were planned
PLANNED = 0.6  # of those who answer for a commune plan to go
MISSED = 5  # plans of this month that were not kept
CALLED_OFF = "Trùng lịch họp của Thường trực Tỉnh ủy."


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def after_next_month(day: dt.date) -> dt.date:
    """Give the first day of the month after the next."""
    return month_of(month_of(month_of(day) + 31 * DAY) + 31 * DAY)


class Planner:
    """Invents plans."""

    def __init__(self, stage: Stage):
        self.stage, self.rng = stage, stage.random("plans")

    def kept(self, attendances: Iterable[Attendance]) -> Iterator[VisitPlan]:
        """Give the plans that some of this month's visits carried out."""
        since = month_of(self.stage.day)
        for attendance in attendances:
            visit = attendance.visit
            if visit.visited_on < since or not visit.is_held or not attendance.is_confirmed:
                continue
            if visit.kind in PURPOSES and self.rng.random() < KEPT and not attendance.is_withdrawn:
                plan = self.plan(
                    attendance.officer, visit.commune, visit.visited_on, visit.kind, visit.cell
                )
                plan.carried_out_by = attendance
                yield plan

    def coming(self) -> Iterator[VisitPlan]:
        """Give what is planned from the day to the end of the next month."""
        days = working_days(self.stage.day, after_next_month(self.stage.day))
        for commune in self.stage.communes:
            row = self.stage.answering(commune, self.stage.day)
            is_shown = row and row.officer is self.stage.shown
            if row and (is_shown or self.rng.random() < PLANNED):
                kinds = self.rng.sample(list(PURPOSES), self.rng.choice((1, 1, 2)))
                for kind, day in zip(kinds, self.rng.sample(days, len(kinds)), strict=True):
                    yield from self.if_still_theirs(row, day, kind)

    def missed(self) -> Iterator[VisitPlan]:
        """Give a few plans of this month whose day has passed."""
        days = working_days(month_of(self.stage.day), self.stage.day)
        for commune in self.rng.sample(self.stage.communes, MISSED if days else 0):
            row = self.stage.answering(commune, self.stage.day)
            if row and row.officer is not self.stage.shown:
                day, kind = self.rng.choice(days), self.rng.choice(list(PURPOSES))
                yield from self.if_still_theirs(row, day, kind)

    def if_still_theirs(
        self, row: Assignment, day: dt.date, kind: VisitKind
    ) -> Iterator[VisitPlan]:
        """Give the plan, if the commune is the officer's on that day."""
        if row.is_active_on(day):
            is_to_cell = kind == VisitKind.CELL_MEETING
            cells = self.stage.cells.hamlets(row.commune, day)
            cell = self.rng.choice(cells) if is_to_cell else None
            yield self.plan(row.officer, row.commune, day, kind, cell)

    def plan(
        self,
        officer: Officer,
        commune: Commune,
        day: dt.date,
        kind: VisitKind,
        cell: PartyCell | None,
    ) -> VisitPlan:
        written_on = min(day, self.stage.day) - self.rng.randint(2, 18) * DAY
        return VisitPlan(
            officer=officer,
            commune=commune,
            planned_on=day,
            kind=kind,
            cell=cell,
            place=place_of(self.rng, commune, kind, cell),
            purpose=self.rng.choice(PURPOSES[kind]),
            entered_by=self.stage.author(officer),
            entered_at=moment(written_on, dt.time(8, self.rng.randint(0, 59))),
        )

    def call_off(self, plan: VisitPlan) -> None:
        plan.withdrawn_by, plan.withdrawal_reason = plan.entered_by, CALLED_OFF
        plan.withdrawn_at = self.stage.before(plan.entered_at + DAY)


def place_of(rng: Random, commune: Commune, kind: VisitKind, cell: PartyCell | None) -> str:
    """Give where one meets."""
    if cell:
        return rng.choice(("Nhà văn hóa {}", "Trụ sở sinh hoạt {}")).format(lowered(cell.place))
    if kind == VisitKind.COMMITTEE_MEETING:
        return f"Hội trường Đảng ủy {commune.get_kind_display().lower()}"
    return ""


def once(plans: Iterable[VisitPlan]) -> list[VisitPlan]:
    """Keep one plan for each officer, commune, day and kind, the first."""
    found: dict[tuple, VisitPlan] = {}
    for plan in plans:
        key = plan.officer.pk, plan.commune.pk, plan.planned_on, plan.kind
        found.setdefault(key, plan)
    return list(found.values())


def write_plans(stage: Stage, attendances: Iterable[Attendance]) -> None:
    """Write the plans with their log; one of those to come is called off."""
    planner = Planner(stage)
    plans = once([*planner.kept(attendances), *planner.missed(), *planner.coming()])
    coming = [
        plan for plan in plans if plan.planned_on >= stage.day and plan.officer is not stage.shown
    ]
    planner.call_off(planner.rng.choice(coming))
    VisitPlan.objects.bulk_create(plans)
    write_log(entries(plans))
