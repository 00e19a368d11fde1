"""Nothing of one officer's petitions leaks to another: every table about them, row by row."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from reports.enums import PETITION_MOVES, AnswerOutcome, PetitionAct, PetitionState
from reports.models import (
    AnswerFile,
    Notification,
    Petition,
    PetitionAnswer,
    PetitionEvent,
    PetitionLeg,
    PetitionMatter,
)
from reports.petitions import AnswerFacts, acts_open_to, answer_petitions, why_not
from tests.factories import (
    DAY,
    make_answer_file,
    make_assignment,
    make_matter,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.petitions.moves import DO, NOW, bring, day, route

pytestmark = pytest.mark.django_db

# Each table, and the path from it to the petition it tells of.
TABLES = {
    Petition: "pk",
    PetitionLeg: "petition",
    PetitionEvent: "petition",
    PetitionAnswer: "events__petition",
    AnswerFile: "answer__events__petition",
    PetitionMatter: "petitions",
}


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


@pytest.fixture
def pair(office):
    """Give two officers' assignments, each with a petition that has rows in every table."""
    rows = [make_assignment(make_officer(user=make_user(Role.OFFICER))) for _ in range(2)]
    for held in rows:
        petition = make_petition(held.commune, held.officer, matter=make_matter())
        bring(petition, PetitionState.UNDER_RESOURCED)
        make_answer_file(PetitionAnswer.objects.latest("pk"))
    return rows


def others_rows(model, user) -> list:
    """Give the rows ``user`` sees that tell of no petition the user sees."""
    seen = Petition.objects.visible_to(user)
    return [*model.objects.visible_to(user).exclude(**{f"{TABLES[model]}__in": seen.values("pk")})]


@pytest.mark.parametrize("model", TABLES)
def test_officers_see_their_own_rows_and_no_others(pair, office, model):
    for held in pair:
        user = held.officer.user
        assistant = make_user(Role.ASSISTANT)
        held.officer.assistants.add(assistant)
        for one in (user, assistant):
            assert model.objects.visible_to(one).exists()
            assert others_rows(model, one) == []
    assert model.objects.visible_to(make_user(Role.OFFICER)).count() == 0
    assert model.objects.visible_to(make_user(Role.ASSISTANT)).count() == 0
    every = model.objects.count()
    for role in (Role.OFFICE, Role.LEADER, Role.ADMIN):
        assert model.objects.visible_to(make_user(role)).count() == every


def test_a_matter_shared_tells_each_of_own_petitions_only(pair):
    mine, _ = Petition.objects.order_by("pk")
    matter = make_matter("Chung")
    Petition.objects.update(matter=matter)
    user = pair[0].officer.user
    assert [*PetitionMatter.objects.visible_to(user)] == [matter]
    assert [*matter.petitions.visible_to(user)] == [mine]
    Petition.objects.filter(pk=mine.pk).update(matter=None)
    assert not PetitionMatter.objects.visible_to(user).exists()


def test_an_answer_to_many_shows_each_officer_own_events_only(pair, office):
    rows = [make_petition(held.commune, held.officer) for held in pair]
    answer = answer_petitions(
        petitions=rows,
        facts=AnswerFacts(AnswerOutcome.ANSWERED, DAY, "Sẽ làm quý III"),
        files=[],
        by=office,
        now=NOW,
    )
    for held, petition in zip(pair, rows, strict=True):
        user = held.officer.user
        assert answer in PetitionAnswer.objects.visible_to(user)
        seen = PetitionEvent.objects.visible_to(user).filter(answer=answer)
        assert [event.petition for event in seen] == [petition]
        told = Notification.objects.visible_to(user).latest("pk")
        assert petition.code in told.title


def test_who_left_sees_what_was_raised_before_and_a_successor_sees_both(office):
    held = make_assignment(
        make_officer(user=make_user(Role.OFFICER)), ended_on=day(10), end_reason="transferred"
    )
    now_there = make_assignment(
        make_officer(user=make_user(Role.OFFICER)), held.commune, started_on=day(10)
    )
    before, after = (
        make_petition(held.commune, officer, raised_on=on)
        for officer, on in ((held.officer, day(9)), (now_there.officer, day(10)))
    )
    for petition in (before, after):
        route(petition, office, day(11))
    assert [*Petition.objects.visible_to(held.officer.user)] == [before]
    assert {*Petition.objects.visible_to(now_there.officer.user)} == {before, after}
    legs = PetitionLeg.objects.visible_to(held.officer.user)
    assert {leg.petition for leg in legs} == {before}


def test_a_stranger_is_offered_nothing_and_told_nothing_of_the_petition(pair):
    petition = Petition.objects.order_by("pk").first()
    stranger = pair[1].officer.user
    assert acts_open_to(petition, stranger) == ()
    for act in PETITION_MOVES:
        said = why_not(petition, act, stranger)
        assert said == "Kiến nghị này không thuộc phạm vi theo dõi của đồng chí."
        assert petition.code not in said


def test_a_stale_edition_tells_a_stranger_nothing_either(pair):
    """Who did what meanwhile is only for who may see the petition."""
    petition = Petition.objects.order_by("pk").first()
    DO[PetitionAct.NOTE](petition, make_user(Role.OFFICE, full_name="Lý Thị Sáng"), DAY)
    with pytest.raises(ValidationError) as refused:
        answer_petitions(
            petitions=[petition],
            facts=AnswerFacts(AnswerOutcome.ANSWERED, DAY, "Rõ"),
            files=[],
            by=pair[1].officer.user,
            now=NOW,
            editions={petition.pk: 1},
        )
    assert "Lý Thị Sáng" not in refused.value.messages[0]
