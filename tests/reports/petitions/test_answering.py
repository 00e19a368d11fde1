"""Answers: what they must say, whom they end, which files they keep; what repeats another."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.attachments import accept
from reports.enums import AnswerOutcome, NotificationKind, PetitionAct, PetitionState
from reports.models import AnswerFile, Notification, Petition, PetitionAnswer, PetitionLeg
from reports.petitions import AnswerFacts, answer_petitions, mark_duplicate
from tests.assignments.attachments.files import pdf
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.petitions.moves import DO, answer, at, bring, day, route

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


@pytest.fixture
def petition():
    return make_petition()


def answered(petitions, by, on=DAY, files=(), editions=None, **facts) -> PetitionAnswer:
    said = {"outcome": AnswerOutcome.ANSWERED, "issued_on": on, "content": "Sẽ làm quý III"}
    return answer_petitions(
        petitions=petitions,
        facts=AnswerFacts(**said | facts),
        files=files,
        by=by,
        now=at(on),
        editions=editions,
    )


def test_one_answer_settles_many(office):
    rows = [make_petition() for _ in range(3)]
    body = make_body()
    route(rows[0], office, day(1), body, coordinating=[make_body()])
    given = answered(rows, office, day(4), body=body, number="12/SXD")
    for petition in Petition.objects.all():
        assert (petition.state, petition.told_on) == (PetitionState.ANSWERED, None)
        event = petition.events.last()
        assert (event.answer, event.body, event.is_closed) == (given, body, False)
    assert {leg.ended_on for leg in PetitionLeg.objects.all()} == {day(4)}
    assert AuditEvent.objects.filter(verb=Verb.ANSWER).count() == 3


def test_one_that_cannot_be_answered_leaves_all_as_they_were(office):
    rows = [make_petition() for _ in range(3)]
    bring(rows[1], PetitionState.RESOLVED)
    bring(rows[2], PetitionState.RESOLVED)
    there = PetitionAnswer.objects.count()
    with pytest.raises(ValidationError) as refused:
        answered(rows, office)
    assert [rows[1].code in refused.value.messages[0], rows[2].code in refused.value.messages[1]]
    assert PetitionAnswer.objects.count() == there
    assert Petition.objects.get(pk=rows[0].pk).state == PetitionState.NEW
    with pytest.raises(ValidationError, match="Chưa chọn"):
        answered([], office)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"content": " "}, "để trắng"),
        ({"outcome": AnswerOutcome.UNDER_RESOURCED}, "lộ trình"),
        ({"outcome": AnswerOutcome.OUT_OF_COMPETENCE}, "thẩm quyền cơ quan nào"),
    ],
)
def test_an_answer_says_what_its_outcome_asks(petition, office, facts, said):
    with pytest.raises(ValidationError, match=said):
        answered([petition], office, **facts)
    assert not PetitionAnswer.objects.exists()
    assert petition.events.count() == 1


def test_whose_it_is_and_until_when(petition, office):
    body = make_body()
    given = answered(
        [petition], office, outcome=AnswerOutcome.OUT_OF_COMPETENCE, competent_body=body
    )
    assert given.competent_body == body
    given = answered(
        [make_petition()], office, outcome=AnswerOutcome.UNDER_RESOURCED, roadmap_on=day(300)
    )
    assert given.roadmap_on == day(300)


# --- files ---------------------------------------------------------------------------------------


def sent(name="tra-loi.pdf"):
    return accept(SimpleUploadedFile(name, pdf()))


def test_the_document_is_kept_beside_the_answer_once(petition, office):
    given = answered([petition, make_petition()], office, files=[sent("mot.pdf"), sent()])
    stored = given.files.get()
    assert (stored.name, stored.uploaded_by) == ("tra-loi.pdf", office)
    assert stored.file.read() == pdf()
    assert AuditEvent.objects.filter(target_key__startswith="reports.answerfile").count() == 1


def test_a_refused_answer_keeps_no_file(petition, office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(ValidationError):
        answered([petition], office, files=[sent()], roadmap_on=None, outcome="under_resourced")
    settings.ATTACHMENTS_MAX_PER_VISIT = 0
    with pytest.raises(ValidationError, match="nhiều nhất 0 tệp"):
        answered([petition], office, files=[sent()])
    assert not AnswerFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_is_gone_when_what_follows_fails(petition, office, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path

    def fails(event):
        raise ValidationError("không")

    monkeypatch.setattr("reports.petitions.answering.tell_of", fails)
    with pytest.raises(ValidationError, match="không"):
        answered([petition], office, files=[sent()])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


# --- who hears of it -----------------------------------------------------------------------------


def test_who_raised_it_and_who_covers_the_commune_now_hear_of_it(office):
    ended = make_assignment(
        make_officer(user=make_user(Role.OFFICER)), ended_on=day(1), end_reason="transferred"
    )
    now_there = make_assignment(
        make_officer(user=make_user(Role.OFFICER)), ended.commune, started_on=day(1)
    )
    assistant = make_user(Role.ASSISTANT)
    ended.officer.assistants.add(assistant)
    petition = make_petition(ended.commune, ended.officer, content="Con ông Tư bệnh nặng")
    answered([petition], office, day(3))
    told = Notification.objects.filter(kind=NotificationKind.PETITION_TO_TELL)
    people = {ended.officer.user, assistant, now_there.officer.user}
    assert {row.user for row in told} == people
    assert petition.code in told[0].title
    assert "ông Tư" not in told[0].title
    assert told[0].address == f"/kien-nghi/{petition.pk}/"


def test_who_settles_it_is_not_told(petition):
    held = make_assignment(make_officer(user=make_user(Role.OFFICER)))
    own = make_petition(held.commune, held.officer)
    answer(own, held.officer.user)
    assert not Notification.objects.filter(user=held.officer.user).exists()


# --- one repeats another ------------------------------------------------------------------------


def repeated(petition, of, by, edition=None, on=DAY) -> Petition:
    return mark_duplicate(
        petition=petition, of=of, on=on, note="", edition=edition, by=by, now=at(on)
    )


def test_a_duplicate_names_the_other_and_leaves_its_body(petition, office):
    route(petition, office)
    other = make_petition()
    now = repeated(petition, other, office)
    assert (now.state, now.duplicate_of) == (PetitionState.DUPLICATE, other)
    assert now.legs.get().ended_on == DAY
    assert AuditEvent.objects.latest("pk").after["trùng với"] == str(other)


def test_no_circles_no_chains_nothing_that_was_taken_back(petition, office):
    main, second = make_petition(), make_petition()
    with pytest.raises(ValidationError, match="chính nó"):
        repeated(petition, petition, office)
    repeated(petition, main, office)
    with pytest.raises(ValidationError, match=f"chọn kiến nghị số {main.code}"):
        repeated(second, petition, office)
    with pytest.raises(ValidationError, match=f"kiến nghị chính của kiến nghị số {petition.code}"):
        repeated(main, second, office)
    DO[PetitionAct.WITHDRAW](second, office, DAY)
    with pytest.raises(ValidationError, match="đã được rút lại"):
        repeated(make_petition(), second, office)


def test_when_the_main_one_is_answered_the_others_officers_hear_of_it(office):
    held = make_assignment(make_officer(user=make_user(Role.OFFICER)))
    main, petition = make_petition(), make_petition(held.commune, held.officer)
    repeated(petition, main, office)
    answer(main, office)
    told = Notification.objects.get(user=held.officer.user)
    assert petition.code in told.title
    assert main.code not in told.title  # another officer's petition


def test_who_left_before_a_duplicate_was_raised_does_not_hear_of_it(office):
    left = make_assignment(make_officer(user=make_user(Role.OFFICER)), ended_on=day(3))
    main, petition = make_petition(), make_petition(left.commune, raised_on=day(5))
    repeated(petition, main, office, on=day(5))
    answer(main, office, day(1), now=at(day(6)))  # entered late
    assert not Notification.objects.filter(user=left.officer.user).exists()
