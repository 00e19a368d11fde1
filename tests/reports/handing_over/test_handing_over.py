"""Hand-overs: what is open is found, given to somebody, offered, accepted or returned."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts import services as accounts
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments import services
from assignments.bulk import RowErrors
from assignments.correcting import cancel_assignment
from assignments.departures import Leaving, depart, move_departure, withdraw_departure
from assignments.enums import EndReason
from assignments.models import VisitPlan
from reports.enums import HandoverItemKind, HandoverMove, HandoverState
from reports.handing_over import Decided, decide_items, make_move, moves_open_to
from reports.handing_over.finding import open_things, undecided
from reports.models import Handover, HandoverEvent, HandoverItem, Notification
from reports.notifications.nightly import due
from tests.factories import (
    make_assignment,
    make_commune,
    make_decision,
    make_directive,
    make_notice,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.handing_over.world import NOW, ON, TODAY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def decide_all(world: World, handover: Handover | None = None) -> list[HandoverItem]:
    handover = handover or world.handover
    decided = [Decided(one.target_key, world.taker) for one in undecided(handover, TODAY)]
    return decide_items(handover=handover, decided=decided, by=world.office, now=NOW)


def move(world: World, what: HandoverMove, by=None, note: str = "") -> Handover:
    return make_move(handover=world.handover, move=what, note=note, by=by or world.office, now=NOW)


# --- what is open --------------------------------------------------------------------------------


def test_each_kind_of_open_thing_is_found_once(world):
    found = open_things(world.handover, TODAY)
    assert [one.kind for one in found] == [
        HandoverItemKind.PETITION,
        HandoverItemKind.VISIT_PLAN,
        HandoverItemKind.MEETING_NOTICE,
        HandoverItemKind.VISIT_DRAFT,
        HandoverItemKind.REPORT_DUE,
        HandoverItemKind.DIRECTIVE,
        HandoverItemKind.TASK,
    ]
    keys = [one.target_key for one in found]
    assert f"assignments.visitplan:{world.plan.pk}" in keys
    assert len(set(keys)) == len(keys)
    assert all(one.address.startswith("/") for one in found)


def test_who_left_learns_nothing_of_what_came_after(world):
    before = {one.target_key for one in open_things(world.handover, TODAY)}
    after = ON + dt.timedelta(days=10)
    with time_machine.travel(dt.datetime(2023, 6, 11, 2, tzinfo=dt.UTC), tick=False):
        make_petition(world.commune, world.taker, raised_on=after)
        make_notice(world.commune, held_on=after)
        make_directive("30-CT/TU", issued_on=after)
        assert {one.target_key for one in open_things(world.handover, after)} <= before


def test_what_is_the_officers_alone_stands_in_one_dossier(world):
    other = Handover.objects.exclude(pk=world.handover.pk).get()
    kinds = {one.kind for one in open_things(other, TODAY)}
    # Documents are followed, and reports asked for, in each commune.
    assert kinds == {HandoverItemKind.DIRECTIVE, HandoverItemKind.REPORT_DUE}


# --- given to somebody ---------------------------------------------------------------------------


def test_a_plan_is_called_off_for_one_and_planned_for_the_other(world):
    decide_all(world)
    world.plan.refresh_from_db()
    assert world.plan.withdrawal_reason == "Chuyển cho đồng chí Lý Em khi bàn giao địa bàn"
    made = VisitPlan.objects.standing().get(officer=world.taker)
    assert (made.planned_on, made.kind, made.purpose, made.commune) == (
        world.plan.planned_on,
        world.plan.kind,
        "Dự họp quý",
        world.commune,
    )
    told = Notification.objects.get(user=world.taker.user, kind="meeting")
    assert told.address == f"/di-co-so/giay-moi/{world.notice.pk}/"
    assert HandoverItem.objects.count() == 7
    assert AuditEvent.objects.filter(verb=Verb.HAND_OVER).count() == 7
    assert undecided(world.handover, TODAY) == []


def decide_one(world: World, kind: HandoverItemKind, **fate) -> str:
    """Try to decide the one thing of a kind; give the sentence it is refused with."""
    [thing] = [one for one in open_things(world.handover, TODAY) if one.kind == kind]
    decided = [Decided(thing.target_key, **fate)]
    with pytest.raises(RowErrors) as refused:
        decide_items(handover=world.handover, decided=decided, by=world.office, now=NOW)
    assert not HandoverItem.objects.exists()
    return refused.value.errors[0][0]


def test_refusals_of_items(world):
    petition, stranger = HandoverItemKind.PETITION, make_officer("Lý Đa")
    assert decide_one(world, petition) == "Ghi người tiếp tục, hoặc lý do không giao."
    both = {"owner": world.taker, "reason": "đã xong"}
    assert decide_one(world, petition, **both).startswith("Chỉ ghi một trong hai")
    assert decide_one(world, petition, owner=world.giver).startswith("Người tiếp tục phải là")
    for kind in (HandoverItemKind.VISIT_PLAN, HandoverItemKind.MEETING_NOTICE):
        assert "không do đồng chí Lý Đa theo dõi" in decide_one(world, kind, owner=stranger)
    world.plan.refresh_from_db()
    assert not world.plan.is_withdrawn


def test_a_plan_nobody_goes_on_with_is_called_off_for_the_reason(world):
    key = f"assignments.visitplan:{world.plan.pk}"
    decided = [Decided(key, reason="Không còn cần")]
    decide_items(handover=world.handover, decided=decided, by=world.giver.user, now=NOW)
    world.plan.refresh_from_db()
    assert world.plan.withdrawal_reason.endswith("Không còn cần")
    assert not VisitPlan.objects.standing().filter(officer=world.taker).exists()


def test_who_decides(world):
    key = undecided(world.handover, TODAY)[0].target_key
    for by in (world.taker.user, make_user(Role.LEADER), make_user(Role.ASSISTANT)):
        with pytest.raises(ValidationError, match="Chỉ cơ quan và người bàn giao"):
            decide_items(
                handover=world.handover, decided=[Decided(key, world.taker)], by=by, now=NOW
            )
    with pytest.raises(ValidationError, match="vừa được người khác thay đổi"):
        decide_items(
            handover=world.handover,
            decided=[Decided("reports.petition:0", world.taker)],
            by=world.office,
            now=NOW,
        )


# --- moves ---------------------------------------------------------------------------------------


def test_offered_only_when_everything_is_decided_and_somebody_takes_it(world):
    with pytest.raises(ValidationError, match="Còn 7 việc chưa ghi"):
        move(world, HandoverMove.OFFER)
    other = Handover.objects.exclude(pk=world.handover.pk).get()
    with pytest.raises(ValidationError, match="Chưa có người nhận"):
        make_move(handover=other, move=HandoverMove.OFFER, note="", by=world.office, now=NOW)
    assert moves_open_to(other, world.office) == [HandoverMove.CLOSE]


def test_offered_returned_offered_accepted(world):
    decide_all(world)
    move(world, HandoverMove.OFFER, by=world.giver.user)
    told = Notification.objects.get(user=world.taker.user, kind="handover")
    assert told.address == f"/ban-giao/{world.handover.pk}/"
    assert "Ngô" not in told.title
    with pytest.raises(ValidationError) as refused:
        move(world, HandoverMove.RETURN, by=world.taker.user)
    assert refused.value.message_dict == {"note": ["Ghi lý do."]}
    returned = move(world, HandoverMove.RETURN, by=world.taker.user, note="thiếu biên bản")
    assert (returned.state, returned.settled_on) == (HandoverState.RETURNED, None)
    assert Notification.objects.filter(user=world.giver.user, kind="handover").count() == 1
    assert Notification.objects.filter(user=world.office, kind="handover").count() == 1
    move(world, HandoverMove.OFFER)
    move(world, HandoverMove.RECALL)
    move(world, HandoverMove.OFFER)
    accepted = move(world, HandoverMove.ACCEPT, by=world.taker.user)
    assert (accepted.state, accepted.settled_on) == (HandoverState.ACCEPTED, TODAY)
    assert [one.move for one in HandoverEvent.objects.all()] == [
        "offer",
        "return",
        "offer",
        "recall",
        "offer",
        "accept",
    ]


def test_what_becomes_open_meanwhile_must_be_decided(world):
    decide_all(world)
    move(world, HandoverMove.OFFER)
    late = make_petition(world.commune, content="Đề nghị sửa cầu")
    with pytest.raises(ValidationError, match="Còn 1 việc chưa ghi"):
        move(world, HandoverMove.ACCEPT, by=world.taker.user)
    key = f"reports.petition:{late.pk}"
    decide_items(
        handover=world.handover, decided=[Decided(key, world.taker)], by=world.office, now=NOW
    )
    move(world, HandoverMove.ACCEPT, by=world.taker.user)


def test_who_makes_which_move(world):
    handover, leader = world.handover, make_user(Role.LEADER)
    assert moves_open_to(handover, world.giver.user) == [HandoverMove.OFFER]
    assert moves_open_to(handover, world.office) == [HandoverMove.OFFER]
    assert moves_open_to(handover, world.taker.user) == moves_open_to(handover, leader) == []
    decide_all(world)
    offered = move(world, HandoverMove.OFFER)
    assert moves_open_to(offered, world.giver.user) == [HandoverMove.RECALL]
    assert moves_open_to(offered, world.taker.user) == [HandoverMove.ACCEPT, HandoverMove.RETURN]
    assert moves_open_to(offered, world.office) == [HandoverMove.RECALL]
    with pytest.raises(ValidationError, match="Lý Em có tài khoản"):
        move(world, HandoverMove.ACCEPT)
    with pytest.raises(ValidationError, match="Chỉ người nhận"):
        move(world, HandoverMove.ACCEPT, by=world.giver.user)
    with pytest.raises(ValidationError, match="tình trạng “Chờ người nhận xác nhận”"):
        move(world, HandoverMove.OFFER)


def test_the_office_acts_for_who_has_no_account_and_says_so(world):
    decide_all(world)
    move(world, HandoverMove.OFFER)
    accounts.switch(world.taker.user, on=False)
    world.taker.user.save()
    move(world, HandoverMove.ACCEPT, note="ký biên bản giấy")
    note = HandoverEvent.objects.last().note
    assert note == "Văn phòng ghi thay đồng chí Lý Em (chưa có tài khoản).\nký biên bản giấy"


def test_closed_without_a_receiver_for_a_reason(world):
    other = Handover.objects.exclude(pk=world.handover.pk).get()
    facts = {"handover": other, "move": HandoverMove.CLOSE, "now": NOW}
    with pytest.raises(ValidationError, match="Chỉ cơ quan kết thúc"):
        make_move(note="x", by=world.giver.user, **facts)
    with pytest.raises(ValidationError):
        make_move(note=" ", by=world.office, **facts)
    closed = make_move(note="Đơn vị giải thể", by=world.office, **facts)
    assert (closed.state, closed.settled_on) == (HandoverState.CLOSED, TODAY)
    with pytest.raises(ValidationError, match="Đã có người nhận"):
        make_move(
            handover=world.handover,
            move=HandoverMove.CLOSE,
            note="x",
            by=world.office,
            now=NOW,
        )


# --- with assignments ----------------------------------------------------------------------------


def test_a_successor_assigned_later_takes_the_open_dossier(world):
    other = Handover.objects.exclude(pk=world.handover.pk).get()
    made = services.assign(
        officer=make_officer("Lê Văn Ba"),
        commune=other.outgoing.commune,
        on=dt.date(2023, 7, 1),
        decision=make_decision(),
        by=world.office,
    )
    other.refresh_from_db()
    assert other.incoming == made
    cancel_assignment(assignment=made, reason="nhầm", by=world.office)
    other.refresh_from_db()
    assert other.incoming is None


def test_bulk_and_single_hand_over_open_a_dossier_ends_do_not(world):
    first, second = make_assignment(), make_assignment()
    facts = {"on": TODAY, "decision": make_decision(), "by": world.office}
    new = services.hand_over(assignment=first, to=make_officer("Lê Văn Ba"), **facts)
    services.end_assignment(assignment=second, end_reason="retired", **facts)
    handover = Handover.objects.get(outgoing=first)
    assert (handover.incoming, handover.departure, handover.state) == (new, None, "preparing")
    assert not Handover.objects.filter(outgoing=second).exists()
    # Who was to take it hands the commune on: so does the dossier.
    facts["on"] = dt.date(2023, 5, 20)
    newer = services.hand_over(assignment=new, to=make_officer("Lý Đa"), **facts)
    handover.refresh_from_db()
    assert handover.incoming == newer
    assert Handover.objects.filter(incoming=newer).count() == 2


def test_a_departure_taken_back_gives_back_what_was_decided(world):
    before = list(VisitPlan.objects.order_by("pk").values())
    decide_all(world)
    facts = {"departure": world.departure, "reason": "nhầm", "by": world.office, "now": NOW}
    move(world, HandoverMove.OFFER)
    with pytest.raises(ValidationError, match="tình trạng “Chờ người nhận xác nhận”"):
        withdraw_departure(**facts)
    assert not type(world.departure).objects.get().is_withdrawn
    move(world, HandoverMove.RECALL)
    withdraw_departure(**facts)
    assert not HandoverItem.objects.exists()
    made = VisitPlan.objects.exclude(pk__in=[one["id"] for one in before])
    assert all(one.is_withdrawn for one in made)
    plans = VisitPlan.objects.filter(pk__in=[one["id"] for one in before])
    assert list(plans.order_by("pk").values()) == before
    # What people did with the dossier stays, and is taken up when the officer leaves after all.
    left = Handover.objects.get()
    assert (left.state, left.incoming, left.departure) == ("preparing", None, None)
    assert not Handover.objects.unsettled_on(dt.date(2030, 1, 1)).exists()
    again = depart(
        officer=world.giver,
        leaving=Leaving(ON, EndReason.RETIRED),
        replacements={},
        by=world.office,
    )
    left.refresh_from_db()
    assert left.departure == again


def test_the_day_is_moved_after_items_were_decided(world):
    decide_all(world)
    facts = {"departure": world.departure, "by": world.office, "now": NOW}
    moved = move_departure(on=dt.date(2023, 6, 5), reason="hoãn", **facts)
    handover = Handover.objects.get(departure=moved, outgoing=world.handover.outgoing)
    assert handover.incoming.started_on == dt.date(2023, 6, 5)
    assert len(undecided(handover, TODAY)) == 7


def test_a_receiver_who_stays_after_all_receives_again(world):
    """Whether they had begun or not: a dossier would wait for nobody else."""
    day, ten = TODAY, dt.timedelta(days=10)
    for number, begins in enumerate((day - ten, day + 3 * ten)):
        one, other, third = (make_officer(f"Cán bộ {number}{which}") for which in "abc")
        row, decision = make_assignment(one), make_decision()
        taken = services.hand_over(
            assignment=row, to=other, on=begins, decision=decision, by=world.office
        )
        handover = Handover.objects.get(outgoing=row)
        leaving = Leaving(day + ten, EndReason.RETIRED, leaves_office=False)
        departure = depart(officer=other, leaving=leaving, replacements={}, by=world.office)
        handover.refresh_from_db()
        assert handover.incoming is None
        withdraw_departure(departure=departure, reason="Ghi nhầm", by=world.office, now=NOW)
        handover.refresh_from_db()
        assert handover.incoming == taken
        later = services.hand_over(
            assignment=taken, to=third, on=day + 4 * ten, decision=decision, by=world.office
        )
        cancel_assignment(assignment=later, reason="Ghi nhầm", by=world.office, reopens=True)
        handover.refresh_from_db()
        assert handover.incoming == taken


def test_the_dossier_of_an_end_known_before_is_there_again(world):
    [row] = world.giver.assignments.filter(commune=world.commune)
    sooner = Leaving(ON - dt.timedelta(days=7), EndReason.TRANSFERRED)
    departure = depart(officer=world.giver, leaving=sooner, replacements={}, by=world.office)
    withdraw_departure(departure=departure, reason="Ghi nhầm", by=world.office, now=NOW)
    handover = Handover.objects.get(outgoing=row)
    assert (handover.departure, handover.incoming) == (
        world.departure,
        world.handover.incoming,
    )


def test_read_by_day(world):
    def on(day: dt.date) -> set[int]:
        return set(Handover.objects.unsettled_on(day).values_list("pk", flat=True))

    both = set(Handover.objects.values_list("pk", flat=True))
    eve = ON - dt.timedelta(days=1)
    assert (on(eve), on(ON)) == (set(), both)
    with time_machine.travel(dt.datetime(2023, 6, 20, 9, tzinfo=dt.UTC), tick=False):
        now = NOW + dt.timedelta(days=42)
        decided = [
            Decided(one.target_key, world.taker)
            for one in undecided(world.handover, dt.date(2023, 6, 20))
        ]
        facts = {"handover": world.handover, "now": now}
        decide_items(decided=decided, by=world.office, **facts)
        make_move(move=HandoverMove.OFFER, note="", by=world.office, **facts)
        make_move(move=HandoverMove.ACCEPT, note="", by=world.taker.user, **facts)
    assert on(dt.date(2023, 6, 19)) == both
    assert on(dt.date(2023, 6, 20)) == both - {world.handover.pk}


def test_nightly_whose_turn_it_is_once_for_each_stage(world):
    def told(day: dt.date) -> set[tuple[int, str]]:
        notices = [one for one in due(day) if one.key.startswith("handover:")]
        return {(user.pk, one.key) for one in notices for user in one.users}

    assert told(ON + dt.timedelta(days=2)) == set()
    third = told(ON + dt.timedelta(days=3))
    assert {user for user, _ in third} == {world.giver.user.pk, world.office.pk}
    assert told(ON + dt.timedelta(days=14)) == third
    assert told(ON + dt.timedelta(days=15)).isdisjoint(third)
    decide_all(world)
    move(world, HandoverMove.OFFER)
    turned = told(ON + dt.timedelta(days=15))
    mine = {user for user, key in turned if key.startswith(f"handover:{world.handover.pk}:")}
    assert mine == {world.taker.user.pk}


def test_queries_do_not_grow_with_what_is_open(world, django_assert_max_num_queries):
    for _ in range(5):
        make_petition(make_commune())
        make_petition(world.commune)
    with django_assert_max_num_queries(25):
        open_things(world.handover, TODAY)
