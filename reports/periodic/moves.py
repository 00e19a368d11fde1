"""The moves of a report after it was written: who may make which, and making them.

``REPORT_MOVES`` says from which states each is open. Handing in is in
:mod:`reports.periodic.submitting`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from assignments.withdrawing import ALREADY
from communes.periods import constraint_sentences
from reports.enums import REPORT_MOVES, NotificationKind, ReportMove
from reports.models import PeriodicReport, ReportEvent
from reports.notifications import users_of
from reports.periodic.events import add_event, held, tell
from reports.periodic.rights import NOT_THEIRS, may_write_for

# Who makes each move, beside whose report it is.
NEEDS = {
    ReportMove.SUBMIT: Permission.SUBMIT_REPORTS,
    ReportMove.RETURN: Permission.RECEIVE_REPORTS,
    ReportMove.ACCEPT: Permission.RECEIVE_REPORTS,
    ReportMove.REOPEN: Permission.RECEIVE_REPORTS,
}
NOT_ENTITLED = {
    ReportMove.SUBMIT: "Thư ký soạn giúp; cán bộ phụ trách hoặc cơ quan tiếp nhận mới nộp báo cáo.",
    ReportMove.RETURN: "Chỉ cơ quan tiếp nhận mới trả lại báo cáo.",
    ReportMove.ACCEPT: "Chỉ cơ quan tiếp nhận mới tiếp nhận báo cáo.",
    ReportMove.REOPEN: "Chỉ cơ quan tiếp nhận mới mở lại báo cáo.",
}
REASON_MISSING = {
    ReportMove.RETURN: "Trả lại thì phải ghi rõ cần bổ sung gì.",
    ReportMove.REOPEN: "Mở lại thì phải ghi lý do.",
}


def why_not(report: PeriodicReport, move: ReportMove, by: User) -> str:
    """Say why ``by`` may not make ``move``, naming the state and the act; "" when they may.

    Whether the period is locked is asked apart (:func:`reports.periodic.rights.why_locked`): it
    is a matter of the day.
    """
    if report.is_withdrawn:
        return ALREADY
    if not allowed(by, NEEDS[move]):
        return NOT_ENTITLED[move]
    return why_not_from(report, move) if may_write_for(by, report.officer_id) else NOT_THEIRS


def why_not_from(report: PeriodicReport, move: ReportMove) -> str:
    """Say why ``move`` does not lead on from the state the report is in."""
    sources, _ = REPORT_MOVES[move]
    if report.state in sources:
        return ""
    return (
        f"“{report}” đang ở tình trạng “{report.get_state_display()}” "
        f"nên không {move.label.lower()} được."
    )


def moves_open_to(report: PeriodicReport, user: User) -> tuple[ReportMove, ...]:
    """Give the moves open to ``user``, to whom ``report`` is visible: nothing is read for it."""
    return tuple(
        move
        for move in REPORT_MOVES
        if allowed(user, NEEDS[move]) and not why_not_from(report, move)
    )


def step(
    report: PeriodicReport,
    move: ReportMove,
    *,
    by: User,
    now: dt.datetime,
    reason: str = "",
    content: dict | None = None,
) -> ReportEvent:
    """Lead a report, which is held, on to the state of ``move``; write it, its event and audit.

    Raises when ``by`` may not make the move.
    """
    if sentence := why_not(report, move, by):
        raise ValidationError(sentence)
    _, report.state = REPORT_MOVES[move]
    report.accepted_at = now if move == ReportMove.ACCEPT else None
    report.edition += 1
    report.full_clean()
    report.save()
    audit.record(Verb(move.value), report, by=by, reason=reason)
    return add_event(report, move, by=by, now=now, reason=reason, content=content)


def accept_reports(
    *, reports: Iterable[PeriodicReport], by: User, now: dt.datetime
) -> list[PeriodicReport]:
    """Accept all of ``reports``, or none; give them as they are now.

    Raises with a sentence for each that is not waiting to be accepted.
    """
    with constraint_sentences(PeriodicReport), transaction.atomic():
        current = held(reports)
        refusals = [why_not(report, ReportMove.ACCEPT, by) for report in current]
        if any(refusals):
            raise ValidationError([sentence for sentence in refusals if sentence])
        for report in current:
            event = step(report, ReportMove.ACCEPT, by=by, now=now)
            title = f"{report.title} đã được tiếp nhận"
            told(event, NotificationKind.REPORT_ACCEPTED, title, now)
    return current


def return_report(
    *, report: PeriodicReport, reason: str, by: User, now: dt.datetime
) -> PeriodicReport:
    """Send a report back to be completed; ``reason`` says with what."""
    title = f"{report.title} được trả lại để bổ sung"
    return sent_back(report, ReportMove.RETURN, title, reason=reason, by=by, now=now)


def reopen_report(
    *, report: PeriodicReport, reason: str, by: User, now: dt.datetime
) -> PeriodicReport:
    """Open an accepted report again, for a reason: it may be changed and is to be handed in."""
    title = f"{report.title} được mở lại để bổ sung"
    return sent_back(report, ReportMove.REOPEN, title, reason=reason, by=by, now=now)


def sent_back(
    report: PeriodicReport, move: ReportMove, title: str, *, reason: str, by: User, now: dt.datetime
) -> PeriodicReport:
    """Make a move that gives the report back to who wrote it, and tell them why."""
    reason = ReportEvent._meta.get_field("reason").to_python(reason)
    if not reason:
        raise ValidationError({"reason": REASON_MISSING[move]})
    with constraint_sentences(PeriodicReport, ReportEvent), transaction.atomic():
        [current] = held([report])
        event = step(current, move, by=by, now=now, reason=reason)
        told(event, NotificationKind.REPORT_RETURNED, title, now)
    return current


def told(event: ReportEvent, kind: NotificationKind, title: str, now: dt.datetime) -> None:
    """Tell who writes the report what became of it."""
    tell(users_of(event.report.officer), event, kind=kind, title=title, now=now)
