"""Petitions of units that were merged: whose business they are since, and what they are beside."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.enums import Role
from assignments.enums import AssignmentRole
from communes.lineage import Reading
from reports.enums import PetitionAct
from reports.evaluation.telling_back import results_due
from reports.models import Notification, PetitionMatter
from reports.notifications.rules.petitions import holdings
from reports.petitions import acts_open_to, why_not
from reports.petitions.matters import with_numbers
from reports.petitions.rights import Reach, reach_of
from reports.petitions.similar import similar
from tests.factories import (
    DAY,
    make_assignment,
    make_commune,
    make_division,
    make_matter,
    make_merger,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.petitions.moves import amend, answer, day

MERGED = day(30)
LATER = day(60)

pytestmark = pytest.mark.django_db


def make_person(name: str):
    """Make an officer with an account."""
    return make_officer(name, user=make_user(Role.OFFICER, username=name))


@pytest.fixture
def office():
    return make_user(Role.OFFICE, username="office")


@pytest.fixture
def raiser():
    return make_person("raiser")


@pytest.fixture
def heir():
    return make_person("heir")


@pytest.fixture
def old(raiser):
    commune = make_commune("Kế An")
    make_assignment(raiser, commune, ended_on=MERGED)
    return commune


@pytest.fixture
def petition(old, raiser):
    return make_petition(old, raiser)


@pytest.fixture
def new(old, heir, petition):
    unit = make_merger(old, make_commune("Kế Thành"), name="Kế Mới", on=MERGED)
    make_assignment(heir, unit, started_on=MERGED)
    return unit


def test_who_covers_the_new_unit_does_what_its_raiser_could(petition, new, heir):
    assert reach_of(petition, heir.user) is Reach.OWN
    assert set(acts_open_to(petition, heir.user)) == {
        PetitionAct.AMEND,
        PetitionAct.WITHDRAW,
        PetitionAct.ANSWER,
        PetitionAct.NOTE,
    }
    amended = amend(petition, heir.user, LATER)
    assert amended.content.endswith("ấp 4")
    assert amended.commune_id == petition.commune_id  # it stays where it was raised


def test_who_only_takes_part_there_may_not(petition, new):
    beside = make_person("beside")
    make_assignment(beside, new, started_on=MERGED, role=AssignmentRole.SUPPORT)
    assert reach_of(petition, beside.user) is Reach.SEEN
    assert why_not(petition, PetitionAct.AMEND, beside.user)


def test_a_successor_in_the_same_commune_may_not_as_before(petition, old, heir):
    make_assignment(heir, old, started_on=MERGED)
    assert reach_of(petition, heir.user) is Reach.SEEN


def test_the_heir_of_a_part_knows_of_it_and_the_main_heir_acts(petition, old):
    main, part = make_division(old, "Đông", "Tây", on=MERGED)
    people = {unit: make_person(unit.name) for unit in (main, part)}
    for unit, person in people.items():
        make_assignment(person, unit, started_on=MERGED)
    assert reach_of(petition, people[main].user) is Reach.OWN
    assert reach_of(petition, people[part].user) is Reach.SEEN


def test_a_stranger_reaches_nothing(petition, new):
    other = make_person("other")
    make_assignment(other, make_commune())
    assert reach_of(petition, other.user) is Reach.NONE


def told() -> set[str]:
    rows = Notification.objects.filter(kind="petition_to_tell")
    return set(rows.values_list("user__username", flat=True))


def test_an_answer_is_told_to_who_follows_the_new_unit_and_not_to_who_is_gone(
    petition, new, office
):
    answer(petition, office, LATER)
    assert told() == {"heir"}


def test_before_the_merger_it_is_told_to_who_was_there(petition, new, office):
    answer(petition, office, day(10))
    assert told() == {"raiser"}


def test_a_raiser_who_goes_on_in_the_new_unit_is_told_too(petition, new, raiser, office):
    make_assignment(raiser, new, started_on=MERGED, role=AssignmentRole.SUPPORT)
    answer(petition, office, LATER)
    assert told() == {"heir", "raiser"}


def test_at_night_a_unit_that_is_no_more_is_its_heirs_holders_business(petition, new, heir):
    held = holdings(LATER)
    assert [row.officer for row in held[petition.commune_id]] == [heir]
    before = holdings(day(10))
    assert [row.officer.full_name for row in before[petition.commune_id]] == ["raiser"]


def test_telling_back_is_asked_of_who_follows_what_came_of_it(petition, new, heir, office):
    answer(petition, office, LATER)
    much_later = day(200)
    due = results_due(LATER, day(90), much_later)
    assert {key: [one.petition for one in found] for key, found in due.items()} == {
        heir.pk: [petition]
    }
    assert results_due(LATER, day(90), much_later, officer=heir.pk).keys() == {heir.pk}


# --- beside others -------------------------------------------------------------------------------


def test_petitions_of_units_that_became_one_are_of_the_same_commune(petition, new, office):
    sibling = make_petition(make_commune("Xa"), content="Đề nghị lắp đèn đường ấp 5")
    here = make_petition(new, raised_on=LATER, content="Đề nghị lắp đèn đường ấp 6")
    found = similar("Đề nghị lắp đèn đường ấp 3", petition.field, new, office, LATER)
    assert {one.petition: one.is_same_commune for one in found} == {
        petition: True,
        here: True,
        sibling: False,
    }
    before = similar("Đề nghị lắp đèn đường ấp 3", petition.field, new, office, DAY)
    assert {one.petition: one.is_same_commune for one in before} == {
        petition: False,
        sibling: False,
    }


def test_a_matter_over_two_units_that_became_one_is_of_one_commune(office, heir):
    matter = make_matter("Đèn đường")
    first, second, far = (make_commune(name) for name in ("A", "B", "C"))
    for unit in (first, second, far):
        make_petition(unit, matter=matter)
    make_merger(first, second, name="AB", on=MERGED)

    def communes(on: dt.date, *, is_old: bool = False) -> int:
        rows = with_numbers(PetitionMatter.objects.all(), office, Reading(on, is_old=is_old))
        return rows.get().communes

    assert communes(DAY) == 3
    assert communes(LATER) == 2
    assert communes(LATER, is_old=True) == 3
