"""What is refused leaves nothing behind, not even the decision it named."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.enums import Role
from assignments.models import Assignment, AssignmentQuerySet, Decision
from assignments.officer_field import Candidates
from tests.factories import STARTED_ON, make_assignment

pytestmark = pytest.mark.django_db

ON = dt.date(2022, 6, 1)
NAMED = {"decision_number": "77-QĐ/TU", "decision_date": "30/05/2022"}


def label_of(row: Assignment) -> str:
    labels = Candidates(ON).by_label.items()
    return next(label for label, officer in labels if officer.pk == row.officer_id)


def rows() -> AssignmentQuerySet:
    return Assignment.objects.order_by("pk").values("pk", "started_on", "ended_on")


def refused(client, route: str, key: int, data: dict) -> None:
    before = list(rows())
    assert client.post(reverse(route, args=[key]), data).status_code == 200
    assert list(rows()) == before
    assert not Decision.objects.filter(number="77-QĐ/TU").exists()


def test_a_cover_by_who_is_there_already(client_as):
    row = make_assignment(started_on=STARTED_ON)
    data = {**NAMED, "officer": label_of(row), "on": "01/06/2022", "last": "30/06/2022"}
    refused(client_as(Role.OFFICE), "departures:cover", row.commune_id, data)


def test_a_departure_with_a_successor_who_is_the_one_who_leaves(client_as):
    row = make_assignment(started_on=STARTED_ON)
    data = {**NAMED, "on": "01/06/2022", "reason": "retired", f"officer_{row.pk}": label_of(row)}
    refused(client_as(Role.OFFICE), "departures:depart", row.officer_id, data)


def test_a_correction_to_days_of_another_officer(client_as):
    end = {"ended_on": ON, "end_reason": "retired"}
    first = make_assignment(started_on=STARTED_ON, **end)
    make_assignment(commune=first.commune, started_on=ON)
    data = {
        "role": "main",
        "started_on": f"{STARTED_ON:%d/%m/%Y}",
        "opening_number": "77-QĐ/TU",
        "reason": "Ghi nhầm",
    }
    refused(client_as(Role.OFFICE), "assignments:correct", first.pk, data)
