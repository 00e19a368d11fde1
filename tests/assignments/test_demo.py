"""The demonstration world: its figures, that it repeats to the byte, and that it keeps away."""

import datetime as dt
import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import models

from accounts.enums import Role, Verb
from accounts.models import AuditEvent, User
from assignments.coverage import ending_without_successor
from assignments.demo.logins import LOGINS, password_for
from assignments.demo.world import two_years_before
from assignments.enums import AssignmentRole
from assignments.models import Assignment, Decision, Officer
from communes.models import Commune
from tests.factories import make_assignment, make_commune, make_decision, make_officer, make_user
from tests.reports.counting import members

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 22)
START = dt.date(2024, 11, 22)
TABLES: list[type[models.Model]] = [
    User,
    Officer,
    Officer.assistants.through,
    Decision,
    Assignment,
    AuditEvent,
]


def seed(day: dt.date = DAY, **options) -> str:
    output = StringIO()
    call_command("seed_demo", day=day, stdout=output, **options)
    return output.getvalue()


def rows() -> list[list[tuple]]:
    """Give every row of every table."""
    return [list(model.objects.order_by("pk").values_list()) for model in TABLES]


def figures(day: dt.date) -> tuple[int, int, int, int]:
    """Give (assigned ever, active, left, uncovered) on ``day``."""
    keys = ("officers_assigned", "officers_active", "officers_left", "communes_uncovered")
    return tuple(members(key, day).count() for key in keys)


@pytest.mark.parametrize("seed_number", [10, 1, 77])
def test_the_figures_come_out(seed_number):
    seed(seed=seed_number)
    assert Officer.objects.count() == 95
    assert Commune.objects.existing_on(DAY).count() == 109
    assert figures(DAY) == (95, 85, 10, 6)
    assert figures(START) == (95, 95, 0, 0)
    assert figures(START - dt.timedelta(days=1)) == (0, 0, 0, 109)
    assert Officer.objects.filter(left_on__lte=DAY).count() == 10
    assert ending_without_successor(DAY, DAY + dt.timedelta(days=90)).count() == 2


@pytest.mark.parametrize("day", [dt.date(2024, 2, 29), dt.date(2023, 5, 9), dt.date(2026, 1, 1)])
def test_the_figures_come_out_on_any_day(day):
    seed(day)
    assert figures(day) == (95, 85, 10, 6)
    assert figures(two_years_before(day)) == (95, 95, 0, 0)


def test_one_decision_assigned_all_on_the_first_day():
    seed()
    first = Decision.objects.get(signed_on=START)
    assert re.fullmatch(r"\d+-QĐ/TU", first.number)
    opened = first.opened_assignments.all()
    assert opened.count() == 109
    assert set(opened.values_list("role", "started_on")) == {(AssignmentRole.MAIN, START)}
    loads = [officer.assignments.filter(opening_decision=first).count() for officer in people()]
    assert (loads.count(1), loads.count(2)) == (81, 14)


def people() -> list[Officer]:
    return list(Officer.objects.all())


def test_people_left_for_many_reasons_on_many_days_and_some_were_followed():
    seed()
    left = Officer.objects.filter(left_on__lte=DAY)
    assert len(set(left.values_list("leave_reason", flat=True))) >= 4
    assert len(set(left.values_list("left_on", flat=True))) == 10
    assert AuditEvent.objects.filter(verb=Verb.HAND_OVER).count() == 6
    taken_over = Assignment.objects.filter(role=AssignmentRole.MAIN, started_on__range=(START, DAY))
    assert taken_over.exclude(started_on=START).count() == 7
    for officer in left:
        assert not officer.assignments.active_on(officer.left_on).exists()


def test_every_row_is_valid():
    seed()
    for model in TABLES:
        for row in model.objects.all():
            row.full_clean()
    assert not Assignment.objects.filter(opening_decision=None).exists()
    assert not Decision.objects.filter(signed_on__gt=DAY).exists()


def test_nothing_was_done_after_the_day():
    seed()
    end = dt.datetime.combine(DAY, dt.time(), dt.UTC)
    assert AuditEvent.objects.filter(at__gt=end).count() == 0
    assert Assignment.objects.filter(entered_at__gt=end).count() == 0


def test_the_log_tells_every_opening_and_closing():
    seed()
    counts = {
        verb: AuditEvent.objects.filter(verb=verb).count()
        for verb in (Verb.ASSIGN, Verb.END, Verb.CREATE)
    }
    assert counts == {
        Verb.ASSIGN: Assignment.objects.count(),
        Verb.END: Assignment.objects.exclude(closing_decision=None).count(),
        Verb.CREATE: Decision.objects.count(),
    }
    keys = set(AuditEvent.objects.filter(verb=Verb.ASSIGN).values_list("target_key", flat=True))
    assert keys == {f"assignments.assignment:{row.pk}" for row in Assignment.objects.all()}


def dump_of_a_new_database(**options) -> str:
    """Give everything a seeding writes into an empty database, as text."""
    call_command("flush", interactive=False, verbosity=0)
    seed(**options)
    output = StringIO()
    apps = ("accounts", "communes", "assignments", "reports")
    call_command("dumpdata", *apps, stdout=output)
    return output.getvalue()


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_same_seed_and_day_give_the_same_bytes():
    first = dump_of_a_new_database()
    assert dump_of_a_new_database() == first
    assert dump_of_a_new_database(seed=11) != first


def test_a_second_run_on_its_own_world_writes_nothing():
    seed()
    before = rows()
    assert "Đã có sẵn dữ liệu minh họa" in seed()
    assert rows() == before


@pytest.mark.parametrize("other", [{"seed": 11}, {"day": DAY + dt.timedelta(days=1)}])
def test_a_world_of_another_seed_or_day_is_refused(other):
    seed()
    before = rows()
    with pytest.raises(CommandError, match="Đã có dữ liệu minh họa khác"):
        seed(**other)
    assert rows() == before


@pytest.mark.parametrize("make", [make_officer, make_decision, make_assignment, make_user])
def test_real_data_is_left_alone(make):
    make()
    before = rows()
    with pytest.raises(CommandError, match="chỉ nạp vào cơ sở dữ liệu trống"):
        seed()
    assert rows() == before
    assert seed(if_empty=True) == ""
    assert rows() == before


def test_other_places_are_refused():
    make_commune()
    with pytest.raises(CommandError, match="cần đủ 109 xã"):
        seed()
    assert not User.objects.exists()


def test_the_next_day_the_same_world_is_shown():
    seed()
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
        validate_password(password, user)
        assert re.search(rf"{login.role.label} +{login.username} +{password}\n", output)


def test_a_changed_password_is_not_printed():
    seed()
    user = User.objects.get(username="lanhdao")
    user.set_password("Mat-khau-khac-2026")
    user.save()
    assert re.search(r"lanhdao +\(đã đổi mật khẩu hoặc đã khóa\)", seed())


def test_the_officer_who_logs_in_has_two_communes_and_an_assistant():
    seed()
    officer = Officer.objects.get(user__username="canbo")
    assert officer.user.full_name == officer.full_name
    held = officer.assignments.active_on(DAY).filter(role=AssignmentRole.MAIN)
    assert held.count() == 2
    assert [user.username for user in officer.assistants.all()] == ["thuky"]
    taken = held.exclude(started_on=START).get()
    assert taken.commune.assignments.count() > 1
