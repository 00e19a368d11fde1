"""Writing petitions down, correcting them, taking them back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import AssignmentRole
from reports.enums import NotificationKind, PetitionAct, PetitionSource, PetitionState
from reports.models import Notification, Petition, PetitionCounter
from reports.petitions import (
    PetitionFacts,
    Route,
    SentBefore,
    amend_petition,
    raise_petition,
    route_petitions,
    withdraw_petition,
)
from tests.factories import (
    DAY,
    make_assignment,
    make_attendance,
    make_body,
    make_commune,
    make_field,
    make_leg,
    make_officer,
    make_petition,
    make_report,
    make_user,
    make_visit,
)

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(17)))
LATER = NOW + dt.timedelta(days=7)


@pytest.fixture
def held():
    """Give an assignment whose officer has an account."""
    return make_assignment(make_officer(user=make_user(Role.OFFICER)))


def facts(commune, **changed) -> PetitionFacts:
    said = {
        "commune": commune,
        "raised_on": DAY,
        "content": "Đề nghị lắp đèn đường ấp 3",
        "field": make_field(),
        "source": PetitionSource.MEETING,
    }
    return PetitionFacts(**said | changed)


def sentence(refused) -> str:
    return " ".join(refused.value.messages)


def test_numbers_run_from_one_in_each_year(held):
    user = held.officer.user
    said = facts(held.commune)
    next_year = NOW + dt.timedelta(days=365)
    made = [
        raise_petition(facts=said, officer=None, by=user, now=now) for now in (NOW, NOW, next_year)
    ]
    assert [row.code for row in made] == ["01/2023", "02/2023", "01/2024"]


def test_the_year_is_that_of_the_office_clock(held):
    """17:30 in Greenwich on 31 December is already the new year in Vietnam."""
    late = dt.datetime(2023, 12, 31, 17, 30, tzinfo=dt.UTC)
    made = raise_petition(facts=facts(held.commune), officer=None, by=held.officer.user, now=late)
    assert made.code == "01/2024"


def test_a_refused_petition_takes_no_number(held):
    user = held.officer.user
    for wrong in ({"content": ""}, {"raised_on": DAY + dt.timedelta(days=1)}):
        with pytest.raises(ValidationError):
            raise_petition(facts=facts(held.commune, **wrong), officer=None, by=user, now=NOW)
    assert not PetitionCounter.objects.exists()
    assert not Petition.objects.exists()


def test_what_begins_the_history(held):
    user = held.officer.user
    before = DAY - dt.timedelta(days=3)
    made = raise_petition(
        facts=facts(held.commune, raised_on=before), officer=None, by=user, now=NOW
    )
    event = made.events.get()
    assert (event.act, event.state, event.happened_on) == (PetitionAct.RAISE, "new", before)
    assert (event.by, event.happened_at, event.superseded_on) == (user, NOW, None)
    assert (made.officer, made.entered_by, made.edition) == (held.officer, user, 1)
    row = AuditEvent.objects.get()
    assert (row.verb, row.after["nội dung kiến nghị"]) == (Verb.CREATE, made.content)


def test_an_officer_raises_for_own_communes_of_the_day(held):
    user = held.officer.user
    other = make_commune()
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        raise_petition(facts=facts(other), officer=None, by=user, now=NOW)
    early = held.started_on - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        raise_petition(facts=facts(held.commune, raised_on=early), officer=None, by=user, now=NOW)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_only_reads_raises_nothing(held, role):
    with pytest.raises(ValidationError):
        raise_petition(facts=facts(held.commune), officer=None, by=make_user(role), now=NOW)


def test_the_office_raises_for_who_covered_the_commune_then(held):
    office = make_user(Role.OFFICE)
    make_assignment(commune=held.commune, role=AssignmentRole.SUPPORT)
    made = raise_petition(facts=facts(held.commune), officer=None, by=office, now=NOW)
    assert made.officer == held.officer
    nobodys = raise_petition(facts=facts(make_commune()), officer=None, by=office, now=NOW)
    assert nobodys.officer is None


def test_the_officer_named_followed_the_commune(held):
    office, other = make_user(Role.OFFICE), make_assignment().officer
    with pytest.raises(ValidationError, match="không phụ trách"):
        raise_petition(facts=facts(held.commune), officer=other, by=office, now=NOW)
    with pytest.raises(ValidationError, match="cho mình"):
        raise_petition(facts=facts(held.commune), officer=other, by=held.officer.user, now=NOW)


def test_an_assistant_raises_for_the_officer(held):
    assistant = make_user(Role.ASSISTANT)
    held.officer.assistants.add(assistant)
    made = raise_petition(facts=facts(held.commune), officer=None, by=assistant, now=NOW)
    assert (made.officer, made.entered_by) == (held.officer, assistant)


def test_a_source_out_of_sight_is_no_source(held):
    user = held.officer.user
    foreign = make_visit(held.commune)
    elsewhere = make_visit()
    made = raise_petition(
        facts=facts(held.commune, source=PetitionSource.VISIT, visit=foreign),
        officer=None,
        by=user,
        now=NOW,
    )
    assert made.visit == foreign
    with pytest.raises(ValidationError, match="Không tìm thấy"):
        raise_petition(
            facts=facts(held.commune, source=PetitionSource.VISIT, visit=elsewhere),
            officer=None,
            by=user,
            now=NOW,
        )
    with pytest.raises(ValidationError, match="Không tìm thấy"):
        raise_petition(
            facts=facts(held.commune, source=PetitionSource.REPORT, report=make_report()),
            officer=None,
            by=user,
            now=NOW,
        )


def test_a_visit_elsewhere_is_refused_to_the_office_too(held):
    attendance = make_attendance()
    with pytest.raises(ValidationError, match="không phải ở Đảng bộ"):
        raise_petition(
            facts=facts(held.commune, source=PetitionSource.VISIT, visit=attendance.visit),
            officer=None,
            by=make_user(Role.OFFICE),
            now=NOW,
        )


# --- sent twice ----------------------------------------------------------------------------------


def test_one_form_sent_twice_is_one_petition(held):
    key, said, user = uuid.uuid4(), facts(held.commune), held.officer.user
    first, again = (
        raise_petition(facts=said, officer=None, by=user, now=NOW, entry_key=key) for _ in range(2)
    )
    assert first == again == Petition.objects.get()
    assert PetitionCounter.objects.get().last == 1


def test_other_words_under_the_same_key_are_not_lost_in_silence(held):
    key, said, user = uuid.uuid4(), facts(held.commune), held.officer.user
    first = raise_petition(facts=said, officer=None, by=user, now=NOW, entry_key=key)
    with pytest.raises(SentBefore) as refused:
        raise_petition(
            facts=replace(said, content="Nạo vét kênh"),
            officer=None,
            by=user,
            now=NOW,
            entry_key=key,
        )
    assert refused.value.petition == first
    assert first.code in sentence(refused)


def test_what_was_taken_back_is_written_anew(held):
    key, said, user = uuid.uuid4(), facts(held.commune), held.officer.user
    first = raise_petition(facts=said, officer=None, by=user, now=NOW, entry_key=key)
    withdraw_petition(petition=first, reason="Nhầm", edition=None, by=user, now=NOW)
    again = raise_petition(facts=said, officer=None, by=user, now=NOW, entry_key=key)
    assert again.code == "02/2023"


# --- who hears of it -----------------------------------------------------------------------------


def test_the_office_hears_of_what_officers_raise_and_not_of_its_own(held):
    office, other = make_user(Role.OFFICE), make_user(Role.OFFICE)
    raise_petition(facts=facts(held.commune), officer=None, by=held.officer.user, now=NOW)
    told = Notification.objects.all()
    assert {row.user for row in told} == {office, other}
    assert {row.kind for row in told} == {NotificationKind.PETITION}
    assert "đèn đường" not in told[0].title  # personal data would go out by e-mail
    raise_petition(facts=facts(held.commune), officer=None, by=office, now=NOW)
    assert told.count() == 2


# --- correcting ----------------------------------------------------------------------------------


def amended(petition, by, now=NOW, **changed) -> Petition:
    said = replace(PetitionFacts.of(petition), **changed)
    return amend_petition(petition=petition, facts=said, reason="", edition=None, by=by, now=now)


@pytest.fixture
def petition(held):
    return make_petition(held.commune, held.officer)


def test_correcting_keeps_old_and_new_in_the_log(petition, held):
    now = amended(petition, held.officer.user, content="Đề nghị lắp đèn đường ấp 4")
    row = AuditEvent.objects.get()
    assert row.before == {"nội dung kiến nghị": "Đề nghị lắp đèn đường ấp 3"}
    assert row.after["nội dung kiến nghị"] == "Đề nghị lắp đèn đường ấp 4"
    assert (now.edition, now.events.last().act) == (2, PetitionAct.AMEND)
    assert Petition.objects.get().search_key != petition.search_key


def test_sent_unchanged_it_writes_nothing(petition, held):
    assert amended(petition, held.officer.user).edition == 1
    assert petition.events.count() == 1


def test_a_correction_is_no_way_into_another_commune(petition, held):
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        amended(petition, held.officer.user, commune=make_commune())


def test_the_office_moves_it_to_the_right_commune_and_officer(petition):
    right = make_assignment()
    now = amended(petition, make_user(Role.OFFICE), commune=right.commune)
    assert (now.commune, now.officer) == (right.commune, right.officer)


def test_an_officer_who_left_since_still_corrects_the_words(petition, held):
    held.ended_on, held.end_reason = DAY, "transferred"
    held.save()
    assert amended(petition, held.officer.user, content="Khác").content == "Khác"


def test_the_history_begins_on_the_corrected_day(petition, held):
    earlier = DAY - dt.timedelta(days=9)
    amended(petition, held.officer.user, raised_on=earlier)
    assert Petition.objects.on(earlier).get().state_on == PetitionState.NEW
    now = amended(petition, make_user(Role.OFFICE), raised_on=DAY)
    route_petitions(petitions=[now], route=Route(make_body(), DAY), by=make_user(), now=NOW)
    with pytest.raises(ValidationError, match="trước hoặc trùng"):
        amended(now, make_user(Role.OFFICE), raised_on=DAY + dt.timedelta(days=1), now=LATER)


# --- taking back ---------------------------------------------------------------------------------


def withdrawn(petition, by, reason="Ghi nhầm xã") -> Petition:
    return withdraw_petition(petition=petition, reason=reason, edition=None, by=by, now=NOW)


def test_taken_back_it_stays_with_its_number(petition, held):
    now = withdrawn(petition, held.officer.user)
    assert (now.withdrawn_by, now.withdrawal_reason) == (held.officer.user, "Ghi nhầm xã")
    assert now.events.last().act == PetitionAct.WITHDRAW
    assert AuditEvent.objects.get().verb == Verb.WITHDRAW
    with pytest.raises(ValidationError, match="đã được rút lại"):
        withdrawn(petition, held.officer.user)


def test_taking_back_needs_a_reason(petition, held):
    with pytest.raises(ValidationError, match="Ghi lý do"):
        withdrawn(petition, held.officer.user, reason=" \u200b ")


def test_what_a_body_had_or_others_repeat_is_not_taken_back(petition, held):
    repeated = make_petition()
    other = make_petition(state=PetitionState.DUPLICATE, duplicate_of=repeated)
    with pytest.raises(ValidationError, match=other.code):
        withdrawn(repeated, make_user(Role.OFFICE))
    make_leg(petition, ended_on=DAY)
    with pytest.raises(ValidationError, match="đã từng được chuyển"):
        withdrawn(petition, held.officer.user)
