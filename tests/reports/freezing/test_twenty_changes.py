"""What was frozen stays; what is now = what was frozen + what is listed; each item has its cause.

Every sort of record is changed by the way people change it, each alone and then all together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEvent
from assignments.enums import DutyKind, EndReason, VisitKind
from assignments.models import Assignment, Duty, Regulation
from assignments.services import assign, end_assignment, hand_over
from assignments.visits import (
    Account,
    VisitFacts,
    amend_attendance,
    confirm_attendances,
    log_visit,
    withdraw_attendance,
)
from communes.models import Commune
from reports import figures
from reports.conclusions import finish_task
from reports.enums import AnswerOutcome, PetitionSource, ReportState, WaiverEffect
from reports.figures import FIGURES, Counted
from reports.freezing import changes_since, freeze, frozen_values, frozen_view, is_intact
from reports.freezing.members import WORDINGS
from reports.models import SECTIONS, FrozenFigures, Period, Review
from reports.periodic import accept_reports, return_report, submit_report
from reports.periodic.dates import set_period_dates
from reports.petitions import (
    AnswerFacts,
    PetitionFacts,
    Route,
    answer_petitions,
    raise_petition,
    route_petitions,
    withdraw_petition,
)
from reports.waivers import ask_waiver, decide_waivers, withdraw_waiver
from tests.factories import (
    make_attendance,
    make_body,
    make_conclusion,
    make_duty,
    make_petition,
    make_report,
    make_report_event,
    make_review,
    make_task,
    make_visit,
    make_waiver,
)
from tests.reports.world import DAY, add_duties, make_world
from tests.test_admin import page, post

MORNING = dt.datetime(2024, 6, 15, 8, tzinfo=timezone.get_default_timezone())
EVENING = MORNING + dt.timedelta(hours=10)
MEETING, CELL = VisitKind.COMMITTEE_MEETING, VisitKind.CELL_MEETING


@dataclass
class Scene:
    """The world at the freeze: who acts, and the records that will be changed."""

    world: SimpleNamespace
    office: object
    admin: object  # a client
    quarter: Period
    records: SimpleNamespace


@pytest.fixture
def scene(db, users, client_as) -> Scene:
    """Make a province with visits, waivers, reports and petitions in every state."""
    world = make_world()
    add_duties(world)
    regulation = Regulation.objects.get()
    for kind in (DutyKind.REPORT, DutyKind.FIELD_VISIT):
        make_duty(regulation, kind=kind)
    quarter = Period.objects.order_by("-started_on").first()
    one, two, three = world.communes[:3]
    made = SimpleNamespace()
    held = {"visited_on": dt.date(2024, 5, 20)}
    made.attended = make_attendance(world.anh, make_visit(two, kind=CELL, **held))
    made.moved = make_attendance(world.anh, make_visit(one, kind=VisitKind.FIELD_VISIT, **held))
    made.unconfirmed = make_attendance(
        world.binh, make_visit(three, kind=MEETING, **held), confirmed_at=None
    )
    asked = {"is_accepted": None, "decided_on": None, "duty_kind": DutyKind.CELL_MEETING}
    made.asked = make_waiver(world.binh, three, quarter, **asked)
    made.accepted = world.anh.waivers.filter(effect=WaiverEffect.EXPLAINED).first()
    texts = dict.fromkeys(SECTIONS, "Tình hình ổn định")
    handed_in = {"first_submitted_on": dt.date(2024, 6, 10), "due_on": dt.date(2024, 7, 1)}
    made.draft = make_report(world.anh, period=quarter, **texts)
    made.submitted = make_report(
        world.binh, period=quarter, state=ReportState.SUBMITTED, **handed_in, **texts
    )
    earlier = Period.objects.order_by("-started_on")[1]
    made.waiting = make_report(
        world.binh, period=earlier, state=ReportState.SUBMITTED, **handed_in, **texts
    )
    for report in (made.submitted, made.waiting):
        make_report_event(report, happened_on=dt.date(2024, 6, 10))
    made.task = make_task(
        make_conclusion("99-TB/TU", issued_on=dt.date(2024, 3, 1)),
        body=make_body(),
        due_on=dt.date(2024, 6, 1),
    )
    raised = {"raised_on": dt.date(2024, 5, 1), "year": 2024}
    made.new, made.routed, made.mistaken = (
        make_petition(commune, **raised) for commune in (one, two, three)
    )
    make_review(first_quarter=quarter, day=DAY)
    return Scene(world, users[Role.OFFICE], client_as(Role.ADMIN), quarter, made)


# --- the changes ---------------------------------------------------------------------------------


CHANGES: dict[str, Callable[[Scene], object]] = {}


def change(act: Callable[[Scene], object]) -> Callable[[Scene], object]:
    CHANGES[act.__name__] = act
    return act


@change
def a_visit_is_withdrawn(scene):
    withdraw_attendance(
        attendance=scene.records.attended, reason="Nhầm", by=scene.office, now=EVENING
    )


@change
def a_visit_is_confirmed_late(scene):
    confirm_attendances(attendances=[scene.records.unconfirmed], by=scene.office, now=EVENING)


@change
def a_visit_is_told_late(scene):
    facts = VisitFacts(scene.world.communes[2], dt.date(2024, 5, 28), CELL)
    log_visit(
        officer=scene.world.binh,
        facts=facts,
        account=Account(findings="Nắm tình hình"),
        by=scene.office,
        now=EVENING,
        entry_key=uuid4(),
    )


@change
def a_visit_is_corrected_to_another_quarter(scene):
    attendance = scene.records.moved
    facts = VisitFacts(attendance.visit.commune, dt.date(2024, 3, 20), attendance.visit.kind)
    amend_attendance(
        attendance=attendance,
        facts=facts,
        account=Account(findings="Nắm tình hình"),
        files=[],
        reason="Nhầm ngày",
        by=scene.office,
        now=EVENING,
    )


@change
def a_waiver_is_accepted(scene):
    decide_waivers(
        waivers=[scene.records.asked], accept=True, note="", by=scene.office, now=EVENING
    )


@change
def a_waiver_is_withdrawn(scene):
    withdraw_waiver(waiver=scene.records.accepted, reason="Nhầm", by=scene.office, now=EVENING)


@change
def a_waiver_is_asked_for(scene):
    ask_waiver(
        officer=scene.world.binh,
        commune=scene.world.communes[2],
        period=scene.quarter,
        duty_kind=DutyKind.FIELD_VISIT,
        effect=WaiverEffect.EXPLAINED,
        times=1,
        reason="Đi học",
        document="",
        by=scene.office,
        now=EVENING,
    )


@change
def an_assignment_is_corrected_by_the_administrator(scene):
    assignment = scene.world.binh.assignments.get(commune=scene.world.communes[2])
    address = page(Assignment, "change", assignment.pk)
    response = post(scene.admin, address, started_on="01/06/2024")
    assert response.status_code == 302


@change
def an_assignment_is_ended_earlier(scene):
    end_assignment(
        assignment=scene.world.anh.assignments.get(commune=scene.world.communes[0]),
        on=dt.date(2024, 5, 1),
        end_reason=EndReason.TRANSFERRED,
        decision=scene.world.decision,
        by=scene.office,
    )


@change
def an_assignment_is_handed_over(scene):
    hand_over(
        assignment=scene.world.anh.assignments.get(commune=scene.world.communes[1]),
        to=scene.world.binh,
        on=dt.date(2024, 4, 1),
        end_reason=EndReason.REPLACED,
        decision=scene.world.decision,
        by=scene.office,
    )


@change
def a_commune_is_assigned(scene):
    assign(
        officer=scene.world.anh,
        commune=scene.world.communes[4],
        on=dt.date(2024, 4, 1),
        decision=scene.world.decision,
        by=scene.office,
    )


@change
def an_officer_left_as_the_administrator_says(scene):
    address = page(type(scene.world.anh), "change", scene.world.anh.pk)
    assert (
        post(scene.admin, address, left_on="01/06/2024", leave_reason="retired").status_code == 302
    )


@change
def a_commune_is_dissolved(scene):
    address = page(Commune, "change", scene.world.communes[4].pk)
    assert post(scene.admin, address, dissolved_on="01/06/2024").status_code == 302


@change
def a_petition_is_raised_with_an_earlier_day(scene):
    facts = PetitionFacts(
        commune=scene.world.communes[0],
        raised_on=dt.date(2024, 6, 1),
        content="Đề nghị nạo vét kênh",
        field=scene.records.new.field,
        source=PetitionSource.MEETING,
    )
    raise_petition(facts=facts, officer=None, by=scene.office, now=EVENING)


@change
def a_petition_is_answered(scene):
    facts = AnswerFacts(
        AnswerOutcome.ANSWERED, dt.date(2024, 6, 10), "Đã lắp đặt", make_body(), "12-CV"
    )
    answer_petitions(
        petitions=[scene.records.new], facts=facts, files=[], by=scene.office, now=EVENING
    )


@change
def a_petition_is_routed(scene):
    route = Route(make_body(), dt.date(2024, 5, 10), due_on=dt.date(2024, 5, 20))
    route_petitions(petitions=[scene.records.routed], route=route, by=scene.office, now=EVENING)


@change
def a_petition_is_withdrawn(scene):
    withdraw_petition(
        petition=scene.records.mistaken,
        reason="Nhầm",
        edition=None,
        by=scene.office,
        now=EVENING,
    )


@change
def a_report_is_submitted(scene):
    submit_report(report=scene.records.draft, edition=None, by=scene.office, now=EVENING)


@change
def a_report_is_returned(scene):
    return_report(report=scene.records.submitted, reason="Bổ sung", by=scene.office, now=EVENING)


@change
def a_report_is_accepted(scene):
    accept_reports(reports=[scene.records.waiting], by=scene.office, now=EVENING)


@change
def a_task_is_done(scene):
    finish_task(
        task=scene.records.task,
        done_on=dt.date(2024, 5, 30),
        result="Đã xong",
        by=scene.office,
        now=EVENING,
    )


@change
def the_regulation_asks_more(scene):
    duty = Duty.objects.get(kind=DutyKind.CELL_MEETING)
    assert post(scene.admin, page(Duty, "change", duty.pk), required="2").status_code == 302


@change
def reports_are_due_earlier(scene):
    quarter = scene.quarter
    set_period_dates(period=quarter, due_on=dt.date(2024, 6, 1), locked_on=None, by=scene.office)


# --- what must hold ------------------------------------------------------------------------------


def frozen_of(scene: Scene) -> FrozenFigures:
    return freeze(review=Review.objects.get(), by=scene.office, now=MORNING)


def told(frozen: FrozenFigures, scene: Scene):
    """Give what changed, once it is proved that frozen + listed = now for every figure."""
    changes = changes_since(frozen, scene.office)
    values = frozen_values(frozen)
    now = figures.values(frozen_view(frozen, scene.office))
    listed = {figure.key: figure for figure in changes.figures}
    for key, value in now.items():
        items = listed[key].items if key in listed else []
        assert values[key] + sum(item.difference for item in items) == value, key
    assert all(figure.is_explained for figure in changes.figures)
    assert changes.unchanged == len(now) - len(listed)
    return changes


def stays_as_frozen(frozen: FrozenFigures, before: list) -> None:
    stored = FrozenFigures.objects.get(pk=frozen.pk)
    kept = list(stored.figures.order_by("position"))
    assert is_intact(stored, kept)
    assert [(one.key, one.value, one.members) for one in kept] == before


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_listed_with_its_own_cause(scene, name):
    frozen = frozen_of(scene)
    known = set(AuditEvent.objects.values_list("pk", flat=True))
    CHANGES[name](scene)
    changes = told(frozen, scene)
    assert changes.figures, "nothing changed"
    for figure in changes.figures:
        for item in figure.items:
            causes = {cause.event.pk for cause in item.causes}
            assert causes - known, (figure.key, item.name.words)


# The others change what this one would change too.
TOGETHER = [name for name in CHANGES if name != "an_assignment_is_ended_earlier"]


def test_twenty_changes_together(scene, client_as):
    assert len(TOGETHER) > 20
    frozen = frozen_of(scene)
    before = [(o.key, o.value, o.members) for o in frozen.figures.order_by("position")]
    for name in TOGETHER:
        CHANGES[name](scene)
    changes = told(frozen, scene)
    stays_as_frozen(frozen, before)
    assert all(item.causes for figure in changes.figures for item in figure.items)
    labels = [label for label, _, _ in changes.parameters]
    assert any("Dự sinh hoạt chi bộ" in label or "chi bộ" in label for label in labels)
    # A second freeze says what is now, the first still what it said.
    second = freeze(review=frozen.review, by=scene.office, now=EVENING)
    assert frozen_values(second) == figures.values(frozen_view(second, scene.office))
    stays_as_frozen(frozen, before)
    response = client_as(Role.LEADER).get(reverse("reviews:changes", args=[frozen.pk]))
    assert "Không thấy trong nhật ký" not in response.text


def test_what_the_log_does_not_know_is_said_so(scene, client_as):
    frozen = frozen_of(scene)
    scene.world.communes[4].__class__.objects.filter(pk=scene.world.communes[4].pk).update(
        dissolved_on=dt.date(2024, 6, 1)
    )
    changes = told(frozen, scene)
    assert not any(item.causes for figure in changes.figures for item in figure.items)
    page = client_as(Role.OFFICE).get(reverse("reviews:changes", args=[frozen.pk])).text
    assert "Không thấy trong nhật ký." in page


def test_a_duty_line_is_named_by_officer_commune_duty_and_quarter(scene):
    frozen = frozen_of(scene)
    a_visit_is_withdrawn(scene)
    changes = {figure.key: figure for figure in told(frozen, scene).figures}
    [item] = changes["done_cell_meeting"].items
    assert item.name.words.startswith("Lê Thị Ánh – Đảng bộ xã Tân Thạnh 2 – ")
    assert item.name.words.endswith(" – Quý II/2024")
    assert (item.before, item.after) == (1, 0)
    assert [cause.event.get_verb_display() for cause in item.causes] == ["Rút lại"]


def test_members_of_every_figure_have_words(scene):
    view = frozen_view(frozen_of(scene), scene.office)
    counted = [figure for figure in FIGURES.values() if isinstance(figure, Counted)]
    assert {figure.population.visible(view).model for figure in counted} <= set(WORDINGS)
