"""The table of moves, move by move: legal and illegal, by every role; late for ever."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from reports.enums import REPORT_MOVES, NotificationKind, ReportMove, ReportState
from reports.models import Notification, PeriodicReport, ReportEvent
from reports.periodic import (
    accept_reports,
    moves_open_to,
    reopen_report,
    return_report,
    submit_report,
    why_not,
    withdraw_draft,
)
from tests.factories import make_officer, make_report, make_user
from tests.reports.periodic.world import IN_TIME, LATE, at

REASON = "Bổ sung số liệu hộ nghèo"


def move(report: PeriodicReport, which: ReportMove, by, day: dt.date = IN_TIME) -> PeriodicReport:
    """Make a move as its page would."""
    match which:
        case ReportMove.SUBMIT:
            return submit_report(report=report, edition=report.edition, by=by, now=at(day))
        case ReportMove.ACCEPT:
            return accept_reports(reports=[report], by=by, now=at(day))[0]
        case ReportMove.RETURN:
            return return_report(report=report, reason=REASON, by=by, now=at(day))
    return reopen_report(report=report, reason=REASON, by=by, now=at(day))


def in_state(writer, state: ReportState) -> PeriodicReport:
    return make_report(writer.officer, period=writer.period, state=state, economy="Lúa được mùa")


MOVERS = {
    ReportMove.SUBMIT: {Role.OFFICE, Role.OFFICER},
    ReportMove.RETURN: {Role.OFFICE},
    ReportMove.ACCEPT: {Role.OFFICE},
    ReportMove.REOPEN: {Role.OFFICE},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("which", REPORT_MOVES)
def test_each_move_from_each_state_by_each_role(users, writer, which, state, role):
    report, user = in_state(writer, state), users[role]
    sources, target = REPORT_MOVES[which]
    is_legal = state in sources and role in MOVERS[which]
    assert (which in moves_open_to(report, user)) == is_legal
    assert (why_not(report, which, user) == "") == is_legal
    if is_legal:
        assert move(report, which, user).state == target
    else:
        with pytest.raises(ValidationError):
            move(report, which, user)
    report.refresh_from_db()
    assert report.state == (target if is_legal else state)
    assert report.events.filter(move=which).exists() == is_legal
    assert AuditEvent.objects.filter(verb=which.value).exists() == is_legal


def test_a_refusal_names_the_state_and_the_act(users, writer):
    report = in_state(writer, ReportState.ACCEPTED)
    sentence = why_not(report, ReportMove.RETURN, users[Role.OFFICE])
    assert "Đã tiếp nhận" in sentence
    assert "trả lại" in sentence


def test_nobody_submits_for_an_officer_they_do_not_act_for(users, writer):
    report = make_report(make_officer("Sơn Hiền"), period=writer.period, economy="Một")
    with pytest.raises(ValidationError, match="của mình"):
        move(report, ReportMove.SUBMIT, users[Role.OFFICER])


@pytest.mark.parametrize(
    ("which", "state"),
    [(ReportMove.RETURN, ReportState.SUBMITTED), (ReportMove.REOPEN, ReportState.ACCEPTED)],
)
def test_sending_back_says_why(users, writer, which, state):
    report = in_state(writer, state)
    act = return_report if which == ReportMove.RETURN else reopen_report
    with pytest.raises(ValidationError, match="phải ghi"):
        act(report=report, reason=" \n", by=users[Role.OFFICE], now=at(IN_TIME))
    sent_back = move(report, which, users[Role.OFFICE])
    assert sent_back.events.get(move=which).reason == REASON
    assert AuditEvent.objects.get(verb=which.value).reason == REASON


def test_what_is_accepted_is_accepted_at_a_moment_and_reopened_no_longer(users, submitted):
    accepted = move(submitted, ReportMove.ACCEPT, users[Role.OFFICE])
    assert accepted.accepted_at == at(IN_TIME)
    assert move(accepted, ReportMove.REOPEN, users[Role.OFFICE]).accepted_at is None


def test_several_are_accepted_or_none(users, writer, submitted):
    other = make_report(make_officer("Sơn Hiền"), period=writer.period)
    with pytest.raises(ValidationError, match="Sơn Hiền"):
        accept_reports(reports=[submitted, other], by=users[Role.OFFICE], now=at(IN_TIME))
    submitted.refresh_from_db()
    assert submitted.state == ReportState.SUBMITTED


# --- late ------------------------------


def test_late_is_judged_by_the_first_time_and_stays(users, writer, draft):
    office = users[Role.OFFICE]
    late = move(draft, ReportMove.SUBMIT, users[Role.OFFICER], LATE)
    assert (late.due_on, late.first_submitted_on) == (dt.date(2023, 6, 30), LATE)
    assert late.is_late
    back = move(late, ReportMove.RETURN, office, LATE)
    again = move(back, ReportMove.SUBMIT, users[Role.OFFICER], dt.date(2023, 8, 1))
    accepted = move(again, ReportMove.ACCEPT, office, dt.date(2023, 8, 2))
    assert (accepted.due_on, accepted.first_submitted_on) == (dt.date(2023, 6, 30), LATE)
    assert accepted.is_late
    assert PeriodicReport.objects.late().contains(accepted)


def test_a_new_due_date_changes_nothing_of_what_was_judged(users, writer, submitted):
    back = move(submitted, ReportMove.RETURN, users[Role.OFFICE])
    writer.period.due_on = dt.date(2023, 5, 1)
    writer.period.save()
    again = move(back, ReportMove.SUBMIT, users[Role.OFFICER], LATE)
    assert not again.is_late
    assert again.due_on == dt.date(2023, 6, 30)


def test_the_period_names_its_own_due_date(users, writer, draft):
    writer.period.due_on = dt.date(2023, 6, 15)
    writer.period.save()
    assert move(draft, ReportMove.SUBMIT, users[Role.OFFICER]).is_late


def test_who_owed_nothing_is_not_late(users, writer, draft):
    writer.assignment.started_on = dt.date(2023, 6, 25)  # five days: nothing owed
    writer.assignment.save()
    late = move(draft, ReportMove.SUBMIT, users[Role.OFFICER], LATE)
    assert late.due_on is None
    assert not late.is_late


# --- what is told, what is kept ------------------------------


def test_those_concerned_are_told_and_not_who_acts(users, draft):
    office, officer = users[Role.OFFICE], users[Role.OFFICER]
    colleague = make_user(Role.OFFICE)
    submitted = move(draft, ReportMove.SUBMIT, officer)
    told = Notification.objects.filter(kind=NotificationKind.REPORT_SUBMITTED)
    assert {row.user for row in told} == {office, colleague}
    move(submitted, ReportMove.RETURN, office)
    told = Notification.objects.filter(kind=NotificationKind.REPORT_RETURNED)
    assert {row.user for row in told} == {officer, users[Role.ASSISTANT]}
    assert {row.detail for row in told} == {REASON}


def test_a_second_sending_back_is_told_again(users, submitted):
    for _ in range(2):
        back = move(submitted, ReportMove.RETURN, users[Role.OFFICE])
        submitted = move(back, ReportMove.SUBMIT, users[Role.OFFICER])
    assert Notification.objects.filter(kind=NotificationKind.REPORT_RETURNED).count() == 4


def test_each_submission_keeps_what_was_said_then(users, draft):
    submitted = move(draft, ReportMove.SUBMIT, users[Role.OFFICER])
    back = move(submitted, ReportMove.RETURN, users[Role.OFFICE])
    back.economy = "Lúa được mùa, giá giảm"
    back.save()
    move(back, ReportMove.SUBMIT, users[Role.OFFICER], LATE)
    first, second = ReportEvent.objects.filter(move=ReportMove.SUBMIT)
    texts = [
        {part["name"]: part["text"] for part in event.content["sections"]}
        for event in (first, second)
    ]
    assert [said["economy"] for said in texts] == ["Lúa được mùa", "Lúa được mùa, giá giảm"]
    assert first.content["quoted"]["on"] == "2023-06-20"
    assert second.content["quoted"]["on"] == "2023-07-03"


# --- letting a draft go ------------------------------


def test_a_draft_is_let_go_for_a_reason(users, draft):
    with pytest.raises(ValidationError):
        withdraw_draft(report=draft, reason="", by=users[Role.OFFICER], now=at(IN_TIME))
    gone = withdraw_draft(report=draft, reason="Soạn nhầm", by=users[Role.ASSISTANT], now=at(LATE))
    assert gone.is_withdrawn
    assert AuditEvent.objects.filter(verb=Verb.WITHDRAW).count() == 1
    with pytest.raises(ValidationError, match="rút lại"):
        move(gone, ReportMove.SUBMIT, users[Role.OFFICER])


def test_what_was_handed_in_is_not_let_go(users, submitted):
    with pytest.raises(ValidationError, match="đã nộp"):
        withdraw_draft(report=submitted, reason="Nhầm", by=users[Role.OFFICE], now=at(IN_TIME))
    back = move(submitted, ReportMove.RETURN, users[Role.OFFICE])
    with pytest.raises(ValidationError, match="đã nộp"):
        withdraw_draft(report=back, reason="Nhầm", by=users[Role.OFFICER], now=at(IN_TIME))
