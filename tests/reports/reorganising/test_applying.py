"""Applying a reorganisation: what becomes of officers, cells, contacts, records entered late."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, VisitPlan
from assignments.services import assign
from communes.models import Commune, PartyCell, Reorganisation
from reports.enums import HandoverState
from reports.reorganising.applying import apply_reorganisation
from reports.reorganising.drafts import (
    ALREADY_APPLIED,
    CHANGED_SINCE_PREVIEW,
    DROPPED,
    REFUSED,
    UNCHOSEN,
    Draft,
    choose,
    drop,
)
from reports.reorganising.seats import NOBODY, Fate
from reports.reorganising.undoing import undo_reorganisation
from tests.factories import (
    DAY,
    make_assignment,
    make_cell,
    make_commune,
    make_contact,
    make_cycle,
    make_decision,
    make_evaluation,
    make_follow_up,
    make_handover,
    make_notice,
    make_officer,
    make_period,
    make_petition,
    make_plan,
    make_remark,
    make_report,
    make_user,
    make_visit,
    make_waiver,
)
from tests.reports.reorganising.merging import (
    applied,
    divide,
    draft_of,
    heir,
    merge,
    take_proposals,
)

pytestmark = pytest.mark.django_db
LATER, BEFORE = DAY + dt.timedelta(days=30), DAY - dt.timedelta(days=30)


@pytest.fixture
def office():
    return make_user()


@pytest.fixture
def old():
    return [make_commune("An Hòa", code="31001"), make_commune("An Bình", code="31002")]


def in_new(event: Reorganisation, old: Commune) -> list[Assignment]:
    rows = Assignment.objects.filter(commune=heir(event, old)).with_parties()
    return list(rows.order_by("officer__sort_key", "pk"))


def test_officers_end_and_go_on_the_same_day(office, old):
    main, other = make_officer("Lê An"), make_officer("Lý Bình")
    rows = [make_assignment(main, old[0]), make_assignment(other, old[1])]
    event = applied(merge(*old, into="Xã An Hòa"), office)
    for row in rows:
        row.refresh_from_db()
        assert (row.ended_on, row.end_reason) == (DAY, EndReason.UNIT_REORGANISED)
    new = in_new(event, old[0])
    assert [(row.officer, row.role, row.started_on, row.ended_on) for row in new] == [
        (main, AssignmentRole.MAIN, DAY, None),
        (other, AssignmentRole.SUPPORT, DAY, None),
    ]
    assert {row.opening_decision for row in new} == {None}
    assert "1105/NQ-UBTVQH15" in new[0].note


def test_a_decision_opens_what_is_kept_and_closes_what_ends(office, old):
    row = make_assignment(commune=old[0])
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    take_proposals(event, office)
    apply_reorganisation(
        reorganisation=event, by=office, decision_number="9-QĐ/TU", decision_date=DAY
    )
    row.refresh_from_db()
    assert row.closing_decision.number == "9-QĐ/TU"
    assert in_new(event, old[0])[0].opening_decision == row.closing_decision


def test_the_code_tells_who_is_main_where_the_name_is_new(office, old):
    first, second = make_assignment(commune=old[0]), make_assignment(make_officer(), old[1])
    event = draft_of([(unit, "Xã Tân Hòa", {"new_code": "31002"}) for unit in old], office)
    [one] = Draft.of(event).units
    assert one.proposals == {str(first.pk): Fate.SUPPORT, str(second.pk): Fate.MAIN}


def test_an_officer_of_several_old_units_becomes_one_assignment(office, old):
    officer = make_officer()
    make_assignment(officer, old[0])
    make_assignment(officer, old[1])
    event = applied(merge(*old, into="Xã An Hòa"), office)
    [row] = in_new(event, old[0])
    assert row.role == AssignmentRole.MAIN


def test_a_known_end_is_kept_with_its_reason(office, old):
    make_assignment(commune=old[0], ended_on=LATER, end_reason=EndReason.RETIRED)
    event = applied(merge(*old, into="Xã An Hòa"), office)
    [row] = in_new(event, old[0])
    assert (row.ended_on, row.end_reason) == (LATER, EndReason.RETIRED)


def test_what_had_ended_is_untouched(office, old):
    row = make_assignment(commune=old[0], ended_on=DAY, end_reason=EndReason.RETIRED)
    event = applied(merge(*old, into="Xã An Hòa"), office)
    assert in_new(event, old[0]) == []
    row.refresh_from_db()
    assert row.end_reason == EndReason.RETIRED


def test_cover_stays_cover_until_its_end(office, old):
    make_assignment(
        commune=old[0],
        role=AssignmentRole.COVER,
        ended_on=LATER,
        end_reason=EndReason.COVER_ENDED,
    )
    event = applied(merge(*old, into="Xã An Hòa"), office)
    [row] = in_new(event, old[0])
    assert (row.role, row.ended_on) == (AssignmentRole.COVER, LATER)


def test_what_was_to_begin_later_moves_or_never_begins(office, old):
    staying = make_assignment(make_officer("Lê An"), old[0], started_on=LATER)
    gone = make_assignment(make_officer("Lý Bình"), old[1], started_on=LATER)
    event = applied(merge(*old, into="Xã An Hòa"), office, **{f"o{gone.officer_id}": "end"})
    staying.refresh_from_db()
    assert (staying.commune, staying.started_on) == (heir(event, old[0]), LATER)
    assert not Assignment.objects.filter(pk=gone.pk).exists()


def test_whoever_takes_over_on_a_known_day_is_proposed_as_main_too(office, old):
    make_assignment(make_officer("Lê An"), old[0], ended_on=LATER)
    make_assignment(make_officer("Lý Bình"), old[0], started_on=LATER)
    event = applied(merge(*old, into="Xã An Hòa"), office)
    assert {row.role for row in in_new(event, old[0])} == {AssignmentRole.MAIN}


def test_who_has_left_by_then_can_only_end(office, old):
    row = make_assignment(make_officer(), old[0])
    row.officer.left_on, row.officer.leave_reason = DAY, EndReason.RETIRED
    row.officer.save()
    [one] = Draft.of(draft_of(merge(*old, into="Xã An Hòa"), office)).units
    assert one.seats[0].options == [Fate.END]
    assert one.fates[str(row.pk)] == Fate.END


def test_cells_go_on_and_homonyms_are_told_apart(office, old):
    three = [make_cell(unit, "3") for unit in old]
    four = make_cell(old[1], "4")
    event = applied(merge(*old, into="Xã An Hòa"), office)
    new = PartyCell.objects.filter(commune=heir(event, old[0]))
    assert {cell.place for cell in new} == {"Ấp 3 (xã An Hòa)", "Ấp 3 (xã An Bình)", "Ấp 4"}
    assert {cell.former for cell in new} == {*three, four}
    assert {cell.started_on for cell in new} == {DAY}
    four.refresh_from_db()
    assert four.ended_on == DAY
    assert "1105/NQ-UBTVQH15" in four.end_note


def test_a_cell_of_later_moves_under_a_name_that_tells_it(office, old):
    make_cell(old[0], "3")
    later = make_cell(old[1], "3", started_on=LATER)
    event = applied(merge(*old, into="Xã An Hòa"), office)
    later.refresh_from_db()
    assert (later.commune, later.place) == (heir(event, old[1]), "Ấp 3 (xã An Bình)")
    assert bytes(later.sort_key) == PartyCell._meta.get_field("sort_key").pre_save(later, False)


def test_contacts_end_and_later_ones_move(office, old):
    ends = make_contact(old[0])
    moves = make_contact(old[0], started_on=LATER)
    event = applied(merge(*old, into="Xã An Hòa"), office)
    ends.refresh_from_db(), moves.refresh_from_db()
    assert (ends.ended_on, ends.commune) == (DAY, old[0])
    assert (moves.ended_on, moves.commune) == (None, heir(event, old[0]))


def test_records_entered_late_move_to_the_heir(office, old):
    unit, officer = old[0], make_officer()
    cell = make_cell(unit, "3")
    period = make_period()
    quarter = make_period(
        number=period.number % 4 + 1,
        year=period.year + period.number // 4,
        started_on=period.ended_on,
        ended_on=period.ended_on + dt.timedelta(days=90),
    )
    late = [
        make_visit(unit, visited_on=DAY, cell=cell),
        make_plan(officer, unit, planned_on=LATER, cell=cell),
        make_notice(unit, held_on=LATER, cell=cell),
        make_follow_up(commune=unit, noted_on=DAY),
        make_petition(unit, raised_on=DAY),
        make_waiver(officer, unit, quarter),
        make_report(officer, period=quarter, commune=unit),
    ]
    early = [
        make_visit(unit, visited_on=BEFORE, cell=cell),
        make_plan(officer, unit, planned_on=BEFORE),
        make_notice(unit, held_on=BEFORE),
        make_follow_up(commune=unit, noted_on=BEFORE),
        make_petition(unit, raised_on=BEFORE),
        make_waiver(officer, unit, period),
        make_report(officer, period=period, commune=unit),
    ]
    event = applied(merge(*old, into="Xã An Hòa"), office)
    for row in (*late, *early):
        row.refresh_from_db()
    assert {row.commune for row in late} == {heir(event, unit)}
    assert {row.commune for row in early} == {unit}
    assert {row.cell for row in late[:3]} == {cell.later.get()}
    assert early[0].cell == cell


def test_a_petition_goes_where_its_visit_goes(office, old):
    visit = make_visit(old[0], visited_on=BEFORE)
    petition = make_petition(old[0], raised_on=LATER, visit=visit, source="visit")
    applied(merge(*old, into="Xã An Hòa"), office)
    petition.refresh_from_db()
    assert petition.commune == old[0]


def test_a_remark_goes_by_the_cycle_it_is_of(office, old):
    late = make_remark(
        make_evaluation(cycle=make_cycle(started_on=DAY, ended_on=DAY + dt.timedelta(days=90))),
        commune=old[0],
    )
    applied(merge(*old, into="Xã An Hòa"), office)
    late.refresh_from_db()
    assert late.commune.established_on == DAY


def test_records_that_would_be_twice_in_the_new_unit_refuse(office, old):
    officer = make_officer()
    plans = [make_plan(officer, unit, planned_on=LATER) for unit in old]
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    take_proposals(event, office)
    with pytest.raises(ValidationError, match="Sau sắp xếp sẽ trùng nhau"):
        apply_reorganisation(reorganisation=event, by=office)
    VisitPlan.objects.filter(pk=plans[0].pk).delete()
    take_proposals(event, office)
    apply_reorganisation(reorganisation=event, by=office)


def test_an_open_hand_over_goes_on_with_the_assignment(office, old):
    leaving = make_assignment(commune=old[0], ended_on=LATER)
    handover = make_handover(leaving)
    event = applied(merge(*old, into="Xã An Hòa"), office)
    handover.refresh_from_db()
    assert handover.outgoing == in_new(event, old[0])[0]
    assert handover.state == HandoverState.PREPARING


def test_what_nobody_received_is_received_in_the_new_unit_and_undone_with_it(office, old):
    left = make_assignment(commune=old[0], ended_on=DAY - dt.timedelta(days=40))
    handover = make_handover(left)
    make_assignment(commune=old[1])
    event = applied(merge(*old, into="Xã An Hòa"), office)
    handover.refresh_from_db()
    assert handover.incoming == in_new(event, old[1])[0]
    undo_reorganisation(reorganisation=event, reason="Nạp nhầm", by=office)
    handover.refresh_from_db()
    assert handover.incoming is None


def test_who_is_assigned_to_the_new_unit_receives_what_the_old_left(office, old):
    left = make_assignment(commune=old[0], ended_on=DAY - dt.timedelta(days=40))
    handover = make_handover(left)
    event = applied(merge(*old, into="Xã An Hòa"), office)
    unit = heir(event, old[0])
    made = assign(
        officer=make_officer(), commune=unit, on=LATER, decision=make_decision(), by=office
    )
    handover.refresh_from_db()
    assert handover.incoming == made


def test_the_only_main_officer_of_the_old_units_is_proposed_whoever_gives_the_name(office, old):
    row = make_assignment(commune=old[1])
    [one] = Draft.of(draft_of(merge(*old, into=old[0].full_name), office)).units
    assert one.proposals == {str(row.pk): Fate.MAIN}


def test_of_several_none_is_proposed_where_none_has_the_name_or_more_units(office, old):
    for unit in old[:2]:
        make_assignment(commune=unit)
    [one] = Draft.of(draft_of(merge(*old, into="Xã Tên Khác"), office)).units
    assert set(one.proposals.values()) == {Fate.SUPPORT}


def test_one_divided_into_two(office):
    unit = make_commune("Gia Hòa")
    row = make_assignment(commune=unit)
    make_cell(unit, "1")
    petition = make_petition(unit, raised_on=DAY)
    lines = divide(unit, "Xã Gia Hòa Đông", "Xã Gia Hòa Tây")
    event = draft_of(lines, office)
    main, rest = Draft.of(event).units
    assert set(rest.proposals.values()) == {Fate.END}
    take_proposals(event, office, **{f"o{row.officer_id}": "main"})
    apply_reorganisation(reorganisation=event, by=office)
    new = {unit.name: unit for unit in Commune.objects.existing_on(DAY)}
    assert set(new) == {"Gia Hòa Đông", "Gia Hòa Tây"}
    assert {row.commune.name for row in Assignment.objects.active_on(DAY).with_parties()} == {
        "Gia Hòa Đông",
        "Gia Hòa Tây",
    }
    petition.refresh_from_db()
    assert petition.commune == new["Gia Hòa Đông"]
    assert new["Gia Hòa Đông"].cells.count() == 1
    assert new["Gia Hòa Tây"].cells.count() == 0
    assert main.unit.name == "Gia Hòa Đông"


def test_everything_is_in_the_log(office, old):
    row = make_assignment(commune=old[0])
    event = applied(merge(*old, into="Xã An Hòa"), office)
    logged = AuditEvent.objects.filter(verb=Verb.REORGANISE)
    keys = set(logged.values_list("target_key", flat=True))
    assert {f"{one['table']}:{one['pk']}" for one in event.journal} <= keys
    assert f"assignments.assignment:{row.pk}" in keys
    assert f"communes.commune:{old[0].pk}" in keys
    assert f"communes.reorganisation:{event.pk}" in keys


# --- what refuses -----------------------------------------------------------------------------


def refused(event: Reorganisation, office) -> list[str]:
    units = Commune.objects.count()
    with pytest.raises(ValidationError) as error:
        apply_reorganisation(reorganisation=event, by=office)
    assert Commune.objects.count() == units
    return error.value.messages


def test_nothing_is_applied_before_it_was_looked_at(office, old):
    make_assignment(commune=old[0])
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    assert refused(event, office) == [f"Xã An Hòa: {UNCHOSEN[0].lower()}{UNCHOSEN[1:]}"]


def test_two_main_officers_refuse(office, old):
    officers = [make_officer("Lê An"), make_officer("Lý Bình")]
    for officer, unit in zip(officers, old, strict=True):
        make_assignment(officer, unit)
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    take_proposals(event, office, **{f"o{officer.pk}": "main" for officer in officers})
    [sentence] = refused(event, office)
    assert "có hơn một người phụ trách chính trong cùng thời gian: Lê An, Lý Bình." in sentence


def test_nobody_refuses_unless_left_empty(office, old):
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    [one] = Draft.of(event).units
    choose(reorganisation=event, choices={one.unit.key: {"seats": {}}}, by=office)
    assert refused(event, office) == [f"Xã An Hòa: c{NOBODY[1:]}"]
    choose(reorganisation=event, choices={one.unit.key: {"seats": {}, "empty": True}}, by=office)
    apply_reorganisation(reorganisation=event, by=office)


CHANGES = {
    "an assignment": lambda unit: make_assignment(make_officer(), unit),
    "a cell": make_cell,
    "a contact": make_contact,
    "a late visit": lambda unit: make_visit(unit, visited_on=LATER),
    "the unit's code": lambda unit: Commune.objects.filter(pk=unit.pk).update(code="39999"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_world_that_changed_meanwhile_refuses(office, old, change):
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    take_proposals(event, office)
    CHANGES[change](old[0])
    [sentence] = refused(event, office)
    assert sentence in (CHANGED_SINCE_PREVIEW, REFUSED)


def test_refused_rows_refuse(office, old):
    event = draft_of([*merge(*old, into="Xã An Hòa"), (old[0], "Xã Khác", {})], office)
    take_proposals(event, office)
    assert refused(event, office) == [REFUSED]


def test_only_once_and_not_when_dropped(office, old):
    event = applied(merge(*old, into="Xã An Hòa"), office)
    assert refused(event, office) == [ALREADY_APPLIED]
    other = draft_of(merge(make_commune("Khác"), into="Xã Khác"), office)
    drop(reorganisation=other, by=office)
    assert refused(other, office) == [DROPPED]
    with pytest.raises(ValidationError, match=DROPPED):
        choose(reorganisation=other, choices={}, by=office)


def test_who_assigned_meanwhile_learns_that_the_unit_is_no_more(office, old):
    stale = Commune.objects.get(pk=old[0].pk)
    applied(merge(*old, into="Xã An Hòa"), office)
    with pytest.raises(ValidationError, match="không tồn tại"):
        assign(officer=make_officer(), commune=stale, on=LATER, decision=make_decision(), by=office)


def test_a_choice_nobody_offered_is_not_kept(office, old):
    row = make_assignment(commune=old[0])
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    [one] = Draft.of(event).units
    sent = {"seats": {str(row.pk): "cover", "999": "main"}}
    draft = choose(reorganisation=event, choices={one.unit.key: sent, "lạ": sent}, by=office)
    assert draft.reorganisation.choices == {one.unit.key: {"seats": {}, "empty": False}}
    assert not draft.units[0].is_chosen
