"""Every figure of the demonstration, by whoever looks: number = members = list = file."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.enums import Role
from accounts.models import User
from reports.viewpoint import Viewpoint
from tests.client import ReadingClient
from tests.demonstration import DAY
from tests.reports.figure_lists import disagreements, too_large_parts

EARLIER, SPAN = dt.date(2026, 5, 10), "2025-q3..2026-q1"


@pytest.fixture(scope="module")
def looking(demonstration, django_db_blocker):
    """Give ``looking(role)``: a user of the demonstration and a client logged in as them."""

    def found(role: Role) -> tuple[User, ReadingClient]:
        user = User.objects.filter(role=role, is_active=True).order_by("pk").first()
        client = ReadingClient()
        client.force_login(user)
        return user, client

    return found


@pytest.mark.parametrize(
    ("role", "day", "asked"),
    [
        (Role.LEADER, DAY, ""),
        (Role.OFFICE, EARLIER, SPAN),
        (Role.OFFICER, DAY, ""),
        (Role.OFFICER, EARLIER, SPAN),
        (Role.ASSISTANT, DAY, SPAN),
    ],
)
def test_number_equals_members_equals_list_equals_file(db, looking, role, day, asked):
    user, client = looking(role)
    view = Viewpoint(user, day, asked)
    assert disagreements(client, view) == []
    assert too_large_parts(view) == []
