"""The demonstration's two years of going to the base: that they are lawful, varied, as intended."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from assignments.demo.logins import LOGINS, password_for
from assignments.enums import (
    VISIT_DUTIES,
    DutyKind,
    NoticeReply,
    VisitKind,
    VisitOutcome,
)
from assignments.models import (
    Assignment,
    Attendance,
    MeetingNotice,
    NoticeAnswer,
    Officer,
    Regulation,
    Visit,
    VisitPlan,
)
from reports.duties import DutyLine, by_kind, duty_list
from reports.models import Period, Waiver
from tests.demonstration import DAY, OURS, START, rows, seed
from tests.reports.counting import members

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

CHECKED = 60  # rows of each table are validated
MEETING, CELL, FIELD = DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING, DutyKind.FIELD_VISIT
TEXTS = ("met", "findings", "economy", "defence", "politics", "promised", "area_change")


def quarter(year: int, number: int) -> Period:
    return Period.objects.get(kind="quarter", year=year, number=number)


def lines(*periods: Period, day: dt.date = DAY, **options) -> list[DutyLine]:
    return duty_list(User(role=Role.OFFICE), periods, day, **options)


def shown() -> Officer:
    return Officer.objects.get(user__username="canbo")


# --- the command, when the world is there already ------------------------------------------------


def test_a_second_run_on_its_own_world_writes_nothing():
    before = rows()
    assert "Đã có sẵn dữ liệu minh họa" in seed()
    assert rows() == before


@pytest.mark.parametrize("other", [{"seed": 11}, {"day": DAY + dt.timedelta(days=1)}])
def test_a_world_of_another_seed_or_day_is_refused(other):
    before = rows()
    with pytest.raises(CommandError, match="Đã có dữ liệu minh họa khác"):
        seed(**other)
    assert rows() == before


def test_the_next_day_the_same_world_is_shown():
    before = rows()
    output = seed(DAY + dt.timedelta(days=1), if_empty=True)
    assert rows() == before
    assert password_for(10, LOGINS[0]) in output


def test_there_is_a_printed_login_for_each_role():
    output = seed()
    assert {login.role for login in LOGINS} == set(Role)
    for login in LOGINS:
        password = password_for(10, login)
        user = authenticate(None, username=login.username, password=password)
        assert (user.role, user.must_change_password) == (login.role, False)
        validate_password(password, User(username=user.username, full_name=user.full_name))
        assert re.search(rf"{login.role.label} +{login.username} +{password}\n", output)
    user.set_password("Mat-khau-khac-2026")
    user.save()
    assert re.search(rf"{user.username} +\(đã đổi mật khẩu hoặc đã khóa\)", seed())


# --- lawful --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model", [model for model in apps.get_models() if model._meta.app_label in OURS]
)
def test_every_row_is_valid(model):
    rows = list(model.objects.all())
    for row in rows[:: max(1, len(rows) // CHECKED)]:
        row.full_clean()


def test_nothing_was_done_after_the_day():
    end = dt.datetime.combine(DAY, dt.time(), dt.UTC)
    moments = {
        "at",
        "accepted_at",
        "confirmed_at",
        "created_at",
        "ended_at",
        "entered_at",
        "happened_at",
        "read_at",
        "started_at",
        "submitted_at",
        "uploaded_at",
        "withdrawn_at",
    }
    for model in apps.get_models():
        for field in model._meta.fields if model._meta.app_label in OURS else ():
            if field.name in moments:
                late = model.objects.filter(**{f"{field.name}__gt": end})
                assert late.count() == 0, (model, field)
    assert not Waiver.objects.filter(Q(decided_on__gte=DAY) | Q(withdrawn_on__gte=DAY)).exists()


def test_who_went_somewhere_followed_it_that_day():
    theirs = Assignment.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=OuterRef("visit__visited_on")),
        officer=OuterRef("officer"),
        commune=OuterRef("visit__commune"),
        started_on__lte=OuterRef("visit__visited_on"),
    )
    assert Attendance.objects.count() > 3000
    assert not Attendance.objects.filter(~Exists(theirs)).exists()
    assert not Visit.objects.filter(cell__ended_on__lte=F("visited_on")).exists()
    assert not Visit.objects.exclude(cell=None).exclude(cell__commune=F("commune")).exists()


def test_everything_was_entered_after_it_happened_and_settled_after_it_was_entered():
    for row in Attendance.objects.select_related("visit"):
        assert timezone.localdate(row.entered_at) >= row.visit.visited_on
        assert row.confirmed_at is None or row.confirmed_at >= row.entered_at
        assert row.withdrawn_at is None or row.withdrawn_at > row.entered_at


def test_nobody_is_excused_more_often_than_they_were_missing():
    periods = Period.objects.filter(kind="quarter", started_on__lte=DAY)
    missing = {
        (line.officer_id, line.commune_id, line.period.pk, line.duty.kind): line.due - line.done
        for line in lines(*periods)
    }
    excused = Counter()
    for waiver in Waiver.objects.filter(withdrawn_on=None).exclude(is_accepted=False):
        key = waiver.officer_id, waiver.commune_id, waiver.period_id, waiver.duty_kind
        excused[key] += waiver.times
    assert excused
    assert all(times <= missing[key] for key, times in excused.items())


def test_the_log_tells_every_visit_and_what_became_of_it():
    def told(verb: Verb, model) -> int:
        key = f"{model._meta.label_lower}:"
        return AuditEvent.objects.filter(verb=verb, target_key__startswith=key).count()

    attendances = Attendance.objects.all()
    assert told(Verb.CREATE, Visit) == Visit.objects.count()
    assert told(Verb.CREATE, Attendance) == attendances.count()
    assert told(Verb.CONFIRM, Attendance) == (
        attendances.filter(entered_by__role=Role.ASSISTANT).exclude(confirmed_at=None).count()
    )
    assert told(Verb.WITHDRAW, Attendance) == attendances.exclude(withdrawn_at=None).count()
    assert told(Verb.ACCEPT, Waiver) == Waiver.objects.filter(is_accepted=True).count()
    assert told(Verb.REFUSE, Waiver) == Waiver.objects.filter(is_accepted=False).count()


# --- as intended ---------------------------------------------------------------------------------


def test_the_regulation_has_two_versions_and_asks_more_of_the_later_quarters():
    first, second = Regulation.objects.order_by("started_on")
    assert (first.number, first.started_on) == ("10-QC/TU", dt.date(2021, 10, 19))
    assert first.ended_on == second.started_on == dt.date(2025, 10, 1)
    assert [version.duties.count() for version in (first, second)] == [4, 4]
    assert by_kind(lines(quarter(2025, 3)), DAY)[CELL].due == 109
    assert by_kind(lines(quarter(2025, 4)), DAY)[CELL].due == 218


def test_all_periods_from_the_first_year_to_the_next_are_there():
    made = Counter(Period.objects.values_list("year", flat=True))
    assert made == dict.fromkeys(range(START.year, DAY.year + 2), 19)


def test_the_last_finished_quarter_is_done_for_the_most_part():
    totals = by_kind(lines(quarter(2026, 3)), DAY)
    told = {
        kind: (total.due, total.done, total.waived, total.explained, total.unexplained)
        for kind, total in totals.items()
    }
    assert told[MEETING] == (104, 82, 4, 11, 7)
    assert told[CELL] == (208, 163, 6, 24, 15)


def test_the_present_quarter_is_half_done_and_nothing_is_overdue():
    totals = by_kind(lines(quarter(2026, 4), kinds=VISIT_DUTIES), DAY)
    for total in totals.values():
        assert 0.4 < total.done / total.due < 0.7
        assert total.overdue == 0
        assert total.waived > 0


def test_three_officers_went_to_no_cell_in_two_quarters():
    assert members("officers_missed_cells", DAY).count() == 3


def test_some_went_often_and_some_rarely():
    counts = sorted(
        Officer.objects.filter(left_on=None)
        .annotate(times=Count("attendances"))
        .values_list("times", flat=True)
    )
    assert counts[-5] > 2.5 * counts[5] > 0


def test_visits_are_of_every_kind_some_postponed_joint_late_or_to_a_cell_not_listed():
    assert set(Visit.objects.values_list("kind", flat=True)) == set(VisitKind.values)
    assert Visit.objects.filter(outcome=VisitOutcome.POSTPONED).count() > 50
    assert Visit.objects.annotate(n=Count("attendances")).filter(n=2).count() > 10
    assert Visit.objects.exclude(cell_name="").count() > 5
    late = [row.entered_days_late for row in Attendance.objects.select_related("visit")]
    assert 0.02 < sum(days > 7 for days in late) / len(late) < 0.15
    assert Attendance.objects.exclude(withdrawn_at=None).count() == 2
    weekend = Visit.objects.filter(visited_on__iso_week_day__in=(6, 7)).count()
    assert 0 < weekend < 0.15 * Visit.objects.count()


def test_what_is_told_varies_and_nothing_is_left_to_fill_in():
    rows = list(Attendance.objects.values_list(*TEXTS))
    findings = [row[1] for row in rows]
    assert all(findings)
    assert len(set(findings)) > 0.9 * len(findings)
    assert not any(sign in text for row in rows for text in row for sign in "{}")
    for name in TEXTS:
        assert Attendance.objects.exclude(**{name: ""}).count() > 300


def test_changes_of_an_area_make_a_series():
    told = Counter(
        Attendance.objects.exclude(area_change="").values_list("visit__commune", flat=True)
    )
    assert len(told) > 50
    assert max(told.values()) >= 5


def test_some_excuses_were_refused_wait_or_were_taken_back():
    assert 3 <= Waiver.objects.waiting().count() <= 6
    assert Waiver.objects.filter(is_accepted=False).count() == 3
    assert Waiver.objects.exclude(withdrawn_on=None).count() == 1


def test_plans_of_two_months_are_kept_open_and_called_off():
    days = VisitPlan.objects.values_list("planned_on", flat=True)
    assert dt.date(2026, 11, 1) <= min(days) < DAY < max(days) <= dt.date(2026, 12, 31)
    kept = VisitPlan.objects.exclude(carried_out_by=None)
    assert kept.count() > 10
    assert all(plan.carried_out_by.visit.kind == plan.kind for plan in kept)
    assert VisitPlan.objects.filter(withdrawn_at=None, carried_out_by=None).count() > 30
    assert VisitPlan.objects.exclude(withdrawn_at=None).count() == 1


def test_six_meetings_are_to_come_answered_in_every_way_or_not_yet():
    coming = MeetingNotice.objects.filter(held_on__gt=DAY)
    assert coming.count() == 6
    answers = NoticeAnswer.objects.filter(notice__in=coming)
    assert set(answers.values_list("reply", flat=True)) == set(NoticeReply.values)
    long_ago = DAY - dt.timedelta(days=3)
    unanswered = coming.unanswered_by(Officer.objects.all())
    assert unanswered.filter(entered_at__date__lt=long_ago).count() == 2
    assert coming.unanswered_by(Officer.objects.filter(pk=shown().pk)).count() == 1


# --- the officer one can log in as ---------------------------------------------------------------


def test_the_officer_has_all_done_in_one_commune_and_something_due_in_the_other():
    left = Counter()
    for line in duty_list(shown().user, [quarter(2026, 4)], DAY, kinds=VISIT_DUTIES):
        left[line.commune_id] += line.unexplained
    assert sorted(left.values()) == [0, 3]
    [report] = duty_list(shown().user, [quarter(2026, 4)], DAY, kinds=[DutyKind.REPORT])
    assert report.unexplained == 1


def test_three_entries_of_the_assistant_wait_and_others_were_confirmed():
    waiting = Attendance.objects.unconfirmed().select_related("visit")
    monday = DAY - dt.timedelta(days=DAY.weekday())
    assert {row.officer_id for row in waiting} == {shown().pk}
    assert sorted(row.visit.visited_on >= monday for row in waiting) == [False, True, True]
    assert all(row.visit.visited_on >= monday - dt.timedelta(days=7) for row in waiting)
    typed = Attendance.objects.filter(entered_by__username="thuky")
    assert typed.exclude(confirmed_at=None).count() > 3
    assert set(typed.exclude(confirmed_at=None).values_list("confirmed_by__username")) == {
        ("canbo",)
    }
