"""Evidence: the same shape live and kept; what was decided on never changes; who sees what."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from assignments.models import Assignment, Duty
from reports.enums import (
    EvaluationState,
    EvaluationStep,
    PetitionAct,
    PetitionState,
    RatingLevel,
    ReportState,
)
from reports.evaluation.evidence import decided_on, evidence_of, evidences, frozen, live
from reports.evaluation.keeping import kept, restored
from reports.evaluation.remarks import RemarkFacts, add_remark
from reports.evaluation.shapes import Evidence
from reports.evaluation.shown import own_of, shown_in, shown_to
from reports.models import (
    CommuneRemark,
    Criterion,
    Evaluation,
    EvaluationCitation,
    EvaluationEvent,
    EvaluationRules,
    EvaluationScore,
    Petition,
)
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_evaluation,
    make_officer,
    make_period,
    make_petition,
    make_remark,
    make_report,
    make_report_event,
    make_user,
    make_visit,
)
from tests.reports.evaluation.test_measures import ANSWERED, TOLD, happen
from tests.reports.evaluation.world import NOW, REASON, STARTED, TODAY, put, scores

SECRETS = ("Chưa sát dân", REASON, "Nhận xét kín", "Cần học thêm", "Khen thưởng kín")


@pytest.fixture
def busy(world):
    """Give the world with something of everything behind the evaluation."""
    visit = make_visit(world.commune, visited_on=STARTED)
    attendance = make_attendance(world.officer, visit)
    happen(
        make_petition(world.commune, world.officer, raised_on=STARTED),
        (5, *ANSWERED),
        (6, *TOLD),
    )
    world.take(EvaluationStep.RATE_ONESELF, scores=scores(world.evaluation, 39, (attendance,)))
    facts = RemarkFacts(world.commune, STARTED, "15-CV/ĐU", "Nhận xét kín")
    office = world.users[Role.OFFICE]
    add_remark(evaluation=world.evaluation, facts=facts, by=office, now=NOW)
    return world


def propose(world) -> None:
    world.take(
        EvaluationStep.PROPOSE,
        text="Chưa sát dân",
        commendation="Khen thưởng kín",
        training_need="Cần học thêm",
        scores=scores(world.evaluation, 35, note="Chưa sát dân"),
    )


def test_evidence_puts_everything_together(busy):
    propose(busy)
    found = evidence_of(busy.fresh(), TODAY)
    judged, meetings, told = found.lines
    assert (judged.points, judged.own_points) == (35, 39)
    assert judged.own.citations[0].address.startswith("/di-co-so/")
    assert (meetings.measured.words, meetings.points) == ("1/1", Decimal("30.0"))
    assert (told.measured.words, told.own_points) == ("1/1", Decimal("30.0"))
    assert (found.total, found.own_total) == (Decimal("95.0"), Decimal("99.0"))
    assert found.level_by_points == RatingLevel.EXCELLENT
    assert (found.days, found.cycle_days) == (91, 91)
    assert [held.commune for held in found.communes] == ["Xã An Ninh"]
    values = {count.label: count.value for count in found.counts}
    assert values == {
        "Chuyến đi cơ sở": 1,
        "Báo cáo định kỳ đã nộp": 0,
        "Báo cáo nộp muộn": 0,
        "Kiến nghị đã phản ánh": 1,
        "Kiến nghị đã có kết quả": 1,
        "Kiến nghị đã kết thúc": 1,
    }
    assert found.remarks[0].content == "Nhận xét kín"
    assert (found.proposal.level_label, found.proposal.unrated_reason) == (
        RatingLevel.GOOD.label,
        "",
    )


def beside_the_cycle(world) -> None:
    """Make what is near and does not count: of other days, not confirmed, of somebody else."""
    officer, commune, before = world.officer, world.commune, STARTED - dt.timedelta(days=1)
    make_attendance(officer, make_visit(commune, visited_on=before))
    make_attendance(officer, make_visit(commune), confirmed_at=None)
    make_petition(commune, officer, raised_on=before)
    make_petition(commune, make_officer("Sơn Hiền"), raised_on=STARTED)
    first = make_period(dt.date(2023, 1, 1), STARTED, number=1)
    handed_in = {"state": ReportState.SUBMITTED, "first_submitted_on": TODAY, "due_on": STARTED}
    for period in (first, world.quarter):
        report = make_report(officer, period=period, commune=commune, **handed_in)
        make_report_event(report, happened_on=TODAY)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_every_number_opens_a_list_of_as_many(busy, client_as, role):
    beside_the_cycle(busy)
    found = live(busy.fresh(), TODAY)
    client = client_as(role)
    assert [count.value for count in found.counts] == [1, 1, 1, 1, 1, 1]
    for count in found.counts:
        page = client.get(count.address).context["page"]
        assert page.paginator.count == count.value, count.address
    meetings = found.lines[1].measured
    sums = dict(client.get(meetings.address).context["sums"])
    assert {word.key: value for word, value in sums.items()}["due"] == meetings.due == 1
    for member in found.lines[2].measured.members:
        assert client.get(member.address).status_code == 200


def test_what_does_not_apply_is_told(world):
    found = live(world.evaluation, TODAY)
    assert found.left_out_weight == 30
    assert "không tính 30 điểm" in found.scaling
    assert found.total is None


def test_it_is_kept_and_restored_whole(busy):
    propose(busy)
    found = live(busy.fresh(), TODAY)
    assert restored(Evidence, kept(found)) == found
    assert kept(restored(Evidence, kept(found))) == kept(found)


@pytest.mark.parametrize("state", [EvaluationState.DECIDED, EvaluationState.RELEASED])
def test_a_concluded_evaluation_never_changes(busy, settings, state):
    propose(busy)
    evaluation = busy.bring(state)
    before = evidence_of(evaluation, TODAY)
    assert before == decided_on(evaluation)
    change_everything(busy)
    settings.PETITION_TELL_DAYS = 1
    later = TODAY + dt.timedelta(days=400)
    assert evidence_of(busy.fresh(), later) == before
    assert evidences(evaluation.cycle, [busy.fresh()], later) == {evaluation.pk: before}
    assert live(busy.fresh(), later) != before


def change_everything(world) -> None:
    """Change rules, records, assignments, people and regulation, past every service."""
    EvaluationRules.objects.update(name="Khác", excellent_from=99, good_from=98)
    Criterion.objects.update(weight=1, name="Khác", guidance="Khác")
    EvaluationScore.objects.update(points=1, note="Khác")
    EvaluationCitation.objects.all().delete()
    CommuneRemark.objects.update(content="Khác")
    Duty.objects.update(required=9)
    Petition.objects.update(withdrawn_at=NOW, withdrawal_reason="Nhập nhầm")
    Assignment.objects.update(ended_on=STARTED, end_reason="transferred")
    world.officer.attendances.update(withdrawn_at=NOW, withdrawal_reason="Nhập nhầm")
    world.officer.full_name = "Tên Khác"
    world.officer.save()
    cycle = world.evaluation.cycle
    cycle.name = "Kỳ khác"
    cycle.save()


# --- who sees what -------------------------------------------------------------------------------


def words_of(shown) -> str:
    """Give all that is shown, as words."""
    return repr(replace(shown, cycle=None))


@pytest.mark.parametrize(
    "state", [state for state in EvaluationState if state is not EvaluationState.RELEASED]
)
def test_before_the_release_the_officer_sees_nothing_of_others(busy, state):
    propose(busy)
    put(busy.evaluation, state)
    shown = shown_to(busy.fresh(), busy.users[Role.OFFICER], TODAY)
    assert not any(secret in words_of(shown) for secret in SECRETS)
    assert (shown.decision, shown.events, shown.is_whole) == (None, (), False)
    assert shown.evidence.proposal is None
    assert shown.evidence.remarks == ()
    assert shown.evidence.total is None
    assert all(line.office is None for line in shown.evidence.lines)
    assert shown.evidence.lines[0].points is None
    assert shown.evidence.lines[0].own.points == 39
    assert shown.evidence.own_total is not None
    expected = "Chờ tự đánh giá" if state is EvaluationState.OPEN else "Đang xem xét"
    assert shown.state_label == expected
    assert shown.state == ("open" if state is EvaluationState.OPEN else "")


def test_after_the_release_the_officer_sees_the_result_and_the_points(busy):
    propose(busy)
    busy.bring(EvaluationState.DECIDED)
    busy.take(EvaluationStep.RELEASE)
    busy.take(EvaluationStep.OBJECT, text="Ý kiến của tôi")
    shown = shown_to(busy.fresh(), busy.users[Role.OFFICER], TODAY)
    assert shown.decision.level_label == RatingLevel.GOOD.label
    assert (shown.decision.reason, shown.decision.number) == (REASON, "9-TB")
    assert [line.points for line in shown.evidence.lines] == [35, Decimal("30.0"), Decimal("30.0")]
    assert shown.evidence.total == Decimal("95.0")
    assert shown.objection == "Ý kiến của tôi"
    hidden = [secret for secret in SECRETS if secret != REASON]
    assert not any(secret in words_of(shown) for secret in hidden)
    busy.take(EvaluationStep.RECONSIDER)
    again = shown_to(busy.fresh(), busy.users[Role.OFFICER], TODAY)
    assert (again.decision, again.state_label) == (None, "Đang xem xét")


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE])
def test_leaders_and_the_office_see_all_but_of_their_own(busy, role):
    propose(busy)
    busy.bring(EvaluationState.DECIDED)
    shown = shown_to(busy.fresh(), busy.users[role], TODAY)
    assert shown.is_whole
    assert [event.step for event in shown.events] == ["rate_oneself", "propose", "decide"]
    assert all(secret in words_of(shown) for secret in SECRETS)
    busy.officer.user = busy.users[role]
    busy.officer.save()
    own = shown_to(busy.fresh(), busy.users[role], TODAY)
    assert not own.is_whole
    assert not any(secret in words_of(own) for secret in SECRETS)
    assert shown_in(busy.evaluation.cycle, busy.users[role], TODAY) == []


def test_why_a_rating_came_back_is_told_to_the_officer(world):
    world.take(EvaluationStep.RATE_ONESELF)
    world.take(EvaluationStep.RETURN_SELF_RATING, reason="Nêu rõ số cuộc họp")
    officer = world.users[Role.OFFICER]
    assert shown_to(world.fresh(), officer, TODAY).returned_because == "Nêu rõ số cuộc họp"
    world.take(EvaluationStep.RATE_ONESELF)
    assert shown_to(world.fresh(), officer, TODAY).returned_because == ""


def test_nobody_reaches_an_evaluation_that_is_not_theirs(busy):
    propose(busy)
    busy.bring(EvaluationState.RELEASED)
    stranger = make_user(Role.OFFICER)
    make_officer("Sơn Hiền", user=stranger)
    outsiders = [stranger, busy.users[Role.ASSISTANT], busy.users[Role.ADMIN]]
    content = (CommuneRemark, EvaluationScore, EvaluationCitation, EvaluationEvent)
    for user in outsiders:
        assert not Evaluation.objects.visible_to(user).exists()
        assert not any(model.objects.visible_to(user).exists() for model in content)
        assert shown_in(busy.evaluation.cycle, user, TODAY) == []
        assert own_of(user) == []
        with pytest.raises(PermissionDenied):
            shown_to(busy.fresh(), user, TODAY)
    officer = busy.users[Role.OFFICER]
    assert [one.pk for one in own_of(officer)] == [busy.evaluation.pk]
    assert shown_in(busy.evaluation.cycle, officer, TODAY) == []
    assert not any(model.objects.visible_to(officer).exists() for model in content)


def test_as_many_queries_for_many_evaluations(busy):
    propose(busy)
    office, cycle = busy.users[Role.OFFICE], busy.evaluation.cycle

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown_in(cycle, office, TODAY)
        return len(captured)

    few = count()
    for number in range(5):
        officer, commune = make_officer(f"Lê Văn {number}"), make_commune()
        make_assignment(officer, commune)
        evaluation = make_evaluation(officer, cycle=cycle)
        make_remark(evaluation, commune=commune)
        if number == 0:
            put(evaluation, EvaluationState.DECIDED)
    assert count() == few


def test_what_is_frozen_is_what_is_so(busy):
    propose(busy)
    assert restored(Evidence, frozen(busy.fresh(), TODAY)) == live(busy.fresh(), TODAY)


def test_a_petition_told_later_is_in_later_evidence_only(world):
    petition = make_petition(world.commune, world.officer, raised_on=STARTED)
    happen(petition, (5, PetitionAct.ANSWER, PetitionState.RESOLVED, False))
    early, late = STARTED + dt.timedelta(days=20), STARTED + dt.timedelta(days=40)
    happen(petition, (30, *TOLD))
    assert live(world.evaluation, early).lines[2].measured.words == "0/1"
    assert live(world.evaluation, late).lines[2].measured.words == "1/1"
