"""Two devices enter the same visit at once: it is entered once."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEvent
from assignments import visits
from assignments.enums import VisitKind
from assignments.models import Attendance, Visit
from assignments.visits import Account, VisitFacts
from tests.factories import DAY, make_assignment, make_attendance, make_user, make_visit
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(17)))


@pytest.fixture
def send():
    """Give ``send(key, joins)``: one sending of the same entry."""
    row = make_assignment()
    user = make_user(Role.OFFICE)

    def sent(key: uuid.UUID, joins: Visit | None = None) -> Attendance:
        return visits.log_visit(
            officer=row.officer,
            facts=VisitFacts(row.commune, DAY, VisitKind.COMMITTEE_MEETING),
            account=Account(findings="Nắm tình hình"),
            by=user,
            now=NOW,
            entry_key=key,
            joins=joins,
        )

    sent.commune = row.commune
    return sent


def test_one_form_sent_twice_at_once(send):
    key = uuid.uuid4()
    first, second = at_once(lambda: send(key), lambda: send(key))
    assert first == second == Attendance.objects.get()
    assert AuditEvent.objects.count() == 2  # of the visit and of the attendance


def test_two_devices_at_once(send):
    assert_one_was_refused(at_once(lambda: send(uuid.uuid4()), lambda: send(uuid.uuid4())))
    assert Visit.objects.count() == 1


def test_joining_the_same_visit_from_two_devices_at_once(send):
    there = make_visit(send.commune)
    make_attendance(visit=there)
    acts = [lambda: send(uuid.uuid4(), there) for _ in range(2)]
    assert_one_was_refused(at_once(*acts))
    assert there.attendances.count() == 2


def assert_one_was_refused(results: list[object]) -> None:
    assert sorted(type(result).__name__ for result in results) == ["Attendance", "ValidationError"]
    (error,) = (result for result in results if isinstance(result, ValidationError))
    assert "đã" in error.messages[0]
