"""Telling the commune, opening again, notes, groups; what somebody else did meanwhile."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from reports.enums import PETITION_MOVES, PetitionAct, PetitionState
from reports.models import Notification, Petition
from reports.petitions import (
    PetitionFacts,
    acts_open_to,
    add_note,
    amend_petition,
    group_petitions,
    mark_duplicate,
    note_progress,
    reopen_petition,
    tell_commune,
    ungroup_petition,
    withdraw_petition,
)
from reports.petitions.events import MOVING
from reports.petitions.story import what_next
from tests.factories import DAY, make_matter, make_officer, make_petition, make_user
from tests.reports.petitions.moves import DO, at, bring, day

pytestmark = pytest.mark.django_db

LONG = "Đã báo tại hội nghị Ban Chấp hành"


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


def told(petition, by, on=DAY, note=LONG, edition=None) -> Petition:
    return tell_commune(petition=petition, on=on, note=note, edition=edition, by=by, now=at(on))


def test_only_telling_the_commune_closes(office):
    petition = bring(make_petition(), PetitionState.ANSWERED)
    assert not petition.is_closed
    now = told(petition, office, day(4))
    assert (now.state, now.told_on) == (PetitionState.ANSWERED, day(4))
    closed = [Petition.objects.on(day(number)).get().is_closed_on for number in (3, 4)]
    assert closed == [False, True]
    row = AuditEvent.objects.latest("pk")
    assert (row.verb, row.reason) == (Verb.TELL, LONG)
    assert row.after["đã thông tin lại ngày"] == "13/05/2023"


def test_nobody_is_told_without_saying_how(office):
    petition = bring(make_petition(), PetitionState.ANSWERED)
    with pytest.raises(ValidationError, match="bằng cách nào"):
        told(petition, office, note="\n \n")


def test_what_repeats_a_petition_is_not_closed_with_it(office):
    main, other = make_petition(), make_petition()
    mark_duplicate(petition=other, of=main, on=DAY, note="", edition=None, by=office, now=at(DAY))
    told(bring(main, PetitionState.RESOLVED), office)
    other.refresh_from_db()
    assert not other.is_closed
    assert told(other, office).is_closed


def test_what_repeats_a_petition_without_result_is_not_closed(office):
    main, other = make_petition(), make_petition()
    mark_duplicate(petition=other, of=main, on=DAY, note="", edition=None, by=office, now=at(DAY))
    with pytest.raises(ValidationError, match="chưa có kết quả") as refused:
        told(other, office)
    assert main.code not in refused.value.messages[0]  # it may be another officer's
    assert PetitionAct.TELL not in acts_open_to(other, office)
    standing = Petition.objects.on(DAY).get(pk=other.pk)
    assert what_next(standing, None, DAY).startswith("Theo kết quả của kiến nghị trùng")


def test_opened_again_it_is_new_and_open(office):
    petition = bring(make_petition(), PetitionState.DUPLICATE, told=True)
    now = reopen_petition(
        petition=petition, on=day(2), note="Xã hỏi lại", edition=None, by=office, now=at(day(2))
    )
    assert (now.state, now.told_on, now.duplicate_of) == (PetitionState.NEW, None, None)
    stored = Petition.objects.on(day(2)).get(pk=petition.pk)
    assert (stored.state_on, stored.is_closed_on, stored.stands_since) == ("new", False, day(2))


def test_reopening_is_told_to_the_rest_of_the_office(office):
    other = make_user(Role.OFFICE)
    petition = bring(make_petition(), PetitionState.RESOLVED)
    DO[PetitionAct.REOPEN](petition, office, DAY)
    users = {row.user for row in Notification.objects.filter(title__contains="mở lại")}
    assert other in users
    assert office not in users


# --- notes ---------------------------------------------------------------------------------------


def test_a_note_changes_nothing_of_how_it_stands(office):
    petition = bring(make_petition(), PetitionState.CONSIDERING)
    before = petition.events.get(superseded_on=None)
    DO[PetitionAct.NOTE](petition, office, day(3))
    assert petition.events.get(superseded_on=None) == before
    note = petition.events.last()
    assert (note.state, note.happened_on, note.superseded_on) == ("considering", day(3), day(3))


@pytest.mark.parametrize(("role", "is_told"), [(Role.LEADER, True), (Role.OFFICE, False)])
def test_a_leaders_note_is_told_to_the_office(office, role, is_told):
    petition = make_petition(content="Con ông Tư bệnh nặng")
    add_note(petition=petition, note="Con ông Tư cần gấp", by=make_user(role), now=at(DAY))
    told_of = Notification.objects.filter(user=office)
    assert told_of.exists() == is_told
    assert not told_of.filter(title__contains="Tư").exists()


# --- groups --------------------------------------------------------------------------------------


def test_petitions_of_any_field_join_a_matter_and_leave_it(office):
    rows, matter = [make_petition() for _ in range(3)], make_matter("Đèn đường")
    joined = group_petitions(petitions=rows, matter=matter, by=office, now=at(DAY))
    assert [*matter.petitions.order_by("pk")] == joined == rows
    assert group_petitions(petitions=rows, matter=matter, by=office, now=at(DAY)) == []
    now = ungroup_petition(petition=rows[0], note="Khác việc", by=office, now=at(DAY))
    assert now.matter is None
    assert [event.act for event in now.events.all()] == ["raise", "group", "ungroup"]
    assert AuditEvent.objects.latest("pk").before == {"nhóm vấn đề": "Đèn đường"}


def test_one_that_cannot_join_keeps_all_out(office):
    rows = [make_petition(), bring(make_petition(), PetitionState.RESOLVED)]
    with pytest.raises(ValidationError, match=rows[1].code):
        group_petitions(petitions=rows, matter=make_matter(), by=office, now=at(DAY))
    assert not Petition.objects.filter(matter__isnull=False).exists()
    with pytest.raises(ValidationError, match="Chưa chọn"):
        group_petitions(petitions=[], matter=make_matter(), by=office, now=at(DAY))


# --- what somebody else did meanwhile ------------------------------------------------------------


def with_edition(act: PetitionAct, petition: Petition, edition: int, by) -> None:
    """Do ``act`` on what was read as ``edition``."""
    common = {"petition": petition, "edition": edition, "by": by, "now": at(DAY)}
    dated = common | {"on": DAY, "note": "Rõ"}
    if act == PetitionAct.AMEND:
        amend_petition(facts=PetitionFacts.of(petition), reason="", **common)
    elif act == PetitionAct.WITHDRAW:
        withdraw_petition(reason="Nhầm", **common)
    elif act in (PetitionAct.CONSIDER, PetitionAct.START):
        note_progress(act=act, **dated)
    elif act == PetitionAct.MARK_DUPLICATE:
        mark_duplicate(of=make_petition(), **dated)
    else:
        {PetitionAct.TELL: tell_commune, PetitionAct.REOPEN: reopen_petition}[act](**dated)


STATE_FOR = {
    PetitionAct.CONSIDER: PetitionState.ROUTED,
    PetitionAct.START: PetitionState.ROUTED,
    PetitionAct.TELL: PetitionState.RESOLVED,
    PetitionAct.REOPEN: PetitionState.RESOLVED,
}


@pytest.mark.parametrize(
    "act",
    [
        PetitionAct.AMEND,
        PetitionAct.WITHDRAW,
        PetitionAct.CONSIDER,
        PetitionAct.START,
        PetitionAct.MARK_DUPLICATE,
        PetitionAct.TELL,
        PetitionAct.REOPEN,
    ],
)
def test_nobody_acts_on_what_somebody_changed_meanwhile(office, act):
    petition = bring(make_petition(), STATE_FOR.get(act, PetitionState.NEW))
    read = petition.edition
    colleague = make_user(Role.OFFICE, full_name="Lý Thị Sáng")
    DO[PetitionAct.NOTE](petition, colleague, DAY)
    events = petition.events.count()
    with pytest.raises(ValidationError) as refused:
        with_edition(act, petition, read, office)
    assert "đồng chí Lý Thị Sáng, “Ý kiến, bổ sung” lúc 17:00" in refused.value.messages[0]
    assert petition.events.count() == events
    with_edition(act, petition, read + 1, office)


def test_every_act_moves_or_is_said(office):
    """An act added to the table must be put on one side."""
    said = {PetitionAct.AMEND, PetitionAct.GROUP, PetitionAct.UNGROUP, PetitionAct.NOTE}
    assert {*PETITION_MOVES} - MOVING == said | {PetitionAct.WITHDRAW}


@pytest.mark.parametrize("act", [PetitionAct.NOTE, PetitionAct.CONSIDER, PetitionAct.ANSWER])
def test_an_act_runs_as_many_queries_however_long_the_history(office, act):
    counts = []
    for length in (0, 10):
        petition = bring(make_petition(officer=make_officer()), PetitionState.ROUTED)
        for _ in range(length):
            DO[PetitionAct.NOTE](petition, office, DAY)
        with CaptureQueriesContext(connection) as captured:
            DO[act](petition, office, DAY)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 40
