"""A figure's number is the length of the list it opens and of the file that list exports."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.enums import Role
from reports.duties.words import DUTY_WORDS
from reports.enums import ReportKind
from reports.figures import FIGURES, values
from reports.models import Period
from reports.viewpoint import Viewpoint
from tests.factories import (
    make_assignment,
    make_officer,
    make_report,
    make_report_event,
    make_waiver,
)
from tests.reports.figure_lists import in_file, on_page
from tests.reports.world import DAY, QUARTER, START, add_duties, make_world

ELSEWHERE = (
    *(
        "petition",
        "communes_petitioning",
        "matter",
        "task",
        "visits_on",
        "visits_field",
        "visits_local",
        "visits_mass",
    ),
    *("visits_postponed", "visits_unconfirmed"),
)
EXPECTED = {
    "officers_assigned": 3,
    "officers_active": 2,
    "officers_left": 1,
    "communes": 5,
    "communes_covered": 3,
    "communes_uncovered": 2,
    "communes_ending": 1,
    "officers_multiple": 1,
    "officers_overloaded": 0,
    "officers_departed": 0,
    "communes_unmet": 2,
    "communes_unmet_explained": 1,
    "communes_unmet_unclear": 1,
    "communes_done": 1,
    "communes_open": 1,
    "communes_excused": 1,
    "communes_overdue": 0,
    "communes_not_due": 0,
    "officers_overdue": 0,
    "officers_open": 1,
    "officers_missed_cells": 1,
    "assignments_active": 4,
    "assignments_undocumented": 0,
    "communes_visited": 1,
    "communes_unvisited": 4,
    "officers_posted": 2,
    "officers_nowhere": 1,
    "visits_held": 2,
    "visits_committee_meeting": 1,
    "visits_cell_meeting": 1,
    # tests/reports/test_figures_rich.py counts those
    **{key: 0 for key in FIGURES if key.startswith(ELSEWHERE)},
    "reports_returned": 0,
    "reports_submitted": 0,
    "reports_on_time": 0,
    "reports_late": 0,
    "reports_waiting": 1,
    "waivers_waiting": 1,
    # In the quarter: three communes held, a committee and a cell meeting for each.
    "duties_due": 6,
    "duties_done": 2,
    "duties_waived": 1,
    "duties_explained": 1,
    "duties_unexplained": 2,
    "due_committee_meeting": 3,
    "done_committee_meeting": 1,
    "waived_committee_meeting": 0,
    "explained_committee_meeting": 1,
    "unexplained_committee_meeting": 1,
    "due_cell_meeting": 3,
    "done_cell_meeting": 1,
    "waived_cell_meeting": 1,
    "explained_cell_meeting": 0,
    "unexplained_cell_meeting": 1,
    **{f"{word.key}_{kind}": 0 for word in DUTY_WORDS for kind in ("field_visit", "report")},
    **{key: 0 for key in FIGURES if key.startswith(("overdue_", "duties_overdue"))},
}


@pytest.fixture
def world(db):
    for _ in range(9):  # so that no officer has the key of a commune
        make_officer()
    made = make_world()
    add_duties(made)
    add_entries(made)
    return made


def add_entries(world) -> None:
    """Hand a report in, and ask for a waiver, both waiting since the day before :data:`DAY`."""
    eve = DAY - dt.timedelta(days=1)
    moment = timezone.make_aware(dt.datetime.combine(eve, dt.time(9)))
    about = {"kind": ReportKind.URGENT, "subject": "Sạt lở", "entered_at": moment}
    report = make_report(world.anh, state="submitted", first_submitted_on=eve, **about)
    make_report_event(report, happened_on=eve)
    period = Period.objects.earliest("started_on")
    undecided = {"is_accepted": None, "decided_on": None, "entered_at": moment}
    make_waiver(world.anh, world.communes[0], period, **undecided)


def test_each_figure_has_a_field_of_its_own_for_documents_and_addresses():
    fields = [figure.field for figure in FIGURES.values()]
    assert len(set(fields)) == len(fields)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", field) for field in fields)


def test_no_setting_changes_a_field():
    """A template of the office names it, whatever the office sets."""
    numbers = re.compile(r"\d")
    assert [figure.field for figure in FIGURES.values() if numbers.search(figure.field)] == []


def test_values_of_a_known_world(world, users):
    assert values(Viewpoint(users[Role.OFFICE], DAY)) == EXPECTED


@pytest.mark.parametrize("day", [START - dt.timedelta(days=1), START, DAY, dt.date(2030, 1, 1)])
def test_number_equals_members_equals_list_equals_file(world, users, client_as, day):
    view, client = Viewpoint(users[Role.OFFICE], day), client_as(Role.OFFICE)
    found = values(view)
    for key, figure in FIGURES.items():
        assert found[key] == figure.value(view) == sum(figure.amounts(view).values()), key
        assert found[key] == on_page(client, figure, view) == in_file(client, figure, view), key


def test_after_the_quarter_what_is_missing_is_overdue(world, users, client_as):
    view = Viewpoint(users[Role.OFFICE], QUARTER[1] + dt.timedelta(days=5), "2024-q2")
    found = values(view)
    assert (found["communes_overdue"], found["communes_open"]) == (1, 0)
    assert found["officers_overdue"] == 1
    address = FIGURES["communes_overdue"].url(view)
    page = client_as(Role.OFFICE).get(f"{address}&ngay={view.day.isoformat()}")
    assert [row.record for row in page.context["rows"]] == [world.communes[2]]


def test_the_last_day_in_time_is_a_working_day(world, users):
    """30 June 2024 is a Sunday."""
    monday = Viewpoint(users[Role.OFFICE], QUARTER[1], "2024-q2")
    assert values(monday)["communes_open"] == 1


def test_on_the_first_day_everybody_is_in_post(world, users):
    found = values(Viewpoint(users[Role.OFFICE], START))
    assert (found["officers_active"], found["officers_left"]) == (3, 0)


def test_covered_and_uncovered_make_up_all_communes_on_any_day(world, users):
    for day in (START - dt.timedelta(days=1), START, DAY, dt.date(2024, 7, 15)):
        found = values(Viewpoint(users[Role.OFFICE], day))
        assert found["communes_covered"] + found["communes_uncovered"] == found["communes"] == 5


def test_two_communes_and_a_support_role_are_counted_apart(world, users):
    """DESIGN §10, mistake 12: one join too many would count Ánh's two communes four times."""
    make_assignment(officer=world.anh, commune=world.communes[3], role="support", started_on=START)
    assert values(Viewpoint(users[Role.OFFICE], DAY))["officers_multiple"] == 1


def test_an_officer_sees_figures_of_own_communes_only(world, users):
    world.binh.user = users[Role.OFFICER]
    world.binh.save()
    found = values(Viewpoint(users[Role.OFFICER], DAY))
    assert (found["communes"], found["communes_covered"]) == (2, 2)


def test_somebody_who_left_but_still_holds_a_commune_is_pointed_out(world, users):
    officer = make_officer(left_on=DAY)
    make_assignment(officer=officer, commune=world.communes[4], started_on=START)
    assert values(Viewpoint(users[Role.OFFICE], DAY))["officers_departed"] == 1
    assert (
        values(Viewpoint(users[Role.OFFICE], DAY - dt.timedelta(days=1)))["officers_departed"] == 0
    )
