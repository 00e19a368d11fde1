"""A province in which every figure counts something: records of every kind, in every state."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from assignments.enums import DutyKind, DutyUnit, VisitKind, VisitOutcome
from assignments.models import Regulation
from reports.enums import (
    PetitionAct,
    PetitionState,
    ReportKind,
    ReportMove,
    ReportState,
    WaiverEffect,
)
from reports.models import Period, Petition, PetitionEvent
from tests.factories import (
    make_answer,
    make_assignment,
    make_attendance,
    make_commune,
    make_conclusion,
    make_duty,
    make_leg,
    make_matter,
    make_officer,
    make_petition,
    make_report,
    make_report_event,
    make_task,
    make_visit,
    make_waiver,
)
from tests.reports.world import DAY, START, World, add_duties, make_world

OPEN_SINCE = DAY - dt.timedelta(days=200)
NOON = timezone.make_aware(dt.datetime.combine(DAY, dt.time(12)))
OPINION = {"economy": "Kinh tế ổn định", "defence": "Giữ vững", "politics": "Kiện toàn"}


def make_rich_world() -> World:
    """Make it as of :data:`DAY`; some figures count something only on other days."""
    world = make_world()
    add_duties(world)
    make_duty(Regulation.objects.get(), kind=DutyKind.FIELD_VISIT)
    make_duty(Regulation.objects.get(), kind=DutyKind.REPORT, unit=DutyUnit.PER_OFFICER)
    add_load(world)
    add_visits(world)
    add_entries(world)
    add_petitions(world)
    add_tasks()
    return world


def add_load(world: World) -> None:
    """Add an officer with too many communes, and one who left but still holds one."""
    loaded, gone = make_officer(), make_officer(left_on=DAY - dt.timedelta(days=9))
    for _ in range(settings.MAX_COMMUNES_PER_OFFICER + 1):
        make_assignment(officer=loaded, commune=make_commune(), started_on=START)
    make_assignment(officer=gone, commune=make_commune(), started_on=START)
    make_assignment(started_on=DAY, opening_decision=None)


def add_visits(world: World) -> None:
    """Add a visit of each kind, one of two officers, postponed ones, and one to be confirmed."""
    for place, kind in enumerate(VisitKind):
        day = DAY - dt.timedelta(days=20 + 5 * place)
        visit = make_visit(world.communes[0], visited_on=day, kind=kind)
        make_attendance(world.anh, visit, **OPINION)
        make_attendance(world.binh, visit, **OPINION)
    held = {"visited_on": DAY - dt.timedelta(days=10)}
    postponed = make_visit(world.communes[2], outcome=VisitOutcome.POSTPONED, **held)
    make_attendance(world.binh, postponed)
    waiting = make_visit(world.communes[1], kind=VisitKind.FIELD_VISIT, **held)
    make_attendance(world.anh, waiting, confirmed_at=None)


def add_entries(world: World) -> None:
    """Add reports in time, late, returned and urgent; waivers that wait."""
    first, second, third = Period.objects.order_by("started_on")[:3]
    eve = DAY - dt.timedelta(days=1)
    for officer, period, state, move, due_on in (
        (world.anh, third, ReportState.ACCEPTED, ReportMove.ACCEPT, DAY),
        (world.binh, third, ReportState.SUBMITTED, ReportMove.SUBMIT, eve - dt.timedelta(days=5)),
        (world.binh, second, ReportState.RETURNED, ReportMove.RETURN, eve),
    ):
        made = {"state": state, "period": period, "due_on": due_on}
        report = make_report(officer, first_submitted_on=eve, **made)
        reason = "Bổ sung" if move == ReportMove.RETURN else ""
        make_report_event(report, move=move, state=state, happened_on=eve, reason=reason)
    urgent = {"kind": ReportKind.URGENT, "subject": "Sạt lở", "state": ReportState.SUBMITTED}
    make_report_event(make_report(world.anh, first_submitted_on=eve, **urgent), happened_on=eve)
    undecided = {"is_accepted": None, "decided_on": None, "entered_at": NOON}
    make_waiver(world.anh, world.communes[0], first, **undecided)
    for effect in WaiverEffect:
        add_excused(third, effect)


def add_excused(quarter: Period, effect: WaiverEffect) -> None:
    """Add an officer whose every duty of the quarter is waived, or every lack explained."""
    commune = make_commune()
    officer = make_assignment(commune=commune, started_on=START).officer
    for kind in DutyKind:
        about = {"period": quarter, "duty_kind": kind, "effect": effect}
        make_waiver(officer, None if kind == DutyKind.REPORT else commune, **about)


def raised(world: World, place: int, **fields: object) -> Petition:
    day = fields.pop("raised_on", OPEN_SINCE)
    return make_petition(world.communes[place % 5], raised_on=day, year=day.year, **fields)


def add_petitions(world: World) -> None:
    """Add one in every state: told, not told, grouped, repeated, overdue, answered late."""
    matter = make_matter()
    for place, state in enumerate(PetitionState):
        if state != PetitionState.DUPLICATE:
            raised(world, place, state=state, matter=matter)
    recent = {"raised_on": DAY - dt.timedelta(days=12)}
    told = raised(world, 1, state=PetitionState.RESOLVED, told_on=DAY, **recent)
    main = raised(world, 2, state=PetitionState.RESOLVED, **recent)
    repeated = {"state": PetitionState.DUPLICATE, "duplicate_of": main}
    same = raised(world, 3, matter=matter, **repeated, **recent)
    for petition in (told, main):
        settle(petition, recent["raised_on"])
    events = PetitionEvent.objects.filter(petition=same)
    events.update(act=PetitionAct.MARK_DUPLICATE, is_closed=False)
    for due_in, ended_in in ((30, None), (300, None), (30, 60), (30, 20)):
        add_leg(world, due_in, ended_in)


def add_leg(world: World, due_in: int, ended_in: int | None) -> None:
    """Add a petition some body has, or had until it answered, so many days since."""
    ended = None if ended_in is None else OPEN_SINCE + dt.timedelta(days=ended_in)
    state = PetitionState.ANSWERED if ended else PetitionState.ROUTED
    petition = raised(world, due_in + (ended_in or 0), state=state)
    days = {"started_on": OPEN_SINCE, "due_on": OPEN_SINCE + dt.timedelta(days=due_in)}
    make_leg(petition, ended_on=ended, **days)
    if ended:
        settle(petition, ended)


def settle(petition: Petition, day: dt.date) -> None:
    """Say that the event a petition began with was an answer of ``day``."""
    events = PetitionEvent.objects.filter(petition=petition)
    events.update(act=PetitionAct.ANSWER, answer=make_answer(), happened_on=day)


def add_tasks() -> None:
    """Add a task to be done, one overdue and one done."""
    notice = make_conclusion(issued_on=OPEN_SINCE)
    make_task(notice, due_on=DAY + dt.timedelta(days=30))
    make_task(notice, due_on=DAY - dt.timedelta(days=30))
    make_task(notice, due_on=DAY, done_on=DAY, result="Đã xong")
