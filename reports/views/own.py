"""What an officer, or who assists them, opens on a phone: their communes and what is still due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assignments.coverage import communes_visible_to
from assignments.models import Officer
from assignments.plans import coming, notices_to_answer
from assignments.tables import State
from assignments.visits.rights import waiting_for
from communes.models import Commune
from reports.duties import DutyLine, duty_list, total
from reports.duties.states import NOT_DUE, state_of
from reports.models import Period
from reports.viewpoint import Viewpoint

COMING_DAYS = dt.timedelta(days=30)


@dataclass(frozen=True)
class Task:
    """One duty on a card: how it stands, and the date or the days left beside it."""

    line: DutyLine
    state: State
    remark: str
    officer: str = ""  # named when the user acts for several


@dataclass(frozen=True)
class Card:
    """One commune: what is due in the running periods, what the last quarters still lack."""

    commune: Commune | None  # None: duties owed once, whatever the communes
    tasks: list[Task]
    missed: list[Task] = field(default_factory=list)
    left: int = 0

    @property
    def deadlines(self) -> list[dt.date]:
        """Give the last days in time of what is left."""
        return [task.line.deadline for task in self.tasks if task.line.unexplained]

    @property
    def state(self) -> State:
        """Give the badge: how many tasks are left, or that all is done."""
        if self.left:
            return State("!", f"còn {self.left} việc", "due")
        done = any(task.line.due for task in self.tasks)
        return State("✓", "đủ", "ok") if done else NOT_DUE


def own_communes(request: HttpRequest, view: Viewpoint) -> HttpResponse:
    """Show the communes that are the user's on the day, each with what is still due there."""
    user, day = view.user, view.day
    communes = communes_visible_to(user, day).select_related("district").defer("boundary")
    officers = {officer.pk: officer for officer in Officer.objects.of_user(user)}
    running = [period for period in view.periods if day < period.ended_on]
    lines = duty_list(user, [*running, *view.within(view.finished)], day)
    tasks = [task_of(line, officers, day) for line in lines]
    shown = cards(communes.order_by("sort_key"), tasks, running, day)
    return render(
        request,
        "reports/own_communes.html",
        {
            "title": "Địa bàn của tôi",
            "cards": shown,
            "left": sum(card.left for card in shown),
            "deadline": min((day for card in shown for day in card.deadlines), default=None),
            "quarter": view.own_quarter,
            "plans": coming(user, day, day + COMING_DAYS),
            "notices": notices_to_answer(user, day),
            "waiting": waiting_for(user).count(),
            "has_officer": bool(officers),
        },
    )


def task_of(line: DutyLine, officers: dict[int, Officer], day: dt.date) -> Task:
    """Give a line as a card shows it."""
    name = officers[line.officer_id].full_name if len(officers) > 1 else ""
    return Task(line, state_of(total([line], day)), remark(line, day), name)


def remark(line: DutyLine, day: dt.date) -> str:
    """Say when a duty was done, or how long there is left for it."""
    if line.unexplained:
        return " · ".join(parts_left(line, day))
    if line.done and line.last_on:
        return f"{line.last_on:%d/%m}"
    if line.waived or line.explained:
        return "được miễn" if line.waived else "có lý do"
    return f"{line.done}/{line.due}" if line.due else "chưa tính"


def parts_left(line: DutyLine, day: dt.date) -> Iterator[str]:
    """Say how much of a duty is done, what waits for somebody, and for how long there is time."""
    if line.due > 1:
        yield f"{line.done}/{line.due}"
    if line.unconfirmed:
        yield f"{line.unconfirmed} chờ xác nhận"
    if line.asked:
        yield "đã nêu lý do"
    left = (line.deadline - day).days
    yield f"còn {left} ngày" if left >= 0 else f"quá hạn {-left} ngày"


def cards(
    communes: Iterable[Commune], tasks: Sequence[Task], running: Sequence[Period], day: dt.date
) -> list[Card]:
    """Give a card for each commune, and one for what is owed whatever the communes."""
    places = [*communes, None]
    return [card for place in places if (card := card_of(place, tasks, running, day))]


def card_of(
    commune: Commune | None, tasks: Iterable[Task], running: Sequence[Period], day: dt.date
) -> Card | None:
    """Give the card of one commune; for no commune only when something is owed so."""
    key = commune.pk if commune else None
    here = [task for task in tasks if task.line.commune_id == key]
    now = [task for task in here if task.line.period in running]
    if commune is None and not now:
        return None
    missed = [
        task for task in here if task.line.period not in running and task.line.is_overdue(day)
    ]
    return Card(commune, now, missed, sum(task.line.unexplained for task in now))
