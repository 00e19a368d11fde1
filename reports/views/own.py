"""What an officer, or who assists them, opens on a phone: their communes and what is still due.

What is due at a commune, what it waits to be told, and the reports to be written.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from assignments.coverage import communes_visible_to
from assignments.enums import DutyKind
from assignments.models import Officer
from assignments.plans import coming, notices_to_answer
from assignments.tables import State
from assignments.visits.rights import with_waiting
from communes.former_units import units_by_key
from communes.lineage import Reading
from communes.models import Commune
from reports.duties import DutyLine, duty_list, total
from reports.duties.states import NOT_DUE, state_of
from reports.handing_over.shown import own_handovers, taken_over
from reports.models import Period, Petition
from reports.petitions.standing import open_on, untold_on
from reports.viewpoint import Viewpoint

COMING_DAYS = dt.timedelta(days=30)
FEW = 5  # words of a petition on a card


@dataclass(frozen=True)
class Task:
    """One duty on a card: how it stands, and the date or the days left beside it."""

    line: DutyLine
    state: State
    remark: str
    unit: int | None  # the commune that stands for the duty's own
    former: Commune | None = None  # the duty's own, where that was merged
    officer: str = ""  # named when the user acts for several

    @property
    def is_report(self) -> bool:
        return self.line.duty.kind == DutyKind.REPORT

    @property
    def label(self) -> str:
        """Name the duty; a report by its period: "Báo cáo quý"."""
        duty = self.line.duty
        return f"Báo cáo {duty.get_period_kind_display().lower()}" if self.is_report else str(duty)

    @property
    def is_to_write(self) -> bool:
        """Say whether it is a report still to be handed in."""
        return self.is_report and self.line.unexplained > 0

    def is_in_time(self, running: Sequence[Period], day: dt.date) -> bool:
        """Say whether it is of a running period, or a report not due before ``day``."""
        return self.line.period in running or (self.is_to_write and day <= self.line.deadline)


@dataclass(frozen=True)
class Asked:
    """What a commune asked for: what it has to be told came of it, and how many are open."""

    to_tell: list[Petition]
    open: int

    @property
    def words(self) -> str:
        """Give what is to be told, in a few words each."""
        return ", ".join(few_words(petition) for petition in self.to_tell)


NOTHING_ASKED = Asked([], 0)


def few_words(petition: Petition) -> str:
    """Give the beginning of what was asked for; of what is somebody's own, only the field."""
    text = petition.field.name if petition.has_personal_data else petition.content
    words = text.removeprefix("Đề nghị ").split()
    cut = "…" if len(words) > FEW else ""
    return " ".join(words[:FEW]).rstrip(",.;:") + cut


@dataclass(frozen=True)
class Card:
    """One commune: what is due in the running periods, what the last quarters still lack."""

    commune: Commune | None  # None: duties owed once, whatever the communes
    tasks: list[Task]
    missed: list[Task] = field(default_factory=list)
    left: int = 0
    petitions: Asked = NOTHING_ASKED

    @property
    def anchor(self) -> str:
        return f"xa-{self.commune.pk}" if self.commune else "xa-chung"

    @property
    def deadlines(self) -> list[dt.date]:
        """Give the last days in time of what is left."""
        return [task.line.deadline for task in self.tasks if task.line.unexplained]

    @property
    def state(self) -> State:
        """Give the badge: how many tasks are left, that something is to be told, or all is done."""
        if self.left:
            return State("!", f"còn {self.left} việc", "due")
        if self.petitions.to_tell:
            return State("!", "cần trả lời xã", "due")
        done = any(task.line.due for task in self.tasks)
        return State("✓", "đủ", "ok") if done else NOT_DUE


