"""How petitions stand on a day: the five figures, their lists, and who sees them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.enums import Role
from reports.enums import OPEN_STATES, BodyLevel, LegRole, PetitionAct, PetitionState
from reports.figures import FIGURES, PETITIONS, figures_of, values
from reports.models import Petition, PetitionLeg
from reports.petitions.ageing import bodies_with
from reports.petitions.columns import with_standing
from reports.petitions.standing import (
    escalated_on,
    open_on,
    overdue_on,
    unrouted_on,
    untold_long_on,
    untold_on,
)
from reports.viewpoint import Viewpoint
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_field,
    make_leg,
    make_officer,
    make_period,
    make_petition,
    make_user,
)
from tests.reports.figure_lists import address
from tests.reports.petitions.moves import DO, answer, bring, day, extend, repeat, route
from tests.reports.petitions.test_history import live

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


def found(condition, on: dt.date) -> list[Petition]:
    """Give the standing petitions that meet a condition on a day, oldest first."""
    return [*Petition.objects.standing().on(on).filter(condition).order_by("pk")]


# --- new -----------------------------------------------------------------------------------------


def test_a_new_petition_is_pointed_out_after_so_many_days(settings):
    petition = make_petition()
    limit = settings.PETITION_ROUTE_DAYS
    assert found(unrouted_on(day(limit)), day(limit)) == []
    assert found(unrouted_on(day(limit + 1)), day(limit + 1)) == [petition]


def test_opened_again_the_days_count_anew_and_notes_do_not_count(office, settings):
    petition = bring(make_petition(), PetitionState.RESOLVED)
    DO[PetitionAct.REOPEN](petition, office, day(20))
    DO[PetitionAct.NOTE](petition, office, day(24))
    last = day(20 + settings.PETITION_ROUTE_DAYS)
    assert found(unrouted_on(last), last) == []
    late = last + dt.timedelta(days=1)
    assert found(unrouted_on(late), late) == [petition]


def test_what_was_taken_back_is_nowhere(office):
    petition = make_petition()
    DO[PetitionAct.WITHDRAW](petition, office, DAY)
    assert found(open_on(), day(90)) == []


# --- overdue and escalated -----------------------------------------------------------------------


def test_overdue_is_the_day_after_the_due_date_until_it_is_answered(office):
    petition = make_petition()
    route(petition, office, DAY, due_on=day(10))
    answer(petition, office, day(15))
    days = [number for number in range(20) if found(overdue_on(day(number)), day(number))]
    assert days == [11, 12, 13, 14]


def test_a_new_body_has_its_own_due_date(office):
    petition = make_petition()
    route(petition, office, DAY, due_on=day(10))
    route(petition, office, day(12), due_on=day(30))
    assert found(overdue_on(day(11)), day(11)) == [petition]
    assert found(overdue_on(day(12)), day(12)) == []


def test_a_body_beside_is_not_what_makes_it_overdue(office):
    petition = make_petition()
    route(petition, office, DAY, due_on=day(50))
    make_leg(petition, role=LegRole.COORDINATING, due_on=day(1))
    assert found(overdue_on(day(20)), day(20)) == []


@pytest.mark.parametrize(
    ("level", "number", "is_shown"),
    [
        (BodyLevel.SECTOR, 30, False),
        (BodyLevel.SECTOR, 31, True),
        (BodyLevel.COMMUNE, 90, False),
        (BodyLevel.DISTRICT, 31, True),
    ],
)
def test_with_a_limit_of_thirty_days_the_thirty_first_is_shown_once(
    office, level, number, is_shown
):
    """DOMAIN R27."""
    petition = make_petition()
    route(petition, office, DAY, make_body(level=level), due_on=day(30))
    make_leg(petition, role=LegRole.COORDINATING)
    on = day(number)
    assert found(escalated_on(on), on) == ([petition] if is_shown else [])


def test_more_time_changes_no_earlier_day_and_the_body_has_it_as_long(office):
    petition, body = make_petition(), make_body()
    route(petition, office, DAY, body, due_on=day(10))
    extend(petition, office, day(20), due_on=day(35))
    extend(petition, office, day(32), due_on=day(40))
    days = [number for number in range(50) if found(overdue_on(day(number)), day(number))]
    assert days == [*range(11, 20), *range(41, 50)]
    days = [number for number in range(50) if found(escalated_on(day(number)), day(number))]
    assert days == [*range(41, 50)]
    [row] = bodies_with([body], with_standing(Petition.objects.on(day(41)), day(41)), day(41))
    assert (row.days, row.overdue) == ([41], 1)


def test_not_overdue_it_is_not_escalated_however_old(office):
    petition = make_petition()
    route(petition, office, DAY, due_on=day(100))
    assert found(escalated_on(day(60)), day(60)) == []


def test_nobody_having_had_it_for_so_long_is_escalated_too():
    petition = make_petition()
    assert found(escalated_on(day(30)), day(30)) == []
    assert found(escalated_on(day(31)), day(31)) == [petition]


# --- to be told ----------------------------------------------------------------------------------


def test_from_its_result_until_it_is_told_a_petition_is_to_be_told(office, settings):
    petition = make_petition()
    answer(petition, office, day(2))
    DO[PetitionAct.TELL](petition, office, day(20))
    days = [number for number in range(30) if found(untold_on(day(number)), day(number))]
    assert days == [*range(2, 20)]
    days = [number for number in range(30) if found(untold_long_on(day(number)), day(number))]
    assert days == [*range(2 + settings.PETITION_TELL_DAYS + 1, 20)]


def test_what_repeats_another_is_to_be_told_when_that_one_has_its_result(office):
    petition = make_petition()
    main = repeat(petition, office, day(1)).duplicate_of
    assert found(untold_on(day(3)), day(3)) == []
    answer(main, office, day(4))
    DO[PetitionAct.TELL](main, office, day(5))
    assert found(untold_on(day(3)), day(3)) == []
    assert found(untold_on(day(4)), day(4)) == [petition, main]
    assert found(untold_on(day(5)), day(5)) == [petition]


# --- any history ---------------------------------------------------------------------------------


def counted(replay, legs: list[PetitionLeg], on: dt.date) -> dict[str, bool]:
    """Say by hand how a petition of the history stands."""
    since = [begun for begun, *_ in replay.stands if begun <= on][-1]
    state, closed = replay.on(on)
    holder = [
        leg for leg in legs if leg.started_on <= on and (leg.ended_on is None or on < leg.ended_on)
    ]
    overdue = bool(holder) and holder[0].due_on < on
    stuck = overdue and (on - holder[0].held_since).days > 3 and not holder[0].body.is_of_commune
    waits = (on - since).days if state == PetitionState.NEW else 0
    return {
        "open": state in OPEN_STATES,
        "overdue": overdue,
        "unrouted": waits > 1,
        "untold": not closed and state == PetitionState.RESOLVED,  # duplicates: of an open one
        "escalated": stuck or waits > 3,
    }


@pytest.fixture
def short(settings):
    settings.PETITION_ROUTE_DAYS, settings.PETITION_ESCALATION_DAYS = 1, 3


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(st.tuples(st.integers(0, 59), st.integers(0, 4)), max_size=10))
def test_the_figures_agree_with_a_plain_count(users, short, drawn):
    office = users[Role.OFFICE]
    with transaction.atomic():
        petition = make_petition(field=make_field(limit_days=2))
        replay, last = live(petition, drawn, office)
        Petition.objects.exclude(pk=petition.pk).update(withdrawn_at=None)
        legs = [*petition.legs.filter(role=LegRole.LEAD).select_related("body")]
        for number in range(last + 8):
            on = day(number)
            mine = {
                key: FIGURES[f"petitions_{key}"].members(Viewpoint(office, on))
                for key in ("open", "overdue", "unrouted", "untold", "escalated")
            }
            stood = {key: rows.filter(pk=petition.pk).exists() for key, rows in mine.items()}
            assert stood == counted(replay, legs, on), on
        transaction.set_rollback(True)


# --- numbers, lists, scope -----------------------------------------------------------------------


def make_world(held, office) -> None:
    """Make petitions that stand in every way on day 60, some in every way elsewhere too."""
    make_period(day(-60), day(90))
    for place in (held, make_assignment(make_officer(user=make_user(Role.OFFICER)))):
        for state in PetitionState:
            bring(make_petition(place.commune, place.officer), state)
            bring(make_petition(place.commune, place.officer, raised_on=day(-40)), state)
        repeat(make_petition(place.commune, place.officer), office, DAY)  # of an open one
        settled = make_petition(place.commune, place.officer)
        bring(settled, PetitionState.RESOLVED, told=True)
        DO[PetitionAct.WITHDRAW](make_petition(place.commune, place.officer), office, DAY)


FIGURE_KEYS = [figure.key for figure in figures_of(PETITIONS)]


@pytest.fixture
def held():
    return make_assignment(make_officer(user=make_user(Role.OFFICER)))


def test_an_officers_numbers_are_of_own_petitions_only(held, office, users):
    make_world(held, office)
    own, whole = (
        values(Viewpoint(user, day(60)), [FIGURES[key] for key in FIGURE_KEYS])
        for user in (held.officer.user, office)
    )
    assert [key for key in FIGURE_KEYS if not own[key]] == ["petitions_answered_late"]
    assert all(whole[key] >= 2 * own[key] for key in FIGURE_KEYS)
    stranger = Viewpoint(users[Role.OFFICER], day(60))
    assert not any(values(stranger, [FIGURES[key] for key in FIGURE_KEYS]).values())
    mine = Petition.objects.filter(commune=held.commune)
    for key in FIGURE_KEYS:
        members = FIGURES[key].members(Viewpoint(held.officer.user, day(60)))
        assert not members.exclude(pk__in=mine).exists()


@pytest.mark.parametrize("who", ["office", "officer"])
def test_a_number_is_the_length_of_its_list(held, office, client_as, who):
    make_world(held, office)
    user = {"office": office, "officer": held.officer.user}[who]
    client = client_as(user)
    for on in (day(-1), DAY, day(6), day(60)):
        view = Viewpoint(user, on)
        for key in FIGURE_KEYS:
            page = client.get(address(FIGURES[key], view))
            members = FIGURES[key].members(view)
            assert page.context["page"].paginator.count == members.count(), (key, on)
            assert {row.record for row in page.context["rows"]} <= {*members}


def test_each_petition_is_counted_once_and_all_are(held, office):
    """Open, to be told, told, or waiting for the one it repeats: nothing falls between."""
    make_world(held, office)
    rows = Petition.objects.standing().on(DAY)
    parts = [rows.filter(open_on()), rows.filter(untold_on(DAY)), rows.filter(is_closed_on=True)]
    waiting = rows.filter(state_on=PetitionState.DUPLICATE).exclude(untold_on(DAY))
    assert waiting.exists()
    keys = [row.pk for part in (*parts, waiting) for row in part]
    assert len(keys) == len({*keys}) == rows.count()
