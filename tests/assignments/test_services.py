"""Opening, closing and handing over assignments: all or nothing, with an audit row."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts import clock
from accounts.audit import target_key
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments import services
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision
from communes.models import Commune
from tests.factories import (
    STARTED_ON,
    make_assignment,
    make_commune,
    make_decision,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db

ON = dt.date(2022, 6, 1)
MAIN_TAKEN = "Đảng bộ này đã có cán bộ phụ trách chính trong thời gian đó."


@pytest.fixture
def clerk():
    return make_user(full_name="Trần Thị Bé")


@pytest.fixture
def decision():
    return make_decision("600-QĐ/TU", signed_on=dt.date(2022, 5, 30))


def written() -> tuple:
    """Give everything the services may write."""
    return (
        list(Assignment.objects.order_by("pk").values()),
        list(Decision.objects.order_by("pk").values()),
        AuditEvent.objects.count(),
    )


def test_assign_opens_an_assignment_and_says_who_did_it(clerk, decision):
    officer, commune = make_officer("Lê Văn An"), make_commune("Kế Thành")
    made = services.assign(
        officer=officer, commune=commune, on=ON, decision=decision, by=clerk, reason="theo tờ trình"
    )
    stored = Assignment.objects.get()
    assert stored == made
    assert (stored.officer, stored.commune, stored.role) == (officer, commune, "main")
    assert (stored.started_on, stored.ended_on, stored.end_reason) == (ON, None, "")
    assert (stored.opening_decision, stored.closing_decision) == (decision, None)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == (Verb.ASSIGN, str(clerk))
    assert event.target_key == target_key(stored)
    assert event.reason == "theo tờ trình"
    assert event.before == {}
    assert event.after["từ ngày"] == "01/06/2022"
    assert event.after["Đảng bộ"] == "Xã Kế Thành"


def test_a_command_on_the_server_is_the_system(decision):
    services.assign(
        officer=make_officer(), commune=make_commune(), on=ON, decision=decision, by=None
    )
    assert AuditEvent.objects.get().actor == "Hệ thống"


def test_temporary_cover_may_have_a_known_end(clerk, decision):
    commune = make_assignment().commune
    cover = services.assign(
        officer=make_officer("Lý Đa"),
        commune=commune,
        on=ON,
        until=dt.date(2022, 9, 1),
        role=AssignmentRole.COVER,
        decision=decision,
        by=clerk,
    )
    assert (cover.ended_on, cover.end_reason) == (dt.date(2022, 9, 1), EndReason.COVER_ENDED)
    assert cover.last_day == dt.date(2022, 8, 31)


def refused(sentence: str, **arguments) -> None:
    """Assert that ``assign`` raises ``sentence`` and writes nothing."""
    before = written()
    with pytest.raises(ValidationError) as caught:
        services.assign(by=None, **arguments)
    assert sentence in caught.value.messages
    assert written() == before


def test_a_second_main_officer_is_refused(decision):
    commune = make_assignment().commune
    refused(MAIN_TAKEN, officer=make_officer("Lý Đa"), commune=commune, on=ON, decision=decision)


def test_the_same_officer_twice_in_a_commune_is_refused(decision):
    first = make_assignment()
    refused(
        "Cán bộ này đã được phân công ở Đảng bộ đó trong cùng thời gian.",
        officer=first.officer,
        commune=first.commune,
        on=ON,
        decision=decision,
        role=AssignmentRole.SUPPORT,
    )


def test_an_officer_who_has_left_is_refused(decision):
    officer = make_officer("Lý Đa", left_on=ON)
    refused(
        "Đồng chí Lý Đa đã thôi công tác từ 01/06/2022.",
        officer=officer,
        commune=make_commune(),
        on=ON,
        decision=decision,
    )


def test_an_officer_who_has_not_come_yet_is_refused(decision):
    officer = make_officer("Lý Đa", joined_on=dt.date(2022, 6, 2))
    refused(
        "Đồng chí Lý Đa công tác từ 02/06/2022.",
        officer=officer,
        commune=make_commune(),
        on=ON,
        decision=decision,
    )


def test_a_commune_that_is_gone_is_refused(decision):
    commune = make_commune("Kế Thành", dissolved_on=ON)
    refused(
        "Xã Kế Thành không tồn tại ngày 01/06/2022.",
        officer=make_officer(),
        commune=commune,
        on=ON,
        decision=decision,
    )


def test_end_assignment_keeps_the_row_and_writes_what_changed(clerk, decision):
    assignment = make_assignment()
    services.end_assignment(
        assignment=assignment,
        on=ON,
        end_reason=EndReason.RETIRED,
        decision=decision,
        by=clerk,
        reason="nghỉ hưu theo chế độ",
    )
    assignment.refresh_from_db()
    assert (assignment.ended_on, assignment.end_reason) == (ON, EndReason.RETIRED)
    assert assignment.closing_decision == decision
    assert assignment.is_active_on(ON - dt.timedelta(days=1))
    assert not assignment.is_active_on(ON)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.reason) == (Verb.END, str(clerk), "nghỉ hưu theo chế độ")
    assert event.before == {}
    assert event.after == {
        "thôi từ ngày": "01/06/2022",
        "quyết định thôi": "số 600-QĐ/TU, ngày 30/05/2022",
        "lý do thôi": "Nghỉ hưu",
    }


def test_what_has_ended_cannot_end_again(decision):
    assignment = make_assignment(ended_on=dt.date(2022, 3, 1))
    before = written()
    with pytest.raises(ValidationError, match="Phân công này đã thôi từ ngày 01/03/2022"):
        services.end_assignment(
            assignment=assignment, on=ON, end_reason="retired", decision=decision, by=None
        )
    assert written() == before


@time_machine.travel(dt.datetime(2022, 6, 1, tzinfo=dt.UTC))
def test_a_known_end_may_be_brought_forward(decision):
    assignment = make_assignment(ended_on=dt.date(2022, 9, 1))
    ended = services.end_assignment(
        assignment=assignment, on=ON, end_reason=EndReason.DIED, decision=decision, by=None
    )
    assert (ended.ended_on, ended.end_reason) == (ON, EndReason.DIED)


def test_an_end_before_the_start_is_refused(decision):
    assignment = make_assignment()
    before = written()
    with pytest.raises(ValidationError, match="Ngày thôi phải sau ngày bắt đầu"):
        services.end_assignment(
            assignment=assignment, on=STARTED_ON, end_reason="retired", decision=decision, by=None
        )
    assert written() == before


def test_an_unknown_reason_is_refused(decision):
    assignment = make_assignment()
    before = written()
    with pytest.raises(ValidationError):
        services.end_assignment(
            assignment=assignment, on=ON, end_reason="", decision=decision, by=None
        )
    assert written() == before


def test_hand_over_closes_one_and_opens_the_other_on_the_same_day(clerk, decision):
    first = make_assignment(make_officer("Lê Văn An"))
    successor = make_officer("Lý Đa")
    new = services.hand_over(
        assignment=first, to=successor, on=ON, decision=decision, by=clerk, reason="điều chỉnh"
    )
    first.refresh_from_db()
    assert (first.ended_on, first.end_reason) == (ON, EndReason.REPLACED)
    assert first.closing_decision == new.opening_decision == decision
    assert (new.officer, new.commune, new.role) == (successor, first.commune, first.role)
    assert (new.started_on, new.ended_on) == (ON, None)
    for day in (ON - dt.timedelta(days=1), ON):
        assert Assignment.objects.active_on(day).count() == 1
    events = AuditEvent.objects.order_by("pk")
    events = events.filter(verb__in=[Verb.END, Verb.ASSIGN, Verb.HAND_OVER])
    assert [event.verb for event in events] == [Verb.END, Verb.ASSIGN, Verb.HAND_OVER]
    assert {(event.actor, event.reason) for event in events} == {(str(clerk), "điều chỉnh")}
    assert events[2].before == {"cán bộ": "Lê Văn An (1970)"}
    assert events[2].after == {"cán bộ": "Lý Đa (1970)"}
    assert events[2].target_key == target_key(first.commune)


def test_hand_over_keeps_the_role(decision):
    cover = make_assignment(role=AssignmentRole.COVER)
    new = services.hand_over(
        assignment=cover, to=make_officer("Lý Đa"), on=ON, decision=decision, by=None
    )
    assert new.role == AssignmentRole.COVER


def test_hand_over_that_fails_leaves_nothing(decision):
    first = make_assignment()
    gone = make_officer("Lý Đa", left_on=ON)
    before = written()
    with pytest.raises(ValidationError, match="đã thôi công tác"):
        services.hand_over(assignment=first, to=gone, on=ON, decision=decision, by=None)
    assert written() == before


def test_hand_over_to_oneself_is_refused(decision):
    first = make_assignment()
    before = written()
    with pytest.raises(ValidationError, match="Người nhận bàn giao phải là đồng chí khác"):
        services.hand_over(assignment=first, to=first.officer, on=ON, decision=decision, by=None)
    assert written() == before


def test_hand_over_of_what_has_ended_is_refused(decision):
    first = make_assignment(ended_on=dt.date(2022, 3, 1))
    before = written()
    with pytest.raises(ValidationError, match="đã thôi từ ngày"):
        services.hand_over(
            assignment=first, to=make_officer("Lý Đa"), on=ON, decision=decision, by=None
        )
    assert written() == before


def test_a_decision_is_recorded_once(clerk):
    signed = dt.date(2022, 5, 30)
    first = services.decision_for(number="600-QĐ/TU", signed_on=signed, by=clerk, signer="Lâm A")
    again = services.decision_for(number=" 600-QÐ/TU ", signed_on=signed, by=clerk)
    assert first == again
    assert AuditEvent.objects.get().verb == Verb.CREATE
    undated = services.decision_for(number="600-QĐ/TU", signed_on=None, by=clerk)
    assert undated != first
    assert services.decision_for(number="600-QĐ/TU", signed_on=None, by=clerk) == undated


def test_a_decision_without_a_number_is_refused(clerk):
    with pytest.raises(ValidationError):
        services.decision_for(number="  ", signed_on=None, by=clerk)
    assert not Decision.objects.exists()


def ended(row: Assignment, on: dt.date, decision: Decision) -> Assignment:
    return services.end_assignment(
        assignment=row, on=on, end_reason=EndReason.RETIRED, decision=decision, by=None
    )


def test_an_end_that_has_passed_is_history(decision):
    row = make_assignment(ended_on=clock.today())
    with pytest.raises(ValidationError, match="Phân công này đã thôi từ ngày"):
        ended(row, clock.today() - dt.timedelta(days=30), decision)


def test_cover_for_a_known_time_keeps_its_end_when_handed_over(decision):
    until = clock.today() + dt.timedelta(days=60)
    row = make_assignment(role=AssignmentRole.COVER, ended_on=until)
    new = services.hand_over(
        assignment=row,
        to=make_officer("Lý Thị Thay"),
        on=clock.today(),
        decision=decision,
        by=None,
    )
    assert (new.role, new.ended_on) == (AssignmentRole.COVER, until)


def test_an_assignment_ends_with_its_unit():
    unit = make_commune(dissolved_on=dt.date(2030, 9, 1))
    facts = {"officer": make_officer(), "on": dt.date(2030, 8, 1), "decision": make_decision()}
    made = services.assign(commune=unit, by=None, **facts)
    assert (made.ended_on, made.end_reason) == (unit.dissolved_on, EndReason.UNIT_REORGANISED)


def test_a_unit_that_is_no_more_is_not_assigned():
    """A rearrangement was undone while somebody was being assigned to what came of it."""
    commune, officer, decision = make_commune(), make_officer(), make_decision()
    Commune.objects.get(pk=commune.pk).delete()
    with pytest.raises(ValidationError, match="Dữ liệu vừa được người khác thay đổi"):
        services.assign(officer=officer, commune=commune, on=ON, decision=decision, by=None)
