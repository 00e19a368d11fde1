"""Where every figure counts something: number = members = list = file = frozen = Word."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from assignments.models import Officer
from reports.figures import FIGURES, values
from reports.freezing import freeze, frozen_values, frozen_view
from reports.models import Period
from reports.reviews.fields import field_values, whole_number
from reports.viewpoint import Viewpoint
from reports.workbooks import restored
from tests.factories import make_officer, make_review
from tests.reports.figure_lists import disagreements, too_large_parts
from tests.reports.rich_world import make_rich_world
from tests.reports.world import DAY, QUARTER

LATER = QUARTER[1] + dt.timedelta(days=30)
SPAN = "2023-q4..2024-q2"
VIEWS = [(DAY, ""), (DAY, SPAN), (LATER, "2024-q2"), (LATER, SPAN)]
NOW = dt.datetime(2024, 8, 1, 8, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def world(db, users):
    for _ in range(9):  # so that no officer has the key of a commune
        make_officer()
    made = make_rich_world()
    Officer.objects.filter(pk=made.anh.pk).update(user=users[Role.OFFICER])
    made.binh.assistants.add(users[Role.ASSISTANT])
    return made


def test_every_figure_counts_something_on_some_day(world, users):
    found = [values(Viewpoint(users[Role.OFFICE], *view)) for view in VIEWS]
    assert [key for key in FIGURES if not any(one[key] for one in found)] == []


@pytest.mark.parametrize(("day", "asked"), VIEWS)
def test_number_equals_members_equals_list_equals_file(world, users, client_as, day, asked):
    view = Viewpoint(users[Role.OFFICE], day, asked)
    assert disagreements(client_as(Role.OFFICE), view) == []
    assert too_large_parts(view) == []


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ASSISTANT])
def test_it_does_for_whoever_looks(world, users, client_as, role):
    view = Viewpoint(users[role], LATER, SPAN)
    assert disagreements(client_as(role), view) == []
    assert too_large_parts(view) == []


def test_frozen_page_and_word_say_the_values_of_the_same_view(world, users, client_as):
    quarter = Period.objects.order_by("started_on").last()
    first = Period.objects.order_by("started_on").first()
    review = make_review(first_quarter=first, last_quarter=quarter, day=DAY)
    frozen = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    found = values(frozen_view(frozen, users[Role.LEADER]))
    assert frozen_values(frozen) == found
    said = field_values(frozen)
    assert {key: said[one.field] for key, one in FIGURES.items()} == {
        key: whole_number(value) for key, value in found.items()
    }
    page = client_as(Role.LEADER).get(reverse("reviews:frozen", args=[frozen.pk]))
    lines = {line.label: line.value for line in page.context["lines"]}
    assert lines == {FIGURES[key].label: value for key, value in found.items()}
    assert restored(frozen.sheets)
