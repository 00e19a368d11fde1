"""The demonstration's reports, petitions, conclusions: consistent, varied, as intended."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest
from django.db.models import Count, Q
from django.utils import timezone
from pypdf import PdfReader

from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from assignments.enums import DutyKind
from assignments.models import Officer
from reports.demo.petitions.fates import GROUPS, STREET_LIGHTS
from reports.duties import duty_list, total
from reports.enums import (
    OPEN_STATES,
    REPORT_MOVES,
    BodyLevel,
    LegRole,
    NotificationKind,
    PetitionAct,
    PetitionSource,
    PetitionState,
    ReportKind,
    ReportMove,
    ReportState,
)
from reports.models import (
    AnswerFile,
    Conclusion,
    ConclusionTask,
    Notification,
    NotificationRun,
    Period,
    PeriodicReport,
    Petition,
    PetitionAnswer,
    PetitionCounter,
    PetitionEvent,
    PetitionField,
    PetitionLeg,
    PetitionMatter,
    ReportEvent,
)
from reports.periodic import quotes
from reports.petitions.catalogue import load_catalogue
from reports.petitions.events import MOVING
from tests.demonstration import DAY, START
from tests.reports.counting import members

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

QUOTED = 60  # reports whose numbers are counted again
WITH_A_BODY = (PetitionState.ROUTED, PetitionState.CONSIDERING, PetitionState.IN_PROGRESS)


def histories() -> list[tuple[Petition, list[PetitionEvent], list[PetitionLeg]]]:
    rows = Petition.objects.prefetch_related("events", "legs")
    return [(row, list(row.events.all()), list(row.legs.all())) for row in rows]


def shown() -> Officer:
    return Officer.objects.get(user__username="canbo")


def number_of(key: str) -> int:
    return members(key, DAY).count()


# --- petitions: consistent -----------------------------------------------------------------------


def test_petitions_are_numbered_without_a_gap_as_they_were_entered():
    last = dict(PetitionCounter.objects.values_list("year", "last"))
    rows = list(Petition.objects.order_by("year", "number"))
    assert Counter(row.year for row in rows) == last
    for earlier, later in pairwise(rows):
        follows = (later.year, later.number) == (earlier.year, earlier.number + 1)
        assert follows or (later.year > earlier.year and later.number == 1)
        assert earlier.entered_at <= later.entered_at
    assert all(timezone.localdate(row.entered_at).year == row.year for row in rows)
    assert all(timezone.localdate(row.entered_at) >= row.raised_on for row in rows)


def test_each_petition_is_as_its_events_left_it():
    for petition, events, _ in histories():
        standing = [event for event in events if event.superseded_on is None]
        assert [event.state for event in standing] == [petition.state]
        assert standing[0].is_closed == petition.is_closed
        told = [event.happened_on for event in events if event.act == PetitionAct.TELL]
        assert petition.told_on in (None, *told[-1:])
        assert petition.edition == len(events)
        acts = [event.act for event in events]
        assert acts[0] == PetitionAct.RAISE
        assert (PetitionAct.WITHDRAW in acts) == petition.is_withdrawn


def test_events_follow_one_another():
    for petition, events, _ in histories():
        assert events[0].happened_on == petition.raised_on >= START
        for earlier, later in pairwise(events):
            assert earlier.happened_on <= later.happened_on < DAY
            assert earlier.happened_at < later.happened_at
        moves = [event for event in events if event.act in MOVING]
        for earlier, later in pairwise(moves):
            assert earlier.superseded_on == later.happened_on
        assert all(
            event.superseded_on == event.happened_on for event in events if event not in moves
        )


def test_legs_agree_with_the_events():
    for petition, events, legs in histories():
        leading = [leg for leg in legs if leg.role == LegRole.LEAD]
        routed = [
            (event.body_id, event.happened_on) for event in events if event.act == PetitionAct.ROUTE
        ]
        assert [(leg.body_id, leg.started_on) for leg in leading] == routed
        going_on = [leg for leg in leading if leg.ended_on is None]
        assert len(going_on) == (petition.state in WITH_A_BODY)
        for answer in (event.answer for event in events if event.answer_id):
            assert all(leg.ended_on for leg in legs if leg.started_on <= answer.issued_on)


def test_what_is_repeated_is_of_the_same_commune_and_was_there_before():
    rows = Petition.objects.exclude(duplicate_of=None).select_related("duplicate_of")
    for row in rows:
        main = row.duplicate_of
        assert (main.commune_id, main.field_id) == (row.commune_id, row.field_id)
        assert main.raised_on < row.raised_on
        assert main.duplicate_of_id is None
        assert main.content in row.content


def test_petitions_were_heard_where_they_say():
    rows = Petition.objects.select_related("visit", "report")
    for row in rows.exclude(visit=None):
        assert (row.visit.commune_id, row.visit.visited_on) == (row.commune_id, row.raised_on)
        assert row.visit.attendances.confirmed().filter(officer=row.officer_id).exists()
    for row in rows.exclude(report=None):
        assert (row.report.officer_id, row.report.first_submitted_on) == (
            row.officer_id,
            row.raised_on,
        )
    heard = Counter(Petition.objects.values_list("source", flat=True))
    assert set(heard) == set(PetitionSource.values)
    assert heard[PetitionSource.VISIT] > 150
    assert Petition.objects.filter(source=PetitionSource.VISIT, visit=None).count() == 0


def test_the_log_tells_each_petition_and_each_act():
    acts = Counter(PetitionEvent.objects.values_list("act", flat=True))
    rows = AuditEvent.objects.filter(target_key__startswith="reports.petition:")
    told = Counter(rows.values_list("verb", flat=True))
    assert told[Verb.CREATE] == acts[PetitionAct.RAISE] == 400
    assert told[Verb.ROUTE] == acts[PetitionAct.ROUTE]
    assert told[Verb.TELL] == acts[PetitionAct.TELL]
    assert rows.count() == sum(acts.values())


# --- petitions: as intended ----------------------------------------------------------------------


def test_the_figures_of_the_first_page():
    assert Petition.objects.count() == 400
    assert number_of("petitions_open") == 214
    assert number_of("petitions_overdue") == 23
    assert number_of("petitions_unrouted") == 4
    assert number_of("petitions_escalated") == 18
    assert number_of("petitions_untold") == 22


def test_petitions_are_in_all_states_of_all_fields_told_and_not():
    states = Counter(Petition.objects.standing().values_list("state", flat=True))
    assert set(states) == set(PetitionState)
    assert min(states.values()) >= 14
    fields = PetitionField.objects.annotate(times=Count("petitions"))
    assert fields.count() == 13
    assert all(field.times >= 5 for field in fields)
    settled = Petition.objects.exclude(state__in=OPEN_STATES)
    assert settled.filter(told_on=None).count() == 24
    assert Petition.objects.exclude(withdrawn_at=None).count() == 2
    assert Petition.objects.filter(has_personal_data=True).count() > 5
    assert PetitionEvent.objects.filter(act=PetitionAct.REOPEN).count() == 5
    assert set(PetitionEvent.objects.values_list("act", flat=True)) == {
        act for act in PetitionAct if act not in (PetitionAct.UNGROUP, PetitionAct.EXTEND)
    }


def test_fourteen_communes_ask_for_street_lights_and_have_no_answer():
    matter = PetitionMatter.objects.get(title=STREET_LIGHTS.title)
    asking = matter.petitions.all()
    assert asking.values("commune").distinct().count() == asking.count() == 14
    [leg] = (
        PetitionLeg.objects.filter(petition__in=asking)
        .order_by()
        .values_list("body__name", "started_on", "reference")
        .distinct()
    )
    assert leg[:2] == ("Sở Giao thông vận tải", DAY - dt.timedelta(days=47))
    assert not PetitionAnswer.objects.filter(events__petition__in=asking).exists()


def test_one_document_answers_many():
    assert PetitionMatter.objects.count() == len(GROUPS)
    answers = PetitionAnswer.objects.annotate(times=Count("events"))
    assert sorted(answers.filter(times__gt=1).values_list("times", flat=True)) == [5, 6, 7]
    assert not answers.filter(times=0).exists()


def test_bodies_pass_petitions_on_and_work_together():
    rows = Petition.objects.annotate(
        led=Count("legs", filter=Q(legs__role=LegRole.LEAD), distinct=True)
    )
    assert rows.filter(led__gt=1).count() > 30
    legs = PetitionLeg.objects.all()
    assert legs.filter(role=LegRole.COORDINATING).count() > 20
    at_commune = legs.filter(body__level=BodyLevel.COMMUNE)
    assert at_commune.filter(ended_on=None).count() > 5
    assert at_commune.exclude(ended_on=None).count() > 5


def test_documents_are_files_that_open():
    files = AnswerFile.objects.all()
    assert files.count() == 14
    for stored in files:
        with stored.file.open() as content:
            assert "van ban minh hoa" in PdfReader(content).pages[0].extract_text().lower()
        assert stored.file.size == stored.size


def test_what_is_asked_varies_and_nothing_is_left_to_fill_in():
    contents = list(Petition.objects.values_list("content", flat=True))
    assert len(set(contents)) > 0.9 * len(contents)
    texts = contents + list(PetitionEvent.objects.values_list("note", flat=True))
    texts += PetitionAnswer.objects.values_list("content", flat=True)
    texts += ReportEvent.objects.values_list("reason", flat=True)
    assert not any(sign in text for text in texts for sign in "{}")


def test_the_catalogue_is_whole():
    before = PetitionField.objects.count()
    bodies, fields = load_catalogue()
    assert (bodies.added, fields.added) == (0, 0)
    assert PetitionField.objects.count() == before


# --- reports -------------------------------------------------------------------------------------


def finished() -> list[Period]:
    rows = Period.objects.filter(kind="quarter", ended_on__lte=DAY, started_on__gt=START)
    return list(rows.order_by("started_on"))


def test_most_reports_of_finished_quarters_are_in_and_a_few_are_missing():
    for period in finished():
        lines = duty_list(User(role=Role.OFFICE), [period], DAY, kinds=[DutyKind.REPORT])
        told = total(lines, DAY)
        assert 0.9 < told.done / told.due < 0.95
        assert (told.waived, told.explained) == (1, 3)
        assert 0 < told.unexplained == told.overdue < 5


def test_reports_of_the_running_quarter_are_written_wait_or_were_sent_back():
    running = PeriodicReport.objects.filter(period__kind="quarter", period__ended_on__gt=DAY)
    states = Counter(running.values_list("state", flat=True))
    assert set(states) == set(ReportState)
    assert states[ReportState.DRAFT] > 5
    assert states[ReportState.SUBMITTED] > 3


def test_some_reports_were_late_sent_back_opened_again_or_urgent():
    assert 30 < PeriodicReport.objects.late().count() < 80
    moves = Counter(ReportEvent.objects.values_list("move", flat=True))
    assert set(moves) == set(ReportMove)
    assert moves[ReportMove.RETURN] > 20
    assert moves[ReportMove.REOPEN] == 1
    urgent = PeriodicReport.objects.filter(kind=ReportKind.URGENT)
    assert urgent.count() > 8
    assert not urgent.filter(Q(commune=None) | Q(subject="") | Q(area_change="")).exists()


def test_each_report_went_by_the_table_of_moves():
    for report in PeriodicReport.objects.prefetch_related("events"):
        state = ReportState.DRAFT
        for event in report.events.all():
            if event.move != ReportMove.BEGIN:
                sources, target = REPORT_MOVES[event.move]
                assert state in sources
                state = target
            assert event.state == state
            assert event.happened_on < DAY
        assert report.state == state


def test_what_reports_say_of_their_handing_in_agrees_with_their_events():
    for report in PeriodicReport.objects.exclude(submitted_at=None).prefetch_related("events"):
        submitted = [event for event in report.events.all() if event.move == ReportMove.SUBMIT]
        assert report.first_submitted_on == submitted[0].happened_on
        assert report.submitted_at == submitted[-1].happened_at
        assert report.quoted == submitted[-1].content["quoted"]
        assert (report.due_on is None) == (report.kind == ReportKind.URGENT)


def test_reports_quote_what_the_records_said_that_day():
    rows = PeriodicReport.objects.filter(kind=ReportKind.PERIODIC).exclude(submitted_at=None)
    rows = list(rows.select_related("officer", "period"))
    for report in rows[:: len(rows) // QUOTED]:
        draft = PeriodicReport(officer=report.officer, period=report.period)
        assert report.quoted == quotes(draft, timezone.localdate(report.submitted_at))


def test_the_log_tells_each_move_of_a_report():
    rows = AuditEvent.objects.filter(target_key__startswith="reports.periodicreport:")
    assert rows.count() == ReportEvent.objects.count()


# --- conclusions, notifications ------------------------------------------------------------------


def test_tasks_are_done_in_time_or_late_open_and_overdue():
    assert Conclusion.objects.count() == 3
    tasks = ConclusionTask.objects.all()
    assert tasks.overdue_on(DAY).count() == 3
    assert tasks.open_on(DAY).filter(due_on__gte=DAY).count() > 3
    done = [task.done_on <= task.due_on for task in tasks.exclude(done_on=None)]
    assert set(done) == {True, False}


def test_the_last_nights_told_what_was_due_and_the_next_run_tells_nothing_again():
    nights = list(NotificationRun.objects.order_by("day").values_list("day", flat=True))
    assert nights == [DAY - dt.timedelta(days=ago) for ago in (3, 2, 1, 0)]
    assert not NotificationRun.objects.filter(ended_at=None).exists()
    assert NotificationRun.objects.latest("day").written < 20
    read = Notification.objects.exclude(read_at=None)
    assert 0.4 < read.count() / Notification.objects.count() < 0.9


# --- the officer one can log in as ---------------------------------------------------------------


def test_the_officer_has_something_to_tell_something_overdue_and_a_report_sent_back():
    own = Petition.objects.filter(officer=shown())
    assert own.exclude(state__in=OPEN_STATES).filter(told_on=None).count() >= 2
    overdue = PetitionLeg.objects.overdue_on(DAY).filter(petition__in=own)
    assert overdue.exists()
    reports = PeriodicReport.objects.filter(officer=shown())
    assert reports.filter(state=ReportState.RETURNED).count() == 1
    assert reports.get(state=ReportState.DRAFT).period.ended_on > DAY
    assert ConclusionTask.objects.filter(officer=shown(), done_on=None).count() == 2
    told = Notification.objects.filter(user__username="canbo").values_list("kind", flat=True)
    assert {NotificationKind.REPORT_RETURNED, NotificationKind.PETITION_TO_TELL} <= set(told)
