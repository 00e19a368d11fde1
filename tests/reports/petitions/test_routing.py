"""Legs: who had a petition from when to when, one leading body at a time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.bulk import RowErrors
from reports.enums import AnswerOutcome, LegRole, PetitionAct, PetitionState
from reports.models import Petition, PetitionEvent, PetitionLeg
from reports.petitions import Route, default_due, note_progress, route_petitions
from tests.factories import DAY, make_body, make_field, make_petition, make_user
from tests.reports.petitions.moves import DO, answer, at, bring, day, extend, route

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


@pytest.fixture
def petition():
    return make_petition()


def legs(petition) -> list[tuple]:
    """Give (body, role, first day, day after the last) of each leg."""
    return [
        (leg.body, leg.role, leg.started_on, leg.ended_on)
        for leg in petition.legs.order_by("started_on", "pk")
    ]


LEAD, BESIDE = LegRole.LEAD, LegRole.COORDINATING


def test_a_route_begins_a_leg_with_its_papers(petition, office):
    body = make_body()
    route(petition, office, day(1), body, due_on=day(20), reference="15-CV/VPTU", note="Khẩn")
    leg = petition.legs.get()
    assert (leg.body, leg.role, leg.started_on, leg.due_on) == (body, LEAD, day(1), day(20))
    assert (leg.reference, leg.entered_by) == ("15-CV/VPTU", office)
    event = petition.events.last()
    assert (event.body, event.note, event.happened_on) == (body, "Khẩn", day(1))
    assert event.state == PetitionState.ROUTED
    row = AuditEvent.objects.get()
    assert (row.verb, row.after["cơ quan"]) == (Verb.ROUTE, str(body))
    assert (row.before, row.reason) == ({"tình trạng": "Mới"}, "Khẩn")


def test_without_a_day_the_limit_of_the_field_holds(office):
    field = make_field(limit_days=45)
    assert default_due(field, DAY) == day(45)
    petition = make_petition(field=field)
    route(petition, office)
    assert petition.legs.get().due_on == day(45)


def test_sent_on_the_old_leg_ends_and_stays_in_the_history(petition, office):
    first, second = make_body(), make_body()
    route(petition, office, day(1), first)
    route(petition, office, day(5), second)
    assert legs(petition) == [(first, LEAD, day(1), day(5)), (second, LEAD, day(5), None)]
    acts = [event.act for event in petition.events.all()]
    assert acts == [PetitionAct.RAISE, PetitionAct.ROUTE, PetitionAct.ROUTE]


def test_sent_on_the_same_day_leaves_a_leg_without_a_day(petition, office):
    first, second = make_body(), make_body()
    route(petition, office, day(1), first)
    route(petition, office, day(1), second)
    assert legs(petition) == [(first, LEAD, day(1), day(1)), (second, LEAD, day(1), None)]


def test_back_to_the_first_body(petition, office):
    first, second = make_body(), make_body()
    for number, body in enumerate((first, second, first)):
        route(petition, office, day(number), body)
    assert [leg[0] for leg in legs(petition)] == [first, second, first]


def test_who_has_it_is_not_sent_it_again(petition, office):
    body = make_body()
    route(petition, office, day(1), body)
    with pytest.raises(RowErrors) as refused:
        route(petition, office, day(2), body)
    assert "đang chủ trì xử lý rồi" in refused.value.errors[0][0]
    assert petition.legs.count() == 1


def test_bodies_beside_the_leading_one_stay_when_it_changes(petition, office):
    first, second, beside, other = (make_body() for _ in range(4))
    route(petition, office, day(1), first, coordinating=[beside])
    route(petition, office, day(2), second, coordinating=[beside, other, first])
    assert legs(petition) == [
        (first, LEAD, day(1), day(2)),
        (beside, BESIDE, day(1), None),
        (second, LEAD, day(2), None),
        (other, BESIDE, day(2), None),
        (first, BESIDE, day(2), None),
    ]


def test_a_body_beside_becomes_the_leading_one(petition, office):
    first, beside = make_body(), make_body()
    route(petition, office, day(1), first, coordinating=[beside])
    route(petition, office, day(3), beside)
    assert legs(petition) == [
        (first, LEAD, day(1), day(3)),
        (beside, BESIDE, day(1), day(3)),
        (beside, LEAD, day(3), None),
    ]


def test_a_body_does_not_work_beside_itself(petition, office):
    body = make_body()
    with pytest.raises(ValidationError, match="vừa chủ trì vừa phối hợp"):
        route(petition, office, body=body, coordinating=[body])


def test_bodies_must_be_there_on_the_day(petition, office):
    merged = make_body(ended_on=day(3))
    with pytest.raises(ValidationError, match="không hoạt động"):
        route(petition, office, day(3), merged)
    with pytest.raises(ValidationError, match="không hoạt động"):
        route(petition, office, day(3), coordinating=[merged])
    route(petition, office, day(2), merged)


def test_the_answer_is_due_after_the_routing(petition, office):
    with pytest.raises(RowErrors) as refused:
        route(petition, office, day(3), due_on=day(2))
    assert "Ngày kết thúc, hạn trả lời" in refused.value.errors[0][0]
    assert not PetitionLeg.objects.exists()
    assert Petition.objects.get().state == PetitionState.NEW


# --- more time -----------------------------------------------------------------------------------


def test_more_time_ends_the_leg_and_goes_on_with_the_same_body(petition, office):
    body, beside = make_body(), make_body()
    terms = {"due_on": day(20), "reference": "15-CV/VPTU", "coordinating": [beside]}
    route(petition, office, day(1), body, **terms)
    DO[PetitionAct.START](petition, office, day(2))
    extend(petition, office, day(5), due_on=day(40))
    first, _, second = petition.legs.order_by("started_on", "pk")
    assert legs(petition)[0] == (body, LEAD, day(1), day(5))
    assert legs(petition)[1:] == [(beside, BESIDE, day(1), None), (body, LEAD, day(5), None)]
    assert (first.due_on, second.due_on) == (day(20), day(40))
    assert (second.held_since, second.reference) == (day(1), "15-CV/VPTU")
    event = petition.events.last()
    assert (event.act, event.state, event.body) == ("extend", PetitionState.IN_PROGRESS, body)
    said = f"Hạn mới {day(40):%d/%m/%Y}, trước đó {day(20):%d/%m/%Y}. Chờ khảo sát"
    assert event.note == said
    row = AuditEvent.objects.order_by("pk").last()
    assert (row.after["cơ quan"], row.reason) == (str(body), said)


def test_more_time_may_come_on_the_day_of_the_route(petition, office):
    route(petition, office, day(1), due_on=day(20))
    extend(petition, office, day(1))
    answer(petition, office, day(1))
    assert [leg[2:] for leg in legs(petition)] == [(day(1), day(1)), (day(1), day(1))]


@pytest.mark.parametrize(
    ("today", "due", "sentence"),
    [(5, 20, "phải sau hạn"), (5, 19, "phải sau hạn"), (30, 29, "không được trước hôm nay")],
)
def test_what_gives_no_more_time_is_refused(petition, office, today, due, sentence):
    route(petition, office, day(1), due_on=day(20))
    with pytest.raises(ValidationError, match=sentence):
        extend(petition, office, day(today), due_on=day(due))
    assert petition.legs.get().ended_on is None
    assert petition.events.count() == 2


def test_more_time_is_given_for_a_reason_and_to_a_body(petition, office):
    route(petition, office)
    with pytest.raises(ValidationError, match="lý do gia hạn"):
        extend(petition, office, day(1), note=" ")
    petition.legs.update(ended_on=DAY)
    with pytest.raises(ValidationError, match="không có cơ quan chủ trì"):
        extend(petition, office, day(1), due_on=day(90))


def test_more_time_is_not_given_over_what_somebody_did_meanwhile(petition, office):
    edition = route(petition, office, due_on=day(20)).edition
    extend(petition, office, DAY, edition=edition)
    with pytest.raises(ValidationError, match="“Gia hạn trả lời” lúc"):
        extend(petition, office, DAY, edition=edition)
    assert petition.legs.count() == 2


def test_papers_from_before_more_time_was_given_come_too_late(petition, office):
    route(petition, office)
    extend(petition, office, day(5))
    with pytest.raises(ValidationError, match="trước việc gần nhất “Gia hạn trả lời”"):
        answer(petition, office, day(3), now=at(day(6)))


# --- many at once --------------------------------------------------------------------------------


def test_many_go_together_or_none(office):
    rows = [make_petition() for _ in range(3)]
    bring(rows[1], PetitionState.RESOLVED)
    with pytest.raises(RowErrors) as refused:
        route_petitions(petitions=rows, route=Route(make_body(), DAY), by=office, now=at(DAY))
    assert [*refused.value.errors] == [1]
    assert rows[1].code in refused.value.errors[1][0]
    assert not PetitionLeg.objects.filter(petition__in=(rows[0], rows[2])).exists()
    sent = route_petitions(
        petitions=[rows[2], rows[0]], route=Route(make_body(), DAY), by=office, now=at(DAY)
    )
    assert sent == [rows[2], rows[0]]


def test_one_that_changed_since_it_was_read_stops_all(office):
    rows = [make_petition() for _ in range(2)]
    editions = {row.pk: row.edition for row in rows}
    DO[PetitionAct.NOTE](rows[0], office, DAY)
    with pytest.raises(RowErrors) as refused:
        route_petitions(
            petitions=rows,
            route=Route(make_body(), DAY),
            by=office,
            now=at(DAY),
            editions=editions,
        )
    [said] = refused.value.errors[0]
    assert office.full_name in said
    assert "“Ý kiến, bổ sung” lúc 17:00 ngày 09/05/2023" in said


def test_queries_for_each_petition_are_a_few_and_alike(office, django_assert_max_num_queries):
    rows = [make_petition() for _ in range(10)]
    with django_assert_max_num_queries(10 * 14 + 5):
        route_petitions(petitions=rows, route=Route(make_body(), DAY), by=office, now=at(DAY))


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [PetitionAct.ROUTE, PetitionAct.CONSIDER, PetitionAct.ANSWER])
def test_nothing_happens_on_a_day_to_come_nor_before_what_happened(office, act):
    petition = make_petition()
    if act != PetitionAct.ROUTE:
        route(petition, office, day(2))
    else:
        petition.events.update(happened_on=day(2))
    events = PetitionEvent.objects.count()

    def refused(on: dt.date, today: dt.date) -> str:
        with pytest.raises((ValidationError, RowErrors)) as refusal:
            dated(act, petition, office, on, today)
        assert PetitionEvent.objects.count() == events
        return str(getattr(refusal.value, "messages", None) or refusal.value.errors)

    assert "chưa đến" in refused(day(4), day(3))
    assert "trước việc gần nhất" in refused(day(1), day(3))
    dated(act, petition, office, day(2), day(3))


def dated(act, petition, office, on, today) -> None:
    if act == PetitionAct.ROUTE:
        route_petitions(
            petitions=[petition], route=Route(make_body(), on), by=office, now=at(today)
        )
    elif act == PetitionAct.CONSIDER:
        note_progress(
            petition=petition, act=act, on=on, note="", edition=None, by=office, now=at(today)
        )
    else:
        answer(petition, office, on, now=at(today))


def test_what_was_only_said_does_not_stand_in_the_way_of_papers(petition, office):
    """A note of the 5th; then the letter of the 3rd comes."""
    route(petition, office, day(1))
    DO[PetitionAct.NOTE](petition, office, day(5))
    answer(petition, office, day(3), now=at(day(6)))
    stood = [Petition.objects.on(day(number)).get().state_on for number in range(1, 6)]
    assert stood == ["routed", "routed", "resolved", "resolved", "resolved"]
    assert petition.legs.get().ended_on == day(3)
    acts = [event.act for event in petition.events.all()]
    assert acts == ["raise", "route", "answer", "note"]


def test_after_a_roadmap_it_is_routed_again(petition, office):
    first, second = make_body(), make_body()
    route(petition, office, day(1), first)
    answer(petition, office, day(4), AnswerOutcome.UNDER_RESOURCED)
    route(petition, office, day(9), second)
    assert legs(petition) == [(first, LEAD, day(1), day(4)), (second, LEAD, day(9), None)]
