"""The command seed_demo on an empty database: right on any day, the same bytes, else refused."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import User
from assignments.demo.world import two_years_before
from assignments.enums import VISIT_DUTIES, DutyKind
from assignments.models import Attendance, Officer
from reports.duties import by_kind, duty_list
from reports.models import (
    Period,
    PeriodicReport,
    Petition,
    PetitionEvent,
    PetitionField,
    ReportEvent,
)
from reports.petitions.catalogue import load_catalogue
from tests.demonstration import DAY, OURS, START, rows, seed
from tests.factories import (
    make_assignment,
    make_cell,
    make_commune,
    make_conclusion,
    make_decision,
    make_directive,
    make_matter,
    make_officer,
    make_period,
    make_regulation,
    make_user,
)
from tests.only_added import triggers_lifted
from tests.reports.counting import members

pytestmark = pytest.mark.django_db


def figures(day: dt.date) -> tuple[int, int, int, int]:
    """Give (assigned ever, active, left, uncovered) on ``day``."""
    keys = ("officers_assigned", "officers_active", "officers_left", "communes_uncovered")
    return tuple(members(key, day).count() for key in keys)


# Any day will do: early and late in a quarter, a leap day, before the regulation.
DAYS = [
    (DAY, 1),
    (DAY, 77),
    (dt.date(2024, 2, 29), 10),
    (dt.date(2023, 5, 9), 10),
    (dt.date(2026, 1, 1), 10),
    (dt.date(2025, 12, 30), 10),
    (dt.date(2019, 8, 5), 10),
]


@pytest.mark.parametrize(("day", "number"), DAYS)
def test_the_figures_come_out_on_any_day(day, number):
    seed(day, seed=number)
    assert figures(day) == (95, 85, 10, 6)
    assert figures(two_years_before(day)) == (95, 95, 0, 0)
    assert figures(two_years_before(day) - dt.timedelta(days=1)) == (0, 0, 0, 109)
    assert Officer.objects.filter(left_on__lte=day).count() == 10
    assert Attendance.objects.unconfirmed().count() == 3
    assert not Attendance.objects.filter(visit__visited_on__gte=day).exists()
    petitions_are_told(day)
    if day > dt.date(2022, 9, 30):
        two_quarters_are_told(day)


def petitions_are_told(day: dt.date) -> None:
    """Check the figures of petitions, and that none was touched after the day."""
    keys = ("petitions_open", "petitions_overdue", "petitions_unrouted", "petitions_untold")
    assert [members(key, day).count() for key in keys] == [214, 23, 4, 22]
    assert Petition.objects.count() == 400
    assert PeriodicReport.objects.filter(kind="urgent").count() > 8
    for model in (PetitionEvent, ReportEvent):
        assert not model.objects.filter(happened_on__gte=day).exists()


def two_quarters_are_told(day: dt.date) -> None:
    """Check the duties of the last finished quarter, and who did nothing in two."""
    finished = Period.objects.filter(kind="quarter", ended_on__lte=day).latest("ended_on")
    totals = by_kind(duty_list(User(role=Role.OFFICE), [finished], day), day)
    reported = totals.pop(DutyKind.REPORT)
    assert reported.done / reported.due > 0.8
    assert (reported.waived, reported.explained) in {(1, 3), (0, 0)}
    assert totals.keys() == set(VISIT_DUTIES)
    for told in totals.values():
        assert 0.75 < told.done / told.due < 0.9
        assert 0 < told.waived < told.explained
        assert 0 < told.unexplained < 0.09 * told.due
    assert members("officers_missed_cells", day).count() == 3


def dump_of_a_new_database(**options) -> str:
    """Give everything a seeding writes into an empty database, as text."""
    with triggers_lifted():
        call_command("flush", interactive=False, verbosity=0)
    seed(**options)
    output = StringIO()
    call_command("dumpdata", *OURS, stdout=output)
    return output.getvalue()


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_same_seed_and_day_give_the_same_bytes():
    with time_machine.travel(DAY, tick=False):  # passwords are of the moment
        first = dump_of_a_new_database()
        assert dump_of_a_new_database() == first
        assert dump_of_a_new_database(seed=11) != first
    assert all(f'"{model._meta.label_lower}"' in first for model in (Attendance, Period, Petition))


@pytest.mark.parametrize(
    "make",
    [
        make_officer,
        make_decision,
        make_assignment,
        make_user,
        make_cell,
        make_conclusion,
        make_directive,
        make_matter,
        make_period,
        make_regulation,
    ],
)
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


def test_a_catalogue_that_is_there_is_used():
    load_catalogue()
    seed()
    assert PetitionField.objects.count() == 13


def test_a_catalogue_that_the_office_made_its_own_is_refused():
    load_catalogue()
    PetitionField.objects.filter(name__startswith="Giao thông").update(name="Cầu, đường")
    with pytest.raises(CommandError, match="Danh mục lĩnh vực kiến nghị"):
        seed()
    assert not User.objects.exists()


def test_two_years_before():
    assert two_years_before(DAY) == START
    assert two_years_before(dt.date(2024, 2, 29)) == dt.date(2022, 2, 28)
