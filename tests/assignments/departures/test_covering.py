"""Standing in for a time: given back by itself, extended, shortened."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.departures import change_cover, cover
from assignments.enums import AssignmentRole, DutyKind
from assignments.models import Assignment
from reports.duties import duty_list
from tests.factories import (
    make_assignment,
    make_attendance,
    make_decision,
    make_officer,
    make_period,
    make_regulation,
    make_user,
    make_visit,
)

pytestmark = pytest.mark.django_db

SINCE, UNTIL = dt.date(2023, 4, 20), dt.date(2023, 6, 1)


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(dt.datetime(2023, 5, 9, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def main() -> Assignment:
    return make_assignment(make_officer("Ngô Bảo"))


def stood_in(main: Assignment, **facts) -> Assignment:
    return cover(
        commune=main.commune,
        officer=make_officer("Lý Em"),
        decision=make_decision(),
        by=make_user(),
        **{"on": SINCE, "until": UNTIL} | facts,
    )


def test_the_main_officer_stays_and_has_the_commune_back_by_itself(main):
    row = stood_in(main)
    main.refresh_from_db()
    assert (row.role, row.ended_on, row.end_reason) == ("cover", UNTIL, "cover_ended")
    assert main.ended_on is None

    def there(day: dt.date) -> list[str]:
        rows = Assignment.objects.active_on(day).filter(commune=main.commune)
        return sorted(one.role for one in rows)

    assert there(UNTIL - dt.timedelta(days=1)) == ["cover", "main"]
    assert there(UNTIL) == ["main"]


def test_duties_are_the_covers_meanwhile(main):
    make_regulation(DutyKind.COMMITTEE_MEETING)
    period = make_period()

    def due(day: dt.date) -> dict[int, int]:
        lines = duty_list(None, [period], day)
        return {line.officer_id: line.due for line in lines}

    assert due(dt.date(2023, 6, 30)) == {main.officer_id: 1}
    row = stood_in(main, on=period.started_on, until=period.ended_on)
    found = due(dt.date(2023, 6, 30))
    assert found[row.officer_id] == 1
    assert found.get(main.officer_id, 0) == 0


def test_extended_and_shortened(main):
    row, by = stood_in(main), make_user()
    longer = change_cover(assignment=row, until=dt.date(2023, 7, 1), reason="chưa khỏi bệnh", by=by)
    assert longer.ended_on == dt.date(2023, 7, 1)
    shorter = change_cover(assignment=row, until=dt.date(2023, 5, 15), reason="về sớm", by=by)
    assert shorter.ended_on == dt.date(2023, 5, 15)
    changes = AuditEvent.objects.filter(verb=Verb.CHANGE)
    assert [one.reason for one in changes.order_by("pk")] == ["chưa khỏi bệnh", "về sớm"]


def test_refusals(main):
    row, by = stood_in(main), make_user()
    with pytest.raises(ValidationError, match="không phải phân công phụ trách tạm thời"):
        change_cover(assignment=main, until=UNTIL, reason="x", by=by)
    with pytest.raises(ValidationError, match="Ghi lý do"):
        change_cover(assignment=row, until=dt.date(2023, 7, 1), reason=" ", by=by)
    with pytest.raises(ValidationError, match="Ngày thôi phải sau ngày bắt đầu"):
        change_cover(assignment=row, until=SINCE, reason="x", by=by)
    make_attendance(row.officer, make_visit(main.commune, visited_on=dt.date(2023, 5, 3)))
    with pytest.raises(ValidationError, match=r"1 chuyến đi \(03/05/2023\) sau ngày đó"):
        change_cover(assignment=row, until=dt.date(2023, 5, 1), reason="x", by=by)
    with pytest.raises(ValidationError, match="đã có cán bộ phụ trách tạm thời"):
        cover(
            commune=main.commune,
            officer=make_officer("Lý Đa"),
            on=dt.date(2023, 5, 1),
            until=dt.date(2023, 5, 10),
            decision=None,
            by=by,
        )
    Assignment.objects.filter(pk=row.pk).update(ended_on=dt.date(2023, 5, 9))
    with pytest.raises(ValidationError, match="đã hết từ ngày 09/05/2023"):
        change_cover(assignment=row, until=dt.date(2023, 7, 1), reason="x", by=by)


def test_by_who_is_main_there(main):
    with pytest.raises(ValidationError, match="trong cùng thời gian"):
        cover(
            commune=main.commune,
            officer=main.officer,
            on=SINCE,
            until=UNTIL,
            decision=None,
            by=make_user(),
        )
    assert Assignment.objects.get().role == AssignmentRole.MAIN
