"""Two devices send the same meeting notice or the same follow-up at once: it is there once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEvent
from assignments.directives import Noted, note_follow_ups
from assignments.enums import FollowUpState, VisitKind
from assignments.models import FollowUp, MeetingNotice
from assignments.notices import Meeting, announce
from tests.factories import DAY, make_commune, make_directive, make_user
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(9)))


def one_was_refused(results: list[object]) -> bool:
    return sum(isinstance(result, ValidationError) for result in results) == 1


def test_the_same_notice_at_once():
    by, commune = make_user(Role.OFFICE), make_commune()
    meeting = Meeting(commune, VisitKind.COMMITTEE_MEETING, DAY, dt.time(8), "Xã", "Họp")
    acts = [lambda: announce(meeting=meeting, by=by, now=NOW) for _ in range(2)]
    assert one_was_refused(at_once(*acts))
    assert MeetingNotice.objects.count() == AuditEvent.objects.count() == 1


def test_the_same_follow_up_at_once():
    by, directive, communes = make_user(Role.OFFICE), make_directive(), [make_commune()]
    noted = Noted(DAY, FollowUpState.REMINDED, "Đã nhắc")
    facts = {"directive": directive, "communes": communes, "noted": noted}
    acts = [lambda: note_follow_ups(**facts, by=by, now=NOW) for _ in range(2)]
    assert one_was_refused(at_once(*acts))
    assert FollowUp.objects.count() == AuditEvent.objects.count() == 1
