"""Several people at once: no number twice, none left out, nothing written over."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Role
from assignments.bulk import RowErrors
from reports.enums import PetitionAct, PetitionSource, PetitionState
from reports.models import Petition, PetitionAnswer, PetitionCounter, PetitionLeg
from reports.petitions import (
    AnswerFacts,
    PetitionFacts,
    Route,
    amend_petition,
    answer_petitions,
    group_petitions,
    mark_duplicate,
    raise_petition,
    route_petitions,
    tell_commune,
)
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_field,
    make_matter,
    make_petition,
    make_user,
)
from tests.races.together import at_once
from tests.reports.petitions.moves import DO, NOW, answer, bring

pytestmark = pytest.mark.django_db(transaction=True)


def facts(commune, field, content="Đề nghị lắp đèn đường") -> PetitionFacts:
    return PetitionFacts(commune, DAY, content, field, PetitionSource.MEETING)


def test_the_first_numbers_of_a_year_taken_at_once():
    office, field = make_user(Role.OFFICE), make_field()
    communes = [make_assignment().commune for _ in range(6)]

    def act(commune):
        return lambda: raise_petition(facts=facts(commune, field), officer=None, by=office, now=NOW)

    made = at_once(*(act(commune) for commune in communes))
    assert sorted(row.number for row in made) == [1, 2, 3, 4, 5, 6]
    assert PetitionCounter.objects.get().last == 6


def test_what_fails_between_leaves_no_gap():
    office, field = make_user(Role.OFFICE), make_field()
    communes = [make_assignment().commune for _ in range(6)]

    def act(number, commune):
        said = facts(commune, field, "" if number % 2 else "Đề nghị nạo vét kênh")
        return lambda: raise_petition(facts=said, officer=None, by=office, now=NOW)

    made = at_once(*(act(number, commune) for number, commune in enumerate(communes)))
    assert sum(isinstance(one, ValidationError) for one in made) == 3
    assert sorted(Petition.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_a_number_is_given_back_when_its_petition_fails_late(monkeypatch):
    """The second takes its number while the first still holds its own, and fails after that."""
    office, field = make_user(Role.OFFICE), make_field()
    commune = make_assignment().commune

    def fails(event):
        raise ValidationError("không")

    with monkeypatch.context() as patched:
        patched.setattr("reports.petitions.raising.tell_of", fails)
        with pytest.raises(ValidationError, match="không"):
            raise_petition(facts=facts(commune, field), officer=None, by=office, now=NOW)
    made = raise_petition(facts=facts(commune, field), officer=None, by=office, now=NOW)
    assert made.number == 1


def test_one_form_sent_twice_at_once():
    office, said, key = make_user(), facts(make_assignment().commune, make_field()), uuid.uuid4()

    def act():
        return raise_petition(facts=said, officer=None, by=office, now=NOW, entry_key=key)

    first, second = at_once(act, act)
    assert first == second == Petition.objects.get()


# --- two on one petition -------------------------------------------------------------------------


def one_and_the_sentence(results) -> str:
    """Assert that one of two acts succeeded; give what the other was told."""
    refused = [one for one in results if isinstance(one, ValidationError | RowErrors)]
    assert len(refused) == 1, results
    [error] = refused
    return error.errors[0][0] if isinstance(error, RowErrors) else error.messages[0]


def routing(petition, user, body, edition):
    def act():
        try:
            return route_petitions(
                petitions=[petition],
                route=Route(body, DAY),
                by=user,
                now=NOW,
                editions={petition.pk: edition},
            )
        except RowErrors as refused:
            return refused

    return act


def test_two_route_one_petition_to_two_bodies():
    petition = make_petition()
    users = [make_user(full_name=name) for name in ("Lý Thị Một", "Lý Thị Hai")]
    bodies = [make_body(), make_body()]
    said = one_and_the_sentence(
        at_once(*(routing(petition, *pair, 1) for pair in zip(users, bodies, strict=True)))
    )
    leg = PetitionLeg.objects.get()
    assert leg.entered_by.full_name in said
    assert "“Chuyển xử lý”" in said
    assert petition.events.count() == 2


def test_one_answers_while_another_sends_it_on():
    petition = bring(make_petition(), PetitionState.ROUTED)
    one, other, body = make_user(), make_user(), make_body()
    said = AnswerFacts("resolved", DAY, "Đã lắp xong")

    def settle():
        return answer_petitions(
            petitions=[petition],
            facts=said,
            files=[],
            by=one,
            now=NOW,
            editions={petition.pk: petition.edition},
        )

    told = one_and_the_sentence(at_once(settle, routing(petition, other, body, petition.edition)))
    assert "vừa được cập nhật" in told
    is_answered = PetitionAnswer.objects.exists()
    petition.refresh_from_db()
    assert petition.state == ("resolved" if is_answered else "routed")
    assert PetitionLeg.objects.filter(ended_on=None).count() == (0 if is_answered else 1)


def test_without_an_edition_the_state_still_decides():
    petition = bring(make_petition(), PetitionState.ROUTED)
    one, other = make_user(), make_user()
    results = at_once(lambda: answer(petition, one), lambda: answer(petition, other))
    assert "“Đã giải quyết”" in one_and_the_sentence(results)
    assert PetitionAnswer.objects.count() == 1


def test_a_note_and_telling_are_both_kept():
    petition = bring(make_petition(), PetitionState.RESOLVED)
    one, other = make_user(), make_user()

    def tell():
        return tell_commune(
            petition=petition, on=DAY, note="Gọi điện", edition=None, by=one, now=NOW
        )

    results = at_once(tell, lambda: DO[PetitionAct.NOTE](petition, other, DAY))
    assert all(isinstance(one, Petition) for one in results), results
    petition.refresh_from_db()
    assert (petition.is_closed, petition.edition) == (True, 5)


def test_many_held_in_opposite_order_do_not_block_each_other():
    rows, matter, office = [make_petition() for _ in range(4)], make_matter(), make_user()
    body = make_body()

    def group():
        return group_petitions(petitions=rows, matter=matter, by=office, now=NOW)

    def send():
        return route_petitions(petitions=rows[::-1], route=Route(body, DAY), by=office, now=NOW)

    results = at_once(group, send)
    assert [len(one) for one in results] == [4, 4], results
    assert {row.edition for row in Petition.objects.all()} == {3}


def waiting_for(first: Callable[[], object], second: Callable[[], object]) -> object:
    """Give the result of ``second``, begun before ``first`` is committed: it waits for its rows."""
    is_done = threading.Event()

    def hold():
        with transaction.atomic():
            first()
            is_done.set()
            time.sleep(0.5)

    def wait():
        is_done.wait(timeout=10)
        return second()

    return at_once(hold, wait)[1]


def test_a_note_waits_for_a_correction_of_the_field():
    petition, field, office = make_petition(), make_field(), make_user()
    said = replace(PetitionFacts.of(petition), field=field)

    def correct():
        amend_petition(petition=petition, facts=said, reason="", edition=1, by=office, now=NOW)

    noted = waiting_for(correct, lambda: DO[PetitionAct.NOTE](petition, office, DAY))
    assert (noted.field, noted.edition) == (field, 3)


def test_no_chain_of_duplicates_when_the_middle_one_is_marked_meanwhile():
    first, middle, last, office = make_petition(), make_petition(), make_petition(), make_user()

    def mark(petition, of):
        return lambda: mark_duplicate(
            petition=petition, of=of, on=DAY, note="", edition=1, by=office, now=NOW
        )

    refused = waiting_for(mark(middle, last), mark(first, middle))
    assert f"chọn kiến nghị số {last.code}" in refused.messages[0]
