"""Far too much of what is allowed: an answer in time, and no error."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import Role
from reports.viewpoint import PARAMETER
from tests.client import ReadingClient
from tests.fuzz.judging import SLOW_SECONDS
from tests.fuzz.world import of_records
from tests.test_hostile_input import LISTS, PARAMETERS

MANY = 1_000
AGES = ("1023-q1..2023-q4", "0001-q1..9999-q4", "2023-q4..1023-q1", "2022-q1.." * MANY)
READ_BY_QUARTER = sorted(route for route, names in PARAMETERS.items() if PARAMETER in names)


@pytest.fixture
def site(db):
    """Give the office's client, and where routes are among records of every kind."""
    users, address = of_records()
    client = ReadingClient()
    client.force_login(users[Role.OFFICE])
    return client, address


def answered(client: ReadingClient, url: str, query: dict) -> int:
    """Give the status of the answer; assert that it took no long work."""
    begun = time.process_time()
    response = client.get(url, query)
    if response.streaming:
        response.getvalue()
    assert time.process_time() - begun < SLOW_SECONDS, (url, *query)
    return response.status_code


def test_a_thousand_of_each_parameter(site):
    client, address = site
    for route in sorted({*LISTS, *PARAMETERS} - {"accounts:login"}):
        names = [*PARAMETERS.get(route, ()), *(LISTS[route].base_filters if route in LISTS else ())]
        query = {name: ["1"] * (MANY // len(names)) for name in names}
        assert answered(client, address(route), query) < 500, route


def test_more_parameters_than_are_read(site):
    client, _ = site
    query = {"tim": ["x"] * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert answered(client, reverse("reports:commune_list"), query) == 413


@pytest.mark.parametrize("asked", AGES)
def test_quarters_of_a_thousand_years(site, asked):
    client, address = site
    for route in READ_BY_QUARTER:
        assert answered(client, address(route), {PARAMETER: asked}) < 500, route