def own_communes(request: HttpRequest, view: Viewpoint) -> HttpResponse:
    """Show the communes that are the user's on the day, each with what is still due there."""
    user, day = view.user, view.day
    communes = communes_visible_to(user, day).select_related("district").defer("boundary")
    officers = {officer.pk: officer for officer in with_waiting(Officer.objects.of_user(user))}
    running = [period for period in view.periods if day < period.ended_on]
    own = [view.own_quarter] if view.own_quarter else []
    recent = [one for one in view.within([*own, *view.finished]) if one not in running]
    lines = duty_list(user, [*running, *recent], day)
    reading, has_handovers = view.on_the_day, view.known.handovers
    tasks = tasks_of(lines, officers, reading)
    asked = asked_by_communes(user, reading)
    shown = cards(communes.order_by("sort_key"), tasks, running, day, asked)
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
            "waiting": sum(officer.waiting for officer in officers.values()),
            "has_officer": bool(officers),
            "handovers": own_handovers(day, user, officers) if has_handovers else [],
            "taken_over": taken_over(day, officers) if has_handovers else [],
        },
    )


def tasks_of(
    lines: Sequence[DutyLine], officers: dict[int, Officer], reading: Reading
) -> list[Task]:
    """Give the lines as cards show them, each for the commune that stands for its own."""
    merged = [line.commune_id for line in lines if line.commune_id in reading.heirs]
    former = units_by_key(merged) if merged else {}
    return [task_of(line, officers, reading, former.get(line.commune_id)) for line in lines]


def task_of(
    line: DutyLine, officers: dict[int, Officer], reading: Reading, former: Commune | None
) -> Task:
    """Give a line as a card shows it; ``former`` is its commune if that was merged."""
    day = reading.day
    name = officers[line.officer_id].full_name if len(officers) > 1 else ""
    unit = reading.key_of(line.commune_id) if line.commune_id else None
    return Task(line, state_of(total([line], day)), remark(line, day), unit, former, name)


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
    if line.duty.kind == DutyKind.REPORT and left >= 0:
        yield f"hạn {line.deadline:%d/%m}"
        return
    yield f"còn {left} ngày" if left >= 0 else f"quá hạn {-left} ngày"


def cards(
    communes: Iterable[Commune],
    tasks: Sequence[Task],
    running: Sequence[Period],
    day: dt.date,
    asked: Mapping[int, Asked],
) -> list[Card]:
    """Give a card for each commune, and one for what is owed whatever the communes."""
    places = [*communes, None]
    return [card for place in places if (card := card_of(place, tasks, running, day, asked))]


def card_of(
    commune: Commune | None,
    tasks: Iterable[Task],
    running: Sequence[Period],
    day: dt.date,
    asked: Mapping[int, Asked],
) -> Card | None:
    """Give the card of one commune; for no commune only when something is owed so."""
    key = commune.pk if commune else None
    here = [task for task in tasks if task.unit == key]
    now = [task for task in here if task.is_in_time(running, day)]
    missed = [task for task in here if task not in now and task.line.is_overdue(day)]
    if commune is None and not (now or missed):
        return None
    left = sum(task.line.unexplained for task in now)
    return Card(commune, now, missed, left, asked.get(key, NOTHING_ASKED))


def asked_by_communes(user: User, reading: Reading) -> dict[int, Asked]:
    """Give what communes asked for and do not have yet, or have not been told, in one query.

    What a unit asked for that is no more, the one that stands for it waits for.
    """
    day = reading.day
    rows = Petition.objects.visible_to(user).standing().on(day)
    rows = rows.annotate(waits=truth(open_on()), is_untold=truth(untold_on(day)))
    rows = rows.filter(Q(waits=True) | Q(is_untold=True)).select_related("field")
    found: dict[int, list[Petition]] = defaultdict(list)
    for row in rows.order_by("stands_since", "pk"):
        found[reading.key_of(row.commune_id)].append(row)
    return {
        key: Asked([row for row in group if row.is_untold], sum(row.waits for row in group))
        for key, group in found.items()
    }


def truth(condition: Q) -> Case:
    """Give a condition as a column."""
    return Case(When(condition, then=True), default=False)
